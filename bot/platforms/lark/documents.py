"""Long texts as documents: made by the app, and open to one reader alone, or to those of a chat.

Nothing is read back: a document is there to be read and copied. Sources: docx-v1/document/create,
docx-v1/document-block-children/create and drive-v1/permission-member/create on open.feishu.cn.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import structlog

from bot.core.words import Text
from bot.engine.errors import Later, Refused
from bot.engine.papers import File
from bot.platforms.lark.api import Api
from bot.platforms.lark.codes import RATES, ApiError, Cut, class_of
from bot.platforms.lark.pace import Pace

A_SECOND = 3  # calls for one document, and for all of an app
TOGETHER = 50  # paragraphs of a call
PARAGRAPH = 10_000  # characters; what is longer goes on in the next one
_DOCUMENTS = "/open-apis/docx/v1/documents"
_TEXT = 2  # block_type

SCOPE = 99991672
NO_SCOPE = Text(en="the app lacks a right for documents.", zh="应用缺少文档权限。")
NOT_MADE = Text(en="the platform refused it.", zh="平台没有同意。")

_log = structlog.get_logger(__name__)


class Documents:
    """The app's way to write them."""

    def __init__(self, api: Api, base_url: str, *, time: Callable[[], float]) -> None:
        self._api = api
        self._host = (urlsplit(base_url).netloc or base_url).removeprefix("open.")
        self._pace = Pace(A_SECOND, time)

    async def write(self, title: str, text: str, reader: str) -> str:
        """The link to a new document with this text, shared with the reader (an open_id).

        Raises ApiError, Cut or Later; what was begun then stays, and nobody can open it.
        """
        id_ = await self._made(title, text)
        await self._share(id_, "openid", reader)
        return self._link(id_)

    async def for_chat(self, file: File, chat: str) -> tuple[str, str]:
        """The id of a new document and its link, open to whoever is in that chat at any time.

        Raises Refused with why none came of it, or Later. To try again makes a second one, and the
        first stays without a link to it.
        """
        try:
            id_ = await self._made(file.name.rpartition(".")[0], file.content.decode())
            await self._share(id_, "openchat", chat)
        except Cut as error:
            raise Later from error
        except ApiError as error:
            raise _of_a_chat(error) from error
        return id_, self._link(id_)

    async def tried(self, title: str, text: str, reader: str) -> str:
        """The same; empty where the platform refuses it, so that the text is sent."""
        try:
            return await self.write(title, text, reader)
        except (ApiError, Cut, Later) as error:
            _log.warning("document not written; the text is sent", why=str(error))
            return ""

    async def page(self, file: File, reader: str) -> str:
        """The link to a document made of a file of text. Raises one of the delivery errors."""
        title = file.name.rpartition(".")[0]
        try:
            return await self.write(title, file.content.decode(), reader)
        except (ApiError, Cut) as error:
            raise class_of(error, repeatable=True) from error

    async def _made(self, title: str, text: str) -> str:
        """The id of a new document with this text, that nobody can open yet."""
        made = await self._call("POST", _DOCUMENTS, {"title": title})
        document = made.get("document")
        if not isinstance(document, dict) or "document_id" not in document:
            raise ApiError(-1, "no document came of it", 502)
        id_ = str(document["document_id"])
        paragraphs = _paragraphs(text)
        for start in range(0, len(paragraphs), TOGETHER):
            blocks = [_block(words) for words in paragraphs[start : start + TOGETHER]]
            path = f"{_DOCUMENTS}/{id_}/blocks/{id_}/children"
            await self._call("POST", path, {"children": blocks, "index": -1})
        return id_

    async def _share(self, id_: str, kind: str, member: str) -> None:
        await self._api.call(
            "POST",
            f"/open-apis/drive/v1/permissions/{id_}/members",
            {"member_type": kind, "member_id": member, "perm": "view"},
            query={"type": "docx", "need_notification": "false"},
        )

    def _link(self, id_: str) -> str:
        return f"https://{self._host}/docx/{id_}"

    async def _call(self, method: str, path: str, body: dict[str, Any]) -> Mapping[str, Any]:
        await self._pace.wait("")
        return await self._api.call(method, path, body)


def _of_a_chat(error: ApiError) -> Exception:
    """Why no document came of it, in a sentence for its owner; what passes is tried again."""
    if error.code in RATES or error.status == 429 or error.status >= 500:
        return Later(error.reset)
    return Refused(NO_SCOPE if error.code == SCOPE else NOT_MADE)


def _paragraphs(text: str) -> Sequence[str]:
    """The lines of a text; an empty one keeps its place."""
    return [
        line[start : start + PARAGRAPH]
        for line in text.split("\n")
        for start in range(0, max(len(line), 1), PARAGRAPH)
    ]


def _block(words: str) -> dict[str, Any]:
    """A paragraph of plain words, of which no link or mention comes."""
    return {"block_type": _TEXT, "text": {"elements": [{"text_run": {"content": words}}]}}
