"""Calls to Slack's Web API: one session, one time limit each, no silent repeats.

Every failure comes out as one of the engine's few delivery errors.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.engine.errors import CannotLook, DeliveryError, Later, Refused
from bot.platforms.slack import faults
from bot.platforms.slack.texts import Payload

CALL = 8  # seconds of a call
QUICK = 1.8  # seconds of a call that a person waits for, within the three that Slack gives

READS = frozenset(  # Slack reads JSON for methods that write; of these it would see no argument
    {
        "conversations.history", "conversations.info", "conversations.members",
        "conversations.replies", "dnd.info", "files.getUploadURLExternal", "files.info",
        "users.info",
    }
)  # fmt: skip

_log = structlog.get_logger(__name__)


class Calls:
    """The Web API with the bot's token. Open it before the first call, close it after the last."""

    def __init__(
        self,
        token: str,
        base_url: str,
        *,
        patience: float = CALL,
        newer: Callable[[], Awaitable[str]] | None = None,
    ) -> None:
        """`newer` gives the token as it is kept now, where another process may have renewed it."""
        self._token = token
        self._newer = newer
        self._own_session = False
        self._patience = patience
        self._base_url = base_url
        self._session: aiohttp.ClientSession | None = None
        self._client: AsyncWebClient | None = None
        self._troubles: dict[str, str] = {}  # by method what an operator has to mend; "" of all

    @property
    def trouble(self) -> str:
        """One sentence for an operator, while something of theirs keeps a call from Slack; or empty."""
        return next(iter(self._troubles.values()), "")

    @staticmethod
    def session(patience: float) -> aiohttp.ClientSession:
        """A session for calls; give it to `open` where several tokens share one."""
        limit = aiohttp.ClientTimeout(total=patience, connect=patience / 2)
        return aiohttp.ClientSession(timeout=limit)

    async def open(self, session: aiohttp.ClientSession | None = None) -> None:
        """Work over this session; without one, over one of its own."""
        self._own_session = session is None
        self._session = session or self.session(self._patience)
        self._client = AsyncWebClient(
            token=self._token,
            base_url=self._base_url,
            session=self._session,
            timeout=CALL,  # the session's own limit is what counts
            logger=_quiet(),
            retry_handlers=[],  # a post that is repeated in here would be said twice
        )

    async def close(self) -> None:
        """Close the session, if it is its own."""
        if self._session is not None and self._own_session:
            await self._session.close()

    def use(self, token: str) -> None:
        """Go on with a newer token."""
        self._token = token
        if self._client is not None:
            self._client.token = token

    async def call(
        self, method: str, *, within: float = CALL, looks: bool = False, **arguments: Any
    ) -> Payload:
        """What Slack answers. Raises one of the delivery errors of engine.errors.

        `within` is how many seconds it may take; QUICK for what a person waits for. A call that
        `looks` a message up and may not is CannotLook: everything else still works.
        """
        if self._client is None:
            raise faults.translated(TimeoutError())
        sent = {name: value for name, value in arguments.items() if value is not None}
        try:
            async with asyncio.timeout(min(within, self._patience)):
                found = await self._asked(self._client, method, sent)
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            raise self._noted(method, error, looks=looks) from error
        self._troubles.pop(method, None)
        self._troubles.pop("", None)
        data = found.data
        return data if isinstance(data, dict) else {}

    async def _asked(
        self, client: AsyncWebClient, method: str, sent: Payload
    ) -> AsyncSlackResponse:
        """Ask once; a second time only where the token was not the newest, and nothing was done."""
        try:
            return await self._ask(client, method, sent)
        except SlackApiError as error:
            if self._newer is None or faults.named(error) not in faults.OF_THE_TOKEN:
                raise
            token = await self._newer()
            if not token or token == self._token:
                raise
            self.use(token)
        return await self._ask(client, method, sent)

    async def _ask(self, client: AsyncWebClient, method: str, sent: Payload) -> AsyncSlackResponse:
        if method in READS:
            return await client.api_call(method, http_verb="GET", params=sent)
        return await client.api_call(method, json=sent)

    async def upload(self, url: str, content: bytes) -> None:
        """Hand over a file's bytes at the address that Slack gave for it. Raises as `call` does."""
        if self._session is None:
            raise faults.translated(TimeoutError())
        try:
            async with self._session.post(url, data=content) as found:
                if found.status != 200:
                    _log.info("a file was refused", status=found.status)
                    raise Later
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise faults.translated(error) from error

    async def download(self, url: str, *, most: int) -> bytes:
        """What stands at an address that Slack named, one byte over `most` at most.

        The token goes to Slack alone. Without the scope, Slack answers with a page to sign in.
        Raises as `call` does.
        """
        if self._session is None or not self.is_slacks(url):
            raise faults.translated(TimeoutError())
        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            async with self._session.get(url, headers=headers, allow_redirects=False) as found:
                is_page = found.content_type == "text/html"
                if found.status != 200 or is_page:
                    _log.info("a file was not given", status=found.status, page=is_page)
                    raise Refused(why="Refused")
                return await _read(found, most + 1)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise faults.translated(error) from error

    def is_slacks(self, url: str) -> bool:
        """Whether an address is Slack's own, so that it may have the token."""
        to, own = urlsplit(url), urlsplit(self._base_url)
        if (to.scheme, to.netloc) == (own.scheme, own.netloc):
            return True
        host = to.hostname or ""
        return to.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com"))

    def end(self) -> None:
        """Slack says that the app was taken out of the workspace."""
        self._trouble("", faults.TO_MEND["app_uninstalled"].en, "app_uninstalled")

    async def respond(self, url: str, payload: Payload) -> str:
        """Answer through a response URL; empty when it was taken, else Slack's word for why not.

        Raises as `call` does.
        """
        if self._session is None:
            return "closed"
        try:
            async with self._session.post(url, json=payload) as found:
                why = _refusal(found.status, await found.text())
                if why:
                    _log.info("answer was refused", status=found.status, error=why)
                return why
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise faults.translated(error) from error

    def _noted(self, method: str, error: Exception, *, looks: bool) -> DeliveryError:
        name, remedy = faults.named(error), faults.remedy(error)
        if looks and name in faults.LACKS:
            _log.warning("no permission to look", method=method, remedy=remedy and remedy.en)
            return CannotLook()
        if remedy is not None:
            self._trouble(method if name in faults.OF_ONE_CALL else "", remedy.en, name)
        else:
            _log.info("slack refused a call", method=method, error=name)
        return faults.translated(error)

    def _trouble(self, method: str, remedy: str, name: str) -> None:
        """Keep it until the call works again; it is logged once."""
        if self._troubles.get(method) != remedy:
            _log.error("slack refuses us", method=method or "all", error=name, remedy=remedy)
        self._troubles[method] = remedy


def _quiet() -> logging.Logger:
    """One with a level of its own: without, the SDK words each call for its debugging, and what people
    wrote with it, whether or not that is logged.
    """
    logger = logging.getLogger("slack_sdk.candor")
    logger.setLevel(logging.WARNING)
    return logger


async def _read(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """What it holds, up to so many bytes."""
    found = bytearray()
    async for piece in answer.content.iter_chunked(65_536):
        found += piece[: most - len(found)]
        if len(found) >= most:
            break
    return bytes(found)


def _refusal(status: int, answer: str) -> str:
    """Why a response URL took nothing; a refusal may come with a status of success, too."""
    try:
        told = json.loads(answer)
    except ValueError:
        told = None
    if isinstance(told, dict) and told.get("ok") is False:
        return str(told.get("error") or status)
    return "" if status == 200 else str(status)
