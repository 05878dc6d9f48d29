"""What an owner takes away to send a message alone: a mail, a letter, an invitation."""

import re
from dataclasses import replace
from datetime import datetime

from bot.core.approving import times
from bot.core.approving.preparing import parted
from bot.core.approving.release import Release, Surroundings
from bot.core.case import Case, text_of
from bot.engine.papers import DOCX, File, Kind
from bot.papers.invitation import invitation
from bot.papers.letter import letter
from bot.papers.mail import mail

_TYPES: dict[Kind, str] = {
    "eml": "message/rfc822",
    "docx": DOCX,
    "ics": "text/calendar",
}
_LONGEST = 60  # characters of a file's name


def file(case: Case, release: Release, kind: Kind, *, at: datetime) -> File:
    """The file of a release. Its name holds no path and nothing that a shell or a system minds."""
    around = case.surroundings or Surroundings()
    project = text_of(case, "project") or text_of(case, "customer")
    subject, text = release.subject, release.text
    if not subject:
        subject, text = parted(text, release.language)
    if kind == "eml":
        content = mail(release, around, subject=subject or project, text=text, at=at)
    elif kind == "docx":
        content = letter(replace(release, subject=subject, text=text))
    else:
        slot = times.good_slot(at, around.zone or case.zone, around.calendar)
        to = release.to if release.way == "email" else case.to
        content = invitation(release, around, project=project, at=slot, made_at=at, to=to)
    return File(f"{safe_name(project)}.{kind}", _TYPES[kind], content)


def safe_name(name: str) -> str:
    """A file's name without any path: letters, digits, spaces and dashes of any script."""
    kept = re.sub(r"[^\w \-]+", "-", name, flags=re.UNICODE)
    kept = re.sub(r"[-\s]*-[-\s]*", "-", kept).strip(" -_.")[:_LONGEST].strip(" -_.")
    return kept or "message"
