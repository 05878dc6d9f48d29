"""Somebody who holds several roles is asked once, for all of them; only silence parts them again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.core.approving.release import Approval, Colleague
from bot.core.words import PersonId, Text


def merged(made: Sequence[Approval]) -> Iterator[Approval]:
    """Roles that begin with the same person ask that one once, under all their names.

    Only who stands in line for each of them comes after; nobody decides for a role they lack.
    """
    done: dict[PersonId, Approval] = {}
    for one in made:
        key = one.line[0].id if one.line else PersonId(f"role {one.role}")
        before = done.get(key)
        done[key] = one if before is None else _both(before, one)
    yield from done.values()


def holds_several(approval: Approval) -> bool:
    """Whether it stands for more than one role."""
    return "+" in approval.role


def parted(approval: Approval, alone: Sequence[Approval]) -> tuple[Approval, ...]:
    """The roles of an approval whose person fell silent, for the people who come next in each.

    The first stands in its place: the roles for which nobody else is there, else those of the
    first next person. The others are new. `alone` are the approvals of each role by itself; where
    they no longer hold all of its roles, it stays as it is.
    """
    asked, roles = approval.line[: approval.turn + 1], approval.role.split("+")
    mine = [a for a in alone if a.role in roles]
    if len(mine) < len(roles):
        return (approval,)
    left = [(a, _without(a.line, asked)) for a in mine]
    stay = [replace(a, line=asked) for a, rest in left if not rest]
    go = tuple(merged([replace(a, line=rest) for a, rest in left if rest]))
    if stay:
        (kept,) = merged(stay)
        return (replace(kept, turn=approval.turn, state="asked", asked_at=approval.asked_at), *go)
    if not go:
        return (approval,)
    first = replace(go[0], line=(*asked, *go[0].line), turn=approval.turn, state="asked")
    return (first, *go[1:])


def _both(one: Approval, other: Approval) -> Approval:
    return Approval(
        f"{one.role}+{other.role}",
        Text(en=f"{one.name.en} and {other.name.en}", zh=f"{one.name.zh}、{other.name.zh}"),
        tuple(dict.fromkeys((*one.because, *other.because))),
        one.digest,
        tuple(c for c in one.line if c in other.line),
    )


def _without(line: Sequence[Colleague], asked: Sequence[Colleague]) -> tuple[Colleague, ...]:
    gone = {c.id for c in asked}
    return tuple(c for c in line if c.id not in gone)
