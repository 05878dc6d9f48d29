"""What the environment says of the mail server: a part of the settings, in a file of its own."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class MailSettings(BaseSettings):
    """What messages to customers leave by, where they go by mail."""

    model_config = SettingsConfigDict(env_prefix="CANDOR_", extra="ignore", frozen=True)

    smtp_host: str = Field(
        default="", description="Mail server; with it, messages can be sent by e-mail."
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port.")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="How the connection is protected: starttls, tls from the first byte, or none, "
        "which is for a server on this machine only.",
    )
    smtp_user: str = Field(default="", description="Name to sign in with; empty: without.")
    smtp_password: SecretStr | None = Field(default=None, description="Password to that name.")
    smtp_from: str = Field(
        default="", description="Address that mails come from; answers go to the owner's own."
    )
    smtp_tenants: str = Field(
        default="",
        description="Slack workspaces (T…) and Lark tenants whose mails leave by this server, divided by "
        "commas; empty: all, which an app that is installed by a link may not have.",
    )
    smtp_authorities: Path | None = Field(
        default=None, description="File of certificates to trust, in place of the system's."
    )

    @property
    def has_mail(self) -> bool:
        """Whether messages can be sent by e-mail."""
        return bool(self.smtp_host)
