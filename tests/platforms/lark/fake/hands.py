"""What people do in the client: write, open, tap, press, fill in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.platforms.lark.fake import entries, envelopes, screen
from tests.platforms.lark.fake.answers import Answers, Pressed
from tests.platforms.lark.fake.entries import Blanks
from tests.platforms.lark.fake.entries import Value as Value
from tests.platforms.lark.fake.envelopes import Envelopes, text
from tests.platforms.lark.fake.messages import UPDATABLE
from tests.platforms.lark.fake.pushes import Push, Pushes
from tests.platforms.lark.fake.screen import LISTS, Found, NotThere
from tests.platforms.lark.fake.tenant import Chat, Kind, Message, Person, Tenant, Upload
from tests.platforms.lark.fake.updates import Updates

DIRECT = frozenset({"im:message.p2p_msg:readonly", "im:message.p2p_msg"})
MENTIONED = frozenset({"im:message.group_at_msg:readonly", "im:message.group_at_msg"})
EVERYTHING = frozenset({"im:message.group_msg"})


@dataclass(slots=True)
class Hands:
    """Each method is one thing that a person does; it ends when the app has answered.

    `blanks`: whether a field that was left empty is missing in a form's values or stands there
    empty; the pages do not say.
    """

    tenant: Tenant
    writes: Envelopes
    pushes: Pushes
    updates: Updates
    answers: Answers
    blanks: Blanks = "missing"

    async def say(
        self,
        person: Person,
        words: str,
        chat: Chat | None = None,
        *,
        mention: bool = False,
        to: Message | None = None,
    ) -> Push:
        """Write a text; in a group the bot hears it only when it is mentioned."""
        if not mention:
            return await self.send(person, "text", text(words), chat, to=to)
        app = self.tenant.app
        message = self._new(
            person.open_id, "text", text(f"@_user_1 {words}"), _place(chat, self.tenant, person)
        )
        message.mentions = [{"key": "@_user_1", "id": app.bot, "name": app.name}]
        return await self._receive(person, message)

    async def name(self, person: Person, words: str, *people: Person) -> Push:
        """Write a text to the bot alone that mentions people, each as `@` and their name."""
        mentions = [
            {"key": f"@_user_{n}", "id": p.open_id, "name": p.name, "tenant": p.tenant}
            for n, p in enumerate(people, start=1)
        ]
        for one in mentions:
            words = words.replace(f"@{one['name']}", one["key"])
        message = self._new(person.open_id, "text", text(words), _place(None, self.tenant, person))
        message.mentions = mentions
        return await self._receive(person, message)

    async def send(
        self,
        person: Person,
        kind: Kind,
        content: str,
        chat: Chat | None = None,
        *,
        to: Message | None = None,
    ) -> Push:
        """Send anything, such as a picture: `{"image_key": "img_1"}`."""
        message = self._new(person.open_id, kind, content, _place(chat, self.tenant, person))
        if to is not None:
            message.parent, message.root, message.thread = to.id, to.root or to.id, to.thread
        return await self._receive(person, message)

    async def hand(self, person: Person, name: str, content: bytes) -> Push:
        """Send a file to the bot."""
        key = f"file_v3_{self.tenant.number():016x}"
        self.tenant.files[key] = Upload(name, content)
        return await self.send(person, "file", json.dumps({"file_key": key, "file_name": name}))

    async def other_bot_says(self, words: str, chat: Chat) -> Push:
        """Another bot of the group mentions ours."""
        message = self._new("cli_another", "text", text(words), chat)
        message.by = "app"
        envelope = self.writes.received(None, message)
        return await self.pushes.push(envelopes.RECEIVED, envelope)

    async def tap_follow_up(self, person: Person, message: Message, bubble: str) -> Push:
        """Tap a bubble under a message; it arrives as the person's own words."""
        shown = message.bubbles(person.locale)
        if bubble not in shown:
            raise NotThere(f"no bubble {bubble!r}; there are {shown}")
        return await self.say(person, bubble, self.tenant.chats[message.chat])

    async def pick_command(self, person: Person, command: str, words: str = "") -> Push:
        """Pick a registered slash command; it arrives as a text."""
        if command not in {c["command"] for c in self.tenant.commands.values()}:
            raise NotThere(f"no command {command!r} is registered")
        return await self.say(person, f"/{command} {words}".strip())

    async def open(self, person: Person) -> Push:
        """Open the conversation with the bot; it happens each time."""
        chat = self.tenant.direct(person)
        last = next(reversed(self.tenant.in_chat(chat)), None)
        return await self.happen(self.writes.entered(person, chat, last))

    async def tap_menu(self, person: Person, key: str) -> Push:
        """Tap an item of the bot's menu."""
        return await self.happen(self.writes.menu(person, key))

    async def add_bot(self, person: Person, chat: Chat) -> Push:
        """Add the bot to a group."""
        chat.bot_in = True
        return await self.happen(self.writes.about_chat(envelopes.ADDED, person, chat))

    async def remove_bot(self, person: Person, chat: Chat) -> Push:
        """Remove the bot from a group."""
        chat.bot_in = False
        return await self.happen(self.writes.about_chat(envelopes.REMOVED, person, chat))

    async def disband(self, person: Person, chat: Chat) -> Push:
        """Dissolve a group."""
        chat.disbanded = True
        return await self.happen(self.writes.about_chat(envelopes.DISBANDED, person, chat))

    async def disable_app(self) -> Push:
        """What an administrator does in the console; an event of the older schema tells it."""
        self.tenant.app.enabled = False
        event = {"status": "stop_by_tenant"}
        return await self.happen(self.writes.old(envelopes.APP_STATUS, event))

    async def happen(self, envelope: envelopes.Envelope) -> Push:
        """Anything else: `hands.writes.wrap("im.chat.updated_v1", {...})`."""
        return await self.pushes.push(envelopes.kind(envelope), envelope)

    async def press(
        self,
        person: Person,
        message: Message,
        label: str,
        *,
        version: int = -1,
        fill: Mapping[str, Value] | None = None,
    ) -> Pressed:
        """Press the button with this label (in the person's language) or name.

        A button that submits a form sends the fields' values, those of `fill` in place of what
        stood in them. `version` presses it on a card as it was before. Raises NotThere.
        """
        found = screen.button(self._seen(person, message, version), label, person.locale)
        action: dict[str, Any] = {"tag": "button", "value": found.value}
        if "name" in found.element:
            action["name"] = found.element["name"]
        if found.element.get("form_action_type") == "submit" and found.form is not None:
            action["form_value"] = entries.sent(
                found.form, fill or {}, person, self.tenant.now(), self.blanks
            )
        elif fill:
            raise NotThere(f"the button {label!r} does not submit a form")
        return await self._call(person, message, action)

    async def use(
        self, person: Person, message: Message, found: Found, fill: Mapping[str, Value]
    ) -> Pressed:
        """Press this very button, which a version of the card has or had.

        What is filled in goes as it is given, also into a picker; other fields as they stood.
        """
        action: dict[str, Any] = {"tag": "button", "value": found.value}
        if found.form is not None:
            stood = entries.sent(found.form, {}, person, self.tenant.now(), self.blanks)
            action |= {"name": found.element["name"], "form_value": {**stood, **fill}}
        return await self._call(person, message, action)

    async def choose(
        self, person: Person, message: Message, name: str, value: Value, *, version: int = -1
    ) -> Pressed:
        """Use a select, picker, checker or input that stands outside of any form."""
        found = screen.named(self._seen(person, message, version), name)
        if found.form is not None:
            raise NotThere(f"{name!r} stands in a form; press its submit button")
        sent = entries.entered(found, value, person, self.tenant.now())
        key = {"input": "input_value", "checker": "checked"}.get(found.tag, "option")
        key = "options" if found.tag in LISTS else key
        action = {"tag": found.tag, "value": found.value, "name": name, key: sent}
        return await self._call(person, message, action)

    async def _call(self, person: Person, message: Message, action: dict[str, Any]) -> Pressed:
        token = self.updates.begin(message)
        envelope = self.writes.pressed(person, message, action, token)
        answered = False
        try:
            push = await self.pushes.push(envelopes.PRESSED, envelope, again=False)
            pressed = self.answers.read(push, token)
            answered = not pressed.code
        finally:
            self.updates.end(token, answered=answered)
        if pressed.card:
            self.tenant.change(message, json.dumps(pressed.card, ensure_ascii=False))
        return pressed

    def _seen(self, person: Person, message: Message, version: int) -> dict[str, Any]:
        """The card on the person's screen; raises NotThere when it cannot be used."""
        if person.open_id not in self.tenant.chats[message.chat].members:
            raise NotThere(f"{person.name} is not in the conversation")
        if message.recalled or message.kind != "interactive":
            raise NotThere("no card stands there")
        if self.tenant.now() - message.at > UPDATABLE:
            raise NotThere("the card is older than 14 days")
        return message.version(version)

    def _new(self, sender: str, kind: Kind, content: str, chat: Chat) -> Message:
        id_ = f"om_{self.tenant.number():032x}"
        message = Message(id_, chat.id, sender, "user", kind, content, self.tenant.now())
        return self.tenant.put(message)

    async def _receive(self, person: Person, message: Message) -> Push:
        envelope = self.writes.received(person, message)
        if not self._hears(message):
            return Push(envelopes.RECEIVED, envelope, again=False)
        return await self.pushes.push(envelopes.RECEIVED, envelope)

    def _hears(self, message: Message) -> bool:
        chat = self.tenant.chats[message.chat]
        needed = DIRECT
        if chat.kind == "group":
            needed = EVERYTHING | MENTIONED if message.mentions else EVERYTHING
        return chat.bot_in and bool(needed & self.tenant.app.scopes)


def _place(chat: Chat | None, tenant: Tenant, person: Person) -> Chat:
    return tenant.direct(person) if chat is None else chat
