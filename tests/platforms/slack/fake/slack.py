"""A strict stand-in for Slack on loopback.

    async def test_a_delay_starts(slack: FakeSlack) -> None:
        slack.connect(url_of_the_app)          # POST goes there, signed with slack.signing_secret
        await slack.people.command("UMAYA", "/delay", "Wind farm")
        await slack.people.press("UMAYA", slack.latest("UMAYA"), "Begin")
        await slack.people.submit("UMAYA", {"customer": "Hollow Hill"})
        await slack.happenings.say("UMAYA", "the turbines stand still")

The app under test gets `slack.base_url`, `slack.bot_token` and `slack.signing_secret`. People find
buttons and fields by their words, action ids or block ids in what they see; a message kept from
before an edit has the buttons of then. What a person could not do raises CannotDo. Every payload is checked; what breaks a rule is refused as
Slack would and noted in `slack.violations`, which the fixture asserts to be empty. A test that
breaks one on purpose takes it with `slack.forgive()`.

`slack.faults.plan("chat.postMessage", Cut(after=True))` makes calls go wrong, `slack.sender.twice`
doubles deliveries, `slack.sender.hold()` and `release()` turn events round, `await
slack.wait(timedelta(minutes=1))` lets time pass and makes the retries that fall due, and
`slack.rates.on = True` holds the app to the rate limits. `slack.calls` and `slack.sender.made` are
the record of both directions.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute

from tests.platforms.slack.fake.clock import Clock
from tests.platforms.slack.fake.faults import Faults
from tests.platforms.slack.fake.happenings import Happenings
from tests.platforms.slack.fake.lines import Lines
from tests.platforms.slack.fake.loopback import serving
from tests.platforms.slack.fake.manifest import Manifest
from tests.platforms.slack.fake.people import People
from tests.platforms.slack.fake.rates import Rates
from tests.platforms.slack.fake.realm import Call, Realm, Violation
from tests.platforms.slack.fake.schema import Payload
from tests.platforms.slack.fake.sending import HttpLine, Sender
from tests.platforms.slack.fake.side_doors import Downloads, ResponseUrls, Uploads
from tests.platforms.slack.fake.sockets import Sockets
from tests.platforms.slack.fake.tokens import Token
from tests.platforms.slack.fake.web_api import WebApi
from tests.platforms.slack.fake.workspace import Message, View, Workspace


class FakeSlack:
    """One Slack with one app in it; see the module's docstring."""

    signing_secret = "8f742231b10e8888abcd99yyyzzz85a5"
    app_token = "xapp-1-A0CANDOR-1-fake"
    config_token = "xoxe.xoxp-1-fake"

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.realm = Realm(self.clock)
        self.lines = Lines()
        self.sender = Sender(self.realm)
        self.sockets = Sockets(self.realm)
        self._lines_out: list[HttpLine] = []
        self.people = People(self.realm, self.sender)
        self.happenings = Happenings(self.realm, self.sender)
        self.workspace = self.add_workspace("T0CANDOR", "Candor Works")
        app = Token(self.app_token, "app", "", {"connections:write"})
        self.realm.tokens[app.value] = app
        config = Token(self.config_token, "config", "", set())
        self.realm.tokens[config.value] = config
        _furnish(self.workspace)

    @property
    def base_url(self) -> str:
        return f"{self.realm.address}/api/"

    @property
    def bot_token(self) -> str:
        return self.token_of(self.workspace.team).value

    @property
    def violations(self) -> list[Violation]:
        return self.realm.violations

    @property
    def calls(self) -> list[Call]:
        return self.realm.calls

    @property
    def faults(self) -> Faults:
        return self.realm.faults

    @property
    def rates(self) -> Rates:
        return self.realm.rates

    def add_workspace(self, team: str, name: str, enterprise: str | None = None) -> Workspace:
        """A workspace with the app installed, its people and channels yet to be added."""
        workspace = Workspace(team, name, enterprise)
        self.realm.workspaces[team] = workspace
        token = Token(f"xoxb-{team.lower()}-fake", "bot", team)
        self.realm.tokens[token.value] = token
        return workspace

    def agree(self, team: str) -> str:
        """Somebody agrees to the installation; gives the code that the redirect carries."""
        code = f"code-{self.realm.number()}"
        self.realm.codes[code] = team
        return code

    def token_of(self, team: str) -> Token:
        """The app's newest token in a workspace, whose scopes and state a test may change."""
        tokens = reversed(self.realm.tokens.values())
        return next(t for t in tokens if t.kind == "bot" and t.team == team)

    def follow(self, manifest: Payload) -> None:
        """Be the Slack of an app with this manifest: its commands, shortcuts, events, scopes."""
        self.realm.installed = manifest
        self.realm.manifest = Manifest.read(manifest)
        for token in self.realm.tokens.values():
            if token.kind == "bot":
                token.scopes = set(self.realm.manifest.scopes)

    def connect(self, url: str, *, patience: float = 3.0) -> HttpLine:
        """Send everything to this request URL from now on."""
        line = HttpLine(url, self.signing_secret, patience=patience)
        self._lines_out.append(line)
        self.sender.line = line
        return line

    async def connect_sockets(self, *, links: int = 1) -> Sockets:
        """Send everything over Socket Mode from now on, once the app's links are open."""
        await self.sockets.wait_for_links(links)
        self.sender.line = self.sockets
        return self.sockets

    def dm(self, user: str) -> str:
        """The id of a person's conversation with the app."""
        return self.realm.home_of(user).dm(user).id

    def messages(self, channel: str) -> list[Message]:
        """What stands in a channel now, in order; later edits do not touch what is given."""
        return [replace(m) for m in self.realm.find_channel(channel)[1].messages]

    def latest(self, user: str) -> Message:
        """The newest message of a person's conversation with the app."""
        return self.messages(self.dm(user))[-1]

    def ephemerals(self, user: str) -> list[Message]:
        """What only this person saw, in order."""
        channels = self.realm.home_of(user).channels.values()
        seen = (replace(m) for c in channels for m in c.ephemerals if m.only_for == user)
        return sorted(seen, key=lambda m: m.ts)

    def view(self, user: str) -> View | None:
        """The modal on top for a person; None when none is open."""
        stack = self.realm.home_of(user).modals.get(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> View | None:
        return self.realm.home_of(user).homes.get(user)

    def called(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    async def until_called(self, method: str, times: int = 1) -> None:
        """When the app has made so many calls of a method."""
        while len(self.called(method)) < times:
            self.realm.heard.clear()
            await self.realm.heard.wait()

    def forgive(self) -> list[str]:
        """What was broken so far, as text; it no longer counts."""
        broken = [f"{v.where}: {v.rule}" for v in self.violations]
        self.violations.clear()
        return broken

    async def wait(self, span: timedelta) -> None:
        """Let time pass, and make the retries that fall due in it."""
        self.clock.move(span)
        await self.sender.repeat_due()

    def app(self) -> Starlette:
        """What answers on loopback."""
        return Starlette(
            routes=[
                Route(
                    "/api/{method}", WebApi(self.realm, self.lines).take, methods=["GET", "POST"]
                ),
                Route("/response/{team}/{secret}", ResponseUrls(self.realm).take, methods=["POST"]),
                Route("/upload/v1/{team}/{file}", Uploads(self.realm).take, methods=["POST"]),
                Route("/files-pri/{place}/download/{name}", Downloads(self.realm).take),
                WebSocketRoute("/link/", self.sockets.take),
            ]
        )

    async def close(self) -> None:
        self.realm.faults.clear()
        await self.sockets.close()
        for line in self._lines_out:
            await line.close()


@asynccontextmanager
async def running(fake: FakeSlack) -> AsyncIterator[FakeSlack]:
    """Serve it on a free port of loopback until the block ends."""
    async with serving(fake.app(), fake.lines.protocol()) as address:
        fake.realm.address = address
        try:
            yield fake
        finally:
            await fake.close()


def _furnish(workspace: Workspace) -> None:
    """A few people and places that most tests need."""
    maya = workspace.add_user("UMAYA", "maya", real_name="Maya Lindqvist", title="Project manager")
    omar = workspace.add_user("UOMAR", "omar", real_name="Omar Haddad")
    lin = workspace.add_user("ULIN", "lin", real_name="林晓雨", tz="Asia/Shanghai", locale="zh-CN")
    guest = workspace.add_user("UGUEST", "gus", is_restricted=True)
    partner = workspace.add_user("UPARTNER", "petra", team="T0CUSTOMER")
    everyone = (maya.id, omar.id, lin.id, workspace.bot.id)
    workspace.add_channel("C0TEAM", "public", everyone, name="wind-farm")
    workspace.add_channel("C0ELSE", "public", (maya.id,), name="elsewhere")
    workspace.add_channel("C0CLOSED", "private", (maya.id,), name="closed")
    workspace.add_channel("C0PRIVATE", "private", everyone, name="wind-farm-internal")
    workspace.add_channel("C0GUEST", "public", (*everyone, guest.id), name="with-a-guest")
    workspace.add_channel(
        "C0SHARED",
        "public",
        (*everyone, partner.id),
        name="with-hollow-hill",
        is_ext_shared=True,
        shared_team_ids=[workspace.team, "T0CUSTOMER"],
    )
