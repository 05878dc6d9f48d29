"""The way out: cards to conversations, each once; see references.py for what they are called."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.core.cards.blocks import Card, Paragraph
from bot.core.pings.rooms import Here
from bot.core.words import Language, TenantId, Text
from bot.engine.errors import CannotLook, Outdated, Refused
from bot.engine.papers import File
from bot.engine.ports import MessageRef
from bot.platforms.lark.api import Api
from bot.platforms.lark.codes import NO_SHARING, OLD, ApiError, Cut, class_of
from bot.platforms.lark.documents import Documents
from bot.platforms.lark.pen import mark
from bot.platforms.lark.references import NAME, Posted, named, placed, posted
from bot.platforms.lark.render import as_text, dumped, linked, plain, render
from bot.platforms.lark.wire import MESSAGES, Wire, interactive

ONCE = timedelta(minutes=55)  # of the hour in which a uuid makes one message at most
FRESH = timedelta(days=13)  # the platform patches a card for 14 days
MESSAGE = 40_000  # characters of a text; the platform takes 150 KB
WHOLE = 1_000  # chats whose last whole text is remembered
WHOLE_TEXT = "Candor · the whole text · 全文"  # the title of a document
PAGE, PAGES = 50, 40  # messages of a page, and pages, that a look-up reads at most
_FILES = "/open-apis/im/v1/files"

MOVED = Text(
    en="This card is old, so the conversation goes on in a newer one below.",
    zh="这张卡片时间久了，对话已接到下面的新卡片里。",
)

BACK = Text(
    en="I was away for a while. Nothing is lost, and I go on below.",
    zh="我刚才中断了一阵子，内容都没有丢，下面接着来。",
)

OUTSIDE = Text(
    en="People from outside are in that group, so nothing internal is said there; copy the text instead.",
    zh="那个群里有外部成员，内部内容不会发到那里；请改为复制文字。",
)

Known = Callable[[TenantId, str], Awaitable[MessageRef | None]]  # an earlier message, if any

_log = structlog.get_logger(__name__)


class LarkChannel:
    """Posts, edits and finds cards. Usable while its `Api` is open."""

    def __init__(self, api: Api, *, now: Callable[[], datetime], time: Callable[[], float]) -> None:
        self._api = api
        self._now = now
        self._chats: dict[str, str] = {}  # conversation: the chat that it takes place in
        self._outside: set[str] = set()  # groups that people from outside are in
        self._people: dict[str, str] = {}  # chats, and whom the bot is alone with there
        self._whole: dict[str, str] = {}  # by chat, the text that was last sent whole
        self._wire = Wire(api, time, whose=lambda id_: self._people.get(id_, id_))
        self.known: Known = _nothing
        self.documents: Documents | None = None  # for long texts, where the operator wants them
        self.after_post: Callable[[str, MessageRef, Card, Language], None] = _ignored

    @property
    def refused(self) -> Callable[[str, Text], None]:
        """Hears of each conversation that takes nothing, with why."""
        return self._wire.refused

    @refused.setter
    def refused(self, hears: Callable[[str, Text], None]) -> None:
        self._wire.refused = hears

    def learn(self, where: str, chat: str) -> None:
        """Remember which chat a conversation takes place in."""
        self._chats[where] = chat
        id_ = where.rpartition("/")[2]
        if not id_.startswith("oc_"):
            self._people[chat] = id_

    def is_alone(self, where: str, chat: str) -> bool:
        """Whether that chat is known to be where a conversation takes place."""
        return bool(chat) and self._chats.get(where) == chat

    async def post(
        self,
        conversation: str,
        key: str,
        card: Card,
        language: Language,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef:
        """A new message; for an hour, one at most for each key. Raises the classes of errors.py."""
        await self._keep_inside(conversation, card)
        if card.plain:
            data = await self._wire.send(conversation, {**plain(card, language), "uuid": key[:50]})
            return self._ref(conversation, data)
        drawn = render(card, language, key)
        body = {**interactive(drawn), "uuid": key[:50]}
        below = await self._below(under, body) if under else None
        data = below or await self._wire.send(conversation, body)
        ref = self._ref(conversation, data)
        await self._say_whole(posted(ref).chat, drawn.cut, key)
        self.after_post(conversation, ref, card, language)
        return ref

    async def edit(self, ref: MessageRef, key: str, card: Card, language: Language) -> None:
        """The card in the place of the message; raises Outdated near the end of its 14 days."""
        message = posted(ref)
        if self._now() - message.at > FRESH:
            await self._say_where(message, language)
            raise Outdated
        if message.in_group:
            await self._keep_inside(message.chat, card)
        drawn = render(card, language, key)
        await self._wire.patch(message, drawn)
        await self._say_whole(message.chat, drawn.cut, key)

    async def find(
        self,
        conversation: str,
        key: str,
        since: datetime,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef | None:
        """The message with this key, read from the chat; a thread cannot be read that way.

        Where the chat is not known, None within the hour in which to post the key again makes no
        second message; after it a word to the person tells which chat to read. A group is not read,
        which would take a scope for all that people say there: None within that hour, CannotLook
        after it. Raises CannotLook, too, where there is too much to read.
        """
        if conversation.rpartition("/")[2].startswith("oc_"):
            if self._now() - since >= ONCE:
                raise CannotLook
            return None
        chat = await self._chat(conversation)
        if under is not None:
            return await self._found_below(conversation, chat, key, since)
        if not chat and self._now() - since >= ONCE:
            chat = await self._say_back(conversation)
        found = await self._read(chat, key, since) if chat else None
        return placed(conversation, found) if found is not None else None

    async def _found_below(
        self, where: str, chat: str, key: str, since: datetime
    ) -> MessageRef | None:
        """The message in a thread, where the chat shows it; else as within the hour of a uuid."""
        found = await self._read(chat, key, since) if chat else None
        if found is None and self._now() - since >= ONCE:
            raise CannotLook
        return placed(where, found) if found is not None else None

    async def bring(self, conversation: str, key: str, file: File) -> None:
        """A file as a message of its own; for an hour, one at most for each key. Raises as `post`."""
        kind = "doc" if file.name.endswith(".docx") else "stream"
        try:
            fields = {"file_type": kind, "file_name": file.name}
            found = await self._api.upload(_FILES, fields, file.name, file.content)
        except (ApiError, Cut) as error:
            raise class_of(error, repeatable=True) from error
        content = dumped({"file_key": str(found.get("file_key", ""))})
        await self._wire.send(
            conversation, {"msg_type": "file", "content": content, "uuid": key[:50]}
        )

    async def point(self, where: str, key: str, link: str) -> None:
        """A message with the link to a document."""
        body = {"msg_type": "interactive", "content": dumped(linked(link))}
        await self._wire.send(where, {**body, "uuid": key[:50]})

    async def reply(self, message: str, card: Card, key: str, language: Language) -> None:
        """Answer a message of a group in its thread."""
        drawn = render(card, language, key)
        body = {**interactive(drawn), "uuid": key[:50], "reply_in_thread": True}
        await self._wire.call("POST", f"{MESSAGES}/{message}/reply", body, repeatable=True)

    async def _below(self, root: MessageRef, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Sent in the thread of that message; None where that one was taken back."""
        to = posted(root)
        await self._wire.turn(to.chat)
        path, body = f"{MESSAGES}/{to.message}/reply", {**body, "reply_in_thread": True}
        try:
            return await self._wire.call("POST", path, body, repeatable=False)
        except ApiError as error:
            if error.code not in OLD:
                raise
        return None

    async def _keep_inside(self, where: str, card: Card) -> None:
        """Raises Refused for a card of ours in a group that people from outside read."""
        chat = where.rpartition("/")[2]
        if card.plain or not chat.startswith("oc_"):
            return
        if chat not in self._outside:  # asked each time: somebody from outside may be let in
            found = await self._wire.call("GET", f"/open-apis/im/v1/chats/{chat}", repeatable=True)
            if found.get("external") is False:
                return
            if found.get("external"):
                self._outside.add(chat)
        raise Refused(OUTSIDE, why="outsiders")

    async def about(self, _tenant: TenantId, conversation: str) -> Here:
        """What a group is called and whether people from outside are in it. Raises as `post`."""
        chat = conversation.rpartition("/")[2]
        path = f"/open-apis/im/v1/chats/{chat}"
        try:
            found = await self._wire.call("GET", path, repeatable=True)
        except Refused as error:
            outside = error.why == NO_SHARING
            return Here(NAME, conversation, "", "external" if outside else "absent")
        name = str(found.get("name") or chat)
        outside = found.get("external") is not False or found.get("chat_mode") == "p2p"
        return Here(NAME, conversation, name, "external" if outside else "internal")

    async def _say_whole(self, chat: str, text: str, key: str) -> None:
        """Send a text that did not fit into its card, to be copied; not the same one again."""
        if not text or self._whole.get(chat) == text:
            return
        link = await self._written(chat, text)
        if link:
            await self.point(f"/{chat}", f"{key[:46]}-d", link)
            self._remember(chat, text)
            return
        for number, start in enumerate(range(0, len(text), MESSAGE)):
            words = as_text(text[start : start + MESSAGE])
            await self._wire.send(f"/{chat}", {**words, "uuid": f"{key[:46]}-t{number}"})
        self._remember(chat, text)

    def _remember(self, chat: str, text: str) -> None:
        if len(self._whole) >= WHOLE:
            self._whole.clear()  # at worst a text is sent whole once more
        self._whole[chat] = text

    async def _written(self, chat: str, text: str) -> str:
        """The link to a document with the text; empty where there is none, so that it is sent."""
        reader = self._people.get(chat, "")
        if self.documents is None or not reader:
            return ""
        return await self.documents.tried(WHOLE_TEXT, text, reader)

    async def _say_where(self, old: Posted, language: Language) -> None:
        """Let an old card say where its conversation goes on; without harm when it cannot."""
        try:
            await self._wire.patch(old, render(Card(MOVED, (Paragraph(MOVED),)), language))
        except Exception as error:  # noqa: BLE001 - the new card matters, not the old one
            _log.info("old card not changed", error=type(error).__name__)

    async def _say_back(self, where: str) -> str:
        """The chat with somebody who has no message of ours that we know of: a word shows it.

        No call tells it otherwise. Said once a day at most, and only where a message is in doubt.
        """
        day = self._now().date().isoformat()
        drawn = render(Card(BACK, (Paragraph(BACK),)), "en")
        body = {**interactive(drawn), "uuid": f"back-{mark(where)}-{day}"}
        chat = posted(self._ref(where, await self._wire.send(where, body))).chat
        if not chat:
            raise CannotLook
        return chat

    async def _chat(self, where: str) -> str:
        tenant, _, id_ = where.rpartition("/")
        if id_.startswith("oc_"):
            return id_
        if where not in self._chats:
            earlier = await self.known(TenantId(tenant), where)
            if earlier is not None:
                self._chats[where] = posted(earlier).chat
        return self._chats.get(where, "")

    async def _read(self, chat: str, key: str, since: datetime) -> MessageRef | None:
        """Look through the chat, the newest first, for the card that bears the key's mark."""
        wanted = mark(key)  # unquoted: the card comes back as a text within JSON
        query = {
            "container_id_type": "chat",
            "container_id": chat,
            "start_time": str(int(since.timestamp()) - 60),
            "sort_type": "ByCreateTimeDesc",
            "page_size": str(PAGE),
            "card_msg_content_type": "user_card_content",  # without it, a placeholder
        }
        for _ in range(PAGES):
            data = await self._wire.call("GET", MESSAGES, query=query, repeatable=True)
            for item in data.get("items", ()):
                if wanted in str(item.get("body", {}).get("content", "")):
                    return named(chat, item)
            if not data.get("has_more"):
                return None
            query["page_token"] = str(data.get("page_token", ""))
        raise CannotLook

    def _ref(self, where: str, data: Mapping[str, Any]) -> MessageRef:
        chat = str(data.get("chat_id", ""))
        if chat:
            self.learn(where, chat)
        made = {"create_time": str(int(1000 * self._now().timestamp())), **data}
        return placed(where, named(chat, made))


async def _nothing(_: TenantId, __: str) -> MessageRef | None:
    return None


def _ignored(_: str, __: MessageRef, ___: Card, ____: Language) -> None:
    return None
