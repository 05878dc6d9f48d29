"""What becomes of an answer: is it one that Slack takes, and what does the person then see?"""

from typing import Any

from tests.platforms.slack.fake import methods_views
from tests.platforms.slack.fake.objects import group, plain_option
from tests.platforms.slack.fake.payloads import check_message
from tests.platforms.slack.fake.realm import Realm
from tests.platforms.slack.fake.schema import Finding, Payload, items
from tests.platforms.slack.fake.sending import Answer
from tests.platforms.slack.fake.workspace import Channel, Message, User, View, Workspace, filled

MESSAGE_FIELDS = {
    "text", "blocks", "attachments", "response_type", "replace_original", "delete_original",
    "thread_ts", "metadata", "unfurl_links", "unfurl_media", "mrkdwn",
}  # fmt: skip


def take_message(
    realm: Realm, where: str, body: Payload, channel: Channel, person: User
) -> Message | None:
    """A message in an answer or on a response URL: for the one person unless it says otherwise."""
    workspace = realm.home_of(person.id)
    for name in sorted(set(body) - MESSAGE_FIELDS):
        realm.blame(where, f"unknown property: {name}")
    kind = body.get("response_type", "ephemeral")
    findings = check_message(body)
    if "response_type" not in body and not body.get("replace_original"):
        findings.append(Finding("response_type is not said", "/response_type", soft=True))
    if kind not in ("ephemeral", "in_channel"):
        findings.append(Finding("must be ephemeral or in_channel", "/response_type"))
    if realm.is_new(body.get("blocks")):
        findings.append(Finding("a block of a type that this workspace does not know", "/blocks"))
    realm.blame_findings(where, findings)
    if any(not finding.soft for finding in findings):
        return None
    ts = realm.ts()
    message = Message(
        channel.id,
        ts,
        workspace.bot.id,
        str(body.get("text") or ""),
        filled(body.get("blocks") or [], ts[-4:]),
        bot_id=workspace.bot_id,
        only_for=person.id if kind == "ephemeral" else None,
        thread_ts=body.get("thread_ts"),
        sent=dict(body),
    )
    return workspace.post(channel, message)


def take_command(realm: Realm, where: str, answer: Answer, channel: Channel, person: User) -> None:
    """The answer to a slash command: nothing, words, or a message."""
    if not answer.ok or not answer.text:
        return
    body = answer.json
    if not isinstance(body, dict):
        body = {"text": answer.text}
    if body:
        take_message(realm, where, body, channel, person)


def take_nothing(realm: Realm, where: str, answer: Answer) -> None:
    """The answer to a button or a shortcut: no body at all."""
    if answer.ok and answer.text and answer.json != {}:
        realm.blame(where, "an answer to this has no body")


def take_submission(realm: Realm, answer: Answer, workspace: Workspace, view: View) -> None:
    """The answer to a form: the view closes, shows errors, or gives way to another."""
    where = "view_submission"
    stack = workspace.modals.get(view.user, [])
    if not answer.ok or view not in stack:
        return
    body = answer.json if answer.text else {}
    if not isinstance(body, dict):
        realm.blame(where, "an answer to this is empty or has a response_action")
        return
    match body.get("response_action"):
        case None:
            if body:
                realm.blame(where, "missing response_action")
            _close(workspace, view, stack)
        case "clear":
            workspace.modals.pop(view.user, None)
        case "errors":
            realm.blame(where, *_wrong_errors(body, view))
        case "update":
            if _fits(realm, workspace, body, view):
                methods_views.changed(realm, view, body["view"])
        case "push":
            _push(realm, workspace, body, view)
        case unknown:
            realm.blame(where, f"unknown response_action: {unknown}")


def _close(workspace: Workspace, view: View, stack: list[View]) -> None:
    stack.remove(view)
    if not stack:
        workspace.modals.pop(view.user, None)


def _push(realm: Realm, workspace: Workspace, body: Payload, view: View) -> None:
    stack = workspace.modals[view.user]
    if len(stack) >= methods_views.STACK:
        realm.blame("view_submission", f"no more than {methods_views.STACK} views in a stack")
    elif _fits(realm, workspace, body, None):
        stack.append(methods_views.made(realm, workspace, view.user, body["view"], on=view))


def _fits(realm: Realm, workspace: Workspace, body: Payload, but: View | None) -> bool:
    found = methods_views.findings(workspace, body.get("view"), "modal", but=but)
    realm.blame_findings("view_submission", found)
    extra = sorted(set(body) - {"response_action", "view"})
    realm.blame("view_submission", *(f"unknown property: {name}" for name in extra))
    return not found


def _wrong_errors(body: Payload, view: View) -> list[str]:
    errors: Any = body.get("errors")
    if not isinstance(errors, dict) or not errors:
        return ["errors must name at least one block"]
    inputs = {b["block_id"] for b in view.content["blocks"] if b["type"] == "input"}
    wrong = [f"errors for {name}, which is no input block" for name in sorted(set(errors) - inputs)]
    wrong += [f"no words for {name}" for name, said in errors.items() if not said]
    return wrong + [
        f"unknown property: {n}" for n in sorted(set(body) - {"response_action", "errors"})
    ]


def take_options(realm: Realm, answer: Answer) -> list[Payload]:
    """The answer to a search in a menu: options, or groups of them."""
    body = answer.json or {}
    findings: list[Finding] = []
    name = "option_groups" if "option_groups" in body else "options"
    items(group if name == "option_groups" else plain_option, 100, 0)(
        body.get(name), f"/{name}", findings
    )
    realm.blame_findings("block_suggestion", findings)
    if findings:
        return []
    groups = body.get("option_groups") or [{"options": body.get("options") or []}]
    return [option for each in groups for option in each["options"]]
