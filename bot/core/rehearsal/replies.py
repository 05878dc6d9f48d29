"""What a reply on the phone holds: whether it answers the question, and how it sounds.

Only what can be seen in the words is judged, and in doubt the reply counts as an answer: a false
"you dodged" would cost more than a missed one. An honest "I do not know, you will have it by
Thursday" answers any question.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from bot.core.message.promises import content_of
from bot.core.reading import dates, quantities
from bot.core.reading.calendars import Calendar
from bot.core.reading.dates import Mention

Wants = Literal[
    "date", "since", "reason", "basis", "own_part", "amount", "yes_no", "effect", "next_contact",
    "nothing",
]  # fmt: skip
Cue = Literal["blamed", "promised", "minimised", "offered", "owned", "acknowledged"]


class Noted(Protocol):
    """A finding of the coach, as far as it matters here."""

    @property
    def check(self) -> str:
        """The id of the check: promise.certainty."""

    @property
    def phrase(self) -> str:
        """The exact words."""


Notice = Callable[[str], Sequence[Noted]]


@dataclass(frozen=True, slots=True)
class Ears:
    """What is needed to understand a reply: the day, the calendar, the facts, and the coach."""

    today: date
    calendar: Calendar
    notice: Notice
    cause: str = ""
    impact: str = ""
    new_date: date | None = None
    remedy_approved: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of a reply that gave a cue."""

    cue: Cue
    phrase: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood of one reply."""

    answered: bool
    deferred: bool  # "I do not know yet", with a day for the answer
    cues: tuple[Spoken, ...]
    other_date: str = ""  # a date given for the delivery that is not the one of the case
    long: bool = False

    def phrases(self, cue: Cue) -> tuple[str, ...]:
        """The words that gave this cue, in order."""
        return tuple(one.phrase for one in self.cues if one.cue == cue)


_LEAD_IN = re.compile(r"^(?:and|but|so|well)\s+", re.IGNORECASE)
LONGEST = 4000  # characters of one reply

_CHECKS: dict[str, Cue] = {
    "cause.blame_shift": "blamed",
    "cause.names_person": "blamed",
    "tone.defensive": "blamed",
    "promise.certainty": "promised",
    "tone.minimise": "minimised",
    "tone.false_cheer": "minimised",
    "impact.unfounded_denial": "minimised",
    "remedy.personal_gift": "offered",
    "remedy.contract_change_informal": "offered",
    "legal.liability_admission": "offered",
}
_LONG_WORDS, _LONG_CHARACTERS = 60, 110
_FLAGS = re.IGNORECASE
_REASON = re.compile(
    r"\b(?:because|due to|caused|the (?:cause|reason) (?:is|was)|came from|goes back to|after the"
    r"|failed|broke|turned out|did(?:n[’']t| not) (?:fit|work|arrive|pass|test)|(?:arrived|came) late"
    r"|(?:the|our) (?:\w+ ){0,3}(?:was|were) (?:late|wrong|faulty|missing|rejected))\b"
    r"|因为|由于|原因(?:是|在)|导致|造成|出在|没有?(?:通过|到|测|做|想到|发现)|返工|不合格|出了|坏了|晚到|漏了",
    _FLAGS,
)
_OWNED = re.compile(
    r"\b(?:(?:our|my) (?:own )?(?:mistake|fault|failure|miss|error|responsibility|part|job)|on (?:us|me)|(?:was|is|were) ours\b"
    r"|(?:we|i) (?:should have|should[’']ve|missed|underestimated|overlooked|did(?:n[’']t| not)|failed|got (?:it|that) wrong"
    r"|were (?:wrong|late|too slow)|was (?:wrong|late|too slow)|own (?:it|that|this)|let you down|found it too late))\b"
    r"|(?:责任|问题|错)(?:在|是)(?:我|我们|我方|自己)|(?:我|我们|我方|自己)(?:这边|这里|内部)?的(?:责任|问题|错|失误|疏忽)"
    r"|怪(?:我|我们)|是(?:我|我们)(?:没|漏|估|算|疏忽|不对|晚)|(?:我|我们|我方)(?:自己)?(?:没有?|漏|低估|估错|算错|疏忽|该早|应该早|本该|做得不)",
    _FLAGS,
)
_DISOWNED = re.compile(
    r"(?:\bnot|n[’']t|\bhardly|\bnever)\s(?:(?:really|exactly|all|entirely)\s)?(?:our|my|ours|on us)\b|\bnothing to do with us\b"
    r"|不(?:是|在|怪|能怪|关)(?:我|我们|我方|自己)|[跟与和](?:我|我们|我方)(?:没|无)|(?:我|我们|我方)没有?(?:关系|问题|责任|错)",
    _FLAGS,
)
_ACKNOWLEDGED = re.compile(
    r"\b(?:i(?:[’']m| am) sorry|we(?:[’']re| are) sorry|i apologi[sz]e|i (?:understand|see|hear you|can imagine|realise|realize)"
    r"|you[’' a]{1,2}re (?:right|entitled)|that[’' i]{1,2}s (?:fair|hard|a fair|bad)|you have every (?:right|reason)|fair (?:question|point)|i know (?:this|that|it|what))\b"
    r"|对不起|抱歉|道歉|您说得对|说得是|理解|明白|换了?我也|确实|能想象|给您添|让您(?:为难|被动)",
    _FLAGS,
)
_UNKNOWN = re.compile(
    r"\b(?:(?:do(?:n[’']t| not)|cannot|can[’']t) (?:yet )?(?:know|say|tell|name|give|promise|decide|answer)|not (?:yet )?(?:know|sure|certain|decided|mine to)"
    r"|need to (?:check|ask|find out)|(?:will|[’']ll) (?:check|ask|find out|come back|get back|get you|have (?:it|an answer)|tell you)|let me (?:check|ask)|open (?:question|point)"
    r"|(?:legal|finance|my (?:boss|manager|director)|our \w+) (?:will|has to|have to|must|needs? to|decides?))\b"
    r"|还?(?:不知道|不清楚|不确定|没定|没有?结论|[说报给答定算]不(?:准|好|了|出)|做不了主)|(?:核实|确认|查|问|请示|商量)(?:清楚|一下|完|好|后|过)|给您(?:答复|回复|准话|结果)|(?:法务|财务|领导|公司|上面|总部)[^，。；]{0,8}(?:定|批|答复|回复)",
    _FLAGS,
)
_YES_NO = re.compile(
    r"(?:^|[.,;!?:]\s*|\b(?:well|honestly|then|so)\s)(?:yes|no|yeah|yep|nope|correct|right|agreed|true|exactly|of course|not (?:yet|today|all|this))\b"
    r"|\b(?:can[’']?t|cannot|could(?:n[’']t| not)|wo(?:n[’']t)|will not|do(?:n[’']t| not)|did(?:n[’']t| not)|have(?:n[’']t| not)|is(?:n[’']t| not)|are(?:n[’']t| not)|was(?:n[’']t| not))\b"
    r"|\b(?:we|you|i) can\b|\b(?:it|that|this) (?:is|does|did|will|was)\b|\b(?:we|i) (?:do|did|have)\b(?=[.,;!?]|$)"
    r"|(?:^|[。，,；;！!？?]\s*)(?:是|不|对|算|可以|能|会|行|有|没|好|同意|当然|要)|(?:不能|不行|不会|不是|没有|做不到|可以|能够|同意|不同意|办不到|没法|还没)",
    _FLAGS,
)
_NOT_YES = re.compile(
    r"\b(?:everything|all|whatever|what|best|as \w+ as) (?:we|you|i) can\b|\b(?:don[’']t|do not) (?:worry|know)\b|会(?:尽|努力|全力|想办法|重视)",
    _FLAGS,
)
_EFFECT = re.compile(
    r"\b(?:for you|means?(?: that)? (?:you|your)|your (?:\w+ ){0,2}(?:team|people|site|line|users?|staff|customers?|launch|start|tests?|side|plan)|affects?|impact|hits? you)\b"
    r"|对(?:您|你|贵)|影响|意味着|(?:您|你们|贵方|贵司)(?:那边|这边|那里|的)",
    _FLAGS,
)
_TIME = re.compile(
    r"\b(?:\d{1,2}(?::\d\d)?\s?(?:am|pm|o[’']clock)|at (?:noon|\d{1,2}|nine|ten|eleven|two|three|four|five)|noon|tonight|this (?:morning|afternoon|evening)"
    r"|in (?:an|one|two|three|\d+) hours?|within (?:the|an|\d+) hours?|every (?:day|morning|week|two|\w+day)|each (?:day|morning|week|\w+day)|daily|weekly|twice a week|(?:mon|tues|wednes|thurs|fri)days?)\b"
    r"|今[天晚]|下班前|(?:上午|下午|中午|晚上|早上)|[\d一二两三四五六七八九十]{1,3}点|每[天日周]|(?:一|半|两|几)个?小时",
    _FLAGS,
)
_BASIS = re.compile(
    r"\b(?:confirmed|in writing|tested|measured|signed|rests on|based on|counted|rehearsed|different(?:ly)?|this time we|now we|since (?:monday|tuesday|wednesday|thursday|friday|last week))\b"
    r"|确认|书面|实测|测过|试过|试运行|依据|按.{1,12}(?:算|推)|算(?:出来|下来|过)|这次(?:我们|不同|改|换|先)|改成|换成|已经(?:到|装|改|派|换)",
    _FLAGS,
)
_OFFER = re.compile(
    r"\b(?:free of charge|for free|refunds?|discounts?|rebates?|vouchers?|waiv(?:e|ing|ed)|compensat(?:e|ion)|reimburs(?:e|ement)|on the house"
    r"|at (?:our|no) (?:own |extra )?(?:expense|cost|charge)|(?:%|per ?cent) off)\b"
    r"|免费|减免|免收|赔偿|赔付|补偿|退款|优惠|折扣|[一二三四五六七八九\d]折|赠送|免单|抵扣",
    _FLAGS,
)
_NO_OFFER = re.compile(
    r"\b(?:not|no|cannot|can[’']t|don[’']t|without|never|neither)\b|n[’']t\b|不|没|无法|未", _FLAGS
)


def hear(reply: str, wants: Sequence[Wants], ears: Ears) -> Heard:
    """What a reply holds: an answer to a question that any of `wants` would settle, and its cues.

    Of a very long reply only the first 4,000 characters are heard, as on the phone.
    """
    reply = reply[:LONGEST]
    mentions = dates.scan(reply, today=ears.today, calendar=ears.calendar)
    ahead = [m for m in mentions if any(r.last >= ears.today for r in m.readings)]
    deferred = _UNKNOWN.search(reply) is not None and (
        bool(ahead) or _TIME.search(reply) is not None
    )
    shown = _shown(reply, ears, ahead=ahead, dated=bool(mentions))
    other = "" if deferred or wants[0] != "date" else _other_date(ahead, ears)
    words = len(re.findall(r"[A-Za-z][\w’'-]*", reply))
    han = len(re.findall(r"[\u4e00-\u9fff]", reply))
    return Heard(
        answered=deferred or any(shown[one] for one in wants),
        deferred=deferred,
        cues=_cues(reply, ears),
        other_date=other,
        long=words > _LONG_WORDS or han > _LONG_CHARACTERS,
    )


def _shown(
    reply: str, ears: Ears, *, ahead: Sequence[Mention], dated: bool
) -> Mapping[Wants, bool]:
    """What of all that can be asked for the reply holds."""
    owned = any(_owns(part) for part in _parts(reply))
    yes_no = _plain_yes_no(reply)
    counted = bool(quantities.scan(reply))
    reason = owned or _REASON.search(reply) is not None or _shares(reply, ears.cause)
    return {
        "nothing": True,
        "date": bool(ahead),
        "since": dated,
        "reason": reason,
        "basis": reason or counted or _BASIS.search(reply) is not None,
        "own_part": owned,
        "amount": yes_no or counted,
        "yes_no": yes_no,
        "effect": _EFFECT.search(reply) is not None or _shares(reply, ears.impact),
        "next_contact": bool(ahead) or _TIME.search(reply) is not None,
    }


def _plain_yes_no(reply: str) -> bool:
    return _YES_NO.search(_NOT_YES.sub(" ", reply)) is not None


def _shares(reply: str, fact: str) -> bool:
    """Whether the reply speaks of what the fact speaks of: two words of it, or its only one."""
    known = content_of(fact)
    return len(known & content_of(reply)) >= min(2, len(known)) > 0


def _other_date(ahead: Sequence[Mention], ears: Ears) -> str:
    """The first date given, when none of those given can be the new date of the case."""
    if ears.new_date is None or not ahead:
        return ""
    fits = any(r.day <= ears.new_date <= r.last for m in ahead for r in m.readings)
    return "" if fits else ahead[0].text


def _cues(reply: str, ears: Ears) -> tuple[Spoken, ...]:
    found: list[Spoken] = []
    for noted in ears.notice(reply):
        heard = _CHECKS.get(noted.check)
        if heard and not (heard == "offered" and ears.remedy_approved):
            found.append(Spoken(heard, noted.phrase))
    if not ears.remedy_approved and not any(one.cue == "offered" for one in found):
        found += [Spoken("offered", part) for part in _parts(reply) if _gives(part)]
    good: tuple[tuple[Cue, Callable[[str], bool]], ...] = (
        ("owned", _owns),
        ("acknowledged", lambda part: _ACKNOWLEDGED.search(part) is not None),
    )
    for cue, holds in good:
        said = next((part for part in _parts(reply) if holds(part)), None)
        if said:
            found.append(Spoken(cue, _LEAD_IN.sub("", said)))
    return tuple(found)


def _parts(reply: str) -> list[str]:
    return [part.strip() for part in re.split(r"[.;!?\n。；！？，]|,\s", reply) if part.strip()]


def _owns(part: str) -> bool:
    return _OWNED.search(part) is not None and _DISOWNED.search(part) is None


def _gives(part: str) -> bool:
    return _OFFER.search(part) is not None and _NO_OFFER.search(part) is None
