"""The shape of a draft: the news first, no gaps, and somebody who answers for it."""

import re
from collections.abc import Iterator

from bot.core.coaching.detectors.overlap import content_words
from bot.core.coaching.detectors.subject import Hit, Subject

_TOKEN = re.compile(r"[\u4e00-\u9fff]|[A-Za-zÀ-ÿ0-9][A-Za-zÀ-ÿ0-9'’.-]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_GAPS = re.compile(
    r"\[[^\]\n\d]{1,40}\]|\{\{[^}\n]{0,40}\}\}|\{[A-Za-z_ ]{1,30}\}|<[A-Za-z\u4e00-\u9fff][\w /-]{0,30}\.?>|〈[^〉\n]{1,20}〉"
    r"|\((?:fill|insert|to be|enter|add)[^)\n]{0,40}\)|\b(?:dd|mm)[/.-](?:mm|dd|yy)\b"
    r"|(?<![A-Za-z0-9])(?:TBD|TBC|TODO|FIXME|X{2,6}|tbd|tbc|todo|N/?N)(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])xx(?= (?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|days?|weeks?|euros?)\w*)"
    r"|(?<![A-Za-z0-9])[Xx×某]{1,4}\s?(?:年|月|日|天|周|台|号|元|公司|先生|女士|总)|[_＿]{2,30}|×{2,6}|@[\u4e00-\u9fff]{1,8}(?:姓名|名字|电话)|待定|待补充?|待填写?|待确认日期"
    r"|此处填写?[^\n。]{0,12}|(?<!\.)\?\?\?|【\s*】|［\s*］|〔\s*〕|[（(]\s{2,8}[)）]"
)
_SIGNS = (  # without one of them there is no gap; to look for each is cheaper than the pattern
    "[", "{", "<", "〈", "(", "dd", "mm", "TBD", "TBC", "TODO", "FIXME", "tbd", "tbc", "todo", "NN",
    "N/N", "X", "x", "×", "某", "_", "＿", "@", "待", "此处填", "???",
    "【", "［", "〔", "（",
)  # fmt: skip
_SLOT_ZH = re.compile(r"【([^】\n]{1,30})】|［([^］\n]{1,30})］|〔([^〕\n]{1,30})〕")
_SLOT_WORDS = re.compile(
    r"填|待|插入|此处|截图|日期|姓名|客户名|称呼|原因|进度|金额|某|XX|xx|时间|数量|项目名|名称|编号|补充"
)

_OURS = re.compile(r"\b(?:we|our)\b|我们|我方|我司")
_OWN_ACT = re.compile(
    r"\bwe (?:had |only |simply |just |also )*(?!are\b|will\b|have to\b|need\b|apologise\b|regret\b|move\b|can\b|ask\b|must\b|expect\b)[a-z]+"
    r"|(?:我们|我方|我司)[^,，。;；由]{0,10}(?:没(?!关系|责任|问题|办法|辙|事)|未|只|错|漏|按|用|选|定|做|写|订|配|设|装|下|发|排|少|晚)"
)
_OWN_THING = re.compile(
    r"\bour (?!(?:customer|client|supplier|vendor|subcontractor|forwarder|carrier|haulier|partner|landlord|insurer|new date|apolog|sincere|next|side we)s?\b)[a-z]+"
)
_OWN_FAULT = re.compile(
    r"\b(?:error|mistake|slip|oversight|gap|failure|fault|omission)s? (?:of|in|on|by|from|at) our\b"
    r"|\bour (?:[a-z]{2,12} ){0,2}(?:order|sheet|drawing|list|plan|form|script|specification|checklist|calculation|label)s? (?:named|listed|said|showed|specified|gave|missed|lacked|omitted|carried|stated|held)\b"
    r"|\b(?:is|was|are|were|that's|one's|it's) (?:all |entirely |our own |clearly )?(?:ours|mine|on us|on me|down to us|down to me|our own)\b(?! (?:to|since))"
    r"|\b(?:oversight|mistake|error|slip|lapse|blunder|howler|bloomer|muddle|gap|miss|hole) (?:of (?:ours|mine)|in our)\b"
    r"|\b(?:error|mistake|slip|oversight|failure|fault|miss|lapse|blunder|gap),? ours\b"
    r"|\b(?:nobody|no one|none) (?:here|of us|in our house|on our side|at our end)\b(?! (?:could|can|would)\b)"
    r"|我们(?:的)?(?:采购单|订单|图纸|清单|计划|表单|脚本|规格书|标签)(?:上|里|中)?[^,，。;；]{0,6}(?:写错|标错|漏|错|少写|没写|没列)"
    r"|我们(?:内部|这边|这里)?(?:没人|没有人|谁也没)"
)  # a fault of ours that has no "we" as its subject


def buried_lead(subject: Subject) -> Iterator[Hit]:
    """The delay said only after the first 60 words or 120 characters."""
    if not subject.is_draft:
        return
    end = _reach(subject)
    moved = [start for start, _ in subject.spans("date_moves") if start < end]
    new = [d for d in subject.days if d.span[0] < end and d.covers(subject.context.new_date)]
    if not moved and not new:
        yield Hit("draft.buried_lead", (0, min(end, len(subject.text))))


def placeholder(subject: Subject) -> Iterator[Hit]:
    """A gap that was left open; "to be decided" with its day is none."""
    if not subject.is_draft:
        return
    text = subject.visible
    found = [m.span() for m in _GAPS.finditer(text)] if any(s in text for s in _SIGNS) else []
    for match in _SLOT_ZH.finditer(subject.visible):
        inner = next(group for group in match.groups() if group)
        heading = match.start() == 0 or subject.visible[match.start() - 1] in "\n:："
        if _SLOT_WORDS.search(inner) and not (
            heading and len(inner) > 2 and not re.search(r"填|插入|此处|待|XX|某", inner)
        ):
            found.append(match.span())
    for start, end in sorted(found):
        word = subject.plain[start:end]
        named = word in {"tbd", "tbc", "待定"} and any(subject.days_in(subject.number_of(start)))
        if not named:
            yield Hit("draft.placeholder", (start, end), {"x": subject.text[start:end]})
            return


def no_ownership(subject: Subject) -> Iterator[Hit]:
    """Nobody takes responsibility, though part of the cause is ours."""
    party = (subject.context.cause_party or "").lower()
    if not subject.is_draft or party not in {"ours", "shared", "supplier"}:
        return
    own = subject.has("own_part") or _OWN_FAULT.search(subject.claimed)
    if not own and not _own_cause(subject):
        yield Hit("draft.no_ownership", subject.first("passive_fault"))


def _own_cause(subject: Subject) -> bool:
    """Whether the sentence that tells the cause has us as the ones who did it."""
    cause = subject.context.cause or ""
    wanted = content_words(cause)
    if not wanted:
        return False
    return any(
        len(wanted & words) >= 2
        and (
            _OWN_ACT.search(subject.claimed, *subject.sentences[number])
            or _OWN_THING.search(subject.claimed, *subject.sentences[number])
        )
        for number, words in enumerate(subject.sentence_words)
    )


def too_long(subject: Subject) -> Iterator[Hit]:
    """Advice: longer than people read on this channel."""
    kind = {"im": "chat", "chat": "chat", "email": "mail", "letter": "letter"}.get(
        subject.task.channel or ""
    )
    if not subject.is_draft or kind is None:
        return
    chinese = subject.language == "zh"
    size = len(_HAN.findall(subject.visible)) if chinese else len(subject.visible.split())
    if size > subject.threshold(f"long_{kind}_{subject.language}"):
        yield Hit("draft.too_long", slots={"n": size})


def formal_elements(subject: Subject) -> Iterator[Hit]:
    """Advice: a letter without addressee, contract reference, date or signature."""
    if not subject.is_draft or subject.task.channel != "letter":
        return
    sender = subject.context.sender
    signed = sender is None or sender in subject.visible
    if not (subject.has("contract_reference") and signed and subject.has("letter_address")):
        yield Hit("draft.formal_elements")


def _reach(subject: Subject) -> int:
    """Where the first 60 words, or 120 Chinese characters, end."""
    chinese = subject.language == "zh"
    most = subject.threshold("lead_zh" if chinese else "lead_en")
    for n, match in enumerate(_TOKEN.finditer(subject.visible), start=1):
        if n > most:
            return match.start()
    return len(subject.visible)
