"""Culprits: a person, by name or by role, as the one who made the slip."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.frames import Span
from bot.core.message.lexicon import NOT_A_SURNAME, ORDINARY, ORGANISATION
from bot.core.message.lexicon import SURNAMES as COMMON_SURNAMES

# Rarer ones, which stand as names only where a title, 小 or 老 shows it.
SURNAMES = (
    COMMON_SURNAMES
    + "娄桑闻喻蓝桂滕骆鄂边应虞卞仇楚褚敖仲晏晋冀郎戚蒲鞠燕佟佘缪裘亓麦植冼揭巫糜商粟蔺尉苑原牧印荆步戈晁暴盖宓连冷娜池岑凤经宣仓靖"
)
_NOT_NAMES = frozenset(
    [
        "nobody",
        "somebody",
        "everybody",
        "everyone",
        "someone",
        "anyone",
        "customs",
        "people",
        "supplier",
        "client",
        "customer",
        "vendor",
        "management",
        "finance",
        "purchasing",
        "logistics",
        "engineering",
        "production",
        "sales",
        "marketing",
        "procurement",
        "legal",
        "operations",
        "support",
        "nothing",
    ]
)
_CAPITAL = re.compile(
    r"(?<![A-Za-z&.@/-])(?:(?:Mr|Ms|Mrs|Dr)\.? )?([A-Z][a-zà-ÿ]{1,15})(?: (?:[A-Z]\.? )?([A-Z][a-zà-ÿ]{1,15}))?(?![A-Za-z&@/-])"
)
_ALONE = re.compile(
    r"(?:'s|’s)?(?: (?:in|from|of) (?:(?:our|the) )?[a-z]{2,12}(?: team| side| office)?| from [A-Za-z]{2,12}|, our [a-z ]{2,20},)?(?:,? who)?"
    r"(?: (?:again|then|had|has|simply|accidentally|apparently|once more|just|also|once again|yesterday))?\s{0,2}"
)
_OTHERS = re.compile(r"\b(?:we|i|they|you|it|which)\b|[;:]")
_OURS_ZH = re.compile("我们|我方|我司|咱们")
# Who found or mended the slip did not make it.
_HELPING_ZH = re.compile(
    "发现|查[出到]|找[出到]|看出|核出|指出|提醒|反映|修好|修复|补[上好]|改[好回]"
)
_ACTING = re.compile(
    r" (?:(?:then|again|had|has|simply|just|also|once) )?(?:accepted|added|answered|applied|approved|assumed|booked|built|calculated|called|changed|checked|chose|clicked|closed|coded|configured|connected|copied|counted|cut|delivered|designed|drew|drilled|drove|edited|emailed|entered|estimated|exported|filed|filled|fitted|fixed|fixed|forwarded|gave|glued|handed|imported|installed|kept|laid|left|let|loaded|locked|mailed|marked|measured|merged|mixed|mounted|moved|opened|ordered|packed|painted|picked|planned|plugged|poured|prepared|pressed|priced|printed|programmed|promised|published|pulled|pushed|put|quoted|ran|read|released|removed|reported|requested|saved|scanned|scheduled|sent|set|shipped|signed|sized|sold|sorted|specified|started|stored|submitted|switched|tested|threw|told|took|translated|trusted|turned|typed|updated|uploaded|used|welded|wired|worked|wrote)\b"
)
_ACTING_SOON = re.compile(
    r"(?: (?:in|from|of|at) (?:the |our )?[a-z]+(?: [a-z]+)?)?" + _ACTING.pattern
)
_EPITHETS = frozenset({"old", "young", "little", "big", "poor", "good", "dear", "our"})
_IDENTIFIED = re.compile(
    r"\b(?:that|somebody|someone|culprit|person|one|guilty|responsible|it) (?:is|was|'s|being)(?: our| poor| dear)? $",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|she)\b")
_AFTER_EN = re.compile(r"(?:'s|’s)\s(?:team|people|office|side|company|staff|department|group)\b")
_OBJECT_EN = re.compile(r"\b(?:for|to|with|ask|via|tell)\s$")
_PLACE_EN = re.compile(r"\b(?:in|at|near|of)\s$")
_BY_EN = re.compile(
    r"(?:\bby|\bbecause of|\bdue to|\bthanks to|\bblame|\bfault of|\bdown to|\bit was|\bmistake of|\berror of|\bculprit is|\bculprit was)\s$",
    re.IGNORECASE,
)
_HIS_EN = re.compile(
    r"(?:'s|’s|s')\s(?:[a-z]+\s)?(?:mistake|fault|error|failure|oversight|slip|blunder|doing|typo|negligence|mix-up|carelessness|forgetfulness|bad planning|incompetence)",
)
_NAME_ZH = re.compile(
    rf"[小老大][{SURNAMES}](?![时段区型程序板组])|阿[\u4e00-\u9fff]|[{SURNAMES}](?:工|总|经理|主管|师傅|主任|姐|哥|叔|姨|博|会计|老师|队)(?![程作具序业艺厂])"
    rf"|(?:(?<=[组部科班队室员师理管长的是由让叫被怪赖因为方边工事司测发])|(?<![\u4e00-\u9fff0-9]))[{COMMON_SURNAMES}](?:(?![我你他她它们的是在有不没也就都把被让给又还一二三四五六七八九十日天末])[\u4e00-\u9fff]){{1,2}}"
)
_BENIGN = (
    "found|noticed|discovered|spotted|saw|reported|confirmed|restored|repaired|fixed|replaced|led|informed|"
    "asked|called|joined|returned|told|tested|visited|agreed|offered|helped|explained|needed|wanted|named|"
    "lost (?:power|two|three|its)|delivered|arrived|opened|closed|started|stopped|moved|failed to (?:start|boot|load)"
)
# What a person is told to have done, in the answer that tells the cause.
_MACHINE = re.compile(
    r"(?:failed|forgot|fails) to (?:start|boot|load|run|connect|respond|compile|sync)\b"
)
_DEED_EN = re.compile(
    r"(?:,? (?:our|the|my) [a-z]{2,14}(?: [a-z]{2,14})?,)?(?: (?:in|from|at) (?:our |the )?[a-z]{2,14}(?: (?:office|team|room))?)?,?(?: who)?"
    r"(?: (?:had|has|simply|just|then|also|again|always|really|clearly|still|only)){0,2} "
    rf"(?!(?:{_BENIGN})\b)(?:[a-z]{{2,12}}ed|left|let|sent|ran|fell|lost|got|took|gave|put|cut|drew|wrote|built|kept|said|thought|forgot|chose|threw|"
    r"didn't|did not|doesn't|does not|hadn't|had not|hasn't|has not|isn't|never|had no|had the|was (?:off|late|on|too|not|careless|asleep|wrong))\b"
)
_DONE_BY_EN = re.compile(
    r"\b(?:done|made|signed|written|introduced|caused|estimated|approved|ordered|released|packed|drawn|designed|calculated|handled|entered|configured|deployed|deleted|overwritten|installed|broken|prepared) by $"
    r"|\b(?:if|had|unless|it was|handover from|at fault is(?: our [a-z]{2,12},)?|responsible is|culprit is|mistake was|fault was|error was) $",
    re.IGNORECASE,
)
_LOOSE_EN = re.compile(r"\b(?:let|letting|allowed|left) $", re.IGNORECASE)
_ON_THE_LOOSE_EN = re.compile(r" (?:loose|near|at|run wild|play with|fiddle with|do) ")
_CLEARED_UP_EN = re.compile(
    r"\b(?:undo|fix|mend|repair|correct|redo|put right|clean up|clear up|mop up) (?:all )?(?:what|whatever|the thing|after|behind) $"
    r"|\b(?:mopping up after|cleaning up after|clearing up after|courtesy of|handiwork of|doing of|work of|no thanks to|all down to|was down to|comes down to) $",
    re.IGNORECASE,
)
_BY_WHOM_EN = re.compile(r",? (?:by whom|through whom|thanks to whom|because of whom)\b")
_LAST_ONE_EN = re.compile(
    r"(?:'s|’s) (?:[a-z]{2,12} ){1,3}(?:having|had|went|going|gone|being|was|were|with|full of)\b[^.;]{0,50}\b(?:wrong|old|false|mistake|mistakes|error|errors|missing|year before|last year|previous|outdated|upside down|out of date|swapped|mixed|late)\b"
)
_THEIRS_EN = re.compile(r"\b(?:your|their) $", re.IGNORECASE)
_WATCH_EN = re.compile(
    r"(?:'s|’s) (?:watch\b|(?:[a-z]{2,12} )?(?:handover|estimate|sheet|spreadsheet|script|drawing|calculation|list|order|configuration) )"
)
_BLAMED_ZH = re.compile(
    rf"(?:(?:责任人|出问题的|出错的|犯错的|惹事的|罪魁祸首|搞砸的|坏事的|责任)[^,，。;；]{{0,3}}(?:是|在|出在)[^,，。;；]{{0,6}}?"
    rf"|(?:要不是|但凡|(?<!主)要是|如果不是|都怪|就怪|怪)[^,，。;；\d]{{0,4}}?)(?:[小老阿][\u4e00-\u9fff]|[{SURNAMES}](?:工|姐|哥|经理|主管|总|师傅)|[{SURNAMES}][\u4e00-\u9fff]{{1,2}})"
    rf"|(?:是|由)[^,，。;；\d]{{0,4}}?(?:[小老阿][{SURNAMES}]|[{SURNAMES}](?:工|姐|哥|经理|主管|科长|师傅)|(?<=[是由])[{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)[^,，。;；我]{{1,12}}(?:的|掉)(?=[,，。;；]|$|日期)"
)
_CALLED_ZH = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[的是])|(?<=[了因为]))(?:[小老阿][{SURNAMES}](?![时段区型程序板组])|[{SURNAMES}](?:工|姐|哥|经理|主管|科长|师傅)(?![程作具序业艺厂]))[^,，。;；我]{{0,8}}?(?:没(?!问题|关系|有问题)|未(?!来|必)|从来不|直接|以为|只顾|光顾|不(?:看|查|管|问|懂|会|听|按|用心))"
)
# One of our people in the answer on the cause, whatever is told of them; elsewhere only as the one
# on whom the account is laid.
_ONE_ZH = re.compile(
    rf"(?:[小老](?![时车段区型程路])[{SURNAMES}](?![案法式块层由线用量数号径口孔距化区型版组院校店厂机站井件师])|阿[\u4e00-\u9fff](?=把|将|没|给|他|她|忘|漏|一|手|的|,|，)|姓[\u4e00-\u9fff]的"
    rf"|(?<=[长师员工理管监生])[{COMMON_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=把|将|没|忘|漏|给|按|用|拍|签|手|一个人))"
)
_HELPING_ZH = re.compile(
    r"^[^,，。;；]{0,6}?(?:负责(?:补|修|改|盯|跟|恢复|整改|落实)|在(?:补|修|查|盯|跟|改|处理)|发现|查出|查到|指出|提醒|报告|报的|带队|接手|接替|牵头|协调|支援|会|将|说|反馈|告诉|讲|确认|复核出|补上|修好|恢复|盯着|跟进|今天|明天|下周|已(?:经)?(?:补|修|改|恢复|处理))"
    r"|^[^。;；]{0,14}?(?:病|住院|产假|休假|离职|走了|辞|家里|去世|手术|抑郁|怀孕)"
)
_FOUND_ZH = re.compile("发现|查出|查到|指出|提醒|补上|修好")
_LAID_ON_ZH = re.compile(
    rf"(?:算|记|怪|赖|归|栽|追|问|罚|推)(?:到|在|责|给|罪)?[^,，。;；]{{0,8}}?(?:[小老阿][{SURNAMES}]|[{SURNAMES}](?:工|姐|哥|经理|主管)|姓[\u4e00-\u9fff]的)[^,，。;；]{{0,3}}(?:头上|身上|账上|名下|一个人|的责|是问)"
    rf"|(?:[小老阿][{SURNAMES}]|[{SURNAMES}](?:工|姐|哥|经理|主管))[^,，。;；]{{0,6}}(?:一个人|一人|自己|独自)[^,，。;；]{{0,4}}(?:拍|定|搞|弄|改|签|惹|捅|干)的"
)
_STOP_ZH = re.compile(r"[,，。;；:：、!?！？\n]")
_FAR_EN, _FAR_ZH = 60, 12  # characters from a person to the slip


def culprit(subject: Subject) -> Iterator[Hit]:
    """A person as the subject of a failure, or as its stated reason."""
    span = culprit_span(subject)
    if span:
        yield Hit("cause.names_person", span)


def culprit_span(subject: Subject) -> Span | None:
    """Where a person is presented as the culprit; None when nobody is."""
    slips = subject.spans("slip_act")
    starts = [start for start, _ in slips]
    found: list[Span] = []
    for person in _persons(subject, slips):
        slip = _next(subject, person, slips, starts)
        if slip:
            found.append((person[0], slip[1]))
            break
        if _stated(subject, person) or _told(subject, person):
            found.append(person)
            break
    return found[0] if found else _told_zh(subject)


def _told(subject: Subject, person: Span) -> bool:
    """Whether the answer on the cause tells what one of our persons did, or did not."""
    start, end = person[0], abs(person[1])
    if _pointed_at(subject, start, end):
        return True
    if subject.task.place != "cause" or _THEIRS_EN.search(subject.plain, max(0, start - 6), start):
        return False
    if subject.visible[start] != subject.plain[start] and person[1] > 0:
        by = _DONE_BY_EN.search(subject.visible, max(0, start - 32), start)
        if by or _WATCH_EN.match(subject.plain, end):
            return True
    outside = subject.plain.startswith(("the ", "that ", "this "), start)
    return not outside and person[1] > 0 and _DEED_EN.match(subject.plain, end) is not None


def _pointed_at(subject: Subject, start: int, end: int) -> bool:
    """Whether an answer points at a person: "let Kev loose on it", "Femke by whom it was sent"."""
    if subject.is_draft or subject.visible[start] == subject.plain[start]:
        return False
    before = subject.visible[max(0, start - 24) : start]
    loose = _LOOSE_EN.search(before) and _ON_THE_LOOSE_EN.match(subject.plain, end)
    after = _BY_WHOM_EN.match(subject.plain, end) or _LAST_ONE_EN.match(subject.plain, end)
    return bool(loose or after or _CLEARED_UP_EN.search(before))


def _told_zh(subject: Subject) -> Span | None:
    """Where a Chinese text points at a person, or tells what one did not do."""
    if subject.language != "zh" or subject.is_draft:
        return None
    laid = _LAID_ON_ZH.search(subject.claimed)
    if laid:
        return laid.span()
    if subject.task.place != "cause":
        return None
    known = _houses(subject)
    for match in _ONE_ZH.finditer(subject.claimed):
        helping = _HELPING_ZH.match(subject.claimed[match.end() :])
        if match[0][:2] not in NOT_A_SURNAME and match[0] not in known and not helping:
            return match.span()
    for pattern in (_BLAMED_ZH, _CALLED_ZH):
        for match in pattern.finditer(subject.claimed):
            named = not any(word in match[0] for word in NOT_A_SURNAME)
            if named and not _FOUND_ZH.search(match[0]):
                return match.span()
    return None


def _persons(subject: Subject, slips: Sequence[Span]) -> Iterator[Span]:
    """The single persons in a text, by role and by name."""
    if not slips and not _CAPITAL.search(subject.visible):
        return
    houses = frozenset(start + len("the ") for start, _ in subject.spans("person_role"))
    outside = {s for s, _ in subject.spans("other_party") if s in houses}
    roles = [
        span
        for span in subject.spans("person_role")
        if not (subject.plain.startswith("the ", span[0]) and span[0] + len("the ") in outside)
    ]
    names = [*_english(subject), *_chinese(subject, slips)]
    yield from sorted({*roles, *names})


def _english(subject: Subject) -> Iterator[Span]:
    known = _houses(subject)
    given = subject.coaching.word_set("given_names")
    named = False
    for match in _CAPITAL.finditer(subject.visible):
        first, second = bare(match[1]), bare(match[2] or "")
        if match[1] in known or second in ORGANISATION or subject.claimed[match.start()] == "\x1f":
            continue
        if _AFTER_EN.match(subject.plain, match.end()) or _OBJECT_EN.search(
            subject.plain, max(0, match.start() - 6), match.start()
        ):
            continue
        titled = match[0] != match[1] and match[0].startswith(("Mr", "Ms", "Dr"))
        if titled or first in given:
            named = True
            yield match.span()
        elif second in given and match[2] not in known:
            named = True
            yield match.span(2)
        elif first in _EPITHETS and second and _ACTING_SOON.match(subject.plain, match.end()):
            named = True
            yield match.span()
        elif (
            not second
            and may_be_name(first)
            and not _PLACE_EN.search(subject.plain, max(0, match.start() - 6), match.start())
        ):
            # A name only right before a slip, or as one who does what people do.
            sure = _ACTING.match(subject.plain, match.end()) is not None
            yield (match.start(), match.end() if sure else -match.end())
    if named:
        yield from (match.span() for match in _PRONOUN.finditer(subject.claimed))


def _houses(subject: Subject) -> str:
    """Names of the case that are nobody's slip. Not the answers: those hold the culprit too."""
    context = subject.context
    return " ".join(filter(None, (context.sender, context.customer, context.project)))


def bare(name: str) -> str:
    """A name in small letters, without accents."""
    apart = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def may_be_name(word: str) -> bool:
    """Whether a capital word may be a name that no list holds."""
    if word in ORDINARY or word in _NOT_NAMES:
        return False
    return not word.endswith(("ing", "ment", "tion", "ics"))


def _chinese(subject: Subject, slips: Sequence[Span]) -> Iterator[Span]:
    known = " ".join(subject.context.prose) if subject.is_draft else _houses(subject)
    for start, _ in slips:
        begin = max(subject.sentences[subject.number_of(start)][0], start - 18)
        clause = subject.visible[begin:start]
        stops = [m.end() for m in _STOP_ZH.finditer(clause)]
        begin += stops[-1] if stops else 0
        match = _NAME_ZH.search(subject.visible, begin, start)
        while match:
            sure = match[0][:2] not in NOT_A_SURNAME and match[0][:2] not in known
            if sure:
                yield match.span()
            after = match.end() if sure else match.start() + 1
            match = _NAME_ZH.search(subject.visible, after, start)


def _next(
    subject: Subject, person: Span, slips: Sequence[Span], starts: Sequence[int]
) -> Span | None:
    """The slip whose subject is the person: soon after, with nobody else between."""
    sure, end = person[1] > 0, abs(person[1])
    n = bisect_left(starts, end)
    if n >= len(slips):
        return None
    between = subject.claimed[end : starts[n]]
    if not sure:
        machine = _MACHINE.match(subject.plain, starts[n])
        return slips[n] if _ALONE.fullmatch(between) and not machine else None
    chinese = subject.language == "zh" or not between.isascii()
    free = _free_zh(between) if chinese else _free_en(between)
    return slips[n] if free else None


def _free_en(between: str) -> bool:
    """Whether nothing between a person and a slip makes somebody else its subject."""
    apart = len(between) > _FAR_EN or "." in between or "\n" in between
    return not apart and _OTHERS.search(between) is None


def _free_zh(between: str) -> bool:
    """As _free_en; one comma right behind the person is no break."""
    if len(between) > _FAR_ZH or _OURS_ZH.search(between) or _HELPING_ZH.search(between):
        return False
    return _STOP_ZH.search(between.removeprefix("，").removeprefix(",")) is None


def _stated(subject: Subject, person: Span) -> bool:
    """Whether a person is named as the reason: "because of Carlos", "Carlos's mistake"."""
    if person[1] < 0:
        return False
    start, end = person
    if _HIS_EN.match(subject.plain, end):
        return True
    if _IDENTIFIED.search(subject.visible, max(0, start - 30), start):
        return subject.has("slip_act") and subject.task.place == "cause"
    named = _BY_EN.search(subject.visible, max(0, start - 24), start) is not None
    return named and subject.among(subject.number_of(start), "slip_act")
