"""What becomes of a card for a slot that may have a message already. Pure; both stores ask here."""

from typing import Literal

from bot.engine.ports import DeliveryState

Fate = Literal["post", "edit", "replace", "keep"]

GONE: tuple[DeliveryState, ...] = ("dead", "dropped")


def may_wait(kind: str, state: DeliveryState) -> bool:
    """Whether a sketch that takes the place of this row need not be drawn yet: it changes a message
    that stands, and whoever takes the row draws it then.
    """
    return kind == "edit" and state == "pending"


def plan(
    post: DeliveryState | None,
    newest: DeliveryState | None,
    *,
    same: bool,
    again: bool = False,
) -> Fate:
    """What to do with a card, by the state of the slot's post and of its newest row.

    `again` says that a person wants a post of unknown fate sent once more, under its old key.

    `same` says that the newest row holds this very card. "replace" means: put the card into the
    newest row and let that row wait again. A post that never arrived is tried again that way.
    """
    if post is None:
        return "post"
    if again and post == newest == "unknown":
        return "replace"
    if newest is None or newest in GONE:
        return "replace" if post in GONE else "edit"
    if same:
        return "keep"
    return "replace" if newest == "pending" else "edit"
