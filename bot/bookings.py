"""What the environment says of meeting systems: a part of the settings, in a file of its own."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class MeetingSettings(BaseSettings):
    """Where meetings are booked; see docs/howto/meetings.md."""

    model_config = SettingsConfigDict(env_prefix="CANDOR_", extra="ignore", frozen=True)

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
