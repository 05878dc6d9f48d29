"""Copies of a case in Feishu or Lark: tasks, calendar entries, a row of the register, a page for a channel's people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from bot.core.mirroring.mirrored import Copy, Kind, Wants
from bot.core.mirroring.wishes import Entry, Line, Page, Task
from bot.core.words import Language, TenantId, Text
from bot.engine.errors import Refused
from bot.engine.mirrors import Order
from bot.platforms.lark.api import Api
from bot.platforms.lark.documents import Documents
from bot.platforms.lark.entries import Entries
from bot.platforms.lark.register import Register
from bot.platforms.lark.tasks import Tasks

_NONE = Text(en="this server makes no documents.", zh="这个服务器不生成文档。")

REGISTER = Text(en="The register of cases: {why}", zh="延期登记表：{why}")


@dataclass(frozen=True, slots=True)
class Home:
    """Where the app is: its id, and the platform's own names for where people are."""

    app_id: str
    base_url: str

    @property
    def is_feishu(self) -> bool:
        """Whether it is the platform for China."""
        return self.base_url.endswith("feishu.cn")

    @property
    def link(self) -> str:
        """What opens the conversation with the bot."""
        host = "applink.feishu.cn" if self.is_feishu else "applink.larksuite.com"
        return f"https://{host}/client/bot/open?appId={self.app_id}"


class LarkMirror:
    """All of them, each by the part that knows it."""

    can: frozenset[Kind] = frozenset({"task", "entry", "row", "page"})

    def __init__(
        self,
        api: Api,
        home: Home,
        usual: Wants,
        documents: Documents | None,
        *,
        time: Callable[[], float],
    ) -> None:
        self._usual = usual
        language: Language = "zh" if home.is_feishu else "en"
        self._tasks = Tasks(api, home.link, time=time)
        self._entries = Entries(api)
        self._register = Register(api, language, time=time)
        self._documents = documents
        self.mend: Callable[[Text], None] = _unheard  # told what an operator must see to

    def usual(self, _tenant: TenantId) -> Wants:
        """What the operator wants of this app."""
        return self._usual

    async def write(self, order: Order) -> Copy:
        """The copy as it stands now. Raises Refused, Later, ApiError."""
        match order.step.wish:
            case Task() as wish:
                return await self._tasks.write(order, wish)
            case Line() as wish:
                return await self._row(order, wish)
            case Page() as wish:
                return await self._page(order, wish)
            case Entry() as wish:
                return await self._entries.write(order, wish)
            case None:
                return await self._ended(order)
            case _:
                assert_never(order.step.wish)

    async def _ended(self, order: Order) -> Copy:
        copy = order.step.copy
        part = self._entries if order.step.key.startswith("entry:") else self._tasks
        if copy is not None and copy.ref:
            return await part.end(copy)
        if copy is not None and copy.tried:
            await part.withdraw(order.token)
        return Copy("", "", order.step.made)

    async def _row(self, order: Order, wish: Line) -> Copy:
        try:
            return await self._register.write(order, wish)
        except Refused as error:
            self.mend(REGISTER.fill(why=error.text))
            raise

    async def _page(self, order: Order, wish: Page) -> Copy:
        if self._documents is None or order.file is None:
            raise Refused(_NONE)
        chat = wish.room.conversation.rpartition("/")[2]
        ref, url = await self._documents.for_chat(order.file, chat)
        return Copy(ref, order.step.digest, order.step.made, url)


def _unheard(_: Text) -> None:
    return None
