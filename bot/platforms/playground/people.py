"""Who and where one can be on the playground: the people, their conversations, the commands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.approving.organisation import Known, Member, Organisation
from bot.core.commands import COMMANDS
from bot.core.words import PersonId, TenantId, Text
from bot.engine.inbound import Profile
from bot.engine.ports import Place

PLATFORM = "playground"
TENANT = TenantId("playground")

CHANNEL = "proj-apollo"

PlaceKind = Literal["dm", "channel", "inbox"]
PLACE_KINDS: tuple[PlaceKind, ...] = ("dm", "channel", "inbox")


@dataclass(frozen=True, slots=True)
class Someone:
    """One of the people of the sample."""

    id: PersonId
    name: str
    role: Text
    profile: Profile


PEOPLE: tuple[Someone, ...] = (
    Someone(
        PersonId("maya"),
        "Maya Lindqvist",
        Text(en="Project manager", zh="项目经理（英文）"),
        Profile("en", "Europe/Stockholm", "SE"),
    ),
    Someone(
        PersonId("chenyu"),
        "陈雨",
        Text(en="Project manager (Chinese)", zh="项目经理"),
        Profile("zh", "Asia/Shanghai", "CN"),
    ),
    Someone(
        PersonId("omar"),
        "Omar Haddad",
        Text(en="Approver", zh="审批人"),
        Profile("en", "Europe/London", "GB"),
    ),
    Someone(
        PersonId("grace"),
        "Grace Ortega",
        Text(en="Customer", zh="客户"),
        Profile("en", "Europe/London", "GB"),
    ),
    Someone(
        PersonId("linjing"),
        "林静",
        Text(en="PMO", zh="项目管理办公室"),
        Profile("zh", "Asia/Shanghai", "CN"),
    ),
)

_NAMES: Mapping[PlaceKind, tuple[Text, Text]] = {
    "dm": (
        Text(en="Candor", zh="Candor"),
        Text(en="Only you and Candor", zh="只有您和 Candor"),
    ),
    "channel": (
        Text(en="#proj-apollo", zh="#proj-apollo"),
        Text(en="The project's channel", zh="项目频道"),
    ),
    "inbox": (
        Text(en="Customer inbox", zh="客户收件箱"),
        Text(en="What the customer gets to read", zh="客户能看到的内容"),
    ),
}


CUSTOMER = PersonId("grace")
_OMAR, _LIN = PersonId("omar"), PersonId("linjing")
INBOX = f"{PLATFORM}:acme"
ORGANISATION = Organisation(
    id=TENANT,
    people=tuple(
        Member(p.id, p.name, email=f"{p.id}@house.example") for p in PEOPLE if p.id != CUSTOMER
    ),
    roles={
        "account_lead": (_OMAR, _LIN),
        "delivery_director": (_OMAR, _LIN),
        "executive": (_OMAR,),
        "finance": (_LIN, _OMAR),
        "contract_reviewer": (_LIN,),
        "admin": (_OMAR,),
    },
    customers=(
        Known(
            "Acme Instruments", "Europe/London", "GB", ("acme.example",), INBOX, "Acme Instruments"
        ),
        Known("北湾博物馆", "Asia/Shanghai", "CN", ("northbay.example",), INBOX, "北湾博物馆"),
        Known("*", conversation=INBOX),  # called after whoever the customer is
    ),
    domains=("house.example",),
    meeting_link="https://meet.house.example/delay",
)


def direct(person: PersonId) -> str:
    """A person's own conversation with the bot."""
    return f"dm:{person}"


def someone(id_: str) -> Someone:
    """The person with this id; the first one for an id that nobody has."""
    return next((p for p in PEOPLE if p.id == id_), PEOPLE[0])


def place(kind: PlaceKind, person: Someone) -> Place:
    """Where a conversation of this kind takes place for the person."""
    name = direct(person.id) if kind == "dm" else {"channel": CHANNEL, "inbox": "acme"}[kind]
    return Place(PLATFORM, name)


def open_to(person: Someone) -> tuple[PlaceKind, ...]:
    """The conversations that somebody can open; the customer reads nothing of the team's."""
    return tuple(k for k in PLACE_KINDS if k != "channel" or person.id != CUSTOMER)


def shown_places(person: Someone) -> list[dict[str, object]]:
    """The conversations as the page lists them."""
    return [
        {
            "id": kind,
            "kind": kind,
            "address": place(kind, person).conversation,
            "name": shown(_NAMES[kind][0]),
            "about": shown(_NAMES[kind][1]),
        }
        for kind in open_to(person)
    ]


def shown_commands() -> list[dict[str, object]]:
    """The commands as the palette lists them; one that takes words is not sent at once."""
    return [
        {
            "label": shown(c.words),
            "about": shown(c.does),
            "more": "<" in c.words.en,
            "insert": shown(Text(en=_typed(c.words.en), zh=_typed(c.words.zh))),
        }
        for c in COMMANDS
    ]


def shown(text: Text) -> dict[str, str]:
    """A text as JSON, in both languages."""
    return {"en": text.en, "zh": text.zh}


def _typed(words: str) -> str:
    """The words up to what the person fills in; what may be left out goes without its blank."""
    return words.partition("<")[0].partition(" [")[0]
