"""What the environment says of meeting systems: a part of the settings, in a file of its own."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.core.meetings.meeting import MeetingSystem


class MeetingSettings(BaseSettings):
    """Where meetings are booked; see docs/howto/meetings.md."""

    model_config = SettingsConfigDict(env_prefix="CANDOR_", extra="ignore", frozen=True)

    meetings: MeetingSystem | Literal[""] = Field(
        default="",
        description="Where meetings are booked: lark_event, lark_reserve, tencent, zoom, teams, google, or "
        "ics, a calendar file with the tenant's own link; empty: in the first of them that is configured, "
        "else ics. A tenant may have another one in the file of organisations.",
    )
    lark_meetings: bool = Field(
        default=False,
        description="Whether meetings can be booked in Feishu or Lark, as entries of the bot's calendar "
        "with a video meeting; needs five scopes more, see docs/howto/meetings.md.",
    )
    lark_reserves: bool = Field(
        default=False,
        description="Whether a video meeting of Feishu or Lark can be booked without an entry in a "
        "calendar; needs one scope more, see docs/howto/meetings.md.",
    )
    lark_meeting_owner: str = Field(
        default="",
        description="open_id (ou_…) of whom such a video meeting belongs to where nobody of the tenant "
        "is asked to come.",
    )
    tencent_secret_id: str = Field(
        default="",
        description="SecretId of an enterprise's app in Tencent Meeting (腾讯会议); with it, meetings can "
        "be booked there. See docs/howto/meetings.md.",
    )
    tencent_secret_key: SecretStr | None = Field(default=None, description="SecretKey of that app.")
    tencent_app_id: str = Field(default="", description="AppId of that app.")
    tencent_sdk_id: str = Field(default="", description="SdkId of that app, where it has one.")
    tencent_host: str = Field(
        default="", description="userid of whoever the meetings in Tencent Meeting belong to."
    )
    tencent_base_url: str = Field(
        default="https://api.meeting.qq.com",
        description="Where Tencent Meeting's API is; another one only for tests.",
    )
    zoom_account_id: str = Field(
        default="",
        description="Account ID of a Server-to-Server OAuth app in Zoom; with it, meetings can be booked "
        "there. See docs/howto/meetings.md.",
    )
    zoom_client_id: str = Field(default="", description="Client ID of that app.")
    zoom_client_secret: SecretStr | None = Field(
        default=None, description="Client secret of that app."
    )
    zoom_host: str = Field(
        default="",
        description="E-mail address of the user of the account whom the meetings in Zoom belong to.",
    )
    zoom_base_url: str = Field(
        default="https://api.zoom.us/v2",
        description="Where Zoom's API is; another one only for tests.",
    )
    zoom_sign_in_url: str = Field(
        default="https://zoom.us",
        description="Where Zoom gives keys; another one only for tests.",
    )
    teams_tenant: str = Field(
        default="",
        description="Directory (tenant) ID of Microsoft Entra; with it, meetings can be booked in "
        "Microsoft Teams. See docs/howto/meetings.md.",
    )
    teams_client_id: str = Field(
        default="", description="Application (client) ID of an app registered there."
    )
    teams_client_secret: SecretStr | None = Field(
        default=None, description="A client secret of that app, its value."
    )
    teams_host: str = Field(
        default="", description="Address of the mailbox in which meetings in Teams are booked."
    )
    teams_base_url: str = Field(
        default="https://graph.microsoft.com/v1.0",
        description="Where Microsoft Graph is; a national cloud has an address of its own.",
    )
    teams_sign_in_url: str = Field(
        default="https://login.microsoftonline.com",
        description="Where Microsoft Entra gives keys; a national cloud has an address of its own.",
    )
    google_service_account: Path | None = Field(
        default=None,
        description="The key file (JSON) of a service account with domain-wide delegation; with it, "
        "meetings can be booked in Google Meet. See docs/howto/meetings.md.",
    )
    google_host: str = Field(
        default="",
        description="Address of the user of the domain in whose calendar they are booked.",
    )
    google_base_url: str = Field(
        default="https://www.googleapis.com/calendar/v3",
        description="Where Google Calendar's API is; another one only for tests.",
    )
    google_sign_in_url: str = Field(
        default="https://oauth2.googleapis.com",
        description="Where Google gives keys; another one only for tests.",
    )
