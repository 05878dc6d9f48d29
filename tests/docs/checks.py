"""What `make check` holds about locks and documents; each problem in one line, exit code 1."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.docs import audit
from tests.docs.reference import HOME, PAGES

ROOT = Path(__file__).parents[2]
_SAMPLE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


def problems() -> Iterator[str]:
    """Every problem found."""
    if (ROOT / "requirements").exists():
        yield from audit.problems(ROOT / "requirements")
    for name, make in PAGES.items():
        page = HOME / name
        if not page.exists() or page.read_text(encoding="utf-8") != make():
            yield f"docs/reference/{name} is behind the code; run python -m tests.docs.reference"
    for page in documents():
        yield from _page_problems(page)


def documents() -> list[Path]:
    """All pages of the documentation."""
    return sorted(
        [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").glob("*.md")]
    )


def _page_problems(page: Path) -> Iterator[str]:
    text = page.read_text(encoding="utf-8")
    name = page.relative_to(ROOT)
    for sample in _SAMPLE.findall(text):
        try:
            yaml.safe_load(sample)
        except yaml.YAMLError as error:
            yield f"{name}: a YAML sample does not load: {str(error).splitlines()[0]}"
    for link in _LINK.findall(text):
        if not (page.parent / link).exists():
            yield f"{name}: the link to {link} leads nowhere"


if __name__ == "__main__":
    found = list(problems())
    sys.stderr.writelines(f"{p}\n" for p in found)
    sys.exit(1 if found else 0)
