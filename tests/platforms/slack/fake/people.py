"""People in front of the fake: they type, press, choose, fill in, open and close."""

from collections.abc import Iterable
from typing import Any

from tests.platforms.slack.fake import answers, envelopes, methods_views
from tests.platforms.slack.fake.elements import HOLDS_VALUE
from tests.platforms.slack.fake.errors import CannotDo
from tests.platforms.slack.fake.escaping import told
from tests.platforms.slack.fake.filling import (
    Found,
    Place,
    Values,
    action,
    fill,
    find,
    missing,
    pressed,
    state,
    told_at_once,
    value,
)
from tests.platforms.slack.fake.realm import Realm
from tests.platforms.slack.fake.schema import Payload
from tests.platforms.slack.fake.sending import Answer, Delivery, Sender
from tests.platforms.slack.fake.workspace import Channel, Message, User, View, Workspace


class People:
    """What people do. Every act is delivered to the app, and its answer is judged and carried out."""

    def __init__(self, realm: Realm, sender: Sender) -> None:
        self._realm = realm
        self._sender = sender
        self._filled: dict[tuple[str, str, str], dict[Place, Payload]] = {}

    async def command(
        self, user: str, command: str, text: str = "", *, channel: str | None = None
    ) -> Answer:
        """Type a slash command, in the DM with the app unless a channel is given."""
        workspace, person = self._who(user)
        where = self._channel(channel) if channel else workspace.dm(user)
        if user not in where.members or person.team != workspace.team:
            raise CannotDo(f"{user} cannot type a command in {where.id}")
        self._realm.manifest.need("commands", command)
        form = envelopes.command(
            workspace,
            person,
            where,
            command=command,
            text=workspace.mentioning(text, labelled=True),
            trigger_id=self._trigger(workspace, user),
            response_url=self._response_url(workspace, where, user),
        )
        answer = await self._sender.send(Delivery("command", form))
        answers.take_command(self._realm, command, answer, where, person)
        return answer

    async def press(
        self,
        user: str,
        message: Message,
        wanted: str,
        *,
        values: Values | None = None,
        nth: int | None = None,
    ) -> Answer:
        """Press a button of a message, by its words or action id; `values` fills fields first.

        The message is taken as the person saw it: an earlier look has the earlier buttons.
        """
        pressed(find(message.blocks, wanted, nth=nth))
        return await self.choose(user, message, wanted, None, values=values, nth=nth)

    async def choose(
        self,
        user: str,
        message: Message,
        wanted: str,
        given: Any,
        *,
        values: Values | None = None,
        nth: int | None = None,
    ) -> Answer:
        """Choose or type in an element of a message that tells the app at once."""
        self._realm.find_message(message.channel, message.ts)
        if message.only_for not in (None, user):
            raise CannotDo(f"{user} does not see this message")
        found = told_at_once(find(message.blocks, wanted, nth=nth))
        filled = self._filled.setdefault((user, message.channel, message.ts), {})
        fill(message.blocks, values or {}, filled)
        self._keep(found, given, filled)
        payload = self._of_message("block_actions", user, message)
        payload["state"] = {"values": state(message.blocks, filled)}
        payload["actions"] = [told(action(found, given, self._realm.ts()))]
        return await self._act(payload)

    async def press_in_view(
        self, user: str, wanted: str, *, values: Values | None = None, nth: int | None = None
    ) -> Answer:
        """Press a button of the modal that is open for a person."""
        pressed(find(self.view_of(user).content["blocks"], wanted, nth=nth))
        return await self.choose_in_view(user, wanted, None, values=values, nth=nth)

    async def choose_in_view(
        self,
        user: str,
        wanted: str,
        given: Any,
        *,
        values: Values | None = None,
        nth: int | None = None,
    ) -> Answer:
        """Choose or type in an element of the open modal that tells the app at once."""
        return await self._in_view(self.view_of(user), wanted, given, values=values, nth=nth)

    async def press_at_home(
        self,
        user: str,
        wanted: str,
        given: Any = None,
        *,
        values: Values | None = None,
        nth: int | None = None,
    ) -> Answer:
        """Press a button, or choose something, on a person's Home tab."""
        workspace, _ = self._who(user)
        if user not in workspace.homes:
            raise CannotDo(f"nothing is published on the Home tab of {user}")
        return await self._in_view(workspace.homes[user], wanted, given, values=values, nth=nth)

    async def submit(self, user: str, values: Values | None = None) -> Answer:
        """Fill in the open modal and send it; what Slack's client would not send is refused."""
        workspace, person = self._who(user)
        view = self.view_of(user)
        if "submit" not in view.content:
            raise CannotDo("this view has nothing to send it with")
        fill(view.content["blocks"], values or {}, view.values)
        held = state(view.content["blocks"], view.values)
        complaints = missing(view.content["blocks"], held)
        if complaints:
            raise CannotDo(f"Slack would not send this form: {complaints}")
        payload = envelopes.interaction(
            "view_submission",
            workspace,
            person,
            trigger_id=self._trigger(workspace, user, from_modal=True),
            view=methods_views.shown(view, workspace, values=held),
            response_urls=[],
        )
        answer = await self._sender.send(Delivery("interaction", payload))
        answers.take_submission(self._realm, answer, workspace, view)
        return answer

    async def close_view(self, user: str, *, all_of_them: bool = False) -> Answer | None:
        """Close the modal on top, or the whole stack; the app hears of it if it asked to."""
        workspace, person = self._who(user)
        view = self.view_of(user)
        stack = workspace.modals[user]
        all_of_them = all_of_them or bool(view.content.get("clear_on_close"))
        gone = list(stack) if all_of_them else [view]
        workspace.modals[user] = [v for v in stack if v not in gone]
        if not workspace.modals[user]:
            del workspace.modals[user]
        if not view.content.get("notify_on_close"):
            return None
        payload = envelopes.interaction(
            "view_closed",
            workspace,
            person,
            view=methods_views.shown(view, workspace),
            is_cleared=all_of_them,
        )
        return await self._act(payload)

    async def shortcut(self, user: str, callback: str) -> Answer:
        """Take a global shortcut."""
        self._realm.manifest.need("shortcuts", callback)
        workspace, person = self._who(user)
        payload = envelopes.interaction(
            "shortcut",
            workspace,
            person,
            callback_id=callback,
            action_ts=self._realm.ts(),
            trigger_id=self._trigger(workspace, user),
        )
        return await self._act(payload)

    async def message_shortcut(self, user: str, callback: str, message: Message) -> Answer:
        """Take a shortcut from a message's own menu."""
        self._realm.manifest.need("message_shortcuts", callback)
        payload = self._of_message("message_action", user, message)
        del payload["container"]
        payload |= {
            "callback_id": callback,
            "action_ts": self._realm.ts(),
            "message_ts": message.ts,
            "message": message.shown(),
        }
        return await self._act(payload)

    async def search(
        self, user: str, wanted: str, typed: str, *, message: Message | None = None
    ) -> list[Payload]:
        """Type into a menu that asks the app for its options: of a message, or of the open modal."""
        blocks = message.blocks if message else self.view_of(user).content["blocks"]
        found = find(blocks, wanted)
        if len(typed) < found.element.get("min_query_length", 3):
            return []
        block, action_id = found.place
        asked = {"block_id": block, "action_id": action_id, "value": typed}
        payload = self._searched(user, message) | asked
        answer = await self._sender.send(Delivery("interaction", payload))
        return answers.take_options(self._realm, answer) if answer.ok else []

    def _searched(self, user: str, message: Message | None) -> Payload:
        if message is not None:
            payload = self._of_message("block_suggestion", user, message)
            return {k: v for k, v in payload.items() if k not in ("trigger_id", "response_url")}
        workspace, person = self._who(user)
        view = self.view_of(user)
        return envelopes.interaction(
            "block_suggestion",
            workspace,
            person,
            container={"type": "view", "view_id": view.id},
            view=methods_views.shown(view, workspace),
        )

    def view_of(self, user: str) -> View:
        """The modal on top for a person."""
        workspace, _ = self._who(user)
        if user not in workspace.modals:
            raise CannotDo(f"no modal is open for {user}")
        return workspace.modals[user][-1]

    async def _in_view(
        self, view: View, wanted: str, given: Any, *, values: Values | None, nth: int | None
    ) -> Answer:
        workspace, person = self._who(view.user)
        blocks: Iterable[Payload] = view.content["blocks"]
        found = told_at_once(find(blocks, wanted, nth=nth))
        fill(blocks, values or {}, view.values)
        self._keep(found, given, view.values)
        modal = view.content["type"] == "modal"
        held = state(blocks, view.values)
        payload = envelopes.interaction(
            "block_actions",
            workspace,
            person,
            container={"type": "view", "view_id": view.id},
            trigger_id=self._trigger(workspace, view.user, from_modal=modal),
            view=methods_views.shown(view, workspace, values=held),
            actions=[action(found, given, self._realm.ts())],
        )
        return await self._act(payload)

    async def _act(self, payload: Payload) -> Answer:
        answer = await self._sender.send(Delivery("interaction", payload))
        answers.take_nothing(self._realm, str(payload["type"]), answer)
        return answer

    def _of_message(self, kind: str, user: str, message: Message) -> Payload:
        workspace, person = self._who(user)
        channel = self._channel(message.channel)
        hidden = message.only_for is not None
        payload = envelopes.interaction(
            kind,
            workspace,
            person,
            container={
                "type": "message",
                "message_ts": message.ts,
                "channel_id": channel.id,
                "is_ephemeral": hidden,
                **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
            },
            channel={"id": channel.id, "name": envelopes.channel_name(channel)},
            trigger_id=self._trigger(workspace, user),
            response_url=self._response_url(workspace, channel, user, source=message.ts),
        )
        return payload if hidden else payload | {"message": message.shown()}

    @staticmethod
    def _keep(found: Found, given: Any, filled: dict[Place, Payload]) -> None:
        if found.element["type"] in HOLDS_VALUE:
            filled[found.place] = value(found.element, given)

    def _who(self, user: str) -> tuple[Workspace, User]:
        workspace = self._realm.home_of(user)
        if workspace.users[user].deleted:
            raise CannotDo(f"{user} is deactivated")
        return workspace, workspace.users[user]

    def _channel(self, id_: str) -> Channel:
        return self._realm.find_channel(id_)[1]

    def _trigger(self, workspace: Workspace, user: str, *, from_modal: bool = False) -> str:
        since = self._realm.clock.passed
        return self._realm.passes.trigger(user, workspace.team, since, from_modal=from_modal).id

    def _response_url(
        self, workspace: Workspace, channel: Channel, user: str, *, source: str | None = None
    ) -> str:
        made = self._realm.passes.response(
            workspace.team, channel.id, user, self._realm.clock(), source=source
        )
        return f"{self._realm.address}/response/{workspace.team}/{made.secret}"
