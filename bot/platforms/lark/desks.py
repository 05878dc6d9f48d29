"""Calls about tasks, entries and tables: at the pace that the platform takes, with errors for a mirror.

Each call here may be repeated without harm: what creates carries a token. Sources: the error codes of
task-v2/overview, bitable-v1/app-table-record and drive-v1/permission-member on open.feishu.cn; codes
that could not be confirmed are taken for the likeliest, and anything else is tried again later.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from typing import Any

from bot.core.words import Text
from bot.engine.errors import Later, Refused
from bot.platforms.lark.api import Api
from bot.platforms.lark.codes import MENDED, RATES, TOKENS, ApiError, Cut
from bot.platforms.lark.pace import Pace

MOMENT = timedelta(seconds=3)  # until a table that was written at the same time takes more
BUSY = frozenset({*RATES, 1254290, 1254291, 1254607, 1254608, 1255040, 190004, 190005, 1470500})
FORBIDDEN = frozenset({91402, 91403, 1254302, 1254304, 1470403, 191002, 1063002})

Said = Mapping[str, Any]


class Desk:
    """The way to one kind of thing on the platform."""

    def __init__(self, api: Api, a_second: int, time: Callable[[], float], refused: Text) -> None:
        """`refused` is said where the app may not do it, though it has the scope."""
        self._api = api
        self._pace = Pace(a_second, time)
        self._refused = refused

    async def ask(
        self,
        method: str,
        path: str,
        body: Said | None = None,
        *,
        query: Mapping[str, str] | None = None,
        but: Collection[int] = (),
    ) -> Said:
        """The data of the answer. Raises Refused, Later, and ApiError for the codes in `but` and for
        those that nobody described.
        """
        await self._pace.wait("")
        try:
            return await self._api.call(method, path, body, query=query)
        except Cut:
            raise Later from None
        except ApiError as error:
            if error.code in but:
                raise
            raise self._class_of(error) from error

    def _class_of(self, error: ApiError) -> Exception:
        if error.code in BUSY or error.status == 429 or error.status >= 500:
            return Later(error.reset or MOMENT)
        if error.code in MENDED or error.code in TOKENS:
            return Later(timedelta(minutes=1), MENDED.get(error.code))
        if error.code in FORBIDDEN or error.status == 403:
            return Refused(self._refused)
        return error
