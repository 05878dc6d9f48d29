"""views.*: modals in a stack of three, and the Home tab."""

import hashlib

from tests.platforms.slack.fake.asked import Asked, Method
from tests.platforms.slack.fake.errors import ApiError
from tests.platforms.slack.fake.payloads import check_view
from tests.platforms.slack.fake.realm import Realm
from tests.platforms.slack.fake.schema import Finding, Findings, Payload
from tests.platforms.slack.fake.tokens import Trigger
from tests.platforms.slack.fake.workspace import APP_ID, View, Workspace, filled

STACK = 3


def made(
    realm: Realm, workspace: Workspace, user: str, content: Payload, *, on: View | None = None
) -> View:
    """A view with ids of its own; `on` is the one that it lies on."""
    id_ = workspace.new("V")
    return View(
        id=id_,
        user=user,
        content=_content(content, id_),
        hash=_hash(realm, id_),
        root=on.root if on else id_,
        previous=on.id if on else None,
    )


def changed(realm: Realm, view: View, content: Payload) -> None:
    """Put other content into a view; values stay where block and action keep their ids."""
    view.content = _content(content, view.id)
    view.hash = _hash(realm, view.id)
    kept = {
        (block["block_id"], block["element"]["action_id"])
        for block in view.content["blocks"]
        if block["type"] == "input"
    }
    view.values = {place: value for place, value in view.values.items() if place in kept}


def findings(
    workspace: Workspace, content: object, kind: str, *, but: View | None = None
) -> Findings:
    """What is wrong with a view for a modal or a Home; `but` is the one that it replaces."""
    found = check_view(content)
    if not isinstance(content, dict):
        return found
    if content.get("type") != kind:
        found.append(Finding(f"must be a {kind} view", "/view/type"))
    external = content.get("external_id")
    others = (v for v in workspace.views() if but is None or v.id != but.id)
    if external and any(v.content.get("external_id") == external for v in others):
        found.append(Finding("external_id is taken", "/view/external_id", "duplicate_external_id"))
    return found


def shown(view: View, workspace: Workspace, *, values: Payload | None = None) -> Payload:
    """The view object as the API and interactions tell of it."""
    content = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        "title": {"type": "plain_text", "text": "View Title", "emoji": True},
        **view.content,
    }
    return content | {
        "id": view.id,
        "team_id": workspace.team,
        "state": {"values": values or {}},
        "hash": view.hash,
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": APP_ID,
        "app_installed_team_id": workspace.team,
        "bot_id": workspace.bot_id,
    }


def _open(asked: Asked) -> Payload:
    content = _judged(asked, "modal")
    trigger = _take_trigger(asked)
    view = made(asked.realm, asked.workspace, trigger.user, content)
    asked.workspace.modals[trigger.user] = [view]
    return {"view": shown(view, asked.workspace)}


def _push(asked: Asked) -> Payload:
    content = _judged(asked, "modal")
    trigger = _take_trigger(asked)
    stack = asked.workspace.modals.get(trigger.user)
    if not trigger.from_modal or not stack:
        raise ApiError("invalid_trigger_id")
    if len(stack) >= STACK:
        asked.realm.blame(asked.method, f"no more than {STACK} views in a stack")
        raise ApiError("push_limit_reached")
    view = made(asked.realm, asked.workspace, trigger.user, content, on=stack[-1])
    stack.append(view)
    return {"view": shown(view, asked.workspace)}


def _update(asked: Asked) -> Payload:
    wanted, external = asked.get("view_id"), asked.get("external_id")
    if not wanted and not external:
        raise ApiError("invalid_arguments")
    modals = [v for stack in asked.workspace.modals.values() for v in stack]
    view = next((v for v in modals if wanted and v.id == wanted), None) or next(
        (v for v in modals if external and v.content.get("external_id") == external), None
    )
    if view is None:
        raise ApiError("not_found")
    content = _judged(asked, "modal", but=view)
    _same_hash(asked, view)
    changed(asked.realm, view, content)
    return {"view": shown(view, asked.workspace)}


def _publish(asked: Asked) -> Payload:
    person = str(asked.get("user_id"))
    if person not in asked.workspace.users:
        raise ApiError("invalid_arguments")
    if not asked.realm.manifest.home_tab:
        raise ApiError("not_enabled")
    before = asked.workspace.homes.get(person)
    content = _judged(asked, "home", but=before)
    if before is None:
        view = asked.workspace.homes[person] = made(asked.realm, asked.workspace, person, content)
    else:
        _same_hash(asked, before)
        changed(asked.realm, before, content)
        view = before
    return {"view": shown(view, asked.workspace)}


def _take_trigger(asked: Asked) -> Trigger:
    trigger = asked.get("trigger_id")
    return asked.realm.passes.take_trigger(trigger, asked.workspace.team, asked.realm.clock.passed)


def _judged(asked: Asked, kind: str, *, but: View | None = None) -> Payload:
    content: Payload = asked.get("view")
    asked.judge(findings(asked.workspace, content, kind, but=but), "invalid_arguments")
    return content


def _same_hash(asked: Asked, view: View) -> None:
    if asked.get("hash") is not None and asked.get("hash") != view.hash:
        raise ApiError("hash_conflict")


def _content(content: Payload, id_: str) -> Payload:
    return {**content, "blocks": filled(content["blocks"], id_[-4:])}


def _hash(realm: Realm, id_: str) -> str:
    stamp = realm.ts()
    return f"{stamp.split('.')[0]}.{hashlib.sha256((id_ + stamp).encode()).hexdigest()[:8]}"


METHODS = (
    Method("views.open", _open, tier=4, needs="view", may="trigger_id interactivity_pointer"),
    Method("views.push", _push, tier=4, needs="view", may="trigger_id interactivity_pointer"),
    Method("views.update", _update, tier=4, needs="view", may="view_id external_id hash"),
    Method("views.publish", _publish, tier=4, needs="user_id view", may="hash"),
)
