"""A real mail server on this machine, which does as it is told."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Literal

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.platforms.mail.client import MailChannel, Server

Temper = Literal["kind", "slow", "silent", "cut", "later", "never"]


@dataclass
class PostOffice:
    """What arrived, and how the next mails are met.

    silent: it takes the text and never answers; cut: it takes the text and hangs up.
    """

    temper: Temper = "kind"
    senders: set[str] = field(default_factory=set)  # that may send; empty: all
    refuses: set[str] = field(default_factory=set)  # recipients that are not known
    arrived: list[EmailMessage] = field(default_factory=list)
    to: list[list[str]] = field(default_factory=list)
    port: int = 0
    waiting: set[asyncio.Task[Literal[True]]] = field(
        default_factory=set
    )  # of those it never answers

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.senders and address not in self.senders:
            return "553 5.7.1 not yours to send from"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return "550 5.1.1 nobody here by that name"
        if self.temper == "later":
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.temper == "never":
            return "554 5.6.0 not this"
        content = envelope.content
        assert isinstance(content, bytes)
        self.arrived.append(message_from_bytes(content, policy=default))
        self.to.append(list(envelope.rcpt_tos))
        if self.temper == "silent":
            never = asyncio.create_task(asyncio.Event().wait())
            self.waiting.add(never)
            await never
        if self.temper == "cut":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 OK"


def channel(office: PostOffice, clock: Callable[[], datetime]) -> MailChannel:
    """A house's way out by this server, which does not wait for it long."""
    server = Server("127.0.0.1", office.port, "none", "candor@house.example")
    return MailChannel(server, clock, handshake=3, answer=0.5)


@asynccontextmanager
async def opened(
    office: PostOffice,
    *,
    tls: Literal["none", "starttls", "tls"] = "none",
    ca: trustme.CA | None = None,
    sign_in: tuple[str, str] | None = None,
) -> AsyncIterator[PostOffice]:
    """The server, on a free port, until the block ends."""
    context = None
    if ca is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ca.issue_cert("127.0.0.1").configure_cert(context)

    def desk() -> SMTP:
        return SMTP(
            office,
            hostname="post.example",
            tls_context=context if tls == "starttls" else None,
            require_starttls=tls == "starttls",
            authenticator=_lock(sign_in) if sign_in else None,
            auth_required=sign_in is not None,
            auth_require_tls=tls == "starttls",
            loop=loop,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(desk, "127.0.0.1", 0, ssl=context if tls == "tls" else None)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()
        for task in office.waiting:
            task.cancel()
        await asyncio.gather(*office.waiting, return_exceptions=True)


def _lock(key: tuple[str, str]) -> Callable[[SMTP, Session, Envelope, str, Any], AuthResult]:
    def opens(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, auth_data: Any
    ) -> AuthResult:
        assert isinstance(auth_data, LoginPassword)
        given = auth_data.login.decode(), auth_data.password.decode()
        return AuthResult(success=given == key, handled=False)

    return opens
