"""Cross-references of a playbook that do not hold, one sentence each."""

from collections.abc import Iterator

from bot.core.following import agenda
from bot.core.pings import kinds
from bot.core.playbook import Condition, Field, Playbook, Sentence
from bot.core.words import FieldId


def problems(playbook: Playbook) -> Iterator[str]:
    """Every cross-reference that does not hold, one sentence each, with its place and remedy."""
    yield from _repeated(playbook)
    known = set(playbook.fields)
    seen: set[FieldId] = set()
    for step in (*playbook.steps, *playbook.later):
        for f in step.fields:
            yield from _field_problems(f, known, seen)
            yield from _condition_problems(f"field {f.id}", f.when, playbook)
            seen.add(f.id)
    for s in playbook.draft.sentences:
        yield from _sentence_problems(s, playbook)
        yield from _condition_problems(f"sentence {s.id}", s.when, playbook)
    yield from _approval_problems(playbook)
    yield from kinds.problems(playbook.pings)
    yield from agenda.problems(playbook.agendas)
    for name in (
        "project",
        "customer",
        "original_date",
        "new_date",
        "customer_language",
        "channel",
    ):
        if name not in known:
            yield f"steps: no field named {name}; every playbook needs it"


def _approval_problems(playbook: Playbook) -> Iterator[str]:
    known = {r.id for r in playbook.approval.roles}
    remedies = {r.id for r in playbook.remedies}
    for role in playbook.approval.roles:
        yield from (
            f"role {role.id}: sees: there is no field named {name}"
            for name in role.sees
            if name not in playbook.fields
        )
    for name in playbook.approval.levels:
        if name not in known:
            yield f"levels: there is no role {name}; write it under roles"
    for family, name in playbook.approval.second_look.items():
        if name not in known:
            yield f"second_look: {family}: there is no role {name}; write it under roles"
    for rule in playbook.approval.rules:
        place = f"rule {rule.id}"
        if not rule.roles:
            yield f"{place}: nobody is asked; name one of the roles"
        yield from (
            f"{place}: there is no role {name}; write it under roles"
            for name in rule.roles
            if name not in known
        )
        yield from (
            f"{place}: there is no remedy {name}; take one of remedies.yaml"
            for name in (*rule.remedies, *rule.contract_terms)
            if name not in remedies
        )


def _repeated(playbook: Playbook) -> Iterator[str]:
    groups: dict[str, list[str]] = {
        "step": [str(s.id) for s in (*playbook.steps, *playbook.later)],
        "field": [str(f.id) for s in (*playbook.steps, *playbook.later) for f in s.fields],
        "remedy": [r.id for r in playbook.remedies],
        "sentence": [s.id for s in playbook.draft.sentences],
        "role": [r.id for r in playbook.approval.roles],
        "rule": [r.id for r in playbook.approval.rules],
    }
    for kind, ids in groups.items():
        for id_ in sorted({i for i in ids if ids.count(i) > 1}):
            yield f"{kind} {id_} stands twice; rename one of them"


def _field_problems(f: Field, known: set[FieldId], seen: set[FieldId]) -> Iterator[str]:
    place = f"field {f.id}"
    if f.kind in ("choice", "choices") and not f.choices:
        yield f"{place}: a {f.kind} field needs choices"
    if f.kind == "rows" and not f.columns:
        yield f"{place}: a rows field needs columns"
    if f.aside and f.required:
        yield f"{place}: nothing waits for an aside field; write required: false"
    if f.reads_as == "samples" and f.kind != "long_text":
        yield f"{place}: samples are read from a long_text field; make it one"
    if f.reads_as == "name" and f.kind != "text":
        yield f"{place}: a name is read from a text field; make it one"
    if f.min_rows > f.max_rows:
        yield f"{place}: min_rows is larger than max_rows"
    if f.told_in is not None and (f.told_in not in known or f.told_in in seen):
        yield f"{place}: told_in names {f.told_in}; name a field that is asked after it"
    referred = [*f.needs, *(c.field for c in f.when), *([f.not_before] if f.not_before else [])]
    for name in referred:
        if name not in known:
            yield f"{place}: there is no field named {name}"
        elif name not in seen:
            yield f"{place}: {name} is asked after it; ask it earlier or drop the reference"


def _sentence_problems(s: Sentence, playbook: Playbook) -> Iterator[str]:
    place = f"sentence {s.id}"
    for name in (*s.needs, *s.may, *(c.field for c in s.when)):
        if name not in playbook.fields:
            yield f"{place}: there is no field named {name}"
        elif playbook.fields[name].internal:
            yield f"{place}: {name} is internal and may not reach the customer"
    known = {other.id for other in playbook.draft.sentences}
    yield from (
        f"{place}: there is no sentence named {name} to replace; name one of the draft's"
        for name in s.replaces
        if name not in known
    )


def _condition_problems(
    place: str, conditions: tuple[Condition, ...], playbook: Playbook
) -> Iterator[str]:
    """Conditions that can never hold, because the field has no such choice."""
    for condition in conditions:
        f = playbook.fields.get(condition.field)
        if f is None or f.kind not in ("choice", "choices"):
            continue
        for id_ in condition.any_of:
            if f.choice(id_) is None:
                known = ", ".join(c.id for c in f.choices)
                yield f"{place}: {f.id} has no choice {id_}; write one of {known}"
