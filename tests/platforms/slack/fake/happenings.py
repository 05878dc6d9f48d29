"""What happens in a workspace and reaches the app as an event."""

from typing import Any

from tests.platforms.slack.fake import envelopes, methods_views
from tests.platforms.slack.fake.errors import CannotDo
from tests.platforms.slack.fake.escaping import escaped
from tests.platforms.slack.fake.realm import Realm
from tests.platforms.slack.fake.schema import Payload
from tests.platforms.slack.fake.sending import Answer, Delivery, Sender
from tests.platforms.slack.fake.workspace import Channel, File, Message, Workspace


class Happenings:
    """Each changes the workspace first, then tells the app."""

    def __init__(self, realm: Realm, sender: Sender) -> None:
        self._realm = realm
        self._sender = sender

    async def say(self, user: str, text: str, *, thread_ts: str | None = None) -> Answer:
        """Write to the app in the DM."""
        workspace = self._realm.home_of(user)
        manifest = self._realm.manifest
        if not (manifest.messages_tab and manifest.people_may_write):
            raise CannotDo("the manifest lets nobody write to the app")
        channel = workspace.dm(user)
        message = self.written(user, channel.id, text, thread_ts=thread_ts)
        inner = {**self._said(message, text), "channel_type": "im"}
        return await self._tell(workspace, inner)

    async def hand(
        self, user: str, name: str, content: bytes, *, text: str = "", mode: str = "hosted"
    ) -> Answer:
        """Send a file to the app in the DM; from a shared channel its event tells the id alone."""
        workspace = self._realm.home_of(user)
        channel = workspace.dm(user)
        file = File(workspace.new("F"), name, len(content), content, name, channel.id, True, mode)
        workspace.files[file.id] = file
        message = self.written(user, channel.id, text)
        told: Payload = {"id": file.id, "name": name, "mode": mode, "size": file.length}
        if mode == "check_file_info":
            told = {"id": file.id, "mode": "file_access", "file_access": "check_file_info"}
        message.files = [told]
        inner = {**self._said(message, text), "channel_type": "im"}
        shared = {"subtype": "file_share", "files": message.files, "upload": False}
        return await self._tell(workspace, inner | shared)

    async def mention(
        self, user: str, channel: str, text: str, *, thread_ts: str | None = None
    ) -> Answer:
        """Name the app in a channel."""
        workspace, place = self._realm.find_channel(channel)
        if workspace.bot.id not in place.members:
            raise CannotDo(f"the app is not in {channel} and hears nothing there")
        named = f"<@{workspace.bot.id}> "
        message = self.written(user, channel, text, thread_ts=thread_ts)
        message.text = named + message.text
        inner = {**self._said(message, text), "type": "app_mention"}
        return await self._tell(workspace, inner, place)

    def written(
        self, user: str, channel: str, text: str, *, thread_ts: str | None = None
    ) -> Message:
        """A message of a person that stands in a channel; the app is not told."""
        workspace, place = self._realm.find_channel(channel)
        message = Message(
            channel,
            self._realm.ts(),
            user,
            workspace.mentioning(text),
            envelopes.rich_text(text),
            thread_ts=thread_ts,
        )
        return workspace.post(place, message)

    async def open_home(self, user: str, *, tab: str = "home") -> Answer:
        """Open the app's Home tab, or its messages."""
        workspace = self._realm.home_of(user)
        inner: Payload = {
            "type": "app_home_opened",
            "user": user,
            "channel": workspace.dm(user).id,
            "tab": tab,
        }
        if tab == "home" and user in workspace.homes:
            inner["view"] = methods_views.shown(workspace.homes[user], workspace)
        return await self._tell(workspace, inner)

    async def edited(self, user: str, ts: str, text: str) -> Answer:
        """Change an own message in the DM."""
        workspace = self._realm.home_of(user)
        channel = workspace.dm(user)
        message = self._realm.find_message(channel.id, ts)
        before = message.shown()
        message.text, message.edited = escaped(text), self._realm.ts()
        inner = self._hidden(channel, "message_changed", previous_message=before)
        return await self._tell(workspace, inner | {"message": message.shown()})

    async def deleted(self, user: str, ts: str) -> Answer:
        """Take an own message in the DM back."""
        workspace = self._realm.home_of(user)
        channel = workspace.dm(user)
        message = self._realm.find_message(channel.id, ts)
        channel.messages.remove(message)
        inner = self._hidden(channel, "message_deleted", previous_message=message.shown())
        return await self._tell(workspace, inner | {"deleted_ts": ts})

    async def bot_says(self, channel: str, text: str, *, bot: str, user: str) -> Answer:
        """A bot writes in a conversation that the app is in."""
        workspace, place = self._realm.find_channel(channel)
        message = Message(channel, self._realm.ts(), user, text, bot_id=bot)
        workspace.post(place, message)
        inner = {
            **message.shown(),
            "subtype": "bot_message",
            "channel": channel,
            "channel_type": "im" if place.kind == "im" else "channel",
        }
        return await self._tell(workspace, inner, place)

    async def leave(self, user: str, channel: str) -> Answer:
        """Somebody leaves a channel, or the app is taken out of it."""
        workspace, place = self._realm.find_channel(channel)
        place.members.remove(user)
        inner = {
            "type": "member_left_channel",
            "user": user,
            "channel": channel,
            "channel_type": "C" if place.kind == "public" else "G",
            "team": workspace.team,
        }
        return await self._tell(workspace, inner, place)

    async def archive(self, channel: str, by: str) -> Answer:
        workspace, place = self._realm.find_channel(channel)
        place.is_archived = True
        kind = "channel_archive" if place.kind == "public" else "group_archive"
        inner = {"type": kind, "channel": channel, "user": by, "is_moved": 0}
        return await self._tell(workspace, inner, place)

    async def share(self, channel: str, with_team: str) -> Answer:
        """Another organisation joins a channel."""
        workspace, place = self._realm.find_channel(channel)
        place.is_ext_shared, place.is_pending_ext_shared = True, False
        place.shared_team_ids = [*(place.shared_team_ids or [workspace.team]), with_team]
        inner = {
            "type": "channel_shared",
            "channel": channel,
            "connected_team_id": with_team,
        }
        return await self._tell(workspace, inner, place)

    async def unshare(self, channel: str, from_team: str) -> Answer:
        workspace, place = self._realm.find_channel(channel)
        place.shared_team_ids = [t for t in place.shared_team_ids if t != from_team]
        place.is_ext_shared = len(place.shared_team_ids) > 1
        inner = {
            "type": "channel_unshared",
            "channel": channel,
            "previously_connected_team_id": from_team,
            "is_ext_shared": place.is_ext_shared,
        }
        return await self._tell(workspace, inner, place)

    async def uninstall(self, team: str) -> Answer:
        """An admin takes the app out of the workspace."""
        for token in self._realm.tokens.values():
            if token.team == team:
                token.state = "account_inactive"
        return await self._tell(self._realm.workspaces[team], {"type": "app_uninstalled"})

    async def revoke(self, team: str) -> Answer:
        """The app's token is revoked."""
        workspace = self._realm.workspaces[team]
        for token in self._realm.tokens.values():
            if token.team == team:
                token.state = "token_revoked"
        tokens = {"oauth": [], "bot": [workspace.bot.id]}
        return await self._tell(workspace, {"type": "tokens_revoked", "tokens": tokens})

    async def tell(self, team: str, inner: Payload, *, shared: bool = False) -> Answer:
        """Any other event; one that the manifest does not subscribe to is not sent."""
        workspace = self._realm.workspaces[team]
        if not self._realm.manifest.subscribes(inner):
            return Answer(0, reason="not subscribed")
        told = envelopes.event(self._realm, workspace, inner, shared=shared)
        return await self._sender.send_event(told)

    async def verify_url(self) -> Answer:
        """Slack asks whether the request URL is the app's own."""
        challenge = f"challenge-{self._realm.number()}"
        payload = {
            "token": envelopes.VERIFICATION,
            "challenge": challenge,
            "type": "url_verification",
        }
        answer = await self._sender.send(Delivery("event", payload))
        told = answer.json if isinstance(answer.json, dict) else {"challenge": answer.text}
        if told.get("challenge") != challenge:
            self._realm.blame("url_verification", "the challenge did not come back")
        return answer

    async def _tell(
        self, workspace: Workspace, inner: Payload, channel: Channel | None = None
    ) -> Answer:
        shared = channel is not None and channel.is_ext_shared
        return await self.tell(workspace.team, inner, shared=shared)

    def _said(self, message: Message, text: str) -> Payload:
        workspace = self._realm.home_of(message.user)
        told = message.shown() | {
            "client_msg_id": f"{self._realm.number():08x}-0000-4000-8000-000000000000",
            "team": workspace.users[message.user].team,
            "channel": message.channel,
            "event_ts": message.ts,
        }
        if message.thread_ts:
            told["parent_user_id"] = workspace.bot.id
        return told

    def _hidden(self, channel: Channel, subtype: str, **more: Any) -> Payload:
        return {
            "type": "message",
            "subtype": subtype,
            "hidden": True,
            "channel": channel.id,
            "channel_type": "im",
            "ts": self._realm.ts(),
            **more,
        }
