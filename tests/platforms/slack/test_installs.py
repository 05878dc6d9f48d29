"""The app installed by its link: many workspaces on one server, each with a token of its own."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import structlog

from bot.core.words import PersonId, TenantId
from bot.engine.errors import CandorError, Conflict, Later, StoreUnavailable
from bot.engine.incoming.overview import overview
from bot.engine.keeping.vault import Vault, new_key
from bot.engine.safe import Sealed
from bot.operating.keys import sealed_anew
from bot.platforms.slack import manifest
from bot.platforms.slack.installed import Installed
from bot.platforms.slack.link import Link
from bot.platforms.slack.tokens import NAME
from bot.settings import Settings
from bot.store.memory.safe import MemorySafe
from bot.store.memory.store import MemoryStore
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.platforms.slack.fake.faults import Refused, Status
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import MAYA, TEAM, Served, standing

OTHER, KIM = TenantId("T0OTHER"), "UKIM"
BACK = "/slack/oauth_redirect"
Query = Mapping[str, str]


@dataclass
class Browser:
    """Somebody's browser: it keeps the cookie of the way out."""

    address: str
    language: str = "en"
    cookies: dict[str, str] = field(default_factory=dict)

    async def out(self) -> Query:
        """Press Install; what Slack's page is asked for."""
        async with aiohttp.ClientSession() as session:
            url = f"{self.address}/slack/install"
            async with session.get(url, allow_redirects=False) as answer:
                assert answer.status == 302
                self.cookies = {n: m.value for n, m in answer.cookies.items()}
                self.page = urlsplit(answer.headers["location"])
        return {name: values[0] for name, values in parse_qs(self.page.query).items()}

    async def back(self, **query: str) -> tuple[int, str]:
        """Come back from Slack's page."""
        jar = aiohttp.DummyCookieJar()
        sent = "; ".join(f"{n}={v}" for n, v in self.cookies.items())
        headers = {"cookie": sent, "accept-language": self.language}
        async with aiohttp.ClientSession(cookie_jar=jar) as session:
            found = session.get(f"{self.address}{BACK}", params=query, headers=headers)
            async with found as answer:
                return answer.status, await answer.text()


@pytest.fixture
def keys() -> list[str]:
    return [new_key()]


@pytest.fixture
async def store(tmp_path: Path, slack: FakeSlack) -> AsyncIterator[SqlStore]:
    migrate(tmp_path / "candor.db", at=slack.clock())
    found = SqlStore(tmp_path / "candor.db")
    yield found
    await found.close()


def link_of(slack: FakeSlack, keys: list[str]) -> Link:
    return Link(
        slack.realm.client_id,
        slack.realm.client_secret,
        Vault(keys),
        manifest.scopes(manifest.read(manifest.shipped())),
        "http://127.0.0.1",
    )


@asynccontextmanager
async def server(slack: FakeSlack, store: SqlStore, keys: list[str]) -> AsyncIterator[Served]:
    async with standing(slack, store, link=link_of(slack, keys)) as served:
        yield served


@pytest.fixture
async def candor(slack: FakeSlack, store: SqlStore, keys: list[str]) -> AsyncIterator[Served]:
    """A server with the link, and two workspaces that could install the app."""
    slack.follow(manifest.read(manifest.shipped()))
    other = slack.add_workspace(OTHER, "Other Works")
    slack.token_of(OTHER).scopes = set(slack.token_of(TEAM).scopes)
    other.add_user(KIM, "kim")
    async with server(slack, store, keys) as served:
        yield served


async def install(candor: Served, team: str = TEAM) -> tuple[int, str]:
    """As an admin of that workspace does it."""
    browser = Browser(candor.address)
    asked = await browser.out()
    return await browser.back(code=candor.slack.agree(team), state=asked["state"])


async def begin(candor: Served, user: str = MAYA, words: str = "Wind farm") -> None:
    await candor.slack.people.command(user, "/delay", words)
    await candor.settle()


@asynccontextmanager
async def another(candor: Served, keys: list[str]) -> AsyncIterator[Installed]:
    """What another server has of the tokens."""
    found = Installed(
        link_of(candor.slack, keys), candor.slack.base_url.removesuffix("/api/"), pace=0
    )
    await found.open(candor.house)
    yield found
    await found.close()


def exchanges(slack: FakeSlack) -> int:
    return len(slack.called("oauth.v2.access"))


async def test_slack_is_asked_for_the_least_scopes_and_sends_people_back_here(
    candor: Served,
) -> None:
    browser = Browser(candor.address)
    asked = await browser.out()
    assert browser.page.path == "/oauth/v2/authorize"
    assert set(asked) == {"client_id", "scope", "redirect_uri", "state"}
    assert asked["redirect_uri"] == f"http://127.0.0.1{BACK}"
    assert set(asked["scope"].split(",")) == set(candor.slack.realm.manifest.scopes)


async def test_each_workspace_talks_with_its_own_token(candor: Served) -> None:
    slack = candor.slack
    for team, user in ((TEAM, MAYA), (OTHER, KIM)):
        status, page = await install(candor, team)
        assert status == 200
        assert f"installed in {slack.realm.workspaces[team].name}" in page
        await begin(candor, user)
        said = slack.messages(slack.dm(user))
        assert said
        posted = slack.called("chat.postMessage")[-1]
        assert posted.token == slack.token_of(team).value
    mine = (await overview(candor.house, TEAM, PersonId(MAYA))).cases
    theirs = (await overview(candor.house, OTHER, PersonId(KIM))).cases
    assert (len(mine), len(theirs)) == (1, 1)
    assert mine[0].id != theirs[0].id


async def test_nobody_moves_a_case_of_another_workspace(candor: Served) -> None:
    for team in (TEAM, OTHER):
        await install(candor, team)
    await begin(candor)
    (case,) = (await overview(candor.house, TEAM, PersonId(MAYA))).cases
    await candor.slack.people.command(KIM, "/delay", f"show {case.id}")
    await candor.settle()
    told = candor.slack.ephemerals(KIM) + candor.slack.messages(candor.slack.dm(KIM))
    assert "Wind farm" not in str([m.blocks for m in told])
    assert (await overview(candor.house, OTHER, PersonId(KIM))).cases == ()


async def test_where_it_is_not_installed_a_command_says_so_in_both_languages(
    candor: Served, store: SqlStore
) -> None:
    answer = await candor.slack.people.command(MAYA, "/delay", "Wind farm")
    assert "not installed in this workspace" in str(answer.json)
    assert "没有安装" in str(answer.json)
    told = await candor.slack.happenings.say(MAYA, "the turbines stand still")
    assert told.status == 200
    assert await store.tenants() == ()
    assert candor.slack.called("chat.postMessage") == []


async def test_a_state_is_good_once(candor: Served) -> None:
    browser = Browser(candor.address)
    state = (await browser.out())["state"]
    code = candor.slack.agree(TEAM)
    assert (await browser.back(code=code, state=state))[0] == 200
    again = candor.slack.agree(TEAM)
    status, page = await browser.back(code=again, state=state)
    assert (status, "has been used" in page) == (400, True)
    assert exchanges(candor.slack) == 1


@pytest.mark.parametrize("how", ["forged", "missing", "another browser", "too late", "another key"])
async def test_a_state_that_is_not_ours_changes_nothing(candor: Served, how: str) -> None:
    browser, thief = Browser(candor.address), Browser(candor.address)
    state = (await browser.out())["state"]
    await thief.out()
    code = candor.slack.agree(TEAM)
    if how == "another browser":
        browser = thief
    elif how == "too late":
        candor.slack.clock.move(timedelta(minutes=11))
    elif how in ("forged", "another key"):
        made = Vault([new_key()]).seal("x", candor.slack.clock()) if how != "forged" else "forged"
        browser.cookies = dict.fromkeys(browser.cookies, made)
        state = made
    query = {"code": code} if how == "missing" else {"code": code, "state": state}
    status, page = await browser.back(**query)
    assert (status, "begin again" in page) == (400, True)
    assert exchanges(candor.slack) == 0
    assert await candor.house.store.safe.everything() == ()


async def test_whoever_does_not_agree_is_told_that_nothing_was_installed(candor: Served) -> None:
    browser = Browser(candor.address, language="zh-CN,zh;q=0.9")
    state = (await browser.out())["state"]
    status, page = await browser.back(error="access_denied", state=state)
    assert (status, "没有安装" in page) == (400, True)
    assert exchanges(candor.slack) == 0


@pytest.mark.parametrize("how", ["code", "secret", "down"])
async def test_what_slack_does_not_confirm_is_not_installed(candor: Served, how: str) -> None:
    browser = Browser(candor.address)
    state = (await browser.out())["state"]
    code = candor.slack.agree(TEAM) if how != "code" else "made up"
    if how == "secret":
        candor.slack.realm.client_secret = "changed"
    elif how == "down":
        candor.slack.faults.plan("oauth.v2.access", Status(503))
    status, page = await browser.back(code=code, state=state)
    assert (status, "did not confirm" in page) == (502, True)
    assert await candor.house.store.safe.everything() == ()


async def test_what_a_page_shows_is_escaped_and_kept_by_nobody(candor: Served) -> None:
    candor.slack.workspace.name = "<b>Works</b> & Sons"
    browser = Browser(candor.address)
    state = (await browser.out())["state"]
    _, page = await browser.back(code=candor.slack.agree(TEAM), state=state)
    assert "&lt;b&gt;Works&lt;/b&gt; &amp; Sons" in page
    assert state not in page


async def test_after_it_was_taken_out_nothing_is_kept_and_it_can_be_installed_again(
    candor: Served,
) -> None:
    await install(candor)
    await begin(candor)
    await candor.slack.happenings.uninstall(TEAM)
    await candor.settle()
    assert await candor.house.store.safe.everything() == ()
    answer = await candor.slack.people.command(MAYA, "/delay", "list")
    assert "not installed" in str(answer.json)
    await install(candor)
    await begin(candor, words="list")
    assert "not installed" not in str(candor.slack.ephemerals(MAYA)[-1:])
    assert len((await overview(candor.house, TEAM, PersonId(MAYA))).cases) == 1


async def test_word_of_a_removal_that_comes_after_a_new_installation_ends_nothing(
    candor: Served,
) -> None:
    await install(candor)
    await candor.slack.happenings.tell(TEAM, {"type": "app_uninstalled"})
    await candor.settle()
    assert await candor.house.store.safe.read(TEAM, NAME) is not None


async def test_tokens_of_people_are_not_ours_to_lose(candor: Served) -> None:
    await install(candor)
    gone = {"type": "tokens_revoked", "tokens": {"oauth": [MAYA], "bot": []}}
    candor.slack.token_of(TEAM).state = "token_revoked"  # so that a look would end it
    await candor.slack.happenings.tell(TEAM, gone)
    await candor.settle()
    assert await candor.house.store.safe.read(TEAM, NAME) is not None


async def test_nobody_reads_a_token_from_the_file_or_the_log(
    candor: Served, tmp_path: Path
) -> None:
    with structlog.testing.capture_logs() as logs:
        await install(candor)
        await begin(candor)
    token = candor.slack.token_of(TEAM).value
    written = await asyncio.to_thread(content_of, tmp_path)
    assert b"slack" in written
    assert token.encode() not in written
    assert token not in str(logs)
    assert candor.slack.realm.client_secret not in str(logs)


def content_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("candor.db*"))


async def test_keys_are_changed_while_everything_goes_on(
    candor: Served, slack: FakeSlack, store: SqlStore, keys: list[str], tmp_path: Path
) -> None:
    await install(candor)
    newer = new_key()
    settings = Settings(data=tmp_path, keys=f"{newer},{keys[0]}")
    assert await sealed_anew(settings) == (1, ())
    async with server(slack, store, [newer]) as after:
        await begin(after)
        assert after.told()
    other = Settings(data=tmp_path, keys=new_key())
    assert await sealed_anew(other) == (0, (f"slack of {TEAM}",))


async def test_with_a_wrong_key_nobody_is_called_gone_and_an_operator_hears_of_it(
    candor: Served, slack: FakeSlack, store: SqlStore, keys: list[str]
) -> None:
    await install(candor)
    await begin(candor)
    before = len(candor.told())
    async with server(slack, store, [new_key()]) as other:
        answer = await slack.people.command(MAYA, "/delay", "Solar park")
        assert "not installed" not in str(answer.json)
        assert "try again" in str(answer.json)
        with pytest.raises(Later):
            await other.platform.outside(TEAM, MAYA)
        assert "CANDOR_KEYS" in await other.platform.ready()
        told = await slack.happenings.say(MAYA, "the turbines stand still")
        assert told.status == 503  # so that Slack sends it again
        assert all("answered 503" in broken for broken in slack.forgive())
    async with server(slack, store, keys) as mended:
        assert await mended.platform.ready() == ""
        await begin(mended, words="Solar park")
        assert len(mended.told()) > before


async def test_a_token_is_renewed_before_it_ends_and_by_one_server_only(
    candor: Served, slack: FakeSlack, keys: list[str]
) -> None:
    slack.realm.rotates = True
    await install(candor)
    first = slack.token_of(TEAM)
    async with another(candor, keys) as one, another(candor, keys) as two:
        slack.clock.move(timedelta(hours=9))
        assert (await one.renew(), await two.renew()) == (0, 0)
        slack.clock.move(timedelta(hours=1, minutes=1))
        assert sorted(await asyncio.gather(one.renew(), two.renew())) == [0, 1]
    assert exchanges(slack) == 2
    first.state = "token_expired"
    await begin(candor)
    assert candor.told()
    assert slack.called("chat.postMessage")[-1].token == slack.token_of(TEAM).value != first.value


async def test_a_call_with_a_token_that_another_server_renewed_is_made_again(
    candor: Served, slack: FakeSlack, keys: list[str]
) -> None:
    slack.realm.rotates = True
    await install(candor)
    first = slack.token_of(TEAM)
    slack.clock.move(timedelta(hours=11, minutes=59, seconds=50))
    await candor.platform.outside(TEAM, MAYA)  # has the token at hand, and looks for none soon
    async with another(candor, keys) as other:
        assert await other.renew() == 1
    first.state = "token_expired"
    await begin(candor)
    assert candor.told()
    assert "token_expired" in str([c.answer for c in slack.calls])


async def test_what_slack_does_not_renew_is_tried_again_after_the_turn(
    candor: Served, slack: FakeSlack, keys: list[str]
) -> None:
    slack.realm.rotates = True
    await install(candor)
    slack.clock.move(timedelta(hours=10, minutes=1))
    slack.faults.plan("oauth.v2.access", Status(503))
    async with another(candor, keys) as one:
        assert await one.renew() == 0
        assert await one.renew() == 0
        assert exchanges(slack) == 2
        await begin(candor)
        assert candor.told()
        slack.clock.move(timedelta(minutes=1))
        assert await one.renew() == 1


async def test_an_enterprise_is_one_tenant_whatever_workspace_somebody_acts_in(
    candor: Served, slack: FakeSlack, store: SqlStore
) -> None:
    slack.workspace.enterprise, slack.workspace.whole = "E0ALL", True
    status, page = await install(candor)
    assert (status, "Enterprise" in page) == (200, True)
    await begin(candor)
    assert candor.told()
    whole = TenantId("E0ALL")
    assert len((await overview(candor.house, whole, PersonId(MAYA))).cases) == 1
    assert await store.tenants() == (whole,)


async def test_a_removal_that_nobody_confirms_ends_nothing_though_another_call_is_refused(
    candor: Served, slack: FakeSlack, keys: list[str]
) -> None:
    await install(candor)
    async with another(candor, keys) as one:
        workspace = await one.of(TEAM)
        assert workspace is not None
        slack.faults.plan("users.info", Refused("missing_scope"))
        with pytest.raises(CandorError):
            await workspace.calls.call("users.info", user=MAYA)
        slack.faults.plan("auth.test", Status(503))
        await one.gone(TEAM)
        assert await candor.house.store.safe.read(TEAM, NAME) is not None


async def test_a_renewal_that_slack_refused_rests_for_an_hour(
    candor: Served, slack: FakeSlack, keys: list[str]
) -> None:
    slack.realm.rotates = True
    await install(candor)
    slack.realm.renewals.clear()
    slack.clock.move(timedelta(hours=10, minutes=1))
    async with another(candor, keys) as one:
        for _ in range(3):
            assert await one.renew() == 0
            slack.clock.move(timedelta(minutes=20) - timedelta(seconds=1))
        assert exchanges(slack) == 2
        slack.clock.move(timedelta(seconds=3))
        assert await one.renew() == 0
        assert exchanges(slack) == 3


async def test_an_answer_that_makes_no_sense_keeps_no_other_workspace_from_its_token(
    candor: Served, slack: FakeSlack, keys: list[str]
) -> None:
    slack.realm.rotates = True
    for team in (TEAM, OTHER):
        await install(candor, team)
    slack.clock.move(timedelta(hours=10, minutes=1))
    slack.realm.lives_for = "soon"
    async with another(candor, keys) as one:
        assert await one.renew() == 0
    assert exchanges(slack) == 4


async def test_those_who_come_first_and_at_once_share_one_way_out(
    candor: Served, keys: list[str]
) -> None:
    await install(candor)
    async with another(candor, keys) as one:
        found = await asyncio.gather(*(one.of(TEAM) for _ in range(8)))
    assert found[0] is not None
    assert len({id(each) for each in found}) == 1


async def test_an_installation_of_before_is_never_taken_for_a_newer_one(candor: Served) -> None:
    await install(candor)
    safe = candor.house.store.safe
    before = await safe.read(TEAM, NAME)
    assert before is not None
    await candor.slack.happenings.uninstall(TEAM)
    await candor.settle()
    await install(candor)
    late = replace(before, version=before.version + 1)
    with pytest.raises(Conflict):
        await safe.keep(late, was=before.version)
    assert not await safe.drop(TEAM, NAME, was=before.version)


async def test_a_workspace_at_hand_goes_on_while_the_tables_are_away(
    candor: Served, slack: FakeSlack, store: SqlStore, keys: list[str], tmp_path: Path
) -> None:
    await install(candor)
    async with another(candor, keys) as one:
        found = await one.of(TEAM)
        await store.close()
        (tmp_path / "candor.db").rename(tmp_path / "away.db")
        slack.clock.move(timedelta(minutes=2))
        assert found is not None
        assert await one.of(TEAM) is found
        with pytest.raises(StoreUnavailable):
            await one.of(OTHER)


class Shaky(MemorySafe):
    """A safe whose tables go away for one moment, once something was kept."""

    def __init__(self) -> None:
        super().__init__()
        self.after: int | None = None  # how many are kept before it

    async def keep(self, sealed: Sealed, *, was: int | None) -> None:
        if self.after is not None:
            self.after -= 1
            if self.after == -1:
                raise StoreUnavailable
        await super().keep(sealed, was=was)


async def test_a_renewed_token_is_kept_though_the_tables_are_away_just_then(
    candor: Served, slack: FakeSlack, store: SqlStore, keys: list[str]
) -> None:
    slack.realm.rotates = True
    await install(candor)
    (sealed,) = await store.safe.everything()
    memory, safe = MemoryStore(), Shaky()
    await safe.keep(sealed, was=None)
    memory.safe, safe.after = safe, 1
    slack.clock.move(timedelta(hours=10, minutes=1))
    one = Installed(link_of(slack, keys), slack.base_url.removesuffix("/api/"), pace=0)
    await one.open(replace(candor.house, store=memory))
    assert await one.renew() == 1
    assert safe.after == -2
    await one.close()
    (kept,) = await safe.everything()
    assert slack.token_of(TEAM).value in Vault(keys).open_(kept.body)
