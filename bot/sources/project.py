"""What a file of Microsoft Project holds, as rows: its milestones if there are any, else its tasks.

How much is done is counted from the tasks below the same summary; a person comes from whoever is
assigned. A file that says neither has neither column.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

_TASK = ("UID", "Name", "Finish", "Milestone", "Summary", "IsNull", "OutlineLevel", "PercentComplete")  # fmt: skip
_FIELDS = {"Task": _TASK, "Resource": ("UID", "Name"), "Assignment": ("TaskUID", "ResourceUID")}
Fields = dict[str, str]


@dataclass(slots=True)
class Gathered:
    """The tasks, people and assignments, as they come by."""

    tasks: list[Fields] = field(default_factory=list)
    people: list[Fields] = field(default_factory=list)
    assigned: list[Fields] = field(default_factory=list)
    _in: str = ""

    def take(self, event: str, tag: str, text: str) -> None:
        """One event of the file's reader."""
        if event == "start" and tag in _FIELDS:
            self._in = tag
            self._of(tag).append({})
        elif event == "end" and tag == self._in:
            self._in = ""
        elif event == "text" and self._in and tag in _FIELDS[self._in]:
            last = self._of(self._in)[-1]
            last[tag] = last.get(tag, "") + text

    def _of(self, tag: str) -> list[Fields]:
        return {"Task": self.tasks, "Resource": self.people, "Assignment": self.assigned}[tag]


def table(found: Gathered) -> Iterator[list[str]]:
    """The header, and a row for each milestone or task."""
    tasks = [t for t in found.tasks if t.get("IsNull") != "1"]
    marked = [t for t in tasks if t.get("Milestone") == "1"]
    shown = marked or [t for t in tasks if t.get("Summary") != "1"]
    counted = _counted(tasks) if marked else {}
    names = _names(found)
    measured = any("PercentComplete" in t for t in shown)
    extra = [
        *(["Done", "Total"] if counted else []),
        *(["Status"] if measured else []),
        *(["Owner"] if names else []),
    ]
    yield ["Name", "Finish", *extra]
    for task in shown:
        more = {
            **dict(zip(("Done", "Total"), counted.get(id(task), ("", "")), strict=True)),
            "Status": _state(task.get("PercentComplete", "")),
            "Owner": names.get(task.get("UID", ""), ""),
        }
        yield [task.get("Name", ""), task.get("Finish", "")[:10], *(more[e] for e in extra)]


def _state(percent: str) -> str:
    return {"100": "done", "0": "planned", "": ""}.get(percent.strip(), "in progress")


def _counted(tasks: list[Fields]) -> dict[int, tuple[str, str]]:
    """Of each milestone, how many of the tasks below the same summary are done, and how many are."""
    found: dict[int, tuple[str, str]] = {}
    group: list[Fields] = []
    for task in [*tasks, {"Summary": "1"}]:
        if task.get("Summary") != "1":
            group.append(task)
            continue
        leaves = [t for t in group if t.get("Milestone") != "1"]
        if leaves and all("PercentComplete" in t for t in leaves):
            done = sum(t["PercentComplete"].strip() == "100" for t in leaves)
            for one in group:
                if one.get("Milestone") == "1":
                    found[id(one)] = (str(done), str(len(leaves)))
        group = []
    return found


def _names(found: Gathered) -> dict[str, str]:
    """Who is assigned to each task."""
    called = {p["UID"]: p["Name"] for p in found.people if p.get("UID") and p.get("Name")}
    return {
        a["TaskUID"]: called[a["ResourceUID"]]
        for a in found.assigned
        if a.get("TaskUID") and a.get("ResourceUID") in called
    }
