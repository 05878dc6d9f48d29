"""Making an app by a scan: the device authorisation behind lark-oapi's `scene.registration` (1.7.5)."""

import base64
import gzip
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.platforms.lark.fake.tenant import Person, Tenant

PATH = "/oauth/v1/app/registration"
BEGIN = {
    "action": "begin",
    "archetype": "PersonalAgent",
    "auth_method": "client_secret",
    "request_user_info": "open_id",
}
FORM = "application/x-www-form-urlencoded"


class Registration:
    """One device that waits for a scan. What it is asked wrongly is refused as a bad request."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._asked: list[str] = []
        self.answers: list[str] = []  # errors that the next questions get, before the scan counts
        self.scanner: Person | None = None
        self.methods = ["client_secret"]
        self.at_lark = False  # the scanner's tenant is there, and all else is told there alone

    @property
    def route(self) -> Route:
        """The one route; it is open, since there is no app yet."""
        return Route(PATH, self._serve, methods=["POST"])

    def scan(self, person: Person, link: str) -> Mapping[str, Any]:
        """Scan the code behind a link and agree; what the page shows that the app will have."""
        query = parse_qs(urlsplit(link).query)
        assert query["ticket"] == ["t1"]
        assert (query["from"], query["tp"]) == (["sdk"], ["sdk"])
        self.scanner = person
        packed = query["addons"][0]
        raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        shown: dict[str, Any] = json.loads(gzip.decompress(raw))
        return {"name": query["name"][0], **shown}

    async def _serve(self, request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith(FORM):
            return _refused("invalid_request")
        form = {k: str(v) for k, v in (await request.form()).items()}
        action, before = form.get("action", ""), self._asked[-1:]
        self._asked.append(action)
        if action == "init":
            return JSONResponse({"supported_auth_methods": self.methods})
        if form == BEGIN and before == ["init"]:
            return JSONResponse(
                {
                    "device_code": "d1",
                    "verification_uri_complete": "https://accounts.example/page/launcher?ticket=t1",
                    "interval": 0,
                    "expires_in": 600,
                }
            )
        if form == {"action": "poll", "device_code": "d1"}:
            return self._polled()
        return _refused("invalid_request")

    def _polled(self) -> Response:
        if self.answers:
            return _refused(self.answers.pop(0))
        if self.scanner is None:
            return _refused("authorization_pending")
        if self.at_lark:
            return JSONResponse({"user_info": {"tenant_brand": "lark"}})
        app = self._tenant.app
        user = {"open_id": self.scanner.open_id, "tenant_brand": "feishu"}
        return JSONResponse({"client_id": app.id, "client_secret": app.secret, "user_info": user})


def _refused(error: str) -> Response:
    return JSONResponse({"error": error, "error_description": ""}, 400)
