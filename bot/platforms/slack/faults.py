"""What Slack's errors mean: for good, for now, or nobody knows. One table, one class each."""

from collections.abc import Mapping
from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.core.words import Text
from bot.engine.errors import (
    BadContent,
    DeliveryError,
    Later,
    OutcomeUnknown,
    Outdated,
    Refused,
)

GONE = Text(
    en="Slack no longer has this conversation. Open Candor from the list of apps and begin there.",
    zh="Slack 里已没有这段对话。请从应用列表打开 Candor，再从那里开始。",
)
ARCHIVED = Text(
    en="That channel is archived. Somebody who manages it can open it again.",
    zh="该频道已归档，频道管理者可以重新打开。",
)
NOT_IN = Text(
    en="Candor is not in that channel. Write /invite @Candor there, then try again.",
    zh="Candor 不在该频道里。请在那里输入 /invite @Candor，然后再试。",
)
DEACTIVATED = Text(
    en="That person's Slack account is closed. An admin of the workspace can open it again.",
    zh="该成员的 Slack 账号已停用，工作区管理员可以重新启用。",
)
MESSAGES_OFF = Text(
    en="Messages to the app are switched off. Turn on the Messages tab under App Home.",
    zh="应用的消息功能已关闭，请在 App Home 里打开 Messages 标签页。",
)
NOT_ALLOWED = Text(
    en="This workspace does not let the app write there. An admin can allow it.",
    zh="工作区不允许应用在那里发言，管理员可以放行。",
)
REFUSED: Mapping[str, Text] = {
    "channel_not_found": GONE,
    "user_not_found": GONE,
    "users_not_found": GONE,
    "is_archived": ARCHIVED,
    "channel_is_archived": ARCHIVED,
    "not_in_channel": NOT_IN,
    "user_not_in_channel": NOT_IN,
    "user_disabled": DEACTIVATED,
    "messages_tab_disabled": MESSAGES_OFF,
    "cannot_dm_bot": GONE,
    "user_not_visible": GONE,
    **dict.fromkeys(
        (
            "restricted_action",
            "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel",
            "restricted_action_non_threadable_channel",
            "restricted_action_thread_locked",
            "ekm_access_denied",
            "enterprise_is_restricted",
            "method_not_supported_for_channel_type",
            "no_permission",
            "not_supported",
        ),
        NOT_ALLOWED,
    ),
}
BAD = frozenset(
    {
        "invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text",
        "too_many_attachments", "too_many_contact_cards", "invalid_metadata_format",
        "invalid_metadata_schema", "metadata_too_large", "invalid_arguments", "invalid_arg_name",
        "invalid_array_arg", "invalid_charset", "invalid_form_data", "invalid_post_type",
        "missing_post_type", "only_one_table_allowed", "block_mismatch", "markdown_text_conflict",
        "view_too_large", "duplicate_external_id",
    }
)  # fmt: skip
OUTDATED = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
REVOKED: Mapping[str, Text] = {
    **dict.fromkeys(
        ("token_revoked", "account_inactive", "app_uninstalled"),
        Text(
            en="The app was taken out of this workspace. Install it again from api.slack.com/apps "
            "and set CANDOR_SLACK_BOT_TOKEN.",
            zh="应用已从工作区移除。请在 api.slack.com/apps 重新安装，并设置 CANDOR_SLACK_BOT_TOKEN。",
        ),
    ),
    **dict.fromkeys(
        ("invalid_auth", "not_authed", "token_expired"),
        Text(
            en="Slack does not know this token. Copy the bot token (xoxb-…) into "
            "CANDOR_SLACK_BOT_TOKEN.",
            zh="Slack 不认识这个令牌。请把机器人令牌（xoxb-…）填入 CANDOR_SLACK_BOT_TOKEN。",
        ),
    ),
    **dict.fromkeys(
        ("missing_scope", "no_scope"),
        Text(
            en="A permission is missing. Run candor doctor, add it, and install the app again.",
            zh="缺少权限。请运行 candor doctor，补上后重新安装应用。",
        ),
    ),
}
UNSURE = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
MEND = timedelta(minutes=15)  # until it is tried again what somebody has to mend first
BUSY = timedelta(seconds=30)


def named(error: Exception) -> str:
    """Slack's own name of an error; the class's name for any other."""
    if isinstance(error, SlackApiError):
        return str(error.response.get("error", ""))
    return type(error).__name__


def translated(error: Exception) -> DeliveryError:
    """The error of a call to Slack as the engine knows it."""
    match error:
        case DeliveryError():
            return error
        case SlackApiError():
            return _api(error)
        case aiohttp.ClientConnectorError():
            return Later()  # nobody was reached, so nothing was done
        case SlackClientError() | aiohttp.ClientError() | TimeoutError() | OSError():
            return OutcomeUnknown()
        case _:
            raise error


def _api(error: SlackApiError) -> DeliveryError:
    response, name = error.response, named(error)
    if response.status_code == 429 or name in ("ratelimited", "rate_limited"):
        return Later(_wait(response.headers.get("Retry-After")))
    if name in REFUSED:
        return Refused(REFUSED[name])
    if name in REVOKED:
        return Later(MEND, REVOKED[name])
    if response.status_code >= 500 or name in UNSURE or not name:
        return OutcomeUnknown()
    narrow = {**dict.fromkeys(OUTDATED, Outdated), **dict.fromkeys(BAD, BadContent)}.get(name)
    return narrow() if narrow is not None else Later(BUSY)


def _wait(seconds: str | None) -> timedelta:
    return timedelta(seconds=int(seconds)) if seconds and seconds.isdecimal() else BUSY
