"""A plain HTTP client of the server API, without any SDK."""

import json
from collections.abc import Mapping
from typing import Any

import httpx

from tests.platforms.lark.fake.access import TOKEN
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.messages import PATCH, SEND

Answer = dict[str, Any]


class Plain:
    """Calls endpoints by their names."""

    def __init__(self, fake: FakeLark) -> None:
        self._fake = fake
        self._http = httpx.AsyncClient(base_url=fake.url, trust_env=False, timeout=5)
        self.token = ""
        self.status = 0  # of the last answer
        self.headers: Mapping[str, str] = {}

    async def __aenter__(self) -> "Plain":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def log_in(self) -> str:
        """Fetch a token and use it from now on."""
        app = self._fake.tenant.app
        answer = await self.call(TOKEN, {"app_id": app.id, "app_secret": app.secret})
        self.token = answer["tenant_access_token"]
        return self.token

    async def call(
        self,
        endpoint: str,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, str] | None = None,
        **path: str,
    ) -> Answer:
        """The answer's JSON; the parts of the path that begin with a colon come by name."""
        method, _, template = endpoint.partition(" ")
        url = template
        for name, value in path.items():
            url = url.replace(f":{name}", value)
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = await self._http.request(method, url, json=body, params=query, headers=headers)
        self.status, self.headers = answer.status_code, answer.headers
        found: Answer = answer.json()
        return found

    async def send(self, to: str, content: object, **more: str) -> Answer:
        """Send a card, or a text when it is one."""
        kind = "text" if isinstance(content, str) else "interactive"
        shown = {"text": content} if isinstance(content, str) else content
        body = {"receive_id": to, "msg_type": kind, "content": _dumped(shown), **more}
        receiver = "chat_id" if to.startswith("oc_") else "open_id"
        return await self.call(SEND, body, {"receive_id_type": receiver})

    async def patch(self, message: str, card: object) -> Answer:
        """Put a card in the place of another."""
        return await self.call(PATCH, {"content": _dumped(card)}, message_id=message)


def _dumped(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)  # an escaped character weighs six bytes
