"""What a tenant has given of its own systems, as settings: the environment is not asked."""

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from bot.settings.meetings import MeetingSettings
from bot.settings.outside import TrackerSettings


class GivenSettings(TrackerSettings, MeetingSettings):
    """The same settings, from nowhere but the arguments."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the contract's shape
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the operator's own
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the operator's own
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the operator's own
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What was given, and nothing else."""
        return (init_settings,)
