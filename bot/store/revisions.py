"""The migrations of this release, by name; light, for whoever only asks where a database stands."""

from typing import Literal

REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
)  # every migration, in order; a test holds it against migrations/versions

Found = Literal["new", "older", "current"]  # how a database stands to them
