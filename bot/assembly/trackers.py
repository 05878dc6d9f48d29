"""The project trackers, from the settings: what the wiring and the doctor need of them.

Each is imported here, late and by name, so that nothing of it is loaded where it is not configured.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.assembly import chats, vendors
from bot.core.words import Text
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
_FOLDER = Text(en="The folder of plans", zh="计划文件夹")
_SHOWS_NONE = Text(
    en="{tracker} answers and shows no project to this key.",
    zh="{tracker}能连上，但这个密钥一个项目也看不到。",
)
_SHOWS = Text(
    en="{tracker} shows {count} projects; read {name}: {done}, {late} late.",
    zh="{tracker}里能看到{count}个项目；试读了“{name}”：{done}，有{late}项过期。",
)
_SHOWS_ONE = Text(
    en="{tracker} shows 1 project; read {name}: {done}, {late} late.",
    zh="{tracker}里能看到1个项目；试读了“{name}”：{done}，有{late}项过期。",
)
_SHOWS_MANY = Text(
    en="{tracker} shows at least {count} projects; read {name}: {done}, {late} late.",
    zh="{tracker}里至少能看到{count}个项目；试读了“{name}”：{done}，有{late}项过期。",
)
_DONE = Text(en="{done} of {total} items done", zh="{total}项里完成{done}项")
_NOT_COUNTED = Text(en="not counted", zh="完成数没有统计")
_NOTE = Text(en="{note}.", zh="{note}。")


def trackers(settings: Settings, now: Callable[[], datetime]) -> Trackers:
    """Those that are configured. Raises SettingsRefused for the half of one, or for a bad address."""
    if not settings.has_trackers:
        return Trackers()
    tenants = frozenset(vendors.names(settings.tracker_tenants))
    if settings.slack_client_id and not tenants:
        raise SettingsRefused(
            "CANDOR_TRACKER_TENANTS is missing; an app that is installed by a link would show the "
            "projects of the trackers to every workspace. Name those that may see them."
        )
    found = {t.name: remembered(t, now) for t in _configured(settings, now)}
    return Trackers(found, tenants, chats.is_of_the_first_app)


def remembered(tracker: Tracker, now: Callable[[], datetime]) -> Tracker:
    """The tracker behind a memory, so that it is asked once for many."""
    from bot.sources.remembering import KEPT, Remembering

    return Remembering(tracker, now, kept=_KEPT.get(tracker.name, KEPT))


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
    found, problems = [], []
    for tracker in _configured(settings, now):
        try:
            found.append((await seen(tracker)).en)
        except OutsideError as error:
            problems.append(_problem(tracker, error))
        finally:
            await tracker.close()
    return tuple(found), tuple(problems)


async def seen(tracker: Tracker) -> Text:
    """One plain sentence of what is there, which reads the facts of one project as well.

    Raises a class of OutsideError.
    """
    listing = await tracker.projects()
    if not listing.projects:
        return _SHOWS_NONE.fill(tracker=_called(tracker))
    facts = await tracker.facts(listing.projects[0].ref)
    count, whole, done = len(listing.projects), facts.whole, _NOT_COUNTED
    if whole is not None and whole.total and whole.done is not None:
        done = _DONE.fill(done=whole.done, total=whole.total)
    shows = (_SHOWS_MANY if listing.truncated else _SHOWS_ONE if count == 1 else _SHOWS).fill(
        tracker=_called(tracker),
        count=count,
        name=facts.name,
        done=done,
        late=len(facts.late_items),
    )
    notes = [shows, *(_NOTE.fill(note=note) for note in facts.notes)]
    return Text(en=" ".join(n.en for n in notes), zh="".join(n.zh for n in notes))


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
    return f"{_called(tracker).en} could not be read: {error.why.en}{detail}; {remedy}."


def _called(tracker: Tracker) -> Text:
    return _FOLDER if tracker.name == "files" else tracker.label


def _configured(settings: Settings, now: Callable[[], datetime]) -> list[Tracker]:
    """The trackers as they are, without a memory."""
    found: list[Tracker] = []
    try:
        if settings.tracker_folder is not None:
            from bot.sources.files import FolderTracker

            found.append(FolderTracker(settings.tracker_folder, now, ZoneInfo(settings.zone)))
        found += [vendors.tracker(name, settings, now) for name in settings.trackers_named]
    except ValueError as error:
        raise SettingsRefused(f"A tracker's base URL is off: {error}.") from error
    return found
