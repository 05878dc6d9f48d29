"""Dates from a file that was sent: which column is what, a look at the rows, and then they are taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from bot.core.cards.blocks import (
    Action,
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Heading,
    Hint,
    Paragraph,
)
from bot.core.words import CaseId, Text, same

TABLE = "table"  # the action of all buttons here
Role = Literal["name", "day", "owner"]
ROLES: tuple[Role, ...] = get_args(Role)
_SHOWN = 8  # rows of a look
_OFF = 3  # of those that cannot be read
_COLUMNS = 24  # that can be chosen
_NONE = -1  # a column that is not there


class WORDS:
    """Every sentence of this; `{slots}` are filled by the caller."""

    title: Final = Text(en="Dates for {project}", zh="{project}的日期")
    read: Final = Text(
        en="{name}: {count} of {rows} rows can be read.", zh="{name}：{rows}行，读出{count}行。"
    )
    none: Final = Text(
        en="{name}: no row has a day that I can read. Perhaps it stands in another column.",
        zh="{name}：没有一行读得出日期，可能在别的列里。",
    )
    more: Final = Text(en="and {count} more", zh="另有{count}行")
    column: Final = Text(en="column “{title}”", zh="“{title}”列")
    no_column: Final = Text(en="none", zh="无")
    unnamed: Final = Text(en="Column {number}", zh="第{number}列")
    take: Final = Text(en="Watch these dates ({count})", zh="盯这些日期（{count}）")
    which: Final = Text(en="{name}: which column holds {what}?", zh="{name}：哪一列是{what}？")
    back: Final = Text(en="Back", zh="返回")
    no_project: Final = Text(
        en="Which project are these dates of? Type /delay watch and its name, then send the file "
        "again.",
        zh="这些日期是哪个项目的？请先输入“/delay 盯”加项目名，再发一次文件。",
    )
    not_here: Final = Text(
        en="I cannot read files or pictures here. Write what matters in a line or a few. Dates to "
        "watch can be pasted after /delay watch, one a line: milestone; day; owner.",
        zh="我在这里读不了文件和图片，请用一两句话写出要点。要盯的日期可以在“/delay 盯”之后贴上来，"
        "一行一个：里程碑；日期；负责人。",
    )
    may_send: Final = Text(
        en="You can also send me a file with the dates: CSV, XLSX, or Microsoft Project's XML.",
        zh="也可以直接发一份日期文件：CSV、XLSX，或 Microsoft Project 的 XML。",
    )
    slow: Final = Text(
        en="The file did not come through in time. Please press again, or send it again.",
        zh="文件没能及时传过来，请再点一次，或重新发送。",
    )
    taken: Final = Text(en="Taken over: {count}.", zh="已采用{count}个日期。")


_CALLED: Mapping[Role, Text] = {
    "name": Text(en="Milestone", zh="里程碑"),
    "day": Text(en="Day", zh="日期"),
    "owner": Text(en="Owner", zh="负责人"),
}
_ASKED: Mapping[Role, Text] = {
    "name": Text(en="the milestone", zh="里程碑"),
    "day": Text(en="the day", zh="日期"),
    "owner": Text(en="the owner", zh="负责人"),
}
_CHANGE: Mapping[Role, Text] = {
    "name": Text(en="Milestone from elsewhere", zh="换里程碑列"),
    "day": Text(en="Day from elsewhere", zh="换日期列"),
    "owner": Text(en="Owner from elsewhere", zh="换负责人列"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a button here carries: what it does, for which case, by which columns, of which file."""

    what: str  # show, take, or a role whose column is to be chosen
    case: CaseId
    columns: Mapping[str, int]
    handle: str

    def action(self, what: str, **other: int) -> Action:
        """The action of a button, with these columns in the place of others."""
        columns = {**self.columns, **other}
        numbers = ",".join(str(columns.get(role, _NONE)) for role in ROLES)
        return Action(TABLE, f"{what}/{self.case}/{numbers}/{self.handle}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file; without a day, `problem` says why."""

    name: str
    day: str  # ISO, or empty
    owner: str = ""
    problem: Text | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was read by those columns."""

    name: str  # of the file
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int = 0

    @property
    def good(self) -> tuple[Row, ...]:
        """The rows that have a day."""
        return tuple(r for r in self.rows if r.problem is None and r.day)


def read_mark(argument: str) -> Mark | None:
    """What a button carried; None when it is off."""
    what, case, numbers, handle = [*argument.split("/", 3), "", "", ""][:4]
    found = numbers.split(",")
    if not handle or len(found) != len(ROLES) or what not in ("show", "take", *ROLES):
        return None
    if not all(n.removeprefix("-").isdecimal() and len(n) < 4 for n in found):
        return None
    columns: dict[str, int] = dict(zip(ROLES, map(int, found), strict=True))
    return Mark(what, CaseId(case), columns, handle)


def look(project: str, sheet: Sheet, mark: Mark) -> Card:
    """The rows as they would be taken, and the columns they come from."""
    good, off = sheet.good, [r.problem for r in sheet.rows if r.problem is not None]
    rows = len(sheet.rows) + sheet.left_out
    said = (WORDS.read if good else WORDS.none).fill(name=sheet.name, count=len(good), rows=rows)
    title = WORDS.title.fill(project=project)
    columns = tuple(Fact(_CALLED[role], _column(sheet, mark, role)) for role in ROLES)
    shown = [Fact(same(r.name), same(" · ".join(filter(None, (r.day, r.owner))))) for r in good]
    blocks: list[Block] = [Heading(title), Paragraph(said), Facts(columns)]
    blocks += [Facts(tuple(shown[:_SHOWN]))] if shown else []
    if len(shown) > _SHOWN:
        blocks.append(Hint(WORDS.more.fill(count=len(shown) - _SHOWN)))
    blocks += [Hint(problem, "look") for problem in off[:_OFF]]
    take = Button(WORDS.take.fill(count=len(good)), mark.action("take"), "primary")
    change = [Button(_CHANGE[role], mark.action(role)) for role in ROLES]
    blocks.append(Buttons(((take,) if good else ()) + tuple(change)))
    return Card(said, tuple(blocks))


def choose(sheet: Sheet, mark: Mark, role: Role) -> Card:
    """Which column of the file holds it."""
    asked = WORDS.which.fill(name=sheet.name, what=_ASKED[role])
    buttons = [
        Button(_title(sheet, n), mark.action("show", **{role: n}))
        for n in range(min(len(sheet.header), _COLUMNS))
    ]
    none = Button(WORDS.no_column, mark.action("show", owner=_NONE))
    buttons += [none] if role == "owner" else []
    back = Button(WORDS.back, mark.action("show"))
    return Card(asked, (Paragraph(asked), Buttons(tuple(buttons)), Buttons((back,))))


def sentence(text: Text) -> Card:
    """One sentence, such as why a file cannot be read."""
    return Card(text, (Paragraph(text),))


def _column(sheet: Sheet, mark: Mark, role: Role) -> Text:
    number = mark.columns.get(role, _NONE)
    if not 0 <= number < len(sheet.header):
        return WORDS.no_column
    return WORDS.column.fill(title=_title(sheet, number))


def _title(sheet: Sheet, number: int) -> Text:
    title = sheet.header[number]
    return same(title[:40]) if title else WORDS.unnamed.fill(number=number + 1)
