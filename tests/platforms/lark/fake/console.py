"""What the app may ask about itself: its scopes, and where its events and callbacks go.

Source: application-v6/scope/list and application-v6/application/get on open.feishu.cn.
"""

from collections.abc import Mapping
from typing import Any

from tests.platforms.lark.fake.envelopes import KINDS, PRESSED
from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.gate import Asked, Endpoint
from tests.platforms.lark.fake.pushes import Pushes
from tests.platforms.lark.fake.tenant import SCOPES, Tenant

SCOPE_LIST = "GET /open-apis/application/v6/scopes"
APPLICATION = "GET /open-apis/application/v6/applications/:app_id"
SELF = ("application:application:self_manage", "admin:app.info:readonly")
ENABLED, DISABLED = 1, 0
GRANTED, MISSING = 1, 2


class Console:
    """application/v6, as far as it is about the app itself."""

    def __init__(self, tenant: Tenant, pushes: Pushes) -> None:
        self._tenant = tenant
        self._pushes = pushes

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Both."""
        return (
            Endpoint(SCOPE_LIST, self.scopes),
            Endpoint(APPLICATION, self.application, SELF),
        )

    async def scopes(self, asked: Asked) -> Mapping[str, Any]:
        """Each scope that was asked for, and whether it was granted."""
        granted = self._tenant.app.scopes
        told = [
            {
                "scope_name": name,
                "grant_status": GRANTED if name in granted else MISSING,
                "scope_type": "tenant",
            }
            for name in sorted(SCOPES | granted)
        ]
        return {"scopes": told}

    async def application(self, asked: Asked) -> Mapping[str, Any]:
        """The app with its subscriptions."""
        if asked.path["app_id"] not in (self._tenant.app.id, "me"):
            raise Refused(210502)
        road = self._pushes.address
        way = "websocket" if road == "" else "webhook"
        events = sorted(set(KINDS) - self._pushes.unsubscribed - {PRESSED})
        callbacks = [k for k in (PRESSED,) if k not in self._pushes.unsubscribed]
        told = {
            "app_id": self._tenant.app.id,
            "app_name": self._tenant.app.name,
            "status": ENABLED if self._tenant.app.enabled else DISABLED,
            "event": {
                "subscription_type": way,
                "request_url": road,
                "subscribed_events": events,
            },
            "callback": {
                "callback_type": way,
                "request_url": road,
                "subscribed_callbacks": callbacks,
            },
        }
        return {"app": told}
