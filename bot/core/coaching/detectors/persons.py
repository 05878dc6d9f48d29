"""Persons: whether a sentence speaks of somebody, by name, by role or as he and she."""

import re

from bot.core.coaching.detectors.culprits import bare, may_be_name
from bot.core.coaching.detectors.subject import Subject
from bot.core.coaching.judge import language_of
from bot.core.message.lexicon import SURNAMES

_SOMEBODY_EN = re.compile(
    r"\b(?:he|she|him|his|her|hers|someone|somebody|who|whoever|whose|by whom|one of (?:us|our|the|ours|them|their|my)"
    r"|(?:the|this|that|a|an|our|my|their|one|another|same|new|young|old|junior|senior|poor|certain) "
    r"(?:[a-z-]+ ){0,3}?(?:m[ae]n|wom[ae]n|guys?|lads?|girls?|boys?|kids?|chaps?|fellows?|blokes?|persons?|colleagues?|boss|temps?|hires?|hands?|starter|newcomer|mate|junior|head|lead|chief|student|intern|apprentice|wife|husband|son|daughter|nephew|cousin|brother|sister|uncle|friend|freelance|nurse|cook|chef|medic|smith|coach"
    r"|[a-z]{2,}(?:er|or|ist|ian|ant|ent|man|woman|ee|eer|wright|body)s?)"
    r"|(?:lady|lass|fella|hero|genius|pilot|secretary|dba|head of|deputy|fitter|welder|engineer|planner|designer|developer|driver|foreman|intern|trainee|apprentice|buyer|tester|manager|director)s?)\b"
)
_NAME_EN = re.compile(
    r"(?<=[a-z,;:\x1f] )[A-Z][a-zà-ÿ'’]{1,15}(?![A-Za-z@/&-])|\b(?:Mr|Mrs|Ms|Dr)\b"
)
_FIRST = re.compile(r"\W*([A-Z][a-zà-ÿ]+)")
_WORD = re.compile(r"[A-Za-zà-ÿ]+")
_SOMEBODY_ZH = re.compile(
    r"[夜早中晚白]班|[A-Za-z]{2,}|[他她谁]|[小老阿大][\u4e00-\u9fff]|[\u4e00-\u9fff][工总哥姐叔姨爷伯师]|[人员师长监助手生徒弟妹侄婿妈爸爷奶哥姐嫂]"
    r"|实习|新[来招手]|经理|主管|主任|老板|领导|会计|护士|裁缝|司机|钳工|电工|焊工|同事|家伙|那[口位个]|某|位|黑子|海归|丫头|姑娘|伙[计子]|"
    rf"[{SURNAMES}]"
)
_DAYS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August|September|October|November|December"
)


def somebody(subject: Subject, number: int) -> bool:
    """Whether a sentence speaks of a person; without one nobody can be named as the culprit."""
    start, end = subject.sentences[number]
    said = subject.claimed[start:end]
    if language_of(said) == "zh":
        return _SOMEBODY_ZH.search(said) is not None
    if _SOMEBODY_EN.search(said.lower()):
        return True
    shown = subject.visible[start:end]
    if any(not _DAYS.fullmatch(match[0]) for match in _NAME_EN.finditer(shown)):
        return True
    given = subject.coaching.word_set("given_names")
    return any(bare(word) in given for word in _WORD.findall(shown)) or _unknown_first(shown)


def _unknown_first(shown: str) -> bool:
    """Whether a sentence begins with a capital word that is no ordinary one."""
    first = _FIRST.match(shown)
    return first is not None and may_be_name(bare(first[1]))
