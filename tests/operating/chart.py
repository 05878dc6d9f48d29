"""As much of Helm as the chart uses: parts, values, one kind of condition. Raises on anything else."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

_DEFINE = re.compile(r'\{\{- define "([\w.]+)" -\}\}\n(.*?)\n\{\{- end \}\}', re.DOTALL)
_IF = re.compile(r"\{\{- if \.Values\.([\w.]+) \}\}\n(.*?)\{\{- end \}\}\n?", re.DOTALL)
_PIECE = re.compile(r"(\n *)?\{\{(-?) (.*?) \}\}")
_CALL = re.compile(r'(include "([\w.]+)" \.|toYaml \.Values\.([\w.]+)) \| nindent (\d+)')


def rendered(chart: Path, release: str, own: Mapping[str, object] | None = None) -> str:
    """All documents of the chart; `own` are values by their dotted name."""
    values = yaml.safe_load((chart / "values.yaml").read_text(encoding="utf-8"))
    for name, value in (own or {}).items():
        *way, last = name.split(".")
        _of(values, ".".join(way))[last] = value
    parts = (chart / "templates" / "_parts.tpl").read_text(encoding="utf-8")
    known = dict(_DEFINE.findall(parts))
    files = sorted((chart / "templates").glob("*.yaml"))
    texts = [_filled(file.read_text(encoding="utf-8"), values, release, known) for file in files]
    return "\n---\n".join(text for text in texts if text.strip())


def _filled(text: str, values: Any, release: str, known: Mapping[str, str]) -> str:
    text = _IF.sub(lambda found: found[2] if _of(values, found[1]) else "", text)

    def piece(found: re.Match[str]) -> str:
        said = found[3]
        if said == ".Release.Name":
            return (found[1] or "") + release
        if said.startswith(".Values."):
            return (found[1] or "") + str(_of(values, said.removeprefix(".Values.")))
        call = _CALL.fullmatch(said)
        if call is None:
            raise ValueError(f"not known here: {said}")
        if call[2]:
            inner = _filled(known[call[2]], values, release, known)
        else:
            inner = yaml.safe_dump(_of(values, call[3])).rstrip()
        return "".join(f"\n{' ' * int(call[4])}{line}" for line in inner.splitlines())

    return _PIECE.sub(piece, text)


def _of(values: Any, name: str) -> Any:
    """What stands under a dotted name; raises KeyError for nothing."""
    for part in [p for p in name.split(".") if p]:
        values = values[part]
    return values
