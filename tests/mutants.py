"""`make mutants`: changes one place of a module at a time and tells which changes its own tests miss.

    make mutants ARGS="emptiness --sample 60 --seed 7"

The mutants are mutmut's. A module's own tests are `test_<module>.py` and those that ELSEWHERE names;
for a path to a file, the `test_<module>.py` beside it.
"""

import argparse
import gc
import os
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import monotonic
from typing import NamedTuple

import libcst
import pytest
from mutmut.mutation.file_mutation import create_mutations, deep_replace

from bot.content.coaching import default_coaching

_HOUSE = Path(__file__).parents[1]
_ROOMS = ("tests/core/detectors", "tests/core", "tests/coaching")
ELSEWHERE: Mapping[str, Sequence[str]] = {
    "coverage": ["test_told_otherwise"],
    "draft_claims": ["test_claims_in_words"],
    "draft_facts": ["test_reckoning"],
    "rewording": ["test_duties", "test_detectors"],
}
_ARGUMENTS = ("-x", "-m", "not slow", "-p", "no:cacheprovider", "--tb=no", "--assert=plain")
_PATIENCE = 10  # times as long as the unchanged module takes: such a mutant hangs


class Module(NamedTuple):
    """A module, the name it is imported by, and the tests that are its own."""

    name: str
    path: Path
    tests: tuple[str, ...]


class Mutated(MetaPathFinder, InspectLoader):
    """Has a source imported in place of a module's own; every other module is left alone."""

    def __init__(self, module: Module, source: str) -> None:
        self.module, self.source = module, source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: object = None
    ) -> ModuleSpec | None:
        return spec_from_loader(fullname, self) if fullname == self.module.name else None

    def get_source(self, fullname: str) -> str:
        return self.source


def modules() -> Iterator[Module]:
    """Every module that pyproject.toml names for mutmut and that has tests of its own."""
    known = tomllib.loads((_HOUSE / "pyproject.toml").read_text("utf-8"))
    for pattern in known["tool"]["mutmut"]["only_mutate"]:
        for path in sorted(_HOUSE.glob(pattern)):
            files = [f"test_{path.stem}", *ELSEWHERE.get(path.stem, ())]
            rooms = [f"{room}/{file}.py" for file in files for room in _ROOMS]
            if tests := tuple(test for test in rooms if (_HOUSE / test).exists()):
                name = ".".join(path.relative_to(_HOUSE).with_suffix("").parts)
                yield Module(name, path, tests)


def chosen(name: str) -> Module:
    """The module of a name, or of a path to a file."""
    if name.endswith(".py"):
        path = Path(name)
        return Module(path.stem, path, (str(path.with_name(f"test_{path.name}")),))
    found = next((one for one in modules() if one.path.stem == name), None)
    if found is None:
        raise SystemExit(f"{name}: no such module has tests of its own; give it test_{name}.py")
    return found


def noticed(module: Module, source: str, limit: float | None = None) -> bool:
    """Whether a module's tests fail, or take longer than `limit` seconds, with another source."""
    child = get_context("fork").Process(target=_run, args=(module, source))
    child.start()
    child.join(limit)
    child.kill()
    child.join()
    return child.exitcode != 0


def _run(module: Module, source: str) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    sys.meta_path.insert(0, Mutated(module, source))
    sys.exit(pytest.main([*_ARGUMENTS, *module.tests]))


def measure(module: Module, sample: int | None, seed: int) -> str:
    """The figure of one module in a line; what survives is written as it is found."""
    if module.name in sys.modules:  # what was remembered with it would hide a mutant
        for name in [n for n in sys.modules if n.partition(".")[0] in ("bot", "tests")]:
            del sys.modules[name]
    source, began = module.path.read_text("utf-8"), monotonic()
    if noticed(module, source):
        raise SystemExit(f"{module.path.stem}: its tests fail before anything is changed")
    limit = _PATIENCE * (monotonic() - began)
    tree, changes, _, _ = create_mutations(str(module.path), source)
    inside = (libcst.FunctionDef,)  # what runs at import alone is left, as mutmut does
    made = [one for one in changes if isinstance(one.contained_by_top_level_function, inside)]
    drawn = sorted(Random(seed).sample(range(len(made)), min(sample or len(made), len(made))))
    survived = 0
    for n in drawn:
        mutant = deep_replace(tree, made[n].original_node, made[n].mutated_node)
        if isinstance(mutant, libcst.Module) and not noticed(module, mutant.code, limit):
            survived += 1
            lines = unified_diff(source.splitlines(), mutant.code.splitlines(), n=1, lineterm="")
            sys.stdout.write("\n".join([f"survivor {n}", *list(lines)[2:], "\n"]))
    run, killed = len(drawn), len(drawn) - survived
    share = f"{100 * killed // run} %" if run else "none"
    return f"{module.path.stem}: {len(made)} mutants, {run} run, {killed} killed ({share})"


def main() -> None:
    """Measures the modules that were named, else all."""
    read = argparse.ArgumentParser(prog="make mutants", description="How many changes tests notice")
    read.add_argument("modules", nargs="*", help="names such as emptiness, or paths; else all")
    read.add_argument("--sample", type=int, help="mutants of each module; else all")
    read.add_argument("--seed", type=int, default=0, help="what the sample is drawn with")
    told = read.parse_args()
    default_coaching()  # read once for all modules that it does not import itself: those come last
    gc.freeze()  # or each child's collector would copy all of it
    named = [chosen(name) for name in told.modules] or list(modules())
    for module in sorted(named, key=lambda one: one.name in sys.modules):
        sys.stdout.write(f"{measure(module, told.sample, told.seed)}\n")


if __name__ == "__main__":
    main()
