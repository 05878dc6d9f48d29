"""After a rehearsal: which question was dodged, what promised too much, which words blamed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.core.reading.formats import show_date
from bot.core.rehearsal.call import Rehearsal, Scene, Turn, heard_in
from bot.core.rehearsal.persona import Ask, Persona
from bot.core.rehearsal.replies import Cue, Heard, Wants
from bot.core.words import Text

Kind = Literal[
    "dodged", "asked_twice", "promised", "blamed", "minimised", "offered", "other_date",
    "filled_silence",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: the question, the reply, the exact words, and what to do instead."""

    kind: Kind
    question: str
    reply: str
    phrase: str
    text: Text


@dataclass(frozen=True, slots=True)
class Debrief:
    """What was heard in a rehearsal. The worst remarks come first; there may be none."""

    text: Text  # one sentence on the whole
    asked: int
    answered: int
    strengths: tuple[Text, ...]
    remarks: tuple[Remark, ...]


def debrief(persona: Persona, rehearsal: Rehearsal, *, scene: Scene) -> Debrief:
    """What to take along from a rehearsal, also from one that was broken off.

    A question that was answered when it was put again counts as answered, with a remark.
    """
    heard = heard_in(persona, rehearsal, scene)
    asked = {ask.id for _, ask, _ in heard if ask.wants != _PAUSE}
    answered = {ask.id for _, ask, one in heard if one.answered and ask.wants != _PAUSE}
    remarks = [
        remark
        for turn, ask, one in heard
        for remark in _remarks(turn, ask, one, scene, later=ask.id in answered)
    ]
    remarks.sort(key=lambda remark: _ORDER.index(remark.kind))
    return Debrief(
        text=_summary(len(asked), len(answered), faults=len(remarks)),
        asked=len(asked),
        answered=len(answered),
        strengths=tuple(_strengths([one for _, _, one in heard])) or tuple(_straight(heard))[:1],
        remarks=tuple(remarks),
    )


def _remarks(turn: Turn, ask: Ask, heard: Heard, scene: Scene, *, later: bool) -> Iterator[Remark]:
    said = turn.reply or ""
    for cue, kind in _CUE_KINDS.items():
        for phrase in heard.phrases(cue):
            yield Remark(kind, turn.question, said, phrase, _TOLD[kind].fill(phrase=phrase))
    wanted = _WANTED[ask.wants[0]]
    if not heard.answered and later:
        yield Remark(
            "asked_twice", turn.question, said, "", _TOLD["asked_twice"].fill(wanted=wanted)
        )
    elif not heard.answered and not turn.again:
        yield Remark("dodged", turn.question, said, "", _TOLD["dodged"].fill(wanted=wanted))
    if heard.other_date and scene.ears.new_date:
        day = scene.ears.new_date
        known = Text(en=show_date(day, "en"), zh=show_date(day, "zh"))
        told = _TOLD["other_date"].fill(phrase=heard.other_date, known=known)
        yield Remark("other_date", turn.question, said, heard.other_date, told)
    if heard.long and ask.wants == _PAUSE:
        yield Remark("filled_silence", turn.question, said, "", _TOLD["filled_silence"])


def _strengths(heard: Sequence[Heard]) -> Iterator[Text]:
    owned = next((p for one in heard for p in one.phrases("owned")), None)
    if owned:
        yield _OWNED.fill(phrase=owned)
    if any(one.deferred for one in heard):
        yield _DEFERRED
    met = next((p for one in heard for p in one.phrases("acknowledged")), None)
    if met:
        yield _MET.fill(phrase=met)


def _straight(heard: Sequence[tuple[Turn, Ask, Heard]]) -> Iterator[Text]:
    """Questions that got their answer in a reply with nothing to take back."""
    for turn, ask, one in heard:
        faults = one.other_date or any(one.phrases(cue) for cue in _CUE_KINDS)
        if one.answered and not faults and ask.wants != _PAUSE:
            yield _STRAIGHT.fill(question=turn.question)


def _summary(asked: int, answered: int, *, faults: int) -> Text:
    if not asked:
        return _NOTHING_ASKED
    if asked == 1:
        return (_ONE if faults else _ONE_CLEAN) if answered else _ONE_OPEN
    if answered == asked:
        return (_ALL if faults else _CLEAN).fill(asked=asked)
    return _SOME.fill(asked=asked, answered=answered)


_PAUSE: tuple[Wants, ...] = ("nothing",)
_ORDER: tuple[Kind, ...] = (
    "promised", "blamed", "other_date", "offered", "dodged", "minimised", "filled_silence",
    "asked_twice",
)  # fmt: skip
_CUE_KINDS: Mapping[Cue, Kind] = {
    "promised": "promised",
    "blamed": "blamed",
    "minimised": "minimised",
    "offered": "offered",
}
_WANTED: Mapping[Wants, Text] = {
    "date": Text(en="a day", zh="一个日期"),
    "since": Text(en="since which day you knew", zh="从哪天起知道的"),
    "reason": Text(en="the reason", zh="原因"),
    "basis": Text(en="what it rests on", zh="依据"),
    "own_part": Text(en="your own part in it", zh="您这边的那部分责任"),
    "amount": Text(en="a figure, or a plain no", zh="一个数，或者明确说不行"),
    "yes_no": Text(en="a yes or a no", zh="一句“能”或“不能”"),
    "effect": Text(en="what it means for them", zh="对他们有什么影响"),
    "next_contact": Text(en="when they hear from you next", zh="下次什么时候联系"),
    "nothing": Text(en="nothing", zh="什么也没问"),
}
_TOLD: Mapping[Kind, Text] = {
    "dodged": Text(
        en="This question was left open. They wanted to hear {wanted}. If you do not know it, say so, "
        "and say on which day you will.",
        zh="这个问题没有回答，对方想听的是{wanted}。不知道就直说，并说哪天能答复。",
    ),
    "asked_twice": Text(
        en="They had to ask this twice before they heard {wanted}.",
        zh="这个问题对方问了两遍，才听到{wanted}。",
    ),
    "promised": Text(
        en="“{phrase}” promises more than anybody can know. Say the date, and what it rests on.",
        zh="“{phrase}”说得太满，谁也保证不了。说日期，再说依据。",
    ),
    "blamed": Text(
        en="“{phrase}” puts it on somebody else or pushes back. Say your own part first; the rest "
        "then sounds like a fact.",
        zh="“{phrase}”听起来是在推给别人或顶回去。先说自己的那一份，其余的才像在讲事实。",
    ),
    "minimised": Text(
        en="“{phrase}” makes it small, and for them it is not. Name what it does to them.",
        zh="“{phrase}”把事情说小了，对客户可不小。直接说对他们有什么影响。",
    ),
    "offered": Text(
        en="“{phrase}” gives something away that is not approved yet. Say what you will ask for, "
        "and by when they hear.",
        zh="“{phrase}”还没有批，就先许出去了。可以说您会去申请什么、哪天给答复。",
    ),
    "other_date": Text(
        en="You said “{phrase}”, your message says {known}. One of them will be quoted back to you.",
        zh="您口头说的是“{phrase}”，消息里写的是{known}。以后对方总会拿其中一个来问您。",
    ),
    "filled_silence": Text(
        en="Nobody asked, and you spoke for long. Say it, stop, and let the silence be theirs.",
        zh="对方没有问，您却说了很长。说完就停，把沉默留给对方。",
    ),
}
_OWNED = Text(
    en="You took your own part: “{phrase}”. That is what people remember.",
    zh="您承担了自己的那一份：“{phrase}”。客户记住的就是这句。",
)
_DEFERRED = Text(
    en="You said what you do not know, and when you will.",
    zh="不知道的您照实说了，也说了哪天能答复。",
)
_MET = Text(
    en="You let them be upset before you explained: “{phrase}”.",
    zh="您先接住了对方的情绪，再解释：“{phrase}”。",
)
_STRAIGHT = Text(
    en="This one you answered straight: {question}",
    zh="这个问题您没有绕：{question}",
)
_NOTHING_ASKED = Text(
    en="You stopped before the first answer. Come back whenever you like.",
    zh="还没回答就结束了，什么时候想再练都行。",
)
_CLEAN = Text(
    en="All {asked} questions answered, and nothing to take back.",
    zh="{asked}个问题都答了，也没有需要收回的话。",
)
_ALL = Text(
    en="All {asked} questions answered. A few words are worth another look.",
    zh="{asked}个问题都答了，有几处措辞值得再看看。",
)
_ONE_CLEAN = Text(
    en="One question, answered, and nothing to take back.",
    zh="只问了一个问题，答上来了，也没有需要收回的话。",
)
_ONE = Text(
    en="One question, answered. A few words are worth another look.",
    zh="只问了一个问题，答上来了，有几处措辞值得再看看。",
)
_ONE_OPEN = Text(en="One question, and it is still open.", zh="只问了一个问题，还没有答上来。")
_SOME = Text(
    en="{answered} of {asked} questions got an answer.", zh="{asked}个问题里答了{answered}个。"
)
