"""What every store keeps to with the secrets of tenants."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engine.errors import Conflict
from bot.engine.ports import Store
from bot.engine.safe import Sealed
from tests.contracts.rows import AT, ELSEWHERE, HERE

TOKEN = Sealed(HERE, "slack", "sealed", due=AT)


async def test_a_secret_comes_back_as_it_was_kept(store: Store) -> None:
    assert await store.safe.read(HERE, "slack") is None
    await store.safe.keep(TOKEN, was=None)
    assert await store.safe.read(HERE, "slack") == TOKEN
    assert await store.safe.read(ELSEWHERE, "slack") is None
    assert await store.safe.read(HERE, "lark") is None


async def test_the_second_who_changes_the_same_version_is_told(store: Store) -> None:
    await store.safe.keep(TOKEN, was=None)
    newer = replace(TOKEN, body="newer", version=2, due=None)
    await store.safe.keep(newer, was=1)
    for version in (1, None):
        with pytest.raises(Conflict):
            await store.safe.keep(replace(TOKEN, body="late", version=2), was=version)
    assert await store.safe.read(HERE, "slack") == newer


async def test_what_is_gone_cannot_be_changed(store: Store) -> None:
    with pytest.raises(Conflict):
        await store.safe.keep(TOKEN, was=1)
    await store.safe.keep(TOKEN, was=None)
    assert await store.safe.drop(HERE, "slack")
    assert not await store.safe.drop(HERE, "slack")
    assert await store.safe.everything() == ()


async def test_who_drops_one_version_leaves_another(store: Store) -> None:
    await store.safe.keep(TOKEN, was=None)
    assert not await store.safe.drop(HERE, "slack", was=2)
    assert await store.safe.read(HERE, "slack") == TOKEN
    assert await store.safe.drop(HERE, "slack", was=1)
    assert await store.safe.everything() == ()


async def test_a_tenant_has_its_own_and_a_turn_knows_their_names(store: Store) -> None:
    linear = replace(TOKEN, name="connection:linear", due=None)
    for each in (TOKEN, linear, replace(linear, tenant=ELSEWHERE, name="connection:jira")):
        await store.safe.keep(each, was=None)
    assert await store.safe.of(HERE) == (linear, TOKEN)
    async with store.turn(HERE) as turn:
        assert await turn.secrets() == ("connection:linear", "slack")
    await store.erase(HERE)
    assert await store.safe.of(HERE) == ()
    assert len(await store.safe.of(ELSEWHERE)) == 1


async def test_what_is_due_comes_oldest_first_and_nothing_else(store: Store) -> None:
    minute = timedelta(minutes=1)
    later = replace(TOKEN, tenant=ELSEWHERE, due=AT + minute)
    for each in (later, TOKEN, replace(TOKEN, name="other"), replace(TOKEN, name="none", due=None)):
        await store.safe.keep(each, was=None)
    assert await store.safe.due("slack", AT - minute) == ()
    assert await store.safe.due("slack", AT) == (TOKEN,)
    assert await store.safe.due("slack", AT + minute) == (TOKEN, later)
    assert await store.safe.due("slack", AT + minute, limit=1) == (TOKEN,)


async def test_a_tenants_secrets_go_with_the_tenant(store: Store) -> None:
    await store.safe.keep(TOKEN, was=None)
    await store.safe.keep(replace(TOKEN, tenant=ELSEWHERE), was=None)
    await store.erase(HERE)
    assert [each.tenant for each in await store.safe.everything()] == [ELSEWHERE]
