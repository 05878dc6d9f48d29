"""Documents that the app makes: created, filled, shared.

Source: docx-v1/document/{create,convert}, docx-v1/document-block-descendant/create and
drive-v1/permission-member/create on open.feishu.cn. The bot owns what it makes: nobody else can
open it before it is shared.
"""

from collections.abc import Mapping
from typing import Any

from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.gate import Asked, Endpoint
from tests.platforms.lark.fake.limits import Limits
from tests.platforms.lark.fake.tenant import Document, Tenant

DOCX = "/open-apis/docx/v1/documents"
NEW = f"POST {DOCX}"
CONVERT = f"POST {DOCX}/blocks/convert"
FILL = f"POST {DOCX}/:document_id/blocks/:block_id/descendant"
FILL_FLAT = f"POST {DOCX}/:document_id/blocks/:block_id/children"
SHARE = "POST /open-apis/drive/v1/permissions/:token/members"
A_SECOND = 3
MOST_CHILDREN = 50
LONGEST_RUN = 100_000  # characters


class Documents:
    """docx/v1 and the sharing of drive/v1."""

    def __init__(self, tenant: Tenant, limits: Limits) -> None:
        self._tenant = tenant
        self._limits = limits

    def endpoints(self) -> tuple[Endpoint, ...]:
        """All five."""
        docx = ("docx:document",)
        writing = ("docx:document:write_only", *docx)
        return (
            Endpoint(NEW, self.new, ("docx:document:create", *docx), per_second=A_SECOND),
            Endpoint(CONVERT, self.convert, ("docx:document.block:convert", *docx)),
            Endpoint(FILL, self.fill, writing),
            Endpoint(FILL_FLAT, self.fill_flat, writing),
            Endpoint(SHARE, self.share, ("docs:permission.member:create", "drive:drive")),
        )

    async def new(self, asked: Asked) -> Mapping[str, Any]:
        """An empty document."""
        document = Document(f"doxcn{self._tenant.number():022x}", str(asked.body.get("title", "")))
        self._tenant.documents[document.id] = document
        told = {"document_id": document.id, "revision_id": 1, "title": document.title}
        return {"document": told}

    async def convert(self, asked: Asked) -> Mapping[str, Any]:
        """Markdown as blocks: here one text block a paragraph."""
        if asked.body.get("content_type") not in ("markdown", "html"):
            raise Refused(99992402)
        paragraphs = [p for p in asked.need("content").split("\n\n") if p.strip()]
        blocks = [
            {
                "block_id": f"b{self._tenant.number():x}",
                "block_type": 2,
                "text": {"elements": [{"text_run": {"content": p.strip()}}]},
            }
            for p in paragraphs
        ]
        return {"first_level_block_ids": [b["block_id"] for b in blocks], "blocks": blocks}

    async def fill(self, asked: Asked) -> Mapping[str, Any]:
        """Blocks with their own ids, under a block of the document."""
        document = self._document(asked)
        blocks = asked.body.get("descendants")
        wanted = asked.body.get("children_id")
        if not isinstance(blocks, list) or not isinstance(wanted, list) or not wanted:
            raise Refused(1770001)
        if not set(wanted) <= {b.get("block_id") for b in blocks}:
            raise Refused(1770001)
        document.blocks += blocks
        return {"children": blocks, "document_revision_id": 2}

    async def fill_flat(self, asked: Asked) -> Mapping[str, Any]:
        """At most fifty blocks without children."""
        document = self._document(asked)
        blocks = asked.body.get("children")
        if not isinstance(blocks, list) or not 1 <= len(blocks) <= MOST_CHILDREN:
            raise Refused(1770001)
        if not all(_is_text(block) for block in blocks):
            raise Refused(1770001)
        document.blocks += blocks
        return {"children": blocks, "document_revision_id": 2}

    async def share(self, asked: Asked) -> Mapping[str, Any]:
        """Let somebody open it."""
        document = self._tenant.documents.get(asked.path["token"])
        if document is None or asked.query.get("type") != "docx":
            raise Refused(1063005)
        kind, id_ = asked.body.get("member_type"), asked.need("member_id")
        if asked.body.get("perm") not in ("view", "edit", "full_access"):
            raise Refused(1063001)
        if kind == "openid" and id_ in self._tenant.people:
            document.readers.append(id_)
        elif kind == "openchat" and id_ in self._tenant.chats:
            if not self._tenant.chats[id_].bot_in:
                raise Refused(1063003)
            document.chats.append(id_)
        else:
            raise Refused(1063001)
        return {"member": dict(asked.body)}

    def _document(self, asked: Asked) -> Document:
        document = self._tenant.documents.get(asked.path["document_id"])
        if document is None:
            raise Refused(1770002)
        if not self._limits.allow(f"document {document.id}", A_SECOND):
            raise Refused(99991400, status=400, headers={"x-ogw-ratelimit-reset": "1"})
        return document


def _is_text(block: object) -> bool:
    """Whether it is a paragraph as the pages describe it; Candor writes no other kind."""
    if not isinstance(block, dict) or block.keys() != {"block_type", "text"}:
        return False
    elements = block["text"].get("elements") if isinstance(block["text"], dict) else None
    runs = elements if isinstance(elements, list) else []
    return block["block_type"] == 2 and bool(runs) and all(_is_run(e) for e in runs)


def _is_run(element: object) -> bool:
    if not isinstance(element, dict) or element.keys() != {"text_run"}:
        return False
    run = element["text_run"]
    words = run.get("content") if isinstance(run, dict) else None
    return isinstance(words, str) and len(words) <= LONGEST_RUN
