"""The project trackers, from the settings: what the wiring and the doctor need of them.

Each is imported here, late and by name, so that nothing of it is loaded where it is not configured.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.engine.outside import Busy, NotAllowed, NotFound, OutsideError, SignInRefused, Unreachable
from bot.engine.trackers import Tracker, Trackers
from bot.settings import Settings, SettingsRefused

_REMEDIES: Mapping[type[OutsideError], str] = {
    SignInRefused: "copy {keys} again",
    NotAllowed: "give its key the right to read projects, work items, sprints and releases",
    Unreachable: "look at CANDOR_{name}_BASE_URL and at the way out of this machine",
}
_KEYS = {
    "pingcode": "CANDOR_PINGCODE_CLIENT_ID and CANDOR_PINGCODE_CLIENT_SECRET",
    "worktile": "CANDOR_WORKTILE_CLIENT_ID and CANDOR_WORKTILE_CLIENT_SECRET",
    "jira": "CANDOR_JIRA_TOKEN and CANDOR_JIRA_EMAIL",
    "github": "CANDOR_GITHUB_TOKEN",
    "linear": "CANDOR_LINEAR_KEY",
    "feishu": "CANDOR_FEISHU_PROJECT_PLUGIN_ID and CANDOR_FEISHU_PROJECT_PLUGIN_SECRET",
}
_PREFIX = {"feishu": "FEISHU_PROJECT"}  # of its settings, where it is not its name
_KEPT = {"linear": timedelta(minutes=30)}  # which asks not to be polled
_OTHERWISE = "see docs/howto/trackers.md"


def trackers(settings: Settings, now: Callable[[], datetime]) -> Trackers:
    """Those that are configured. Raises SettingsRefused for the half of one, or for a bad address."""
    if not settings.has_trackers:
        return Trackers()
    tenants = frozenset(_names(settings.tracker_tenants))
    if settings.may_serve_many and not tenants:
        raise SettingsRefused(
            "CANDOR_TRACKER_TENANTS is missing; where an app is installed by a link, or several apps of "
            "Feishu and Lark are kept, the projects of the trackers would be shown to every "
            "organisation. Name those that may see them."
        )
    from bot.sources.remembering import KEPT, Remembering

    found = {
        t.name: Remembering(t, now, kept=_KEPT.get(t.name, KEPT))
        for t in _configured(settings, now)
    }
    return Trackers(found, tenants)


async def looked_at(
    settings: Settings, now: Callable[[], datetime]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What each tracker lets us see, a sentence each; and every problem with its remedy."""
    if not settings.has_trackers:
        return (), ()
    try:
        trackers(settings, now)
    except SettingsRefused as error:
        return (), (str(error),)
    seen, problems = [], []
    for tracker in _configured(settings, now):
        try:
            seen.append(await _seen(tracker))
        except OutsideError as error:
            problems.append(_problem(tracker, error))
        finally:
            await tracker.close()
    return tuple(seen), tuple(problems)


async def _seen(tracker: Tracker) -> str:
    """One plain sentence of what is there, which reads the facts of one project as well."""
    listing = await tracker.projects()
    many = "at least " if listing.truncated else ""
    count = f"{many}{len(listing.projects)} project{'' if len(listing.projects) == 1 else 's'}"
    if not listing.projects:
        return f"{_called(tracker)} answers and shows no project to this key."
    facts = await tracker.facts(listing.projects[0].ref)
    whole = facts.whole
    done = f"{whole.done} of {whole.total} items done" if whole and whole.total else "not counted"
    late = f"{len(facts.late_items)} late"
    notes = "".join(f" {note.en}." for note in facts.notes)
    return f"{_called(tracker)} shows {count}; read {facts.name}: {done}, {late}.{notes}"


def _problem(tracker: Tracker, error: OutsideError) -> str:
    if isinstance(error, Busy):
        remedy = f"try again in {int(error.retry_after.total_seconds()) + 1} seconds"
    else:
        remedy = _REMEDIES.get(type(error), _OTHERWISE).format(
            name=_PREFIX.get(tracker.name, tracker.name.upper()),
            keys=_KEYS.get(tracker.name, "its key"),
        )
    if isinstance(error, NotFound) or tracker.name == "files":
        remedy = _OTHERWISE
    detail = f" ({error.detail})" if error.detail else ""
    return f"{_called(tracker)} could not be read: {error.why.en}{detail}; {remedy}."


def _called(tracker: Tracker) -> str:
    return "The folder of plans" if tracker.name == "files" else tracker.label.en


def _configured(settings: Settings, now: Callable[[], datetime]) -> list[Tracker]:
    """The trackers as they are, without a memory."""
    found: list[Tracker] = []
    try:
        if settings.tracker_folder is not None:
            from bot.sources.files import FolderTracker

            found.append(FolderTracker(settings.tracker_folder, now, ZoneInfo(settings.zone)))
        if settings.pingcode_client_id:
            found.append(_pingcode(settings, now))
        if settings.worktile_client_id:
            found.append(_worktile(settings, now))
        if settings.jira_token is not None:
            found.append(_jira(settings, now))
        if settings.github_token is not None:
            found.append(_github(settings, now))
        if settings.linear_key is not None:
            found.append(_linear(settings, now))
        if settings.feishu_project_plugin_id:
            found.append(_feishu(settings, now))
    except ValueError as error:
        raise SettingsRefused(f"A tracker's base URL is off: {error}.") from error
    return found


def _pingcode(settings: Settings, now: Callable[[], datetime]) -> Tracker:
    from bot.outside.token import Key
    from bot.sources.pingcode import PingCode, PingCodeConfig

    secret = _secret("CANDOR_PINGCODE_CLIENT_SECRET", settings.pingcode_client_secret)
    config = PingCodeConfig(
        settings.pingcode_base_url,
        Key(settings.pingcode_client_id, secret),
        ZoneInfo(settings.pingcode_zone),
        milestones=_names(settings.pingcode_milestones),
        private=_names(settings.private_trackers),
    )
    return PingCode(config, now)


def _worktile(settings: Settings, now: Callable[[], datetime]) -> Tracker:
    from bot.outside.token import Key
    from bot.sources.worktile import Worktile, WorktileConfig

    secret = _secret("CANDOR_WORKTILE_CLIENT_SECRET", settings.worktile_client_secret)
    config = WorktileConfig(
        settings.worktile_base_url,
        Key(settings.worktile_client_id, secret),
        ZoneInfo(settings.worktile_zone),
        team=settings.worktile_team,
        milestones=_names(settings.worktile_milestones),
        private=_names(settings.private_trackers),
    )
    return Worktile(config, now)


def _jira(settings: Settings, now: Callable[[], datetime]) -> Tracker:
    from bot.sources.jira import Jira, JiraConfig

    if not settings.jira_base_url:
        raise SettingsRefused("CANDOR_JIRA_BASE_URL is missing; write https://site.atlassian.net.")
    config = JiraConfig(
        settings.jira_base_url,
        _secret("CANDOR_JIRA_TOKEN", settings.jira_token),
        ZoneInfo(settings.jira_zone),
        email=settings.jira_email,
        private=_names(settings.private_trackers),
    )
    return Jira(config, now)


def _github(settings: Settings, now: Callable[[], datetime]) -> Tracker:
    from bot.sources.github import GitHub, GitHubConfig

    repositories = _names(settings.github_repositories)
    if not repositories:
        raise SettingsRefused("CANDOR_GITHUB_REPOSITORIES is missing; name them as owner/name.")
    config = GitHubConfig(
        settings.github_base_url,
        _secret("CANDOR_GITHUB_TOKEN", settings.github_token),
        repositories,
        private=_names(settings.private_trackers),
    )
    return GitHub(config, now)


def _linear(settings: Settings, now: Callable[[], datetime]) -> Tracker:
    from bot.sources.linear import Linear, LinearConfig

    key = _secret("CANDOR_LINEAR_KEY", settings.linear_key)
    return Linear(LinearConfig(settings.linear_base_url, key), now)


def _feishu(settings: Settings, now: Callable[[], datetime]) -> Tracker:
    from bot.outside.token import Key
    from bot.sources.feishu import Feishu, FeishuConfig

    pairs = (pair.partition("=") for pair in _names(settings.feishu_project_spaces))
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
        items=_names(settings.feishu_project_items),
        milestones=_names(settings.feishu_project_milestones),
        due=settings.feishu_project_due,
        private=_names(settings.private_trackers),
    )
    return Feishu(config, now)


def _secret(name: str, given: SecretStr | None) -> str:
    found = given.get_secret_value().strip() if given is not None else ""
    if not found:
        raise SettingsRefused(f"{name} is missing; copy it from the app in the tracker.")
    return found


def _names(given: str) -> tuple[str, ...]:
    parts = (part.strip() for part in given.replace("，", ",").split(","))
    return tuple(part for part in parts if part)
