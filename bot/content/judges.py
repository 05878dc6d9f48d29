"""Reads what the coach's judge has learnt: files made from labelled sentences, not by hand."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.content.documents import BadFile
from bot.core.coaching.judge import LARGEST, Judge, middle, packed
from bot.core.words import LANGUAGES, Language


class Judges(Mapping[Language, Judge]):
    """The judges in a folder, each read when it is first needed: some megabytes that idle servers spare."""

    def __init__(self, folder: Path) -> None:
        self._paths = {lang: folder / f"{lang}.json" for lang in LANGUAGES}
        self._read: dict[Language, Judge] = {}

    def __getitem__(self, language: Language) -> Judge:
        if language not in self._read:
            path = self._paths[language]
            if not path.is_file():
                raise KeyError(language)
            self._read[language] = read_judge(path)
        return self._read[language]

    def __iter__(self) -> Iterator[Language]:
        return (language for language, path in self._paths.items() if path.is_file())

    def __len__(self) -> int:
        return sum(1 for _ in self)


def read_all(judges: Mapping[Language, Judge]) -> None:
    """Reads every judge now. Raises BadFile for one that cannot be used."""
    for language in judges:
        judges[language]


def read_judge(path: Path) -> Judge:
    """The judge in a file. Raises BadFile when it is not one."""
    try:
        data = json.loads(path.read_bytes())
        checks = tuple(data["checks"])
        bias, raised, dropped = (
            tuple(map(float, data[name])) for name in ("bias", "raised", "dropped")
        )
        weights = dict(_weights(data, len(checks)))
        list(zip(checks, bias, raised, dropped, strict=True))  # one bound for each check
        return Judge(checks, bias, raised, dropped, weights)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        why = f"{type(error).__name__}: {error}"
        raise BadFile(
            [f"coaching/judge/{path.name}:1: is no judge ({why}); make it anew with `make judge`"]
        ) from error


def _weights(data: Mapping[str, Any], checks: int) -> Iterator[tuple[str, int]]:
    """Each feature's weight. A row is by turns a check's number and its tenths."""
    zero = middle(checks)
    for feature, said in data["weights"].items():
        tenths = dict(zip(said[::2], said[1::2], strict=True))
        if not all(0 <= check < checks and abs(n) < LARGEST for check, n in tenths.items()):
            raise ValueError(f"{feature!r} has a weight that is of no check, or too large")
        yield feature, zero + packed(tenths)
