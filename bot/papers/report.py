"""A month's report to take away: as CSV with every case, and as a document in one's own language."""

from collections.abc import Mapping

from bot.core.cards.desk_cards import PHASES
from bot.core.cards.follow_desk import sentences
from bot.core.following.wording import FOLLOW
from bot.core.reading.formats import show_date
from bot.core.reports.report import Report, Row, to_csv
from bot.core.words import Language, Text, same
from bot.engine.papers import DOCX, File, ReportKind
from bot.papers.paper import blank, clean, fit, saved, shade

_HEAD = (
    Text(en="Project", zh="项目"),
    Text(en="Customer", zh="客户"),
    Text(en="State", zh="状态"),
    Text(en="Cause", zh="原因"),
    Text(en="Days silent", zh="沉默天数"),
    Text(en="New date", zh="新日期"),
    Text(en="Held", zh="守住"),
)
_WIDTHS = (3.1, 2.7, 2.1, 2.1, 1.7, 3.0, 1.3)  # centimetres
_HELD: Mapping[bool | None, Text] = {
    True: Text(en="yes", zh="是"),
    False: Text(en="no", zh="否"),
    None: Text(en="open", zh="未到"),
}


def file(
    report: Report, kind: ReportKind, *, labels: Mapping[str, Text], language: Language
) -> File:
    """The report as a file. `labels` names the kinds of cause."""
    name = f"candor-{report.first:%Y-%m}.{kind}"
    if kind == "csv":  # with a mark, so that a spreadsheet reads Chinese
        return File(name, "text/csv", to_csv(report).encode("utf-8-sig"))
    return File(name, DOCX, _document(report, labels, language))


def _document(report: Report, labels: Mapping[str, Text], language: Language) -> bytes:
    made = blank()
    month = Text(en=f"{report.first:%B %Y}", zh=f"{report.first.year}年{report.first.month}月")
    made.add_heading(FOLLOW.report.fill(month=month).to(language), level=1)
    for sentence in sentences(report):
        made.add_paragraph(clean(sentence.to(language)))
    if report.causes:
        made.add_heading(FOLLOW.causes.to(language), level=2)
    colon = "：" if language == "zh" else ": "
    for cause, count in report.causes:
        label = labels.get(cause, same(cause)).to(language)
        made.add_paragraph(clean(f"{label}{colon}{count}"), style="List Bullet")
    if report.rows:
        table = made.add_table(rows=1, cols=len(_HEAD), style="Table Grid")
        for cell, head in zip(table.rows[0].cells, _HEAD, strict=True):
            cell.text = head.to(language)
            shade(cell._tc)
        for row in report.rows:
            shown = _shown(row, labels, language)
            for cell, text in zip(table.add_row().cells, shown, strict=True):
                cell.text = clean(text)
        fit(table, _WIDTHS)
    return saved(made)


def _shown(row: Row, labels: Mapping[str, Text], language: Language) -> tuple[str, ...]:
    cause = labels.get(row.cause, same(row.cause)).to(language)
    return (
        row.project,
        row.customer,
        PHASES[row.phase].to(language),
        cause,
        "" if row.silent is None else str(row.silent),
        show_date(row.new_date, language, weekday=False) if row.new_date else "",
        _HELD[row.kept].to(language) if row.new_date else "",
    )
