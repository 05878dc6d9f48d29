"""Tries out lark-oapi against the fake and prints what it did, as one line of JSON.

A process of its own: the SDK takes a loop at import, keeps tokens in a class, cannot be stopped,
and would weigh on every test beside it. Only what is tried is imported (`_narrow`).
"""

import asyncio
import json
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from tests.platforms.lark import samples
from tests.platforms.lark.fake import frames, signing
from tests.platforms.lark.fake.access import TOKEN
from tests.platforms.lark.fake.envelopes import PRESSED
from tests.platforms.lark.fake.faults import Code, Hang, Slow, Status
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.messages import SEND
from tests.platforms.lark.fake.pushes import Push
from tests.platforms.lark.fake.tenant import Message, Person

KEY, VERIFY = "a key to seal with", "a token"
TOAST = {"toast": {"type": "info", "content": "ok", "i18n": {"en_us": "ok", "zh_cn": "好"}}}

Tried = dict[str, Any]


def _narrow() -> None:
    """Stand in for the packages whose own import would load eleven thousand modules."""
    spec = find_spec("lark_oapi")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    root = spec.submodule_search_locations[0]
    for name, place in (("lark_oapi", root), ("lark_oapi.api", f"{root}/api")):
        module = ModuleType(name)
        module.__path__ = [place]
        sys.modules[name] = module


class Calls:
    """The client of the server API."""

    def __init__(self, fake: FakeLark, app: str) -> None:
        fake.tenant.app.id = app
        self.fake = fake
        self.maya = fake.tenant.person("Maya")
        self._im = import_module("lark_oapi.api.im.v1.model")
        config = import_module("lark_oapi.core.model").Config()
        config.domain, config.app_id, config.app_secret = fake.url, app, fake.tenant.app.secret
        self.config = config
        self.message = import_module("lark_oapi.api.im.v1.resource.message").Message(config)

    def request(self) -> Any:
        """A text to Maya."""
        body = self._im.CreateMessageRequestBody.builder().receive_id(self.maya.open_id)
        body = body.msg_type("text").content('{"text": "hello"}').build()
        builder = self._im.CreateMessageRequest.builder().receive_id_type("open_id")
        return builder.request_body(body).build()

    def card(self) -> Any:
        """A card to Maya, and another in its place."""
        shown = json.dumps(samples.card(samples.text("Step 1", tag="markdown")))
        body = self._im.CreateMessageRequestBody.builder().receive_id(self.maya.open_id)
        body = body.msg_type("interactive").content(shown).uuid("row-1").build()
        builder = self._im.CreateMessageRequest.builder().receive_id_type("open_id")
        sent = self.message.create(builder.request_body(body).build())
        patch = self._im.PatchMessageRequestBody.builder().content(shown).build()
        builder = self._im.PatchMessageRequest.builder().message_id(sent.data.message_id)
        changed = self.message.patch(builder.request_body(patch).build())
        return [sent.code, changed.code, len(self.fake.sent(self.maya)[0].versions)]

    def outcome(self) -> Any:
        """The code that a call gives, or the exception that it raises."""
        try:
            return self.message.create(self.request()).code
        except Exception as error:  # noqa: BLE001 - its name is what is asked for
            return type(error).__name__


def client() -> Tried:
    """What the client of the server API does."""
    fake = FakeLark()
    fake.start()
    calls = Calls(fake, "cli_calls")
    tried: Tried = {"card": calls.card()}
    fake.faults.put(SEND, Code(99991400, reset=1))
    tried["rate limit"] = calls.outcome()
    fake.faults.put(SEND, Status(500, '{"code": 500, "msg": "fault"}'))
    tried["server fault"] = calls.outcome()
    fake.faults.put(SEND, Status(502))
    tried["gateway fault"] = calls.outcome()
    fake.faults.put(SEND, Hang())
    calls.config.timeout = 0.3
    tried["hang"] = calls.outcome()
    calls.config.timeout = 30
    fake.tokens.revoke()
    tried["revoked"] = [calls.outcome(), calls.outcome()]
    tried["token calls"] = len(fake.calls(TOKEN))
    fake.stop()
    return tried


def blocked() -> Tried:
    """How long the loop stands still while `acreate` fetches a token."""
    fake = FakeLark()
    fake.start()
    calls = Calls(fake, "cli_blocked")
    fake.faults.put(TOKEN, Slow(0.3))

    async def longest() -> float:
        gaps: list[float] = []

        async def tick() -> None:
            while True:
                began = time.monotonic()
                await asyncio.sleep(0.01)
                gaps.append(time.monotonic() - began)

        ticking = asyncio.create_task(tick())
        await asyncio.sleep(0.02)
        await calls.message.acreate(calls.request())
        await asyncio.sleep(0.02)
        ticking.cancel()
        return max(gaps)

    tried = {"longest": asyncio.run(longest())}
    fake.stop()
    return tried


class Dispatch:
    """The dispatcher of events, given what the platform posts."""

    def __init__(self) -> None:
        self.fake = FakeLark()
        self.fake.envelopes.token = VERIFY
        self.maya = self.fake.tenant.person("Maya")
        self._dispatcher = import_module("lark_oapi.event.dispatcher_handler")
        self._raw = import_module("lark_oapi.core.model").RawRequest

    def received(self, handler: Callable[[Any], Any]) -> Any:
        """A dispatcher that knows messages only."""
        builder = self._dispatcher.EventDispatcherHandler.builder(KEY, VERIFY)
        return builder.register_p2_im_message_receive_v1(handler).build()

    def pressed(self, handler: Callable[[Any], Any]) -> Any:
        """A dispatcher that knows presses only."""
        builder = self._dispatcher.EventDispatcherHandler.builder(KEY, VERIFY)
        return builder.register_p2_card_action_trigger(handler).build()

    def message(self) -> dict[str, Any]:
        """An event: somebody wrote."""
        self.fake.tenant.app.scopes.discard("im:message.p2p_msg:readonly")  # it goes nowhere
        return self.fake.run(self.fake.hands.say(self.maya, "hello")).envelope

    def do(
        self, dispatcher: Any, envelope: Mapping[str, Any], *, at: str = "1795424400",
        names: Callable[[str], str] = str,
    ) -> tuple[int, bytes]:  # fmt: skip
        """Status and body of the answer."""
        body = signing.sealed(json.dumps(envelope).encode(), KEY)
        headers = {
            "X-Lark-Request-Timestamp": at,
            "X-Lark-Request-Nonce": "n",
            "X-Lark-Signature": signing.signature(at, "n", KEY, body),
        }
        request = self._raw()
        request.uri, request.body = "/lark/events", body
        request.headers = {names(name): value for name, value in headers.items()}
        answer = dispatcher.do(request)
        return answer.status_code, answer.content


def dispatcher() -> Tried:
    """What the dispatcher does with events over HTTP."""
    at = Dispatch()
    at.fake.start()
    ran: list[str] = []

    async def later(_: Any) -> None:
        ran.append("async")

    def fails(_: Any) -> None:
        raise ValueError('he said "no"')

    usual = at.received(lambda _: ran.append("sync"))
    envelope = at.message()
    press = {
        "schema": "2.0",
        "header": {"event_type": PRESSED, "token": VERIFY, "event_id": "e"},
        "event": {"action": {"tag": "button", "value": "go"}},
    }
    challenge = {"type": "url_verification", "token": VERIFY, "challenge": 'a "b"'}
    failed = at.do(at.received(fails), envelope)
    tried: Tried = {
        "usual": at.do(usual, envelope)[0],
        "old": at.do(usual, envelope, at="0")[0],
        "lower case": at.do(usual, envelope, names=str.lower)[0],
        "async": at.do(at.received(later), envelope)[0],
        "unknown": at.do(usual, at.fake.envelopes.wrap("im.chat.updated_v1", {}))[0],
        "failed": [failed[0], _is_json(failed[1])],
        "string value": at.do(at.pressed(lambda _: TOAST), press)[0],
        "challenge": _is_json(at.do(usual, challenge)[1]),
        "ran": ran,
    }
    at.fake.stop()
    return tried


class Line:
    """A client of the long connection in a thread of its own; it ends with the process."""

    def __init__(self, app: str) -> None:
        self.fake = FakeLark()
        self.fake.tenant.app.id = app
        self.fake.start()
        self.maya = self.fake.tenant.person("Maya")
        self.pause = 0.0
        self._ws: Any = import_module("lark_oapi.ws.client")
        dispatcher = import_module("lark_oapi.event.dispatcher_handler").EventDispatcherHandler
        trigger = import_module("lark_oapi.event.callback.model.p2_card_action_trigger")
        builder = dispatcher.builder("", "").register_p2_im_message_receive_v1(self._heard)
        answer = trigger.P2CardActionTriggerResponse
        builder = builder.register_p2_card_action_trigger(lambda _: answer(TOAST))
        self._client = self.client(self.fake.tenant.app.secret, builder.build())

    def client(self, secret: str, handler: Any = None) -> Any:
        """A client with this secret."""
        app, url = self.fake.tenant.app.id, self.fake.url
        return self._ws.Client(app, secret, event_handler=handler, domain=url)

    def connect(self) -> None:
        """Start, and wait until it stands."""
        threading.Thread(target=self._run, daemon=True).start()
        self.fake.run(self.fake.connections.connected(1))
        asyncio.run(self.fake.choose_long_connection())

    def say(self, words: str) -> Push:
        """Maya writes."""
        return self.fake.run(self.fake.hands.say(self.maya, words))

    def together(self, count: int) -> list[Push]:
        """Maya writes several times at once."""

        async def all_() -> list[Push]:
            said: list[Awaitable[Push]] = [
                self.fake.hands.say(self.maya, str(n)) for n in range(count)
            ]
            return list(await asyncio.gather(*said))

        return self.fake.run(all_())

    def started(self) -> str:
        """What `start` says inside a running loop."""

        async def inside() -> str:
            self._ws.loop = asyncio.get_running_loop()
            try:
                self.client("s").start()
            except RuntimeError as error:
                return str(error)
            return "started"

        return asyncio.run(inside())

    def refused(self, secret: str) -> str:
        """How a client with a wrong secret ends."""
        try:
            self.client(secret)._get_conn_url()
        except Exception as error:  # noqa: BLE001 - its name is what is asked for
            return f"{type(error).__name__} {error}"
        return "connected"

    def _run(self) -> None:
        self._ws.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._ws.loop)
        self._client.start()

    def _heard(self, _: Any) -> None:
        time.sleep(self.pause)


def connection() -> Tried:
    """What the client of the long connection does."""
    line = Line("cli_line")
    fake = line.fake
    tried: Tried = {
        "running loop": line.started(),
        "wrong secret": line.refused("rotated"),
        "can be stopped": any(hasattr(line._client, name) for name in ("stop", "close")),
    }
    line.connect()
    fake.connections.patience = 10.0
    tried["event"] = line.say("hello").last.fault
    shown = samples.card(samples.button("Skip"))
    message = fake.tenant.put(_card(fake, line.maya, shown))
    pressed = fake.run(fake.hands.press(line.maya, message, "Skip"))
    tried["press"] = [pressed.code, pressed.says("zh_cn")]
    fake.connections.fragment = 50
    tried["pieces"] = line.say("hello " * 20).last.fault
    fake.connections.fragment = 0
    line.pause, fake.connections.patience = 0.3, 1.0
    tried["slow handlers"] = [p.last.fault for p in line.together(5)]
    line.pause, fake.connections.kind, fake.connections.patience = 0.0, "card", 0.3
    tried["card frame"] = line.say("hello").last.fault
    fake.connections.kind, fake.connections.patience = "event", 10.0
    fake.run(fake.connections.drop())
    fake.run(fake.connections.connected(0))
    fake.run(fake.connections.connected(1))
    tried["after a drop"] = line.say("hello").last.fault
    tried["violations"] = fake.violations
    return tried


def frame() -> Tried:
    """Our frames beside the SDK's own."""
    sdk = import_module("lark_oapi.ws.pb.pbbp2_pb2").Frame()
    ours = frames.Frame(1, {"type": "event", "sum": "1"}, b"\x00{}", 1 << 40, 300, 7)
    sdk.SeqID, sdk.LogID, sdk.service, sdk.method = ours.sequence, ours.log, ours.service, 1
    for name, value in ours.headers.items():
        header = sdk.headers.add()
        header.key, header.value = name, value
    sdk.payload = ours.payload
    return {
        "written": sdk.SerializeToString() == frames.write(ours),
        "read": frames.read(sdk.SerializeToString()) == ours,
    }


def _card(fake: FakeLark, person: Person, shown: Mapping[str, Any]) -> Message:
    chat, app = fake.tenant.direct(person), fake.tenant.app
    return Message("om_1", chat.id, app.id, "app", "interactive", json.dumps(shown), fake.clock())


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


if __name__ == "__main__":
    _narrow()
    trials = (client, blocked, dispatcher, frame, connection)
    sys.stdout.write("\n" + json.dumps({trial.__name__: trial() for trial in trials}) + "\n")
