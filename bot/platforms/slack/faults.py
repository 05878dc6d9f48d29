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

REFUSED: Mapping[str, str] = {  # to a word of wording.WHY, which names the remedy
    **dict.fromkeys(
        ("channel_not_found", "user_not_found", "users_not_found", "cannot_dm_bot"), "gone"
    ),
    **dict.fromkeys(("is_archived", "channel_is_archived"), "archived"),
    **dict.fromkeys(("not_in_channel", "user_not_in_channel"), "not_in"),
    **dict.fromkeys(("user_disabled", "user_not_visible"), "closed"),
    **dict.fromkeys(
        (
            "restricted_action", "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel", "restricted_action_non_threadable_channel",
            "restricted_action_thread_locked", "ekm_access_denied", "enterprise_is_restricted",
            "method_not_supported_for_channel_type", "no_permission", "not_supported",
            "free_team_not_allowed", "canvas_disabled_user_team", "canvas_disabled_file_team",
        ),
        "not_allowed",
    ),
}  # fmt: skip
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
OUTDATED = frozenset(
    {"message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"}
)
OF_THE_TOKEN = frozenset(
    {
        "token_revoked", "account_inactive", "app_uninstalled",
        "invalid_auth", "not_authed", "token_expired",
    }
)  # fmt: skip
TO_MEND: Mapping[str, Text] = {  # by an operator, before anything goes out again
    **dict.fromkeys(
        ("token_revoked", "account_inactive", "app_uninstalled"),
        Text(
            en="The app was taken out of this workspace. Install it again: by its link, or from "
            "api.slack.com/apps with the new token in CANDOR_SLACK_BOT_TOKEN.",
            zh="应用已从工作区移除。请用安装链接重新安装，或在 api.slack.com/apps 重新安装，"
            "再把新令牌填入 CANDOR_SLACK_BOT_TOKEN。",
        ),
    ),
    **dict.fromkeys(
        ("invalid_auth", "not_authed", "token_expired"),
        Text(
            en="Slack does not know this token. Install the app again by its link, or copy the bot "
            "token (xoxb-…) into CANDOR_SLACK_BOT_TOKEN.",
            zh="Slack 不认识这个令牌。请用安装链接重新安装，或把机器人令牌（xoxb-…）填入 "
            "CANDOR_SLACK_BOT_TOKEN。",
        ),
    ),
    **dict.fromkeys(
        ("missing_scope", "no_scope"),
        Text(
            en="A permission is missing. Run candor doctor, add it, and install the app again.",
            zh="缺少权限。请运行 candor doctor，补上后重新安装应用。",
        ),
    ),
    "messages_tab_disabled": Text(
        en="The Messages tab of the app is off, so nobody can be written to. Turn it on under App "
        "Home at api.slack.com/apps.",
        zh="应用的“消息”标签页关着，没法给任何人发消息。请在 api.slack.com/apps 的 App Home 里打开。",
    ),
}
LACKING = Text(
    en="The permission {scope} is missing. Add it under OAuth & Permissions at api.slack.com/apps "
    "and install the app again.",
    zh="缺少权限 {scope}。请在 api.slack.com/apps 的 OAuth & Permissions 里补上，再重新安装应用。",
)
OF_ONE_CALL = frozenset({"missing_scope", "no_scope", "messages_tab_disabled"})  # the token works
LACKS = frozenset({"missing_scope", "no_scope"})  # the token works, for less than was asked
BUSY_NAMES = frozenset({"ratelimited", "rate_limited"})
UNSURE = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
MEND = timedelta(minutes=15)  # until it is tried again what somebody has to mend first
BUSY = timedelta(seconds=30)


def named(error: Exception) -> str:
    """Slack's own name of an error; the class's name for any other."""
    if isinstance(error, SlackApiError):
        return str(error.response.get("error", ""))
    return type(error).__name__


def is_of_the_token(error: BaseException | None) -> bool:
    """Whether Slack refuses the token itself, whatever is asked with it."""
    return isinstance(error, SlackApiError) and named(error) in OF_THE_TOKEN


def is_final(error: BaseException | None) -> bool:
    """Whether Slack says no, and would say so again in a minute."""
    if not isinstance(error, SlackApiError):
        return False
    status, name = error.response.status_code, named(error)
    return status < 400 and bool(name) and name not in (*UNSURE, *BUSY_NAMES)


def remedy(error: Exception) -> Text | None:
    """What an operator has to do about an error; None where there is nothing for them to do."""
    if not isinstance(error, SlackApiError):
        return None
    needed = str(error.response.get("needed") or "")
    if needed and named(error) in LACKS:
        return LACKING.fill(scope=needed)
    return TO_MEND.get(named(error))


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
    if response.status_code == 429 or name in BUSY_NAMES:
        return Later(_wait(response.headers.get("Retry-After")))
    if name in REFUSED:
        return Refused(why=REFUSED[name])
    mend = remedy(error)
    if mend is not None:
        return Later(MEND, mend)
    if response.status_code >= 500 or name in UNSURE or not name:
        return OutcomeUnknown()
    narrow = {**dict.fromkeys(OUTDATED, Outdated), **dict.fromkeys(BAD, BadContent)}.get(name)
    return narrow() if narrow is not None else Later(BUSY)


def _wait(seconds: str | None) -> timedelta:
    return timedelta(seconds=int(seconds)) if seconds and seconds.isdecimal() else BUSY
