"""A month's report to take away: a table that spreadsheets read, and a document in one's language."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document

from bot.core.following.feedback import Feedback
from bot.core.reports.report import of_month
from bot.core.words import Language, Text
from bot.papers.report import file
from tests.core.test_report import JUNE, told

TODAY = date(2026, 6, 30)
LABELS = {"technical": Text(en="Technical", zh="技术问题")}


def test_the_csv_is_read_as_utf8_by_a_spreadsheet() -> None:
    made = file(of_month([told()], JUNE, today=TODAY), "csv", labels=LABELS, language="zh")
    assert made.name == "candor-2026-06.csv"
    assert made.content.startswith(b"\xef\xbb\xbfcase,project")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Delays in June 2026", "1 of 1 new dates held.", "Technical: 1", "Customer"]),
        ("zh", ["2026年6月的延期", "1个新日期中守住了1个。", "技术问题：1", "客户"]),
    ],
)
def test_the_document_says_the_three_sentences_and_every_case(
    language: Language, words: list[str]
) -> None:
    came = datetime(2026, 6, 19, 12, tzinfo=UTC)
    said = (Feedback(came, 4, 3),)
    month = of_month([told(recovered_at=came, feedback=said)], JUNE, today=TODAY)
    made = Document(BytesIO(file(month, "docx", labels=LABELS, language=language).content))
    cells = [cell.text for row in made.tables[0].rows for cell in row.cells]
    everything = "\n".join([*(p.text for p in made.paragraphs), *cells])
    assert [w for w in words if w not in everything] == []
    assert len(made.tables[0].rows) == 2
