"""Reads `playbooks/` into values.

A playbook is a folder:

    playbook.yaml       its id, its title, and its steps in order
    steps/<id>.yaml     one step with its questions
    remedies.yaml       the catalogue of remedies
    approval.yaml       who must agree before a message leaves; may be missing
    agendas.yaml        what is talked about afterwards; may be missing
    pings.yaml          what the owner is reminded of afterwards; may be missing
    draft/layouts.yaml  the shape of each channel
    draft/<name>.yaml   the sentences of the draft, in as many files as read well

A problem is one sentence that names the file, the line and the remedy.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.json_schema import DEFAULT_REF_TEMPLATE

from bot.content.documents import BadFile, Place, adapter, read, validate
from bot.core.following.agenda import Agenda
from bot.core.message.template_checks import check_templates
from bot.core.pings.kinds import PingPlan
from bot.core.playbook import (
    STRICT,
    ApprovalPlan,
    DraftPlan,
    Layout,
    Playbook,
    Remedy,
    Sentence,
    Step,
    ToneShape,
)
from bot.core.playbook_problems import problems
from bot.core.words import Text

_LISTS = {
    "fields": "field",
    "remedies": "remedy",
    "sentences": "sentence",
    "layouts": "layout",
    "roles": "role",
    "rules": "rule",
    "pings": "ping",
}
_NAMED = re.compile(r"^(step|field|remedy|sentence|layout|role|rule|ping) ([\w.-]+)")


@dataclass(frozen=True, slots=True)
class PlaybookFile:
    """`playbook.yaml`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    title: Text
    steps: tuple[str, ...]
    later: tuple[str, ...] = ()  # opened by themselves, after the customer was told


@dataclass(frozen=True, slots=True)
class RemediesFile:
    """`remedies.yaml`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True)
class LayoutsFile:
    """`draft/layouts.yaml`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    layouts: tuple[Layout, ...]
    tones: tuple[ToneShape, ...] = ()


@dataclass(frozen=True, slots=True)
class SentencesFile:
    """Any other file in `draft/`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class AgendasFile:
    """`agendas.yaml`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    agendas: tuple[Agenda, ...]


FILES = (
    PlaybookFile,
    Step,
    RemediesFile,
    LayoutsFile,
    SentencesFile,
    ApprovalPlan,
    PingPlan,
    AgendasFile,
)


def home() -> Path:
    """The folder `playbooks/`: inside an installed package, else beside it in a checkout."""
    inside = Path(__file__).parents[1] / "playbooks"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "playbooks"


def load(folder: Path, *, thorough: bool = True) -> Playbook:
    """The playbook in `folder`, with its digest. Raises BadFile with every problem found.

    `thorough` fills every sentence with samples too, which takes most of the time.
    """
    reading = _Reading(folder, thorough=thorough)
    playbook = reading.playbook()
    if playbook is None or reading.problems:
        raise BadFile(reading.problems)
    return playbook


def load_all(root: Path | None = None, *, thorough: bool = True) -> Mapping[str, Playbook]:
    """All playbooks of a folder by id; without one, those that come with Candor.

    Raises BadFile with the problems of all of them.
    """
    found: dict[str, Playbook] = {}
    wrong: list[str] = []
    for folder in _folders(root or home()):
        try:
            found[folder.name] = load(folder, thorough=thorough)
        except BadFile as error:
            wrong.extend(error.problems)
    if not found and not wrong:
        wrong.append(f"{root or home()}: there is no playbook here; name a folder that holds one")
    if wrong:
        raise BadFile(wrong)
    return found


def check(root: Path | None = None) -> tuple[str, ...]:
    """Every problem of every playbook in a folder, one sentence each; empty when all is well."""
    try:
        load_all(root)
    except BadFile as error:
        return error.problems
    return ()


def to_json(playbook: Playbook) -> str:
    """A playbook as text, to keep the version that a case began with."""
    return _canonical(playbook)


def from_json(text: str) -> Playbook:
    """The playbook that `to_json` wrote. Raises BadFile when the text is not one."""
    try:
        found: Playbook = adapter(Playbook).validate_json(text)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"]) or "the text"
        why = f"kept playbook: {place} cannot be read; restore it from a backup"
        raise BadFile([why]) from error
    return found


def schema() -> dict[str, Any]:
    """The JSON schema of the files of a playbook, for editors and for the reference."""
    _, found = TypeAdapter.json_schemas(
        [(kind, "validation", adapter(kind)) for kind in FILES],
        ref_template=DEFAULT_REF_TEMPLATE,
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a playbook",
        "anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in FILES],
        "$defs": found["$defs"],
    }


class _Reading:
    """One go at a folder: the files read so far and what is wrong with them."""

    def __init__(self, folder: Path, *, thorough: bool) -> None:
        self.folder = folder
        self.thorough = thorough
        self.name = f"{folder.resolve().parent.name}/{folder.resolve().name}"
        self.problems: list[str] = []
        self.places: dict[tuple[str, str], str] = {}

    def playbook(self) -> Playbook | None:
        """The playbook, or None when a file is missing or cannot be used."""
        head = self.file("playbook.yaml", PlaybookFile)
        if not isinstance(head, PlaybookFile):
            return None
        if head.id != self.folder.name:
            self.wrong("playbook.yaml", f"id is {head.id}; it must be the folder's name")
        steps = tuple(self.steps(head.steps))
        later = tuple(self.steps(head.later))
        self.strays(head)
        remedies = self.file("remedies.yaml", RemediesFile)
        draft, approval, pings = self.draft(), self.approval(), self.pings()
        if self.problems or not isinstance(remedies, RemediesFile):
            return None
        found = Playbook(
            head.id,
            head.title,
            steps,
            remedies.remedies,
            draft,
            approval=approval,
            pings=pings,
            later=later,
            agendas=self.agendas(),
        )
        templates = check_templates(found) if self.thorough else ()
        for problem in (*problems(found), *templates):
            self.problems.append(f"{self.place(problem)}: {problem}")
        return replace(found, digest=hashlib.sha256(_canonical(found).encode()).hexdigest())

    def steps(self, ids: tuple[str, ...]) -> Iterator[Step]:
        for id_ in ids:
            if not (self.folder / "steps" / f"{id_}.yaml").is_file():
                why = f"there is no steps/{id_}.yaml; write it or take {id_} out of steps"
                self.problems.append(f"{self.places['listed', id_]}: {why}")
                continue
            step = self.file(f"steps/{id_}.yaml", Step)
            if isinstance(step, Step):
                if step.id != id_:
                    self.wrong(f"steps/{id_}.yaml", f"id is {step.id}; it must be the file's name")
                yield step

    def strays(self, head: PlaybookFile) -> None:
        for path in sorted((self.folder / "steps").glob("*.yaml")):
            if path.stem not in (*head.steps, *head.later):
                why = f"{path.stem} is not a step of playbook.yaml; add it or move the file"
                self.wrong(f"steps/{path.name}", why)

    def draft(self) -> DraftPlan:
        layouts = self.file("draft/layouts.yaml", LayoutsFile)
        sentences: list[Sentence] = []
        for path in sorted((self.folder / "draft").glob("*.yaml")):
            if path.name != "layouts.yaml":
                part = self.file(f"draft/{path.name}", SentencesFile)
                sentences.extend(part.sentences if isinstance(part, SentencesFile) else ())
        if not isinstance(layouts, LayoutsFile):
            return DraftPlan((), tuple(sentences))
        return DraftPlan(layouts.layouts, tuple(sentences), layouts.tones)

    def approval(self) -> ApprovalPlan:
        if not (self.folder / "approval.yaml").is_file():
            return ApprovalPlan()
        found = self.file("approval.yaml", ApprovalPlan)
        if not isinstance(found, ApprovalPlan):
            return ApprovalPlan()
        for language, patterns in (
            ("en", found.contract_words.en),
            ("zh", found.contract_words.zh),
        ):
            for pattern in patterns:
                if not _is_pattern(pattern):
                    why = f"contract_words.{language}: “{pattern}” is no pattern; mend it"
                    self.wrong("approval.yaml", why)
        return found

    def agendas(self) -> tuple[Agenda, ...]:
        if not (self.folder / "agendas.yaml").is_file():
            return ()
        found = self.file("agendas.yaml", AgendasFile)
        return found.agendas if isinstance(found, AgendasFile) else ()

    def pings(self) -> PingPlan:
        if not (self.folder / "pings.yaml").is_file():
            return PingPlan()
        found = self.file("pings.yaml", PingPlan)
        return found if isinstance(found, PingPlan) else PingPlan()

    def file(self, name: str, kind: type) -> object:
        """One file as a value of `kind`, or None with its problems noted."""
        try:
            document = read(self.folder / name, f"{self.name}/{name}")
            value = validate(document, kind)
        except BadFile as error:
            self.problems.extend(error.problems)
            return None
        for named, path in _names(kind, document.data):
            self.places.setdefault(named, document.at(path))
        return value

    def place(self, problem: str) -> str:
        """Where a cross-reference problem stands, by the name it begins with."""
        match = _NAMED.match(problem)
        named = (match[1], match[2].rstrip(".:")) if match else ("", "")
        return self.places.get(named, f"{self.name}/playbook.yaml:1")

    def wrong(self, name: str, why: str) -> None:
        self.problems.append(f"{self.name}/{name}:1: {why}")


def _is_pattern(words: str) -> bool:
    try:
        re.compile(words)
    except re.error:
        return False
    return True


def _folders(root: Path) -> list[Path]:
    return sorted(path.parent for path in root.glob("*/playbook.yaml"))


def _names(kind: type, data: Any) -> Iterator[tuple[tuple[str, str], Place]]:
    """The ids a checked file defines, each with its path."""
    if kind is PlaybookFile:
        for key in ("steps", "later"):
            yield from ((("listed", id_), (key, at)) for at, id_ in enumerate(data.get(key, ())))
        return
    if kind is Step:
        yield ("step", data["id"]), ("id",)
    for key, word in _LISTS.items():
        for at, item in enumerate(data.get(key, ())):
            yield (word, item.get("id") or item["channel"]), (key, at)


def _canonical(playbook: Playbook) -> str:
    data = adapter(Playbook).dump_python(playbook, mode="json", exclude_defaults=True)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
