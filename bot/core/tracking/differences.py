"""Where a tracker and the answers differ. The person's words win; they are only told."""

from collections.abc import Iterator
from datetime import date

from bot.core.case import Case, DateValue, NumberValue, PercentValue, RowsValue, TextValue, day_of
from bot.core.playbook import Playbook
from bot.core.reading.formats import write_date
from bot.core.tracking.facts import ProjectFacts, percent
from bot.core.tracking.offering import MILESTONES, PERCENT, REMAINING
from bot.core.tracking.tracked import Followed
from bot.core.tracking.wording import TRACK, opening
from bot.core.words import FieldId, Text, same

NEW_DATE = FieldId("new_date")
MOST = 5  # that are told


def differences(playbook: Playbook, case: Case) -> tuple[Text, ...]:
    """A sentence each, the share done first."""
    followed = case.tracking.followed
    if followed is None or followed.facts is None:
        return ()
    found = [*_counts(playbook, case, followed, followed.facts)]
    found += _dates(case, followed, followed.facts)
    return tuple(found[:MOST])


def _counts(
    playbook: Playbook, case: Case, followed: Followed, facts: ProjectFacts
) -> Iterator[Text]:
    whole = facts.whole
    if whole is None or whole.done is None or whole.total is None:
        return
    share, left = percent(whole.done, whole.total), whole.total - whole.done
    said = _answer(case, PERCENT)
    if isinstance(said, PercentValue) and share is not None and said.percent != share:
        theirs, ours = _share(str(share)), _share(f"{said.percent:f}")
        yield _differs(playbook, followed, PERCENT, theirs, ours)
    count = _answer(case, REMAINING)
    if isinstance(count, NumberValue) and count.number != left:
        yield _differs(playbook, followed, REMAINING, same(str(left)), same(f"{count.number:f}"))


def _dates(case: Case, followed: Followed, facts: ProjectFacts) -> Iterator[Text]:
    """Milestones of the same name on another day than either of the plan's, and a later end."""
    dues = {m.name.casefold(): m for m in facts.milestones if m.due is not None}
    answer, label = _answer(case, MILESTONES), followed.origin.label
    today = facts.read_at.date()
    for row in answer.rows if isinstance(answer, RowsValue) else ():
        name, days = row.get("name"), [row.get("old_date"), row.get("new_date")]
        written = [d.day for d in days if isinstance(d, DateValue)]
        theirs = dues.get(name.text.casefold()) if isinstance(name, TextValue) else None
        if theirs is not None and theirs.due is not None and written and theirs.due not in written:
            said = TRACK.differs.fill(
                tracker=label,
                theirs=_day(theirs.due, today),
                ours=_day(written[-1], today),
            )
            yield TRACK.about.fill(label=same(theirs.name), said=said)
    new, whole = day_of(case, NEW_DATE), facts.whole
    if new is not None and whole is not None and whole.due is not None and whole.due > new:
        said = TRACK.ends_later.fill(
            tracker=label,
            theirs=_day(whole.due, today),
            ours=_day(new, today),
        )
        yield opening(said)


def _differs(
    playbook: Playbook, followed: Followed, name: FieldId, theirs: Text, ours: Text
) -> Text:
    said = TRACK.differs.fill(tracker=followed.origin.label, theirs=theirs, ours=ours)
    return TRACK.about.fill(label=playbook.fields[name].label, said=said)


def _share(percent: str) -> Text:
    return Text(en=f"{percent} %", zh=f"{percent}%")


def _answer(case: Case, name: FieldId) -> object:
    answer = case.answers.get(name)
    return answer.value if answer is not None else None


def _day(day: date, today: date) -> Text:
    return Text(en=write_date(day, "en", today), zh=write_date(day, "zh", today))
