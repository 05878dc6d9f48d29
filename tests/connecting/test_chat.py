"""An admin connects a system in the chat; its key goes into its sealed row and nowhere else."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace

import pytest
import structlog
from pydantic import SecretStr

from bot.assembly import connecting
from bot.core.approving.organisation import Member, Organisation, Organisations
from bot.core.cards import connect_cards
from bot.core.cards.blocks import Action, Box, Buttons, Card, Form, Hint
from bot.core.connecting.kind import Kind, Values
from bot.core.connecting.kinds import KINDS
from bot.core.connecting.wording import CONNECT
from bot.core.words import LANGUAGES, FieldId, PersonId, TenantId, Text
from bot.engine.errors import StoreUnavailable
from bot.engine.handle import handle
from bot.engine.inbound import Clicked, Reply
from bot.engine.incoming.overview import overview
from bot.engine.keeping.connections import Connection, Connections
from bot.engine.keeping.vault import Vault, new_key
from bot.engine.own import Own
from bot.platforms.lark.look import look as lark
from bot.platforms.slack.look import look as slack
from bot.settings import Settings
from tests.engine.room import HERE, Room
from tests.engine.tracked import drawn_everywhere
from tests.sources.fakes import linear
from tests.sources.fakes.vendor import Clock

ADMIN = PersonId("anna")


class Broken(connecting.Makes):
    """One in which we have made a mistake."""

    def problems(
        self, kind: Kind, values: Values, *, by_admin: bool, domains: Sequence[str] = ()
    ) -> Mapping[str, Text]:
        raise RuntimeError("a mistake of ours")


class Away(Connections):
    """Those of a database that cannot be reached."""

    async def keep(self, connection: Connection) -> None:
        raise StoreUnavailable

    async def drop(self, tenant: TenantId, kind: str) -> bool:
        raise StoreUnavailable


class Desk(Room):
    """A room beside a Linear, whose person is an admin."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = linear.Linear(Clock())
        self.settings = Settings(keys=SecretStr(new_key()), linear_base_url=self.linear.base)
        found = connecting.own(self.settings, self.clock, self.store.safe)
        assert found is not None
        self.own: Own = found
        people = (Member(ADMIN, "Ida"),)
        ours = Organisation("here", people, {"admin": (ADMIN,)}, domains=("house.example",))
        self.house = replace(self.house, own=found, organisations=Organisations((ours,)))

    async def do(self, name: str, kind: str, **boxes: str) -> Reply:
        """A press, and what follows when it is answered."""
        given = {FieldId(name): value for name, value in boxes.items()}
        click = Clicked(self.envelope(), None, Action(name, kind), 0, given)
        return await handle(self.house, click)

    async def done(self, name: str, kind: str, **boxes: str) -> Reply:
        reply = await self.do(name, kind, **boxes)
        assert reply.later is not None
        return await reply.later()

    async def written(self) -> str:
        """The whole log, and all that waits."""
        return repr(await self.store.entries(HERE, None))


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    await made.linear.start()
    yield made
    await made.own.close()
    await made.linear.stop()


def labels(card: Card) -> list[str]:
    rows = (b.buttons for b in card.blocks if isinstance(b, Buttons))
    return [button.label.en for row in rows for button in row]


def boxes(card: Card) -> dict[str, Box]:
    (form,) = (b for b in card.blocks if isinstance(b, Form))
    return {box.field: box for box in form.boxes}


def note(card: Card) -> str:
    return next(b.text.en for b in card.blocks if isinstance(b, Hint))


async def test_a_system_is_connected_used_and_disconnected(desk: Desk) -> None:
    (card,) = (await desk.command("connections")).cards
    assert "Connect Linear" in labels(card)
    (form,) = (await desk.do("connect", "linear")).cards
    assert boxes(form)["key"].secret
    reply = await desk.do("connect_save", "linear", key=linear.KEY)
    assert reply.toast == CONNECT.trying.fill(kind=KINDS["linear"].label)
    assert reply.later is not None
    (after,) = (await reply.later()).cards
    assert note(after).startswith("Linear is connected. Linear shows 1 project; read Tram depot")
    assert labels(after)[:2] == ["Set Linear anew", "Disconnect Linear"]
    assert (await desk.own.connections.of(HERE))["linear"] is not None
    (gone,) = (await desk.done("disconnect", "linear")).cards
    assert note(gone) == "Linear is disconnected, and its key is deleted."
    assert await desk.own.connections.of(HERE) == {}


async def test_a_key_that_does_not_work_changes_nothing(desk: Desk) -> None:
    await desk.done("connect_save", "linear", key=linear.KEY)
    reply = await desk.done("connect_save", "linear", key="wrong")
    assert reply.toast is not None
    assert reply.toast.en == (
        "Linear was not connected: it does not take the key that was set up. Nothing was changed."
    )
    found = (await desk.own.connections.of(HERE))["linear"]
    assert found is not None
    assert found.values["key"] == linear.KEY
    assert found.by_admin


async def test_what_was_not_taken_stands_in_the_form_but_for_the_secret(desk: Desk) -> None:
    given = {"base_url": "http://jira.example", "email": "ida@house.example", "token": "s3cret-x"}
    (form,) = (await desk.do("connect_save", "jira", **given)).cards
    shown = boxes(form)
    assert shown["base_url"].problem == CONNECT.address
    assert (shown["email"].value, shown["token"].value) == ("ida@house.example", "")
    assert "s3cret-x" not in repr(form)


async def test_the_sender_of_mails_must_be_of_the_own_house(desk: Desk) -> None:
    given = {"host": "smtp.house.example", "from": "ceo@marrow.example", "tls": "starttls"}
    (form,) = (await desk.do("connect_save", "mail", **given)).cards
    problem = boxes(form)["from"].problem
    assert problem is not None
    assert (
        problem.en == "ceo@marrow.example is not an address of your organisation (house.example)."
    )


async def test_the_key_is_written_nowhere_not_even_after_a_fault(desk: Desk) -> None:
    with structlog.testing.capture_logs() as logs:
        await desk.done("connect_save", "linear", key=linear.KEY)
        await desk.do("connect_save", "jira", token=linear.KEY)
        desk.own.makes = Broken(desk.settings, desk.clock)
        reply = await desk.do("connect_save", "linear", key=linear.KEY)
    assert reply.fault
    assert len(logs) > 2
    assert linear.KEY not in repr(logs)
    written = await desk.written()
    assert "connect_save" in written
    assert "failed:Clicked" in written
    assert linear.KEY not in written


@pytest.mark.parametrize("wish", ["connect_save", "disconnect"])
async def test_whoever_waits_hears_that_the_database_was_away(desk: Desk, wish: str) -> None:
    reply = await desk.do(wish, "linear", key=linear.KEY)
    assert reply.later is not None
    desk.own.connections = Away(desk.store.safe, Vault([new_key()]))
    told = (await reply.later()).toast
    assert told is not None
    assert told.zh == "Linear：我这边出了问题，什么都没有改动，请再试一次。"


@pytest.mark.parametrize("wish", ["connect", "connect_save", "disconnect"])
async def test_nobody_but_an_admin_changes_or_sees_anything(desk: Desk, wish: str) -> None:
    await desk.done("connect_save", "linear", key=linear.KEY)
    nobody = Organisation("here", (Member(ADMIN, "Ida"),), {"pmo": (ADMIN,)})
    desk.house = replace(desk.house, organisations=Organisations((nobody,)))
    reply = await desk.do(wish, "linear", key="other")
    assert (reply.toast, reply.cards, reply.later) == (CONNECT.not_admin, (), None)
    assert (await desk.command("connections")).toast == CONNECT.not_admin
    assert list(await desk.own.connections.of(HERE)) == ["linear"]


async def test_an_admin_who_has_left_changes_nothing(desk: Desk) -> None:
    gone = Organisation("here", (Member(ADMIN, "Ida", left=True),), {"admin": (ADMIN,)})
    desk.house = replace(desk.house, organisations=Organisations((gone,)))
    reply = await desk.do("connect_save", "linear", key=linear.KEY)
    assert (reply.toast, reply.later) == (CONNECT.not_admin, None)
    assert not (await overview(desk.house, HERE, ADMIN)).connects


async def test_without_keys_an_admin_is_told_who_can_help(desk: Desk) -> None:
    desk.house = replace(desk.house, own=None)
    assert (await desk.command("connections")).toast == CONNECT.no_keys
    assert (await desk.do("connect_save", "linear", key="x")).toast == CONNECT.no_keys


async def test_an_admin_finds_the_way_on_their_own_page_and_nobody_else(desk: Desk) -> None:
    blank = Card(CONNECT.title)
    theirs = await overview(desk.house, HERE, ADMIN)
    others = await overview(desk.house, HERE, PersonId("ben"))
    assert labels(theirs.with_door(blank)) == ["Connections"]
    assert others.with_door(blank) == blank


async def test_a_press_that_comes_twice_is_tried_once(desk: Desk) -> None:
    given = {FieldId("key"): linear.KEY}
    click = Clicked(desk.envelope(), None, Action("connect_save", "linear"), 0, given)
    first, again = await handle(desk.house, click), await handle(desk.house, click)
    assert first.later is not None
    assert (again.seen, again.later) == (True, None)


async def test_a_new_conversation_begins_with_the_own_tracker(desk: Desk) -> None:
    await desk.done("connect_save", "linear", key=linear.KEY)
    id_ = await desk.begin("")
    filed = await desk.store.case(HERE, id_)
    assert filed is not None
    assert [origin.name for origin in filed.case.tracking.origins] == ["linear"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_form_names_its_boxes_on_every_platform_and_shows_no_secret(kind: str) -> None:
    of = KINDS[kind]
    values = {part.name: f"value-of-{part.name}" for part in of.parts if part.options is None}
    card = connect_cards.form(of, values, {of.parts[0].name: CONNECT.needed})
    for language in LANGUAGES:
        for look in (slack, lark):
            drawn = json.dumps(look(card, language, "k1").payload, ensure_ascii=False, default=str)
            if look is lark:  # in Slack a form of many boxes stands in a window
                assert all(part.label.to(language) in drawn for part in of.parts)
            assert not any(f"value-of-{p.name}" in drawn for p in of.parts if p.secret)


def test_the_list_stands_on_every_platform_with_all_its_buttons() -> None:
    for connected in ((), tuple(KINDS.values())):
        drawn_everywhere(connect_cards.listed(connected, CONNECT.nothing))
