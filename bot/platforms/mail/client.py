"""The way out by mail: the tenant's own server, over TLS. A mail is never sent twice blindly.

All that fails before the text is handed over certainly sent nothing. From then on silence says
nothing either way (RFC 5321, 4.2.5), and no server can be asked afterwards.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

import structlog
from aiosmtplib import SMTP
from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from bot.core.cards.blocks import Card
from bot.core.words import Language
from bot.engine.errors import BadContent, CannotLook, Later, OutcomeUnknown, Refused
from bot.engine.ports import MessageRef
from bot.platforms.mail.message import envelope, message, message_id

LookUp = Callable[[str], Awaitable[str]]  # of a name; raises OSError for one never to be asked

PLATFORM = "mail"
HANDSHAKE = 9.0  # seconds until the text is handed over
ANSWER = 9.0  # seconds that the server has to take it; together less than a call may last

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Server:
    """The tenant's mail server. Without TLS only on this machine."""

    host: str
    port: int
    tls: Literal["starttls", "tls", "none"]
    sender: str  # the address that mails come from
    user: str = ""
    password: str = ""
    authorities: Path | None = None  # certificates to trust, in place of the system's
    look_up: LookUp | None = None  # gives the one address that is asked; None: the system's own way

    def __repr__(self) -> str:
        return f"Server({self.host!r}, {self.port})"


class MailChannel:
    """A Channel whose messages are mails."""

    def __init__(
        self,
        server: Server,
        now: Callable[[], datetime],
        *,
        handshake: float = HANDSHAKE,
        answer: float = ANSWER,
    ) -> None:
        """Raises OSError, of which ssl's own error is one, for authorities that cannot be read."""
        self._server = server
        self._trusts = _trusted(server)  # read once: it takes longer than a mail
        self._now = now
        self._handshake = handshake
        self._answer = answer

    async def post(
        self,
        conversation: str,
        key: str,
        card: Card,
        language: Language,  # noqa: ARG002 - a message to a customer is in one language
        *,
        under: MessageRef | None = None,  # noqa: ARG002 - there are no threads here
    ) -> MessageRef:
        """Send it to everybody it names, or to nobody."""
        to = envelope(conversation)
        mail = message(key, card, to, sender=self._server.sender, at=self._now())
        async with self._connected() as smtp:
            await self._greeted(smtp, to.to)
            await self._handed_over(smtp, mail)
        return MessageRef(message_id(key, self._server.sender))

    async def greet(self) -> None:
        """Sign in, and have the sender taken, as for a mail; none is sent. Raises as `post` does."""
        async with self._connected() as smtp:
            await self._greeted(smtp, ())
            with suppress(SMTPException, TimeoutError, OSError):  # it has said all that is asked
                async with asyncio.timeout(self._handshake):
                    await smtp.rset()
                    await smtp.quit()

    async def edit(
        self,
        ref: MessageRef,  # noqa: ARG002 - the contract's shape
        key: str,  # noqa: ARG002 - a mail that has left is not edited
        card: Card,  # noqa: ARG002 - a mail that has left is not edited
        language: Language,  # noqa: ARG002 - a mail that has left is not edited
    ) -> None:
        """A mail that has left stays as it is."""
        raise Refused

    async def find(
        self,
        conversation: str,  # noqa: ARG002 - the contract's shape
        key: str,  # noqa: ARG002 - nobody looks into a mailbox of theirs
        since: datetime,  # noqa: ARG002 - nobody looks into a mailbox of theirs
        *,
        under: MessageRef | None = None,  # noqa: ARG002 - there are no threads here
    ) -> MessageRef | None:
        """A server tells nobody what it delivered."""
        raise CannotLook

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[SMTP]:
        server = self._server
        smtp = SMTP(
            hostname=server.host,
            port=server.port if server.look_up is None else None,
            username=server.user or None,
            password=server.password or None,
            timeout=self._handshake,
            use_tls=server.tls == "tls",
            start_tls=server.tls == "starttls",
            tls_context=self._trusts,
        )
        try:
            yield smtp
        finally:
            smtp.close()

    async def _greeted(self, smtp: SMTP, to: tuple[str, ...]) -> None:
        """Up to the last recipient: whatever fails here, nothing was sent."""
        try:
            async with asyncio.timeout(self._handshake):
                await smtp.connect(sock=await self._line())
                await smtp.mail(self._server.sender)
                for address in to:
                    await smtp.rcpt(address)
        except SMTPAuthenticationError as error:
            _log.error("mail server refuses the sign-in", code=error.code)
            raise BadContent from error
        except SMTPResponseException as error:
            raise (Refused if error.code >= 500 else Later) from error
        except (SMTPException, TimeoutError, OSError) as error:
            _log.warning("mail server not reached", error=type(error).__name__)
            raise Later from error

    async def _line(self) -> socket.socket | None:
        """A line to the address that was looked up, so that no other is asked after the look."""
        server = self._server
        if server.look_up is None:
            return None
        address = await server.look_up(server.host)
        line = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
        try:
            line.settimeout(0)
            await asyncio.get_running_loop().sock_connect(line, (address, server.port))
        except BaseException:
            line.close()
            raise
        return line

    async def _handed_over(self, smtp: SMTP, mail: EmailMessage) -> None:
        """The text itself: only a clear answer of the server says what became of it."""
        try:
            async with asyncio.timeout(self._answer):
                await smtp.data(mail.as_bytes())
        except SMTPResponseException as error:
            raise (BadContent if error.code >= 500 else Later) from error
        except (SMTPTimeoutError, SMTPServerDisconnected, TimeoutError, OSError) as error:
            raise OutcomeUnknown from error


def _trusted(server: Server) -> ssl.SSLContext | None:
    """Whom to trust: the named certificates, or the system's."""
    if server.tls == "none":
        return None
    authorities = server.authorities
    return ssl.create_default_context(cafile=str(authorities) if authorities else None)
