"""A message as a mail file (EML) that a mail program opens as a draft."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from bot.core.approving.release import Release, Surroundings


def mail(release: Release, around: Surroundings, *, subject: str, text: str, at: datetime) -> bytes:
    """The file; the sender stays open where the owner's address is not known."""
    made = EmailMessage(SMTP)
    made["Subject"] = " ".join(subject.split())
    if around.owner_email:
        made["From"] = Address(around.owner_name, addr_spec=around.owner_email)
    to = [Address(addr_spec=address) for address in release.to if release.way == "email"]
    if to:
        made["To"] = to
    made["Date"] = at
    made["X-Unsent"] = "1"  # opened as a draft
    made.set_content(text + "\n", cte="quoted-printable")
    return made.as_bytes()
