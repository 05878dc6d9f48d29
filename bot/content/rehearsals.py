"""Reads `playbooks/rehearsal/`: the customers that one can practise a call with.

One file is one persona, named by its id. A problem is one sentence that names the file, the line
and the remedy.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.content.documents import BadFile, Document, Place, read, validate
from bot.content.playbooks import home
from bot.core.rehearsal.persona import Persona, problems

FOLDER = "rehearsal"  # beside the playbooks


def default_customers() -> Mapping[str, Persona]:
    """The customers that come with Candor. Raises BadFile with every problem found."""
    return load_personas(home() / FOLDER)


def check(root: Path | None = None) -> tuple[str, ...]:
    """Every problem of the customers beside the playbooks of a folder; empty when all is well.

    A folder of playbooks may do without customers of its own.
    """
    folder = (root or home()) / FOLDER
    if root is not None and not folder.is_dir():
        return ()
    try:
        load_personas(folder)
    except BadFile as error:
        return error.problems
    return ()


def load_personas(folder: Path) -> Mapping[str, Persona]:
    """All personas of a folder by id, in the order of their files' names.

    Raises BadFile with every problem found, also when there is no persona at all.
    """
    found: dict[str, Persona] = {}
    wrong: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            persona, faults = _load(path)
        except BadFile as error:
            wrong.extend(error.problems)
            continue
        wrong.extend(faults)
        found[persona.id] = persona
    if not found and not wrong:
        wrong.append(f"{folder}: there is no persona here; name a folder that holds one")
    if wrong:
        raise BadFile(wrong)
    return found


def _load(path: Path) -> tuple[Persona, list[str]]:
    """One persona, and what is wrong with it."""
    document = read(path, f"{path.parent.parent.name}/{path.parent.name}/{path.name}")
    persona: Persona = validate(document, Persona)
    faults = [f"{_place(document, fault)}: {fault}" for fault in problems(persona)]
    if persona.id != path.stem:
        why = f"id is {persona.id}; it must be the file's name"
        faults.append(f"{document.at(('id',))}: {why}")
    return persona, faults


def _place(document: Document, fault: str) -> str:
    """Where a fault stands: at the question it names, else at the top."""
    for id_, path in _asks(document.data):
        if fault.startswith(f"ask {id_}:"):
            return document.at(path)
    return document.at(("id",))


def _asks(data: object) -> Iterator[tuple[str, Place]]:
    asks = data.get("asks", ()) if isinstance(data, dict) else ()
    yield from ((ask["id"], ("asks", at)) for at, ask in enumerate(asks))
