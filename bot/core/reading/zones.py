"""Time zones by the names that people give them: an IANA name, or a city in either language."""

from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo

from babel.core import get_global

_CHINESE: Mapping[str, str] = {
    "中国": "Asia/Shanghai", "北京": "Asia/Shanghai", "上海": "Asia/Shanghai",
    "广州": "Asia/Shanghai", "深圳": "Asia/Shanghai", "香港": "Asia/Hong_Kong",
    "澳门": "Asia/Macau", "台北": "Asia/Taipei", "新加坡": "Asia/Singapore",
    "东京": "Asia/Tokyo", "首尔": "Asia/Seoul", "曼谷": "Asia/Bangkok",
    "雅加达": "Asia/Jakarta", "迪拜": "Asia/Dubai", "莫斯科": "Europe/Moscow",
    "柏林": "Europe/Berlin", "巴黎": "Europe/Paris", "马德里": "Europe/Madrid",
    "罗马": "Europe/Rome", "伦敦": "Europe/London", "纽约": "America/New_York",
    "芝加哥": "America/Chicago", "洛杉矶": "America/Los_Angeles", "多伦多": "America/Toronto",
    "圣保罗": "America/Sao_Paulo", "悉尼": "Australia/Sydney", "墨尔本": "Australia/Melbourne",
}  # fmt: skip
_ENGLISH: Mapping[str, str] = {
    "beijing": "Asia/Shanghai",
    "munich": "Europe/Berlin",
    "san francisco": "America/Los_Angeles",
    "new delhi": "Asia/Kolkata",
    "utc": "UTC",
    "gmt": "UTC",
}


def zone_named(words: str) -> str | None:
    """The IANA name of the zone that is meant; None when no zone or several have that name."""
    wanted = " ".join(words.replace("_", " ").split()).casefold().removesuffix("时间")
    named = _CHINESE.get(wanted) or _ENGLISH.get(wanted) or _known().get(wanted)
    if named is None:
        return None
    try:
        return ZoneInfo(named).key
    except (LookupError, ValueError, OSError):  # the machine has no such file
        return None


@cache
def _known() -> Mapping[str, str]:
    """Folded names, whole ones and those of their cities where only one zone has such a city."""
    names = [str(name) for name in get_global("zone_territories") if "/" in str(name)]
    older = {_folded(str(old)): str(new) for old, new in get_global("zone_aliases").items()}
    cities: dict[str, list[str]] = {}
    for name in names:
        cities.setdefault(_folded(name.rpartition("/")[2]), []).append(name)
    alone = {city: found[0] for city, found in cities.items() if len(found) == 1}
    return older | alone | {_folded(name): name for name in names}


def _folded(name: str) -> str:
    return name.replace("_", " ").casefold()
