"""A forecast in words and as a small chart, in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.foresight.forecast import COMMIT, Forecast, Remaining, Samples
from bot.core.reading.formats import show_date
from bot.core.words import Text

MOST_BARS = 12
_WIDTHS = (1, 2, 7, 14, 28, 56, 91, 182, 364)  # calendar days of one bar
_EDGE = 0.01  # of the futures, folded into the bars at both ends


@dataclass(frozen=True, slots=True)
class Bar:
    """The share of futures that end after the bar before and by the evening of `label`."""

    label: date
    share: float
    cumulative: float


def target_and_commit(found: Forecast) -> Text:
    """The two dates: "Target: … (half of 2,000 simulated futures). Commit by: … (85 of 100)."."""
    return two_dates(found.p50, found.p85, runs=found.runs)


def two_dates(target: date, commit: date, *, runs: int) -> Text:
    """The same from the two dates alone."""
    return _TWO_DATES.fill(target=_shown(target), commit=_shown(commit), runs=f"{runs:,}")


def in_draft(found: Forecast) -> Text:
    """The same for the customer: a date to aim at and the one to rely on, without the machinery."""
    if found.p50 == found.p85:
        return _ONE_FOR_CUSTOMER.fill(commit=_shown(found.p85))
    return _FOR_CUSTOMER.fill(target=_shown(found.p50), commit=_shown(found.p85))


def chance(found: Forecast, day: date) -> Text:
    """How good a date is: "Fri 4 Dec 2026 holds in about 6 of 10 simulated futures." and advice."""
    return how_good(day, found.probability(day), commit=found.p85)


def how_good(day: date, share: float, *, commit: date) -> Text:
    """The same from the share of futures that are done by `day`, 0 to 1."""
    said = _HOLDS.fill(day=_shown(day), often=often(share))
    if share >= COMMIT:
        advice = _SAFE
    elif share >= 0.5:
        advice = _CLOSE.fill(commit=_shown(commit))
    else:
        advice = _RISKY.fill(commit=_shown(commit))
    return Text(en=f"{said.en} {advice.en}", zh=f"{said.zh}{advice.zh}")


def often(share: float) -> Text:
    """A share of futures in words: "about 6 of 10"; nearly all, almost none at the ends."""
    if share >= 0.95:
        return Text(en="nearly all", zh="几乎所有")
    if share < 0.05:
        return Text(en="almost none", zh="几乎没有一个")
    tenths = round(share * 10) or 1
    return Text(en=f"about {tenths} of 10", zh=f"大约十分之{_CHINESE[tenths]}的")


def basis(remaining: float | Remaining, samples: Samples, *, unit: str = "") -> Text:
    """What the dates rest on, in half a sentence that may go to the customer.

    `unit` is what the work is counted in, as the person wrote it.
    """
    left = remaining if isinstance(remaining, Remaining) else Remaining(remaining, remaining)
    amount = f"{left.low:g}" if left.low == left.high else f"{left.low:g}–{left.high:g}"
    used = samples.done[-12:] if samples.period == "week" else samples.done
    pace = sum(used) / len(used)
    return _BASIS[samples.period].fill(
        amount=f"{amount} {unit}".strip() if unit.isascii() else amount + unit,
        pace=f"{pace:.2g}" if pace < 10 else f"{pace:.0f}",
        count=len(used),
        low=f"{min(used):g}",
        high=f"{max(used):g}",
    )


def chart(found: Forecast) -> tuple[Bar, ...]:
    """At most twelve bars of equal width; the first and the last one take in what lies beyond.

    Their shares sum to the share of futures that have an end.
    """
    first, last = found.at(_EDGE), found.at(1 - _EDGE)
    span = (last - first).days + 1
    width = next((w for w in _WIDTHS if span <= w * MOST_BARS), span // MOST_BARS + 1)
    ends = [first + timedelta(days=width * (n + 1) - 1) for n in range(-(-span // width))]
    ends[-1] = max(ends[-1], found.days[-1]) if width > 1 else found.days[-1]
    bars, before = [], 0.0
    for end in ends:
        by = found.probability(end)
        bars.append(Bar(end, by - before, by))
        before = by
    return tuple(bars)


def chart_text(bars: Sequence[Bar]) -> Text:
    """The chart for those who do not see it: by which day how many of 100 futures are done."""
    parts = [(bar.label, round(bar.cumulative * 100)) for bar in bars]
    en = "; ".join(f"by {show_date(day, 'en')} {n}" for day, n in parts)
    zh = "；".join(f"{show_date(day, 'zh')}前{n}" for day, n in parts)
    return Text(
        en=f"Of 100 simulated futures, done: {en}.", zh=f"100次模拟中，已完成的次数：{zh}。"
    )


def _shown(day: date) -> Text:
    return Text(en=show_date(day, "en"), zh=show_date(day, "zh"))


_CHINESE = "零一二三四五六七八九十"
_TWO_DATES = Text(
    en="Target: {target}, half of {runs} simulated futures are done by then. "
    "Commit by: {commit}, 85 of 100 are.",
    zh="目标日期：{target}，{runs}次模拟中有一半能赶上。承诺日期：{commit}，100次里有85次能赶上。",
)
_FOR_CUSTOMER = Text(
    en="We aim for {target}; the date to rely on is {commit}.",
    zh="我们争取{target}完成，可以按{commit}来安排。",
)
_ONE_FOR_CUSTOMER = Text(en="The date to rely on is {commit}.", zh="可以按{commit}来安排。")
_HOLDS = Text(en="{day} holds in {often} simulated futures.", zh="{day}：{often}模拟结果能赶上。")
_SAFE = Text(en="That is a date to commit to.", zh="这个日期可以承诺。")
_CLOSE = Text(
    en="Good as a target. For a promise take {commit}.", zh="作目标可以，要承诺就报{commit}。"
)
_RISKY = Text(
    en="It is more likely to be missed than met. For a promise take {commit}, or cut the scope.",
    zh="赶不上的可能更大。要承诺就报{commit}，或者减范围。",
)
_BASIS = {
    "week": Text(
        en="{amount} left; measured pace {pace} a week over the last {count} weeks ({low} to {high})",
        zh="还剩{amount}，最近{count}周实测平均每周{pace}（最少{low}，最多{high}）",
    ),
    "working_day": Text(
        en="{amount} left; measured pace {pace} a working day over the last {count} ({low} to {high})",
        zh="还剩{amount}，最近{count}个工作日实测平均每天{pace}（最少{low}，最多{high}）",
    ),
    "day": Text(
        en="{amount} left; measured pace {pace} a day over the last {count} days ({low} to {high})",
        zh="还剩{amount}，最近{count}天实测平均每天{pace}（最少{low}，最多{high}）",
    ),
}
