"""im/v1/files: a file handed over as a form, and named by its key from then on; and those of people.

Sources: reference/im-v1/file/create and reference/im-v1/message-resource/get on open.feishu.cn. What
the app hands over has at most 30 MB and is never empty.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.gate import Asked, Endpoint
from tests.platforms.lark.fake.tenant import Tenant, Upload

UPLOAD = "POST /open-apis/im/v1/files"
RESOURCE = "GET /open-apis/im/v1/messages/:message_id/resources/:file_key"
KINDS = ("opus", "mp4", "pdf", "doc", "xls", "ppt", "stream")
LARGEST = 30 * 1024 * 1024  # bytes


class Files:
    """What the app handed over; nobody sees it before a message shows it."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Those that Candor uses."""
        reading = ("im:message", "im:message:readonly", "im:message.history:readonly")
        return (
            Endpoint(UPLOAD, self.take, ("im:resource", "im:resource:upload")),
            Endpoint(RESOURCE, self.give, reading, raw=True),
        )

    async def give(self, asked: Asked) -> Mapping[str, Any]:
        """The file of a message, for the key that stands in it."""
        if asked.query.get("type") not in ("file", "image"):
            raise Refused(234001)
        message = self._tenant.messages.get(asked.path["message_id"])
        key = asked.path["file_key"]
        if message is None or message.recalled or key not in message.content:
            raise Refused(234003)
        return {"content": self._tenant.files[key].content}

    async def take(self, asked: Asked) -> Mapping[str, Any]:
        """Keep a file and give it a key."""
        kind, name = asked.need("file_type"), asked.need("file_name")
        content = asked.body.get("file")
        if kind not in KINDS or PurePosixPath(name).name != name or not PurePosixPath(name).suffix:
            raise Refused(234001)
        if not isinstance(content, bytes):
            raise Refused(234001)
        if not content:
            raise Refused(234010)
        if len(content) > LARGEST:
            raise Refused(234006)
        key = f"file_v3_{self._tenant.number():016x}"
        self._tenant.files[key] = Upload(name, content)
        return {"file_key": key}
