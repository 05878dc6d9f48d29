"""Files that people take away; what makes them is heavy, and loaded when the first one is wanted."""

from collections.abc import Mapping
from datetime import datetime

from bot.core.approving.release import Release
from bot.core.case import Case
from bot.core.meetings.meeting import Purpose
from bot.core.playbook import Playbook
from bot.core.reports.report import Report
from bot.core.words import Language, Text
from bot.engine.papers import CaseFile, File, Kind, ReportKind
from bot.settings import Settings


def make_file(case: Case, release: Release, kind: Kind, at: datetime) -> File:
    """A message to send oneself: a mail, a letter, an invitation."""
    from bot.papers.files import file

    return file(case, release, kind, at=at)


def make_case_file(playbook: Playbook, case: Case, kind: CaseFile, *, at: datetime) -> File:
    """The minutes of a look back, or the invitation to the meeting with the customer."""
    from bot.papers import meetings

    return meetings.file(playbook, case, kind, at=at)


def make_meeting_file(case: Case, purpose: Purpose, at: datetime) -> File:
    """The calendar file of a meeting that was booked, moved or cancelled."""
    from bot.papers import booked

    return booked.file(case, purpose, at=at)


def make_report(
    report: Report, kind: ReportKind, *, labels: Mapping[str, Text], language: Language
) -> File:
    """A month's report."""
    from bot.papers import report as papers

    return papers.file(report, kind, labels=labels, language=language)


def takes_pages(settings: Settings) -> frozenset[str]:
    """The platforms that make pages of their own, where the operator wants it."""
    wanted = {"slack": settings.slack_canvases, "lark": settings.lark_documents}
    return frozenset(name for name, on in wanted.items() if on)
