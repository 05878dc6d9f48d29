"""Files that a person may take away; who makes them is the wiring's to say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.core.approving.release import Release
from bot.core.case import Case
from bot.core.meetings.meeting import Purpose
from bot.core.playbook import Playbook
from bot.core.reports.report import Report
from bot.core.words import Language, Text

Kind = Literal["eml", "docx", "ics"]
KINDS: tuple[Kind, ...] = ("eml", "docx", "ics")
CaseFile = Literal["retro.md", "retro.docx", "team.md", "team.docx", "meeting.ics"]
ReportKind = Literal["csv", "docx"]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class File:
    """A file by its name, what kind it is, and its bytes."""

    name: str
    media_type: str
    content: bytes
    page: bool = False  # of Markdown, to be made a page of the platform's own


MakeFile = Callable[[Case, Release, Kind, datetime], File]


class MakeCaseFile(Protocol):
    """A file of a case that was told."""

    def __call__(self, playbook: Playbook, case: Case, kind: CaseFile, *, at: datetime) -> File: ...


MakeMeetingFile = Callable[[Case, Purpose, datetime], File]  # of one that was booked


class MakeReport(Protocol):
    """A month's report as a file; `labels` names the kinds of cause."""

    def __call__(
        self, report: Report, kind: ReportKind, *, labels: Mapping[str, Text], language: Language
    ) -> File: ...
