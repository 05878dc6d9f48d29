"""Calls with a key that is fetched from a second address, kept while it is good, and renewed."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from bot.engine.outside import SignInRefused, Unreadable
from bot.outside import fields, http
from bot.outside.http import Answer, Call, Form, Http, Limits
from bot.outside.token import Fetched, Token

_HOUR = 3_600  # seconds that a key lives where nobody says how long


def ways_to(
    base_url: str, calls: Collection[Call], sign_in_url: str, sign_in: Call, limits: Limits | None
) -> tuple[Http, Http]:
    """To a product's calls and to its keys. Raises ValueError for an address that is never asked."""
    return (
        Http(base_url, calls, limits=limits, may_change=True),
        Http(sign_in_url, [sign_in], limits=limits),
    )


class Bearer:
    """The way to one product: `ways` are the one for its calls and the one for its keys."""

    def __init__(
        self,
        ways: tuple[Http, Http],
        sign_in: Call,
        proof: Callable[[], tuple[Form, Mapping[str, str]]],
        now: Callable[[], datetime],
    ) -> None:
        """`proof` makes the form and the headers that a key is asked for with."""
        self._http, self._keys = ways
        self._sign_in = sign_in
        self._proof = proof
        self._token = Token(self._fetch, now)

    async def close(self) -> None:
        """Hang up."""
        await self._http.close()
        await self._keys.close()

    async def asked(
        self,
        call: Call,
        ids: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, str | int] | None = None,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer. A key that is refused is fetched anew, and the call made again, once."""

        async def ask(key: str) -> Answer:
            signed = {"Authorization": f"Bearer {key}", **(headers or {})}
            return await self._http.ask(call, ids, query=query, body=body, headers=signed)

        return await self._token.used(ask, is_over=lambda answer: answer.status == 401)

    async def _fetch(self) -> Fetched:
        form, headers = self._proof()
        answer = await self._keys.ask(self._sign_in, body=form, headers=headers)
        if answer.status in (400, 401, 403):
            raise SignInRefused(f"HTTP {answer.status}, code {http.code_of(answer.body)}")
        http.refuse(answer)
        found = fields.record(answer.body)
        key = found.get("access_token")
        if not isinstance(key, str) or not key.isascii() or not key.isprintable() or not key:
            raise Unreadable("no access_token in the answer")
        life = fields.whole(found.get("expires_in"))
        return Fetched(key, timedelta(seconds=_HOUR if life is None else life))
