"""The sample: two conversations half done, in English and in Chinese.

They are said to the engine like anything else, so they are as honest as a person's own.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.cards.blocks import Action
from bot.core.case import Case
from bot.core.dialogue import path
from bot.core.events import Raw
from bot.core.reading.calendars import calendar
from bot.core.words import CaseId, EventId, FieldId
from bot.engine.handle import handle
from bot.engine.house import House
from bot.engine.inbound import Clicked, Commanded, Envelope, Inbound, Said
from bot.engine.ports import Entry, Store
from bot.platforms.playground.people import PEOPLE, PLATFORM, TENANT, Someone, place, someone

Settle = Callable[[], Awaitable[object]]
BEGUN, DONE = "SampleBegun", "SampleDone"  # kinds of log entries


@dataclass(frozen=True, slots=True)
class Story:
    """What somebody answers in forms and in typed lines, and the step at which they stop."""

    who: Someone
    project: str
    answers: Mapping[str, Raw]
    until: str
    typed: Mapping[str, str] = field(default_factory=dict)
    last: str = ""  # typed at the step where they stop


@dataclass(frozen=True, slots=True)
class Days:
    """Days round today as ISO dates, for one person."""

    who: Someone
    now: datetime

    def ahead(self, working: int) -> str:
        """The day so many working days ahead, by the person's calendar."""
        return calendar(self.who.profile.calendar).add(self._today(), working).isoformat()

    def ago(self, days: int) -> str:
        """The day so many days ago."""
        return (self._today() - timedelta(days=days)).isoformat()

    def _today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.who.profile.zone)).date()


async def play(house: House, settle: Settle) -> None:
    """Hold both conversations up to where somebody may take over; a mark at either end."""
    await _mark(house, BEGUN)
    for told in (_english, _chinese):
        await _Talk(house, settle, told(house.clock())).hold()
    await _mark(house, DONE)


async def is_half_done(store: Store) -> bool:
    """Whether the sample was begun here and never came to its end."""
    kinds = {entry.kind for entry in await store.entries(TENANT, None)}
    return BEGUN in kinds and DONE not in kinds


async def _mark(house: House, kind: str) -> None:
    entry = Entry(EventId(house.new_id()), kind, house.clock(), PEOPLE[0].id, "{}", case=None)
    async with house.store.turn(TENANT) as turn:
        await turn.log(entry)


def _english(now: datetime) -> Story:
    who = someone("maya")
    day = Days(who, now)
    return Story(
        who,
        project="Apollo pilot",
        answers={
            "project": "Apollo pilot",
            "customer": "Acme Instruments",
            "promised": "the sensor pilot with all 15 sensors at the Leeds site",
            "original_date": day.ahead(2),
            "moved_before": "no",
            "first_sign": day.ago(2),
            "reader_name": "Grace Ortega",
            "reader": "day_to_day",
            "customer_language": "en",
            "channel": "email",
            "cause_kind": "supplier",
            "cause": "The last three sensors reached us eight working days late, "
            "and the safety test needs all fifteen.",
            "cause_party": "supplier",
            "done": "Twelve sensors are installed, connected and tested.",
            "left": "Three sensors to install, then the safety test of the whole line.",
            "percent_done": "80",
            "impact_known": "known",
            "impact": "Line 2 keeps its manual readings for the extra days, "
            "about an hour for one of your operators each day.",
        },
        typed={"own_part": "We ordered from one supplier and kept no spare sensors."},
        until="plan",
        last="next Friday",
    )


def _chinese(now: datetime) -> Story:
    who = someone("chenyu")
    day = Days(who, now)
    return Story(
        who,
        project="",
        answers={
            "project": "馆藏语音导览",
            "customer": "北湾博物馆",
            "promised": "40个点位的语音导览",
            "original_date": day.ahead(4),
            "moved_before": "no",
            "first_sign": day.ago(1),
            "reader_name": "周馆长",
            "reader": "executive",
            "customer_language": "zh",
            "channel": "chat",
            "cause_kind": "technical",
            "cause": "地下展厅的信标受金属展柜干扰，12个点位定位不稳，需要更换位置并重新联调。",
            "cause_party": "ours",
            "done": "28个点位已录音、安装并通过测试。",
            "left": "12个点位要换位置、重新联调，再做一次全馆走查。",
            "percent_done": "70",
            "impact_known": "known",
            "impact": "开展头一周，地下展厅的12个点位没有语音，需要讲解员现场讲解。",
            "new_date": day.ahead(12),
            "date_basis": "已试换3个点位，每天能完成2个，另留3个工作日走查。",
            "confidence": "medium",
            "milestones": (
                _row("12个点位换位置", day.ahead(2), day.ahead(7), "何磊"),
                _row("全馆走查", day.ahead(3), day.ahead(11), "苏晴"),
            ),
        },
        typed={"own_part": "进场前我们只在一层做了信号测试，没有测地下展厅。"},
        until="contingency",
    )


def _row(name: str, old: str, new: str, owner: str) -> dict[str, str]:
    return {"name": name, "old_date": old, "new_date": new, "owner": owner}


class _Talk:
    """One person's side of a conversation."""

    def __init__(self, house: House, settle: Settle, story: Story) -> None:
        self._house = house
        self._settle = settle
        self._story = story
        self._case: CaseId | None = None

    async def hold(self) -> None:
        """Answer form after form; a question that is to be typed is typed when it comes up."""
        await self._send(Commanded(self._envelope(), self._story.project))
        before = -1
        while (case := await self._stands()) is not None and case.revision > before:
            if case.step in (None, self._story.until):
                break
            before = case.revision
            await self._answer(case)
        if self._story.last:
            await self._send(Said(self._envelope(), self._story.last))

    async def _answer(self, case: Case) -> None:
        playbook = self._house.shelf.default
        step = playbook.by_id[case.step] if case.step else None
        open_ = path.open_field(playbook, case)
        if step is None or open_ is None:
            return
        line = self._story.typed.get(open_.id)
        if line is not None:
            await self._send(Said(self._envelope(), line))
            return
        fields = [f for f in path.visible(case, step) if f.id not in self._story.typed]
        boxes: dict[FieldId, Raw] = {f.id: self._story.answers.get(f.id, "") for f in fields}
        submit = Action("submit")
        await self._send(Clicked(self._envelope(), case.id, submit, case.revision, boxes))

    async def _stands(self) -> Case | None:
        filed = await self._house.store.case(TENANT, self._case) if self._case else None
        return filed.case if filed else None

    async def _send(self, inbound: Inbound) -> None:
        reply = await handle(self._house, inbound)
        self._case = reply.case or self._case
        await self._settle()

    def _envelope(self) -> Envelope:
        at = self._house.clock()
        return Envelope(
            id=EventId(f"{int(at.timestamp() * 1000):013d}-{self._house.new_id()}"),
            tenant=TENANT,
            person=self._story.who.id,
            platform=PLATFORM,
            conversation=place("dm", self._story.who).conversation,
            at=at,
            profile=self._story.who.profile,
        )
