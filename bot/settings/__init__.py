"""The only reader of the environment: every setting, its default and what it may be."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr

from bot.settings import spelling
from bot.settings.mail import MailSettings
from bot.settings.meetings import MeetingSettings
from bot.settings.outside import TrackerSettings

OPEN_WORDS = "anyone who can reach this address may read and write every case"


class SettingsRefused(Exception):
    """A setting is off; the message says which one and what to do."""


def _is_blank(secret: SecretStr | None) -> bool:
    """Whether a secret is missing, empty or nothing but spaces."""
    return secret is None or not secret.get_secret_value().strip()


class Settings(TrackerSettings, MeetingSettings, MailSettings):
    """What the environment says. Every name begins with CANDOR_."""

    bind: Annotated[str, AfterValidator(spelling.bind)] = Field(
        default="127.0.0.1:8765", description="Address and port to serve on, as host:port."
    )
    work_bind: Annotated[str, AfterValidator(spelling.maybe_bind)] = Field(
        default="",
        description="Address and port on which candor work answers /healthz, /readyz and /metrics; "
        "empty: on none.",
    )
    data: Path = Field(
        default=Path("var"), description="Folder for the database and its backups; made if missing."
    )
    database_url: str = Field(
        default="",
        description="Where the cases are kept: sqlite:///path, or "
        "postgresql://user:password@host:5432/database, see docs/howto/postgresql.md. Empty: "
        "candor.db in CANDOR_DATA.",
    )
    playbooks: Path | None = Field(
        default=None, description="A folder of further playbooks, beside those that come along."
    )
    zone: Annotated[str, AfterValidator(spelling.zone)] = Field(
        default="UTC", description="Time zone of a person of whom the platform names none."
    )
    calendar: Annotated[str, AfterValidator(spelling.calendar_code)] = Field(
        default="none",
        description="Working calendar (a country code such as CN or GB) where none is known; "
        "none: only weekends are free.",
    )
    playground: Literal["auto", "on", "off"] = Field(
        default="auto",
        description="Whether the playground is served. auto: only while no other platform is "
        "configured, since its page has no sign-in and moves the clock; on is refused beside one.",
    )
    playground_open: str = Field(
        default="",
        description="The playground has no sign-in and binds to this machine only. To serve it on "
        f"another address all the same, set this to the words: {OPEN_WORDS}.",
    )

    hosts: Annotated[str, AfterValidator(spelling.hosts)] = Field(
        default="",
        description="Further host names under which browsers reach the playground, divided by "
        "commas: candor.example.",
    )

    public_url: Annotated[str, AfterValidator(spelling.public)] = Field(
        default="",
        description="Address under which customers reach this server, as https://candor.example; "
        "with it, they can be asked for feedback by a link, under /feedback alone.",
    )
    keys: SecretStr | None = Field(
        default=None,
        description="Keys, separated by commas, the newest first, by which tokens and tenants' own "
        "keys are sealed in the database; candor rotate-keys --new makes one. Needed with "
        "CANDOR_SLACK_CLIENT_ID, with candor connect, and for further apps of Feishu or Lark.",
    )
    organisation: Path | None = Field(
        default=None,
        description="A YAML file that names people, roles and customers. See "
        "docs/howto/approve-and-send.md.",
    )
    slack_bot_token: SecretStr | None = Field(
        default=None,
        description="Bot token of the Slack app (xoxb-…); with it, Candor works in Slack. "
        "See docs/howto/slack.md.",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None, description="Signing secret of that app; needed with mode http."
    )
    slack_app_token: SecretStr | None = Field(
        default=None, description="App-level token (xapp-…); needed with mode socket."
    )
    slack_mode: Literal["http", "socket"] = Field(
        default="http",
        description="How its events come: http, to POST /slack/events at a public address; socket, "
        "over a connection that Candor opens.",
    )
    slack_config_token: SecretStr | None = Field(
        default=None,
        description="Configuration token (xoxe.…), only for candor doctor: with it, Slack tells the "
        "app's manifest. It lives for twelve hours.",
    )
    slack_client_id: str = Field(
        default="",
        description="Client ID of the Slack app, in place of the bot token: the app is installed by "
        "a link, /slack/install, in any number of workspaces. See docs/howto/slack.md.",
    )
    slack_client_secret: SecretStr | None = Field(
        default=None, description="Client Secret of that app."
    )
    slack_base_url: Annotated[str, AfterValidator(spelling.base_url)] = Field(
        default="https://slack.com", description="Where Slack is; another one only for tests."
    )
    slack_dnd: bool = Field(
        default=False,
        description="Whether reminders wait until somebody's do not disturb in Slack is over; needs "
        "the scope dnd:read, see docs/howto/slack.md.",
    )
    slack_files: bool = Field(
        default=False,
        description="Whether files to take away (a mail file, a letter, an invitation, a report) are "
        "brought in Slack, and files with dates to watch are read there; needs the scopes files:write "
        "and files:read, see docs/howto/slack.md.",
    )
    lark_app_id: str = Field(
        default="",
        description="App ID of the Feishu or Lark app (cli_…); with it, Candor works there. "
        "See deploy/lark-setup.md.",
    )
    lark_app_secret: SecretStr | None = Field(
        default=None, description="App Secret of that app, from Credentials & Basic Info."
    )
    lark_encrypt_key: SecretStr | None = Field(
        default=None, description="Encrypt Key of its events; with mode http, this or the token."
    )
    lark_verification_token: SecretStr | None = Field(
        default=None, description="Verification Token of its events."
    )
    lark_mode: Literal["socket", "http"] = Field(
        default="socket",
        description="How its events come: socket, over a connection that Candor opens; http, to "
        "POST /lark/events at a public address.",
    )
    lark_base_url: Annotated[str, AfterValidator(spelling.base_url)] = Field(
        default="https://open.feishu.cn",
        description="Where its server API is: https://open.feishu.cn for Feishu, "
        "https://open.larksuite.com for Lark.",
    )

    lark_operator: str = Field(
        default="",
        description="open_id (ou_…) of whoever runs the app in Feishu or Lark; told in one sentence "
        "when somebody cannot be reached any more.",
    )

    slack_canvases: bool = Field(
        default=False,
        description="Whether the minutes of a look back can become a canvas in Slack, open to its one "
        "reader; needs a paid workspace and the scope canvases:write, see docs/howto/slack.md.",
    )

    lark_documents: bool = Field(
        default=False,
        description="Whether a text that no card holds, and the minutes of a look back, can become a "
        "document in Feishu or Lark, open to its one reader; needs three scopes more, see deploy/lark-setup.md.",
    )

    lark_files: bool = Field(
        default=False,
        description="Whether files to take away (a mail file, a letter, an invitation, a report) are "
        "brought in Feishu or Lark; needs one scope more, see deploy/lark-setup.md.",
    )

    person_a_minute: int = Field(
        default=300,
        ge=0,
        description="Lines, commands and presses that are taken in from one person in a minute, so "
        "that nobody's flood harms others. 0: no limit.",
    )
    tenant_a_minute: int = Field(
        default=6000,
        ge=0,
        description="The same from one Slack workspace or Lark tenant. 0: no limit.",
    )
    keep_cases_days: int = Field(
        default=0,
        ge=0,
        description="Days that a closed or abandoned case is kept after its last change; then it goes "
        "with all that was said in it, and its lessons stay. 0: for ever.",
    )
    keep_log_days: int = Field(
        default=0,
        ge=0,
        description="Days that the log keeps what people wrote and pressed; what was delivered to "
        "customers stays with its case. 0: for ever.",
    )
    keep_inbox_days: int = Field(
        default=30,
        ge=7,
        description="Days that the names of inbounds are kept, so that one which comes twice counts once.",
    )

    @property
    def host(self) -> str:
        """The host to bind, without brackets."""
        return spelling.parted(self.bind)[0]

    @property
    def port(self) -> int:
        """The port to bind; 0 lets the system choose."""
        return spelling.parted(self.bind)[1]

    @property
    def host_names(self) -> tuple[str, ...]:
        """The names that are served besides those of this machine."""
        named = tuple(name.strip() for name in self.hosts.split(",") if name.strip())
        return named if self.on_this_machine else (self.host, *named)

    @property
    def has_playground(self) -> bool:
        """Whether the playground is served."""
        return self.playground == "on" or (
            self.playground == "auto" and not (self.has_lark or self.has_slack)
        )

    @property
    def has_slack(self) -> bool:
        """Whether Candor works in Slack."""
        token = self.slack_bot_token
        given = token is not None and bool(token.get_secret_value())
        return given or bool(self.slack_client_id)

    @property
    def has_lark(self) -> bool:
        """Whether Candor works in Feishu or Lark."""
        return bool(self.lark_app_id)

    @property
    def on_this_machine(self) -> bool:
        """Whether only this machine can reach the address."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.data / 'candor.db'}"

    def refuse_half_a_slack(self) -> None:
        """Raise SettingsRefused when Slack is configured in part."""
        if self.slack_bot_token is not None and _is_blank(self.slack_bot_token):
            raise SettingsRefused(
                "CANDOR_SLACK_BOT_TOKEN is blank; copy the bot token (xoxb-…) from OAuth & "
                "Permissions of the app."
            )
        self._refuse_half_a_link()
        if self.slack_mode == "http" and _is_blank(self.slack_signing_secret):
            raise SettingsRefused(
                "CANDOR_SLACK_SIGNING_SECRET is missing; copy it from Basic Information of the app. "
                "Without a public address, set CANDOR_SLACK_MODE=socket instead."
            )
        if self.slack_mode == "socket" and _is_blank(self.slack_app_token):
            raise SettingsRefused(
                "CANDOR_SLACK_APP_TOKEN is missing; make an app-level token with connections:write "
                "under Basic Information of the app."
            )

    def _refuse_half_a_link(self) -> None:
        """Of the link by which the app is installed."""
        if not self.slack_client_id:
            return
        if self.slack_bot_token is not None:
            raise SettingsRefused(
                "CANDOR_SLACK_BOT_TOKEN and CANDOR_SLACK_CLIENT_ID are both set; keep the token for "
                "one workspace, or the client ID for an installation by link."
            )
        if self.slack_mode == "socket":
            raise SettingsRefused(
                "CANDOR_SLACK_CLIENT_ID needs CANDOR_SLACK_MODE=http: an installation by link comes "
                "back to a public address."
            )
        if _is_blank(self.slack_client_secret):
            raise SettingsRefused(
                "CANDOR_SLACK_CLIENT_SECRET is missing; copy it from Basic Information of the app."
            )
        if not self.public_url:
            raise SettingsRefused(
                "CANDOR_PUBLIC_URL is missing; Slack sends people back there after an installation."
            )
        if not self.key_list:
            raise SettingsRefused(
                "CANDOR_KEYS is missing; candor rotate-keys --new makes a key to seal tokens with."
            )

    @property
    def key_list(self) -> tuple[str, ...]:
        """The keys, the newest first."""
        given = self.keys.get_secret_value() if self.keys is not None else ""
        return tuple(key.strip() for key in given.split(",") if key.strip())

    def refuse_half_a_lark(self) -> None:
        """Raise SettingsRefused when Lark is configured in part."""
        if not self.has_lark:
            return
        if _is_blank(self.lark_app_secret):
            raise SettingsRefused(
                "CANDOR_LARK_APP_SECRET is missing; copy it from Credentials & Basic Info of the app."
            )
        signs = (self.lark_encrypt_key, self.lark_verification_token)
        if self.lark_mode == "http" and all(_is_blank(sign) for sign in signs):
            raise SettingsRefused(
                "CANDOR_LARK_MODE=http needs CANDOR_LARK_ENCRYPT_KEY, from Events & Callbacks of "
                "the app, so that nobody else can push events."
            )

    def refuse_shared_playground(self) -> None:
        """Raise SettingsRefused when the playground, whose page moves the clock, is not alone."""
        if self.has_playground and (self.has_slack or self.has_lark):
            raise SettingsRefused(
                "CANDOR_PLAYGROUND=on cannot stand beside Slack, Feishu or Lark, because its page "
                "moves the clock of every case; leave it out, or run it by itself with another "
                "CANDOR_DATA."
            )

    def refuse_open_playground(self) -> None:
        """Raise SettingsRefused when the playground would be reachable from elsewhere unasked."""
        if (
            not self.has_playground
            or self.on_this_machine
            or self.playground_open.strip() == OPEN_WORDS
        ):
            return
        raise SettingsRefused(
            f"CANDOR_BIND={self.bind} can be reached from other machines, and the playground has "
            "no sign-in. Bind 127.0.0.1, or set CANDOR_PLAYGROUND_OPEN to the words: "
            f"{OPEN_WORDS}."
        )
