"""What people do in the client: write, open, tap, press, fill in."""

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

from tests.platforms.lark.fake import envelopes, screen
from tests.platforms.lark.fake.answers import Answers, Pressed
from tests.platforms.lark.fake.envelopes import Envelopes, text
from tests.platforms.lark.fake.messages import UPDATABLE, Messages
from tests.platforms.lark.fake.pushes import Push, Pushes
from tests.platforms.lark.fake.screen import LISTS, Found, NotThere
from tests.platforms.lark.fake.tenant import Chat, Message, Person, Tenant
from tests.platforms.lark.fake.updates import Updates

DATES = {
    "date_picker": r"\d{4}-\d\d-\d\d",
    "picker_time": r"\d\d:\d\d",
    "picker_datetime": r"\d{4}-\d\d-\d\d \d\d:\d\d",
}
Value = str | bool | list[str]


class Hands:
    """Each method is one thing that a person does; it ends when the app has answered.

    `blanks`: whether a field that was left empty is missing in a form's values or stands there
    empty; the pages do not say.
    """

    def __init__(
        self, tenant: Tenant, writes: Envelopes, pushes: Pushes, messages: Messages,
        updates: Updates, answers: Answers,
    ) -> None:  # fmt: skip
        self._tenant = tenant
        self._write = writes
        self._pushes = pushes
        self._messages = messages
        self._updates = updates
        self._answers = answers
        self.blanks: Literal["missing", "empty"] = "missing"

    async def say(
        self, person: Person, words: str, chat: Chat | None = None, *,
        mention: bool = False, to: Message | None = None,
    ) -> Push:  # fmt: skip
        """Write a text; in a group the bot hears it only when it is mentioned."""
        place = chat or self._tenant.direct(person)
        mentions = []
        if mention:
            app = self._tenant.app
            mentions = [{"key": "@_user_1", "id": app.bot, "name": app.name}]
            words = f"@_user_1 {words}"
        message = self._tenant.put(
            Message(
                f"om_{self._tenant.number():032x}", place.id, person.open_id, "user", "text",
                text(words), self._tenant.now(), mentions=mentions,
                parent=to.id if to else "", root=(to.root or to.id) if to else "",
                thread=to.thread if to else "",
            )
        )  # fmt: skip
        envelope = self._write.received(person, message)
        if not self._hears(place, mention=mention):
            return Push(envelopes.RECEIVED, envelope, again=False)
        return await self._pushes.push(envelopes.RECEIVED, envelope)

    async def tap_follow_up(self, person: Person, message: Message, bubble: str) -> Push:
        """Tap a bubble under a message; it arrives as the person's own words."""
        if bubble not in message.follow_ups:
            raise NotThere(f"no bubble {bubble!r}; there are {message.follow_ups}")
        return await self.say(person, bubble, self._tenant.chats[message.chat])

    async def pick_command(self, person: Person, command: str, words: str = "") -> Push:
        """Pick a registered slash command; it arrives as a text."""
        if command not in {c["command"] for c in self._tenant.commands.values()}:
            raise NotThere(f"no command {command!r} is registered")
        return await self.say(person, f"/{command} {words}".strip())

    async def open(self, person: Person) -> Push:
        """Open the conversation with the bot; it happens each time."""
        chat = self._tenant.direct(person)
        last = next(reversed(self._tenant.in_chat(chat)), None)
        return await self._pushes.push(envelopes.ENTERED, self._write.entered(person, chat, last))

    async def tap_menu(self, person: Person, key: str) -> Push:
        """Tap an item of the bot's menu."""
        return await self._pushes.push(envelopes.MENU, self._write.menu(person, key))

    async def add_bot(self, person: Person, chat: Chat) -> Push:
        """Add the bot to a group."""
        chat.bot_in = True
        return await self._about(envelopes.ADDED, person, chat)

    async def remove_bot(self, person: Person, chat: Chat) -> Push:
        """Remove the bot from a group."""
        chat.bot_in = False
        return await self._about(envelopes.REMOVED, person, chat)

    async def disband(self, person: Person, chat: Chat) -> Push:
        """Dissolve a group."""
        chat.disbanded = True
        return await self._about(envelopes.DISBANDED, person, chat)

    async def disable_app(self) -> Push:
        """What an administrator does in the console; an event of the older schema tells it."""
        self._tenant.app.enabled = False
        status = {"status": "stop_by_tenant"}
        return await self._pushes.push(
            envelopes.APP_STATUS, self._write.old(envelopes.APP_STATUS, status)
        )

    async def press(
        self, person: Person, message: Message, label: str, *,
        version: int = -1, fill: Mapping[str, Value] | None = None,
    ) -> Pressed:  # fmt: skip
        """Press the button with this label (in the person's language) or name.

        A button that submits a form sends the fields' values, those of `fill` in place of what
        stood in them. `version` presses it on a card as it was before. Raises NotThere.
        """
        card = self._seen(person, message, version)
        found = screen.button(card, label, person.locale)
        action: dict[str, Any] = {"tag": "button", "value": found.value}
        if "name" in found.element:
            action["name"] = found.element["name"]
        if found.element.get("form_action_type") == "submit" and found.form is not None:
            action["form_value"] = self._values(person, found.form, dict(fill or {}))
        elif fill:
            raise NotThere(f"the button {label!r} does not submit a form")
        return await self._call(person, message, action)

    async def choose(
        self, person: Person, message: Message, name: str, value: Value, *, version: int = -1
    ) -> Pressed:
        """Use a select, picker, checker or input that stands outside of any form."""
        found = screen.named(self._seen(person, message, version), name)
        if found.form is not None:
            raise NotThere(f"{name!r} stands in a form; press its submit button")
        sent = self._value(person, found, value)
        key = {"input": "input_value", "checker": "checked"}.get(found.tag, "option")
        if found.tag in LISTS:
            key = "options"
        action = {"tag": found.tag, "value": found.value, "name": name, key: sent}
        return await self._call(person, message, action)

    async def _call(self, person: Person, message: Message, action: dict[str, Any]) -> Pressed:
        token = self._updates.begin(message)
        self._messages.locked.add(message.id)
        envelope = self._write.pressed(person, message, action, token)
        try:
            push = await self._pushes.push(envelopes.PRESSED, envelope, again=False)
        finally:
            self._messages.locked.discard(message.id)
        pressed = self._answers.read(push, token)
        if not pressed.code:
            self._updates.answered(token)
        if pressed.card:
            self._messages.update(message, json.dumps(pressed.card, ensure_ascii=False))
        return pressed

    def _seen(self, person: Person, message: Message, version: int) -> dict[str, Any]:
        """The card on the person's screen; raises NotThere when it cannot be used."""
        if person.open_id not in self._tenant.chats[message.chat].members:
            raise NotThere(f"{person.name} is not in the conversation")
        if message.recalled or message.kind != "interactive":
            raise NotThere("no card stands there")
        if self._tenant.now() - message.at > UPDATABLE:
            raise NotThere("the card is older than 14 days")
        return message.version(version)

    def _values(
        self, person: Person, form: Mapping[str, Any], fill: dict[str, Value]
    ) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for found in screen.walk(form):
            if found.tag not in screen.FIELDS:
                continue
            name = str(found.element["name"])
            value = fill.pop(name, None)
            if value is not None and found.element.get("disabled"):
                raise NotThere(f"{name!r} is disabled")
            given = _initial(found) if value is None else value
            if given in ("", []) and found.element.get("required"):
                raise NotThere(f"{name!r} is required")
            if given not in ("", []):
                values[name] = self._value(person, found, given)
            elif self.blanks == "empty":
                values[name] = [] if found.tag in LISTS else ""
        if fill:
            raise NotThere(f"the form has no field {sorted(fill)}")
        return values

    def _value(self, person: Person, found: Found, value: Value) -> Value:
        """The value as the client sends it; raises NotThere when it cannot be entered."""
        element, tag = found.element, found.tag
        if tag in DATES:
            if not isinstance(value, str) or not re.fullmatch(DATES[tag], value):
                raise NotThere(f"{value!r} cannot be picked in a {tag}")
            return f"{value} {person.offset}"
        if tag == "input":
            if not isinstance(value, str) or len(value) > int(element.get("max_length", 1000)):
                raise NotThere("the text is longer than the input takes")
            return value
        if tag == "checker":
            return bool(value)
        allowed = {str(o["value"]) for o in element.get("options", ())}
        chosen = value if isinstance(value, list) else [str(value)]
        if isinstance(value, list) != (tag in LISTS) or (allowed and set(chosen) - allowed):
            raise NotThere(f"{value!r} is not among {sorted(allowed)}")
        return value

    def _hears(self, chat: Chat, *, mention: bool) -> bool:
        if not chat.bot_in:
            return False
        if chat.kind == "p2p":
            needed = {"im:message.p2p_msg:readonly", "im:message.p2p_msg"}
        else:
            needed = {"im:message.group_msg"}
            if mention:
                needed |= {"im:message.group_at_msg:readonly", "im:message.group_at_msg"}
        return bool(needed & self._tenant.app.scopes)

    async def _about(self, kind: str, person: Person, chat: Chat) -> Push:
        return await self._pushes.push(kind, self._write.about_chat(kind, person, chat))


def _initial(found: Found) -> Value:
    element = found.element
    if found.tag == "checker":
        return bool(element.get("checked", False))
    if found.tag in LISTS:
        return list(element.get("selected_values", ()))
    for key in ("default_value", "initial_option", "initial_date", "initial_time"):
        if element.get(key):
            return str(element[key])
    return str(element.get("initial_datetime", ""))
