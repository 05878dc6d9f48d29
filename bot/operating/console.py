"""What every command shares: settings, files, and trouble that ends in one sentence and exit code 2."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TextIO

from pydantic import ValidationError

from bot.content.documents import BadFile
from bot.engine.errors import CandorError
from bot.settings import Settings, SettingsRefused
from bot.sources import sheet


@contextmanager
def trouble() -> Iterator[None]:
    """Whatever a person can mend ends in its own sentence and exit code 2."""
    try:
        yield
    except (SettingsRefused, CandorError, sheet.UnreadableFile) as error:
        end(str(error))
    except BadFile as error:
        end("\n".join(error.problems))


def bytes_of(file: Path) -> bytes:
    """What is in the file; ends the command where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        end(f"{file} cannot be read ({error.strerror}); check its name")


def end(sentence: str) -> NoReturn:
    """End the command with this sentence."""
    sys.stderr.write(f"candor: {sentence}\n")
    raise SystemExit(2)


def write_bytes(file: Path, content: bytes) -> None:
    """Write the file. Raises SettingsRefused where that cannot be."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise SettingsRefused(f"{file} cannot be written ({error.strerror}).") from error


def give(content: bytes, out: Path | None) -> None:
    """Write to the file, or to standard output. Raises SettingsRefused where that cannot be."""
    if out is not None:
        write_bytes(out, content)
    else:
        sys.stdout.buffer.write(content)


def write(file: Path, text: str) -> None:
    """Write the text as UTF-8. Raises SettingsRefused where that cannot be."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsRefused(f"{file} cannot be written ({error.strerror}).") from error


def configured(given: Mapping[str, str] | None = None) -> Settings:
    """The settings of the environment, but for what is given in their place, by the names of fields.

    Raises SettingsRefused that names the one that is off.
    """
    try:
        return Settings.model_validate(given or {})
    except ValidationError as error:
        first = error.errors()[0]
        name = f"CANDOR_{'_'.join(str(p) for p in first['loc'])}".upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsRefused(f"{name}: {reason}.") from error


@contextmanager
def own_file(file: Path) -> Iterator[TextIO]:
    """A new file that nobody else can read; gone again when nothing comes of it."""
    try:
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise SettingsRefused(f"{file} is there already; name another file with --env.") from error
    except OSError as error:
        raise SettingsRefused(f"{file} cannot be written ({error.strerror}).") from error
    try:
        with open(number, "w", encoding="utf-8") as opened:
            yield opened
    except BaseException:
        file.unlink(missing_ok=True)
        raise
