"""What is to be said of a remedy: more than the loss, or more than this customer got before."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from bot.core.approving.release import Precedent
from bot.core.approving.rules import offered
from bot.core.case import Case, day_of, text_of
from bot.core.foresight import told
from bot.core.message import draft
from bot.core.playbook import Playbook, Remedy
from bot.core.reading.formats import show_date, show_days
from bot.core.reading.quantities import as_days, scan
from bot.core.words import Text

_MONEY = ("carry_cost", "credit", "free_service")
LARGE = Decimal(20)  # percent; more is no longer a gesture
_SHOWN = 3  # precedents at once

_NO_LOSS = Text(
    en="More than the loss: no effect on them is named, and money is offered.",
    zh="补救超过了损失：没有写明对客户的影响，却给了钱。",
)
_LONGER = Text(
    en="More than the loss: {days} are offered for a slip of {slip}.",
    zh="补救超过了损失：延期{slip}，却给了{days}。",
)
_LARGE = Text(
    en="More than the loss, most likely: {percent} % is offered, and nobody named a loss that large.",
    zh="补救很可能超过了损失：让出{percent}%，而损失并没有写到这么大。",
)
_PRECEDENT = Text(
    en="This customer had before: {label}, {detail} ({day}).",
    zh="这位客户以前得到过：{label}，{detail}（{day}）。",
)
_FIRST = Text(
    en="This customer has had no remedy before; whatever is given now will be remembered.",
    zh="这位客户以前没有得到过补救，这次给了什么，以后都会被记着。",
)


def precedents(earlier: Iterable[Case]) -> tuple[Precedent, ...]:
    """The remedies that this customer was offered in earlier cases, the oldest first."""
    found = [
        Precedent(
            text_of(case, "goodwill"),
            text_of(case, "goodwill_detail"),
            (case.told_at or case.begun_at).date(),
        )
        for case in earlier
        if told.has_told(case)
        and text_of(case, "goodwill") not in ("", "none")
        and text_of(case, "remedy_approved") == draft.APPROVED
    ]
    return tuple(sorted(found, key=lambda p: p.day))


def remarks(playbook: Playbook, case: Case) -> tuple[Text, ...]:
    """What whoever decides on the remedy should know; nothing where none is offered."""
    remedy = offered(playbook, case)
    if remedy is None:
        return ()
    return (*_over(case, remedy), *_before(playbook, case))


def _over(case: Case, remedy: Remedy) -> Iterator[Text]:
    detail = scan(text_of(case, "goodwill_detail"))
    if remedy.id in _MONEY and text_of(case, "impact_known") == "none_known":
        yield _NO_LOSS
    days = [d for q in detail if (d := as_days(q)) is not None]
    slip = _slip(case)
    if remedy.id == "extra_days" and days and slip is not None and max(days) > slip:
        yield _LONGER.fill(days=_days(int(max(days))), slip=_days(slip))
    percent = max((q.value for q in detail if q.kind == "percent"), default=Decimal(0))
    if percent > LARGE:
        yield _LARGE.fill(percent=str(percent.normalize()))


def _before(playbook: Playbook, case: Case) -> Iterator[Text]:
    labels = {r.id: r.label for r in playbook.remedies}
    if not case.precedents:
        yield _FIRST
    for one in case.precedents[-_SHOWN:]:
        yield _PRECEDENT.fill(
            label=labels.get(one.remedy, Text(en=one.remedy, zh=one.remedy)),
            detail=one.detail or "…",
            day=Text(en=show_date(one.day, "en"), zh=show_date(one.day, "zh")),
        )


def _slip(case: Case) -> int | None:
    before, after = day_of(case, "original_date"), day_of(case, "new_date")
    if before is None or after is None:
        return None
    return max(0, draft.working_calendar(case).between(before, after))


def _days(count: int) -> Text:
    return Text(en=show_days(count, "en"), zh=show_days(count, "zh"))
