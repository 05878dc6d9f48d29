"""The sample: two conversations half done, in English and in Chinese.

They are said to the engine like anything else, so they are as honest as a person's own.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.calendars import calendar
from bot.core.cards import Action
from bot.core.events import Raw
from bot.core.words import CaseId, EventId, FieldId
from bot.engine.handle import handle
from bot.engine.house import House
from bot.engine.inbound import Clicked, Commanded, Envelope, Inbound, Said
from bot.platforms.playground.people import PLATFORM, TENANT, Someone, place, someone

Boxes = Mapping[str, Raw]


@dataclass(frozen=True, slots=True)
class Days:
    """Days round today as ISO dates, counted in working days of the person's calendar."""

    someone: Someone
    now: datetime

    def __call__(self, ahead: int) -> str:
        """The day so many working days ahead; a negative number is counted in plain days."""
        today = self.now.astimezone(ZoneInfo(self.someone.profile.zone)).date()
        if ahead < 0:
            return (today + timedelta(days=ahead)).isoformat()
        return calendar(self.someone.profile.calendar).add(today, ahead).isoformat()


async def play(house: House, settle: Callable[[], Awaitable[object]]) -> None:
    """Hold both conversations up to where somebody may take over."""
    for id_, project, told in (("maya", "Apollo pilot", _english), ("chenyu", "", _chinese)):
        who = someone(id_)
        talk = _Talk(house, settle, who)
        await talk.command(project)
        for turn in told(Days(who, house.clock())):
            if isinstance(turn, str):
                await talk.line(turn)
            else:
                await talk.form(turn)


def _english(day: Days) -> tuple[Boxes | str, ...]:
    return (
        {
            "project": "Apollo pilot",
            "customer": "Acme Instruments",
            "promised": "the sensor pilot at the Leeds site, all 15 sensors live",
            "original_date": day(2),
            "moved_before": "no",
            "first_sign": day(-2),
            "reader_name": "Grace Ortega",
            "reader": "day_to_day",
            "customer_language": "en",
            "channel": "email",
        },
        {
            "cause_kind": "supplier",
            "cause": "The last three sensors reached us eight working days late, "
            "and the safety test needs all fifteen.",
            "cause_party": "supplier",
            "late_word": "",
            "internal_note": "",
        },
        "We ordered from one supplier and kept no spare sensors.",
        {
            "done": "Twelve sensors are installed, connected and tested.",
            "left": "Three sensors to install, then the safety test of the whole line.",
            "percent_done": "80",
        },
        {
            "impact_known": "known",
            "impact": "Line 2 keeps its manual readings for the extra days, "
            "about an hour for one of your operators each day.",
            "customer_deadline": "",
        },
        "next Friday",
    )


def _chinese(day: Days) -> tuple[Boxes | str, ...]:
    return (
        {
            "project": "馆藏语音导览",
            "customer": "北湾博物馆",
            "promised": "40个点位的语音导览",
            "original_date": day(4),
            "moved_before": "no",
            "first_sign": day(-1),
            "reader_name": "周馆长",
            "reader": "executive",
            "customer_language": "zh",
            "channel": "chat",
        },
        {
            "cause_kind": "technical",
            "cause": "地下展厅的信标受金属展柜干扰，12个点位定位不稳，需要更换位置并重新联调。",
            "cause_party": "ours",
            "late_word": "",
            "internal_note": "",
        },
        "进场前我们只在一层做了信号测试，没有测地下展厅。",
        {
            "done": "28个点位已录音、安装并通过测试。",
            "left": "12个点位要换位置、重新联调，再做一次全馆走查。",
            "percent_done": "70",
        },
        {
            "impact_known": "known",
            "impact": "开展头一周，地下展厅的12个点位没有语音，需要讲解员现场讲解。",
            "customer_deadline": "",
        },
        {
            "new_date": day(12),
            "date_basis": "已试换3个点位，每天能完成2个，另留3个工作日走查。",
            "confidence": "medium",
            "milestones": (
                {"name": "12个点位换位置", "old_date": day(2), "new_date": day(7), "owner": "何磊"},
                {"name": "全馆走查", "old_date": day(3), "new_date": day(11), "owner": "苏晴"},
            ),
        },
    )


class _Talk:
    """One person's side; the engine answers to the case that stands at the front."""

    def __init__(self, house: House, settle: Callable[[], Awaitable[object]], who: Someone) -> None:
        self._house = house
        self._settle = settle
        self._who = who
        self._case: CaseId | None = None

    async def command(self, words: str) -> None:
        await self._send(Commanded(self._envelope(), words))

    async def line(self, text: str) -> None:
        await self._send(Said(self._envelope(), text))

    async def form(self, boxes: Boxes) -> None:
        found = await self._house.store.case(TENANT, self._case) if self._case else None
        seen = found.case.revision if found else 0
        action, named = Action("submit"), {FieldId(k): v for k, v in boxes.items()}
        await self._send(Clicked(self._envelope(), self._case, action, seen, named))

    async def _send(self, inbound: Inbound) -> None:
        reply = await handle(self._house, inbound)
        self._case = reply.case or self._case
        await self._settle()

    def _envelope(self) -> Envelope:
        at = self._house.clock()
        return Envelope(
            id=EventId(f"{int(at.timestamp() * 1000):013d}-{self._house.new_id()}"),
            tenant=TENANT,
            person=self._who.id,
            platform=PLATFORM,
            conversation=place("dm", self._who).conversation,
            at=at,
            profile=self._who.profile,
        )
