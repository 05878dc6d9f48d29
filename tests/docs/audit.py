"""What the locks may hold, looked over without a network: pinned, hashed, none known to be bad.

It cannot know what nobody wrote down: an advisory of after the list's date, or a release that was
withdrawn since.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

LIST = "known-bad.txt"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)")
_DATE = re.compile(r"^# Written \d{4}-\d{2}-\d{2},", re.MULTILINE)


def problems(folder: Path) -> Iterator[str]:
    """Every problem of the locks in the folder, with its remedy."""
    text = (folder / LIST).read_text(encoding="utf-8")
    if not _DATE.search(text):
        yield f"{LIST}: say on which day it was written"
    bad = dict(_known(text))
    for lock in sorted(folder.glob("*.txt")):
        if lock.name != LIST:
            yield from _of_lock(lock.name, lock.read_text(encoding="utf-8"), bad)


def _of_lock(
    name: str, text: str, bad: Mapping[str, list[tuple[Requirement, str]]]
) -> Iterator[str]:
    if "://" in text:
        yield f"{name}: a lock may name no address; make it with `make lock`"
    found = 0
    for piece in re.split(r"\n(?=\S)", text.strip()):
        if piece.startswith("#"):
            continue
        pin = _PIN.match(piece)
        if pin is None:
            yield f"{name}: “{piece.splitlines()[0]}” is not pinned; make it with `make lock`"
            continue
        found += 1
        if "--hash=sha256:" not in piece:
            yield f"{name}: {pin[1]} has no hash; make it with `make lock`"
        for requirement, why in bad.get(pin[1].lower(), []):
            if requirement.specifier.contains(Version(pin[2]), prereleases=True):
                yield f"{name}: {pin[1]} {pin[2]} is known to be bad ({why}); take a later one"
    if not found:
        yield f"{name}: a lock needs hashes; make it with `make lock`"


def _known(text: str) -> Iterator[tuple[str, list[tuple[Requirement, str]]]]:
    found: dict[str, list[tuple[Requirement, str]]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            said, _, why = line.partition(" ")
            requirement = Requirement(said)
            found.setdefault(requirement.name.lower(), []).append((requirement, why.strip()))
    yield from found.items()
