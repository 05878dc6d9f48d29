"""From the draft on the screen to a release: to whom, by which way, and what still holds it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.core.approving import addresses
from bot.core.approving.blockers import Blocker, bearing
from bot.core.approving.release import Release, Surroundings, Way
from bot.core.case import Case, Variant, text_of
from bot.core.dialogue import path
from bot.core.message import claims, draft
from bot.core.message.facts import facts
from bot.core.playbook import Playbook
from bot.core.reading.formats import show_date
from bot.core.words import Language, StepId, Text

_SUBJECTS: dict[Language, str] = {"en": "Subject: ", "zh": "主题："}

_EMPTY = Text(
    en="The draft does not say the news yet: answer what was promised and the new date.",
    zh="草稿里还没有说到延期本身，请先回答答应的内容和新日期。",
)
_NOTES = Text(
    en="{count} of the remarks on the draft hold it back; settle them first.",
    zh="草稿上有{count}条意见还没处理，处理完才能往下走。",
)
_STEP_NOTES = Text(
    en="A remark at {steps} holds this back: change the words there, or keep them with a reason.",
    zh="“{steps}”里有一条意见还没处理：请改掉那句话，或写明保留的理由。",
)
_OPEN = Text(en="Some answers are still open: {labels}.", zh="还有没回答的：{labels}。")
_NO_SUBJECT = Text(
    en="The mail has no subject line; begin its text with “Subject: …”.",
    zh="邮件缺主题，请在正文最前面加上“主题：……”。",
)
_NO_WAY = Text(
    en="Candor has no way to this customer yet: your operator can set one, or you send it yourself.",
    zh="还没有通往这位客户的渠道：可请管理员配置，或由您自己发送。",
)
_CORRECTION = Text(
    en="This corrects our message of {day}; what differs counts from now on.",
    zh="这是对我们{day}消息的更正，不同之处以本次为准。",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What would leave, and why it may not yet: each hold is one sentence.

    `foreign` are addresses outside the customer's domain that nobody has confirmed.
    """

    release: Release
    holds: tuple[Text, ...]
    foreign: tuple[str, ...] = ()
    look_at: tuple[StepId, ...] = ()  # steps with a remark that holds it

    @property
    def is_free(self) -> bool:
        """Whether nothing holds it any more."""
        return not self.holds and not self.foreign


def prepare(playbook: Playbook, case: Case, variant: Variant, *, today: date) -> Prepared:
    """The release of a draft as the case stands today, with all that holds it."""
    around = case.surroundings or Surroundings()
    way = way_of(case, variant)
    on_screen = draft.text_on_screen(playbook, case, variant, today)
    subject, text = parted(on_screen.text, variant.language)
    if way == "chat" and subject:
        subject, text = "", f"{subject}\n\n{text}"
    if case.corrects:
        text = f"{_opening(case, variant.language)}\n\n{text}"
    release = Release(
        draft.key(variant), variant.language, way, _to(case, around, way), subject, text, today,
        corrects=case.corrects,
    )  # fmt: skip
    standing = _standing(playbook, case, release)
    holds = tuple(_holds(playbook, case, release, on_screen, standing))
    foreign: tuple[str, ...] = ()
    if way == "email" and not holds:
        outside = addresses.outside(release.to, around.domains, around.own_domains)
        foreign = tuple(a for a in outside if a not in case.foreign)
    return Prepared(release, holds, foreign, tuple(_steps(release, standing)))


def way_of(case: Case, variant: Variant) -> Way:
    """The way that was chosen, as far as it is there; else the first that is."""
    there = ways(case, variant)
    return case.way if case.way in there else there[0]


def ways(case: Case, variant: Variant) -> tuple[Way, ...]:
    """The ways that are there; by oneself is always one, and for a call the only one."""
    around = case.surroundings or Surroundings()
    found: list[Way] = []
    if variant.channel != "call":
        found += ["chat"] if around.conversation else []
        found += ["email"] if around.can_mail else []
        if variant.channel in ("email", "letter") and "email" in found:
            found.sort(key=lambda way: way != "email")
    return (*found, "self")


def parted(text: str, language: Language) -> tuple[str, str]:
    """The subject line and the rest; no subject where the text does not begin with one."""
    first, _, rest = text.partition("\n")
    for mark in (_SUBJECTS[language], *_SUBJECTS.values(), "Subject:", "主题:"):
        if first.startswith(mark):
            return first.removeprefix(mark).strip(), rest.strip()
    return "", text.strip()


def _to(case: Case, around: Surroundings, way: Way) -> tuple[str, ...]:
    match way:
        case "chat":
            return (around.conversation,) if around.conversation else ()
        case "email":
            return case.to
        case "self":
            return ()


def _standing(playbook: Playbook, case: Case, release: Release) -> tuple[Blocker, ...]:
    """The blockers on this text for which no reason was given."""
    text = f"{release.subject}\n{release.text}"
    found = bearing(playbook, case, release.variant, text)
    return tuple(b for b in found if b.reason is None)


def _steps(release: Release, standing: tuple[Blocker, ...]) -> Iterator[StepId]:
    yield from dict.fromkeys(StepId(b.about) for b in standing if b.about != release.variant)


def _holds(
    playbook: Playbook,
    case: Case,
    release: Release,
    on_screen: draft.OnScreen,
    standing: tuple[Blocker, ...],
) -> Iterator[Text]:
    """Everything that must be settled before anybody is asked."""
    needed = any(line.part == "news" for line in on_screen.draft.sentences)
    if not needed or not release.text:
        yield _EMPTY
        return
    unsure = {*case.stale, *case.others, *(f for f in case.pending if f in case.answers)}
    waiting = [
        f for s in playbook.steps for f in path.open_fields(case, s) if f.required or f.id in unsure
    ]
    if waiting:
        labels = Text(
            en=", ".join(f.label.en for f in waiting[:4]),
            zh="、".join(f.label.zh for f in waiting[:4]),
        )
        yield _OPEN.fill(labels=labels)
    known = facts(playbook, case, today=release.day)
    ledger = claims.check(on_screen.text, known, draft=on_screen.draft)
    held = sum(e.verdict == "internal" for e in ledger.flagged)
    held += sum(b.about == release.variant for b in standing)
    if held:
        yield _NOTES.fill(count=held)
    steps = [playbook.by_id[step].title for step in _steps(release, standing)]
    if steps:
        titles = Text(en=", ".join(s.en for s in steps), zh="、".join(s.zh for s in steps))
        yield _STEP_NOTES.fill(steps=titles)
    yield from _mail_holds(case, release)


def _mail_holds(case: Case, release: Release) -> Iterator[Text]:
    if release.way == "chat" and not release.to:
        yield _NO_WAY
    if release.way != "email":
        return
    if not release.subject:
        yield _NO_SUBJECT
    names = (release.subject, text_of(case, "reader_name"))
    problem = addresses.header_problem(names) or addresses.problem(release.to)
    if problem is not None:
        yield problem


def _opening(case: Case, language: Language) -> str:
    told = next((d for d in case.deliveries if d.number == case.corrects), None)
    day = show_date(told.at.date(), language) if told else "…"
    return _CORRECTION.fill(day=day).to(language)
