"""What is taken away of the meetings afterwards: the look back to read, the customer's invitation."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from bot.core.approving import times
from bot.core.approving.release import Surroundings
from bot.core.case import Case, customer_language, text_of
from bot.core.following.minutes import Minutes, minutes, minutes_for_all
from bot.core.following.voice_words import VOICES
from bot.core.following.wording import FOLLOW
from bot.core.playbook import Playbook
from bot.core.words import Language, Text
from bot.engine.papers import DOCX, CaseFile, File
from bot.papers.files import safe_name
from bot.papers.paper import blank, clean, saved
from bot.papers.record import inline

AHEAD = timedelta(days=3)  # at least, so that they can arrange it
_MEETING = "customer_meeting"
_PART = Text(en="{title} ({minutes} min)", zh="{title}（{minutes}分钟）")
_ANSWER = Text(en="{ask}: {words}", zh="{ask}：{words}")
_NOBODY = Text(en="(nobody named)", zh="（未定）")


def file(playbook: Playbook, case: Case, kind: CaseFile, *, at: datetime) -> File:
    """The file of a case; the look back in its owner's language, also for the team
    without what each of them wrote, the invitation in the customer's."""
    name = safe_name(text_of(case, "project") or text_of(case, "customer"))
    if kind == "meeting.ics":
        return File(f"{name}.ics", "text/calendar", invitation(playbook, case, at=at))
    make = minutes_for_all if kind.startswith("team.") else minutes
    found = make(playbook, case)
    if kind.endswith(".md"):
        return File(f"{name}.md", "text/markdown", markdown(found, case.language))
    return File(f"{name}.docx", DOCX, document(found, case.language))


def markdown(found: Minutes, language: Language) -> bytes:
    """The look back as Markdown, in which no word that was typed acts as a mark."""
    parts = [f"# {inline(found.title.to(language))}", ""]
    parts += [f"## {FOLLOW.time_line.to(language)}", ""]
    parts += [f"- {d.to(language)}: {inline(what.to(language))}" for what, d in found.days]
    parts += ["", found.silent.to(language), ""] if found.silent else [""]
    for ask, answer in found.answers:
        parts += [f"## {ask.to(language)}", "", inline(answer), ""]
    if found.voices:
        parts += [f"## {VOICES.team.to(language)}", ""]
    for said in found.voices:
        parts += [f"### {inline(said.who.to(language))}", ""]
        parts += [f"- {_asked(ask, words, language, inline)}" for ask, words in said.words]
        parts.append("")
    if found.actions:
        parts += [f"## {FOLLOW.actions.to(language)}", ""]
        parts += [f"- [ ] {inline(line)}" for line in _actions(found, language)]
    return ("\n".join(parts).rstrip() + "\n").encode()


def document(found: Minutes, language: Language) -> bytes:
    """The same as a document for a word processor."""
    made = blank()
    made.add_heading(clean(found.title.to(language)), level=1)
    made.add_heading(FOLLOW.time_line.to(language), level=2)
    for what, day in found.days:
        line = f"{day.to(language)}: {what.to(language)}"
        made.add_paragraph(clean(line), style="List Bullet")
    if found.silent:
        made.add_paragraph(found.silent.to(language))
    for ask, answer in found.answers:
        made.add_heading(ask.to(language), level=2)
        made.add_paragraph(clean(answer))
    if found.voices:
        made.add_heading(VOICES.team.to(language), level=2)
    for said in found.voices:
        made.add_heading(clean(said.who.to(language)), level=3)
        for ask, words in said.words:
            made.add_paragraph(_asked(ask, words, language, clean), style="List Bullet")
    if found.actions:
        made.add_heading(FOLLOW.actions.to(language), level=2)
        for line in _actions(found, language):
            made.add_paragraph(clean(line), style="List Bullet")
    return saved(made)


def invitation(playbook: Playbook, case: Case, *, at: datetime) -> bytes:
    """The meeting with the customer: its parts by their titles alone, what each is for stays ours."""
    around, language = case.surroundings or Surroundings(), customer_language(case)
    agenda = next((a for a in playbook.agendas if a.id == _MEETING), None)
    parts = agenda.parts if agenda else ()
    start = times.good_slot(at + AHEAD, around.zone or case.zone, around.calendar)
    start = start.astimezone(ZoneInfo(around.zone or case.zone))
    event = Event()
    event.add("uid", f"{case.id}-meeting@candor")
    event.add("dtstamp", at)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=sum(p.minutes for p in parts) or 45))
    project = " ".join(text_of(case, "project").split()) or "…"
    event.add("summary", FOLLOW.meet.fill(project=project).to(language))
    lines = [_PART.fill(title=p.title, minutes=p.minutes).to(language) for p in parts]
    if around.meeting_link:
        event.add("location", around.meeting_link)
    event.add("description", "\n".join(lines))
    if around.owner_email:
        organizer = vCalAddress(f"mailto:{around.owner_email}")
        organizer.params["cn"] = vText(around.owner_name or around.owner_email)
        event["organizer"] = organizer
    made = Calendar()
    made.add("prodid", "-//Candor//Candor//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add_component(event)
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _asked(ask: Text, words: str, language: Language, safe: Callable[[str], str]) -> str:
    return _ANSWER.fill(ask=ask, words=safe(words)).to(language)


def _actions(found: Minutes, language: Language) -> Iterator[str]:
    for one in found.actions:
        owner = one.owner or _NOBODY.to(language)
        yield " · ".join(p for p in (one.what, owner, one.day.to(language)) if p)
