"""A scene and a way to hear it, for the tests of rehearsals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.reading.calendars import calendar
from bot.core.rehearsal.call import Rehearsal, Scene, begin, reply
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.replies import Ears
from bot.core.words import Language, Text

TODAY = date(2026, 11, 23)
NEW_DATE = date(2026, 12, 18)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, as far as a rehearsal looks at it."""

    check: str
    phrase: str


WORDS = {
    "guarantee": "promise.certainty",
    "保证": "promise.certainty",
    "their fault": "cause.blame_shift",
    "都怪供应商": "cause.blame_shift",
    "only a small": "tone.minimise",
    "小问题": "tone.minimise",
    "dinner": "remedy.personal_gift",
    "in due course": "plan.no_date",
}


def notice(text: str) -> Sequence[Found]:
    """A coach that knows a handful of words."""
    return [Found(check, word) for word, check in WORDS.items() if word in text]


FACTS = {
    "project": Text(en="Tram depot", zh="电车段"),
    "original_date": Text(en="Friday 4 December", zh="12月4日"),
    "new_date": Text(en="Friday 18 December", zh="12月18日"),
    "slip": Text(en="10 working days", zh="10个工作日"),
    "cause": Text(en="nine of fourteen pumps failed", zh="14台泵有9台没通过"),
    "deadline": Text(en="Monday 14 December", zh="12月14日"),
    "deadline_what": Text(en="the opening", zh="剪彩"),
    "times_moved": Text(en="once", zh="一次"),
    "remedy": Text(en="two free training days", zh="加训两天"),
}


def ears(*, remedy_approved: bool = False, new_date: date | None = NEW_DATE) -> Ears:
    return Ears(
        today=TODAY,
        calendar=calendar("none"),
        notice=notice,
        cause="Nine of fourteen pumps failed the pressure test.",
        impact="The wash hall cannot open before the frost.",
        new_date=new_date,
        remedy_approved=remedy_approved,
    )


SCENE = Scene(FACTS, ears())
BARE = Scene({}, ears(new_date=None))

GOOD: dict[Language, str] = {
    "en": "No, and that was our mistake: the pumps failed because we tested them too late. For you it "
    "means the hall opens on 18 December; I know this since Monday and call you tomorrow at nine.",
    "zh": "不能，是我们没早测，因为泵没通过试验。对您的影响是大厅12月18日才能用。"
    "这事我们周一知道的，明天上午九点我给您打电话。",
}
EMPTY: dict[Language, str] = {
    "en": "We are giving it everything and keep you posted.",
    "zh": "我们正在全力推进，随时同步。",
}


def play(
    persona: Persona,
    says: str,
    *,
    scene: Scene = SCENE,
    language: Language = "en",
    seed: str = "1",
) -> Rehearsal:
    """A whole call in which every reply is the same."""
    now = begin(persona, scene, language=language, seed=seed)
    for _ in range(20):
        now = reply(persona, now, says, scene=scene)
    return now
