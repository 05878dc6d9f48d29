"""The endpoints that tell who the app is: its token and its bot."""

from collections.abc import Mapping
from typing import Any

from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.gate import Asked, Endpoint
from tests.platforms.lark.fake.tenant import Tenant
from tests.platforms.lark.fake.tokens import Tokens

TOKEN = "POST /open-apis/auth/v3/tenant_access_token/internal"
BOT = "GET /open-apis/bot/v3/info"


class Access:
    """auth/v3 and bot/v3."""

    def __init__(self, tenant: Tenant, tokens: Tokens) -> None:
        self._tenant = tenant
        self._tokens = tokens

    def endpoints(self) -> tuple[Endpoint, ...]:
        """The two of them."""
        return (
            Endpoint(TOKEN, self.token, open=True, flat=True),
            Endpoint(BOT, self.bot, flat=True),
        )

    async def token(self, asked: Asked) -> Mapping[str, Any]:
        """auth-v3/auth/tenant_access_token_internal."""
        app = self._tenant.app
        if asked.body.get("app_id") != app.id:
            raise Refused(10003)
        if asked.body.get("app_secret") != app.secret:
            raise Refused(10014)
        token, left = self._tokens.give()
        return {"tenant_access_token": token, "expire": left}

    async def bot(self, asked: Asked) -> Mapping[str, Any]:
        """bot-v3/bot_info."""
        app = self._tenant.app
        if not app.has_bot:
            raise Refused(230006)
        return {"bot": {"activate_status": 2, "app_name": app.name, "open_id": app.bot}}
