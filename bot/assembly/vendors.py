"""Each tracker from the settings that it needs, whosever they are.

Each is imported here, late and by name, so that nothing of it is loaded where it is not configured.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.engine.trackers import Tracker
from bot.settings import SettingsRefused
from bot.settings.outside import TrackerSettings

Now = Callable[[], datetime]


def tracker(name: str, settings: TrackerSettings, now: Now) -> Tracker:
    """The tracker, without a memory. Raises SettingsRefused for the half of one, ValueError for an
    address that is never asked.
    """
    return _MAKERS[name](settings, now)


def _pingcode(settings: TrackerSettings, now: Now) -> Tracker:
    from bot.outside.token import Key
    from bot.sources.pingcode import PingCode, PingCodeConfig

    secret = _secret("CANDOR_PINGCODE_CLIENT_SECRET", settings.pingcode_client_secret)
    config = PingCodeConfig(
        settings.pingcode_base_url,
        Key(settings.pingcode_client_id, secret),
        ZoneInfo(settings.pingcode_zone),
        milestones=names(settings.pingcode_milestones),
        private=names(settings.private_trackers),
    )
    return PingCode(config, now)


def _worktile(settings: TrackerSettings, now: Now) -> Tracker:
    from bot.outside.token import Key
    from bot.sources.worktile import Worktile, WorktileConfig

    secret = _secret("CANDOR_WORKTILE_CLIENT_SECRET", settings.worktile_client_secret)
    config = WorktileConfig(
        settings.worktile_base_url,
        Key(settings.worktile_client_id, secret),
        ZoneInfo(settings.worktile_zone),
        team=settings.worktile_team,
        milestones=names(settings.worktile_milestones),
        private=names(settings.private_trackers),
    )
    return Worktile(config, now)


def _jira(settings: TrackerSettings, now: Now) -> Tracker:
    from bot.sources.jira import Jira, JiraConfig

    if not settings.jira_base_url:
        raise SettingsRefused("CANDOR_JIRA_BASE_URL is missing; write https://site.atlassian.net.")
    config = JiraConfig(
        settings.jira_base_url,
        _secret("CANDOR_JIRA_TOKEN", settings.jira_token),
        ZoneInfo(settings.jira_zone),
        email=settings.jira_email,
        private=names(settings.private_trackers),
    )
    return Jira(config, now)


def _github(settings: TrackerSettings, now: Now) -> Tracker:
    from bot.sources.github import GitHub, GitHubConfig

    repositories = names(settings.github_repositories)
    if not repositories:
        raise SettingsRefused("CANDOR_GITHUB_REPOSITORIES is missing; name them as owner/name.")
    config = GitHubConfig(
        settings.github_base_url,
        _secret("CANDOR_GITHUB_TOKEN", settings.github_token),
        repositories,
        private=names(settings.private_trackers),
    )
    return GitHub(config, now)


def _linear(settings: TrackerSettings, now: Now) -> Tracker:
    from bot.sources.linear import Linear, LinearConfig

    key = _secret("CANDOR_LINEAR_KEY", settings.linear_key)
    return Linear(LinearConfig(settings.linear_base_url, key), now)


def _feishu(settings: TrackerSettings, now: Now) -> Tracker:
    from bot.outside.token import Key
    from bot.sources.feishu import Feishu, FeishuConfig

    pairs = (pair.partition("=") for pair in names(settings.feishu_project_spaces))
    spaces = {key.strip(): name.strip() or key.strip() for key, _, name in pairs}
    if not spaces:
        raise SettingsRefused("CANDOR_FEISHU_PROJECT_SPACES is missing; name them as key=name.")
    if not settings.feishu_project_user:
        raise SettingsRefused("CANDOR_FEISHU_PROJECT_USER is missing; write a user_key.")
    secret = _secret("CANDOR_FEISHU_PROJECT_PLUGIN_SECRET", settings.feishu_project_plugin_secret)
    config = FeishuConfig(
        settings.feishu_project_base_url,
        Key(settings.feishu_project_plugin_id, secret),
        settings.feishu_project_user,
        ZoneInfo(settings.feishu_project_zone),
        spaces,
        items=names(settings.feishu_project_items),
        milestones=names(settings.feishu_project_milestones),
        due=settings.feishu_project_due,
        private=names(settings.private_trackers),
    )
    return Feishu(config, now)


def _secret(name: str, given: SecretStr | None) -> str:
    found = given.get_secret_value().strip() if given is not None else ""
    if not found:
        raise SettingsRefused(f"{name} is missing; copy it from the app in the tracker.")
    return found


def names(given: str) -> tuple[str, ...]:
    """What stands between commas."""
    parts = (part.strip() for part in given.replace("，", ",").split(","))
    return tuple(part for part in parts if part)


_MAKERS: Mapping[str, Callable[[TrackerSettings, Now], Tracker]] = {
    "pingcode": _pingcode,
    "worktile": _worktile,
    "jira": _jira,
    "github": _github,
    "linear": _linear,
    "feishu": _feishu,
}
