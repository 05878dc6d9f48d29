"""Who must agree to a release: the playbook's rules, held against the case and the exact text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from bot.core.approving.blockers import bearing
from bot.core.approving.release import Approval, Outgoing, Release, Surroundings
from bot.core.approving.several import merged
from bot.core.case import Case, text_of
from bot.core.dialogue import path
from bot.core.dialogue.viewing import variant_named
from bot.core.foresight import ledger, told
from bot.core.foresight.weighing import verdict_of
from bot.core.message import draft
from bot.core.playbook import ApprovalRule, Playbook, Remedy
from bot.core.reading import dates
from bot.core.reading.calendars import calendar
from bot.core.reading.quantities import Quantity, as_days, scan
from bot.core.words import PersonId, Text, same

_OFFERED = frozenset(draft.OFFERED)
_OTHERS = "others"  # the family that stands for all that are not named
_SET_ASIDE = Text(
    en="the owner keeps “{phrase}” against the coach's warning: {reason}",
    zh="负责人不顾提醒保留了“{phrase}”，理由是：{reason}",
)
_SET_ASIDE_WHOLE = Text(
    en="the owner goes on against the coach's warning (“{message}”): {reason}",
    zh="负责人不顾提醒（“{message}”），坚持照发，理由是：{reason}",
)


def approvals(
    playbook: Playbook, case: Case, release: Release, *, today: date
) -> tuple[Approval, ...]:
    """One approval for each person that must agree, with every reason; none when nobody has to.

    Who holds several roles is asked once for all. The owner is in nobody's line: whoever made a
    message never agrees to it.
    """
    return tuple(merged(apart(playbook, case, release, today=today)))


def apart(playbook: Playbook, case: Case, release: Release, *, today: date) -> tuple[Approval, ...]:
    """The same, one for each role by itself."""
    around = case.surroundings or Surroundings()
    remedy = offered_in(playbook, case, release)
    reasons: dict[str, list[Text]] = {}
    for role, because in _kept_blockers(playbook, case, release):
        reasons.setdefault(role, []).append(because)
    for rule in playbook.approval.rules:
        if _holds(playbook, case, rule, release, today=today) and _costs(case, rule, remedy):
            for role in rule.roles:
                reasons.setdefault(_raised(playbook, case, role), []).append(rule.because)
    return tuple(
        _approval(playbook, role, tuple(dict.fromkeys(because)), around, case.owner, release)
        for role, because in reasons.items()
    )


def covered(playbook: Playbook, case: Case, outgoing: Outgoing) -> bool:
    """Whether everybody who must agree as the case now stands was asked about this message."""
    release = outgoing.release
    needed = approvals(playbook, case, release, today=release.day)
    return _roles(needed) <= _roles(outgoing.approvals)


def offered(playbook: Playbook, case: Case) -> Remedy | None:
    """The remedy that the messages of the case offer; None when they offer none."""
    name = text_of(case, "goodwill")
    if name in ("", "none") or not draft.is_approved(playbook, case):
        return None
    if draft.OFFERED[0] not in path.standing(playbook, case):
        return None
    return next((r for r in playbook.remedies if r.id == name), None)


def offered_in(playbook: Playbook, case: Case, release: Release) -> Remedy | None:
    """The remedy that this very text offers; an update offers none, nor does a short chat message.

    Somebody's own words may offer it in any words, so that a text edited by hand counts always, an
    update's too.
    """
    remedy, variant = offered(playbook, case), variant_named(release.variant)
    if remedy is None or variant is None:
        return None
    if release.variant in case.edits:
        return remedy
    if variant.update:
        return None
    told = draft.assemble(playbook, case, variant, today=release.day).sentences
    return remedy if any(x.part == "remedy" or {*x.answers} & _OFFERED for x in told) else None


def above_limit(remedy: Remedy, detail: str) -> bool:
    """Whether more is offered than the owner may give alone; so too when nobody can tell how much."""
    if not remedy.owner_may_approve:
        return True
    if remedy.limit is None:
        return False
    days = [m.span for m in dates.scan(detail, today=date(2000, 1, 1), calendar=calendar("none"))]
    said = [q for q in scan(detail) if not any(a < q.span[1] and q.span[0] < b for a, b in days)]
    amounts = [_in_unit(q, remedy.limit_unit) for q in said]
    return not amounts or any(a is None or a > remedy.limit for a in amounts)


def speaks_of_contract(playbook: Playbook, release: Release) -> bool:
    """Whether the text has words about terms of the contract."""
    words = playbook.approval.contract_words
    patterns = words.en if release.language == "en" else words.zh
    whole = f"{release.subject}\n{release.text}"
    return any(re.search(pattern, whole, re.IGNORECASE) for pattern in patterns)


def opened(approval: Approval, at: datetime) -> Approval:
    """The approval, asked of the first in its line; as it is where the line is empty."""
    if approval.asked is None:
        return approval
    return replace(approval, state="asked", asked_at=at)


def _holds(
    playbook: Playbook, case: Case, rule: ApprovalRule, release: Release, *, today: date
) -> bool:
    """Whether all that the rule names holds for the case and the text, the remedy aside."""
    channel, reader, _ = (*release.variant.split("."), "", "")[:3]
    return all(
        (
            not rule.severity or _severity(case, today) in rule.severity,
            told.earlier_slips(case) >= rule.slips,
            not rule.readers or reader in rule.readers,
            not rule.channels or channel in rule.channels,
            not rule.contract_terms or text_of(case, "contract_term") in rule.contract_terms,
            not rule.contract_words or speaks_of_contract(playbook, release),
        )
    )


def _kept_blockers(playbook: Playbook, case: Case, release: Release) -> Iterator[tuple[str, Text]]:
    """Whoever must see a blocker that the owner set aside in this text, with the owner's reason."""
    looks = playbook.approval.second_look
    text = f"{release.subject}\n{release.text}"
    for blocker in bearing(playbook, case, release.variant, text):
        role = looks.get(blocker.family) or looks.get(_OTHERS)
        if blocker.reason is not None and role is not None:
            phrase, reason = blocker.note.phrase, blocker.reason
            said = _SET_ASIDE if phrase else _SET_ASIDE_WHOLE
            message = blocker.note.message
            yield role, said.fill(phrase=phrase, message=message, reason=reason)


def _roles(approvals: Sequence[Approval]) -> set[str]:
    return {role for approval in approvals for role in approval.role.split("+")}


def _severity(case: Case, today: date) -> str:
    found = verdict_of(case, today=today)
    return found.severity if found else ""


def _costs(case: Case, rule: ApprovalRule, remedy: Remedy | None) -> bool:
    """Whether what the rule names of the remedy holds for the one that the text offers."""
    asks = bool(rule.remedies or rule.above_limit or rule.over_percent or rule.over_sum)
    if not asks:
        return True
    if remedy is None or (rule.remedies and remedy.id not in rule.remedies):
        return False
    detail = text_of(case, "goodwill_detail")
    amounts = scan(detail)
    return (
        (not rule.above_limit or above_limit(remedy, detail))
        and (rule.over_percent is None or _share(amounts) > rule.over_percent)
        and (not rule.over_sum or _over_sum(amounts, rule.over_sum))
    )


def _share(amounts: Sequence[Quantity]) -> Decimal:
    return max((q.value for q in amounts if q.kind == "percent"), default=Decimal(0))


def _over_sum(amounts: Sequence[Quantity], limits: Mapping[str, Decimal]) -> bool:
    """Whether a sum is over its currency's limit, or in a currency that has none."""
    sums = [q for q in amounts if q.kind == "money"]
    return any(q.value > limits.get(q.unit or "", Decimal(0)) for q in sums)


def _in_unit(quantity: Quantity, unit: str | None) -> Decimal | None:
    if unit == "day":
        return as_days(quantity)
    return quantity.value if quantity.unit == unit else None


def _raised(playbook: Playbook, case: Case, role: str) -> str:
    """The role that looks at a further slip: one or more levels higher."""
    return ledger.approver_up(playbook.approval.levels, role, told.repeat_of(case))


def _approval(
    playbook: Playbook,
    role: str,
    because: tuple[Text, ...],
    around: Surroundings,
    owner: PersonId,
    release: Release,
) -> Approval:
    known = playbook.approval.role(role)
    line = tuple(c for c in around.roles.get(role, ()) if c.id != owner)
    return Approval(role, known.name if known else same(role), because, release.digest, line)
