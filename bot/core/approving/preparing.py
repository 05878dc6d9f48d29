"""From the draft on the screen to a release: to whom, by which way, and what still holds it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.core.approving import addresses
from bot.core.approving.release import Release, Surroundings, Way
from bot.core.case import Case, Variant, text_of
from bot.core.dialogue import path
from bot.core.dialogue.notes import standing_notes
from bot.core.message import claims, draft
from bot.core.message.facts import facts
from bot.core.playbook import Playbook
from bot.core.reading.formats import show_date
from bot.core.words import Language, Text

_SUBJECTS: dict[Language, str] = {"en": "Subject: ", "zh": "主题："}

_EMPTY = Text(
    en="The draft does not say the news yet: answer what was promised and the new date.",
    zh="草稿里还没有说到延期本身，请先回答答应的内容和新日期。",
)
_NOTES = Text(
    en="{count} of the remarks on the draft hold it back; settle them first.",
    zh="草稿上有{count}条意见还没处理，处理完才能往下走。",
)
_OPEN = Text(en="Some answers are still open: {labels}.", zh="还有没回答的：{labels}。")
_NO_SUBJECT = Text(
    en="The mail has no subject line; begin its text with “Subject: …”.",
    zh="邮件缺主题，请在正文最前面加上“主题：……”。",
)
_NO_WAY = Text(
    en="Candor has no way to this customer yet: your operator can set one, or you send it yourself.",
    zh="还没有通往这位客户的渠道：可请管理员配置，或由您自己发送。",
)
_CORRECTION = Text(
    en="This corrects our message of {day}; what differs counts from now on.",
    zh="这是对我们{day}消息的更正，不同之处以本次为准。",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What would leave, and why it may not yet: each hold is one sentence.

    `foreign` are addresses outside the customer's domain that nobody has confirmed.
    """

    release: Release
    holds: tuple[Text, ...]
    foreign: tuple[str, ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether nothing holds it any more."""
        return not self.holds and not self.foreign


def prepare(playbook: Playbook, case: Case, variant: Variant, *, today: date) -> Prepared:
    """The release of a draft as the case stands today, with all that holds it."""
    around = case.surroundings or Surroundings()
    way = way_of(case, variant)
    on_screen = draft.text_on_screen(playbook, case, variant, today)
    subject, text = parted(on_screen.text, variant.language)
    if way != "email" and subject:
        subject, text = "", f"{subject}\n\n{text}"
    if case.corrects:
        text = f"{_opening(case, variant.language)}\n\n{text}"
    release = Release(
        draft.key(variant), variant.language, way, _to(case, around, way), subject, text, today,
        corrects=case.corrects,
    )  # fmt: skip
    holds = tuple(_holds(playbook, case, variant, release, on_screen))
    foreign: tuple[str, ...] = ()
    if way == "email" and not holds:
        outside = addresses.outside(release.to, around.domains, around.own_domains)
        foreign = tuple(a for a in outside if a not in case.foreign)
    return Prepared(release, holds, foreign)


def way_of(case: Case, variant: Variant) -> Way:
    """The way that was chosen, as far as it is there; else the first that is."""
    there = ways(case, variant)
    return case.way if case.way in there else there[0]


def ways(case: Case, variant: Variant) -> tuple[Way, ...]:
    """The ways that are there; by oneself is always one, and for a call the only one."""
    around = case.surroundings or Surroundings()
    found: list[Way] = []
    if variant.channel != "call":
        found += ["chat"] if around.conversation else []
        found += ["email"] if around.can_mail else []
        if variant.channel in ("email", "letter") and "email" in found:
            found.sort(key=lambda way: way != "email")
    return (*found, "self")


def parted(text: str, language: Language) -> tuple[str, str]:
    """The subject line and the rest; no subject where the text does not begin with one."""
    first, _, rest = text.partition("\n")
    for mark in (_SUBJECTS[language], *_SUBJECTS.values(), "Subject:", "主题:"):
        if first.startswith(mark):
            return first.removeprefix(mark).strip(), rest.strip()
    return "", text.strip()


def _to(case: Case, around: Surroundings, way: Way) -> tuple[str, ...]:
    match way:
        case "chat":
            return (around.conversation,) if around.conversation else ()
        case "email":
            return case.to
        case "self":
            return ()


def _holds(
    playbook: Playbook,
    case: Case,
    variant: Variant,
    release: Release,
    on_screen: draft.OnScreen,
) -> Iterator[Text]:
    """Everything that must be settled before anybody is asked."""
    needed = any(line.part == "news" for line in on_screen.draft.sentences)
    if not needed or not release.text:
        yield _EMPTY
        return
    unsure = {*case.stale, *case.pending, *case.others}
    waiting = [
        f for s in playbook.steps for f in path.open_fields(case, s) if f.required or f.id in unsure
    ]
    if waiting:
        labels = Text(
            en=", ".join(f.label.en for f in waiting[:4]),
            zh="、".join(f.label.zh for f in waiting[:4]),
        )
        yield _OPEN.fill(labels=labels)
    known = facts(playbook, case, today=release.day)
    ledger = claims.check(on_screen.text, known, draft=on_screen.draft)
    held = sum(e.verdict == "internal" for e in ledger.flagged)
    held += sum(n.severity == "blocker" for n in standing_notes(case, draft.key(variant)))
    if held:
        yield _NOTES.fill(count=held)
    yield from _mail_holds(case, release)


def _mail_holds(case: Case, release: Release) -> Iterator[Text]:
    if release.way == "chat" and not release.to:
        yield _NO_WAY
    if release.way != "email":
        return
    if not release.subject:
        yield _NO_SUBJECT
    names = (release.subject, text_of(case, "reader_name"))
    problem = addresses.header_problem(names) or addresses.problem(release.to)
    if problem is not None:
        yield problem


def _opening(case: Case, language: Language) -> str:
    told = next((d for d in case.deliveries if d.number == case.corrects), None)
    day = show_date(told.at.date(), language) if told else "…"
    return _CORRECTION.fill(day=day).to(language)
