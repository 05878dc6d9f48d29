"""The platform's error codes, and what each means for a message.

Source: im-v1/message/create and im-v1/message/patch on open.feishu.cn.
"""

import re
from collections.abc import Mapping
from datetime import timedelta

from bot.core.words import Text
from bot.engine.errors import BadContent, Later, OutcomeUnknown, Refused

TOKENS = frozenset({99991661, 99991663, 99991671})  # fetch a token once more, then once again
RATES = frozenset({230020, 99991400, 11232, 11233})
BUSY = frozenset({230049})  # being sent, or sent: it will be seen by looking
OLD = frozenset({230011, 230012, 230031, 230110})  # recalled, not ours, too old, deleted
DISABLED = 99991662  # by an administrator
NO_SHARING = "no_sharing"  # the word for: not with people from outside
LOCKED = 11310  # of a card that somebody is using
_SUB = re.compile(r"ErrCode: (\d+)")

# Who cannot be reached there any more, and why, in a sentence for somebody who can mend it.
GONE: Mapping[int, Text] = {
    230002: Text(
        en="Candor is not in that group; add it again in the group's settings.",
        zh="Candor 不在那个群里；请在群设置里重新添加。",
    ),
    230013: Text(
        en="Somebody is outside the app's availability; add them on the page Availability of the console.",
        zh="有人不在应用的可用范围内；请在后台“可用范围”中加上。",
    ),
    230018: Text(
        en="The group does not let Candor speak; ask its owner to allow it.",
        zh="那个群不允许 Candor 发言；请群主放开。",
    ),
    230027: Text(
        en="Candor may not speak with people outside the organisation; turn external sharing on in the console.",
        zh="Candor 不能在对外的群里发言；请在后台打开对外共享能力。",
    ),
    230035: Text(
        en="Candor may not send messages there; ask the group's owner to allow it.",
        zh="Candor 在那里没有发言权限；请群主放开。",
    ),
    230038: Text(
        en="Candor cannot write to a person of another organisation.",
        zh="Candor 不能给其他企业的人发私信。",
    ),
    230053: Text(
        en="Somebody stopped Candor's messages; they can allow them again in its profile.",
        zh="有人停止接收 Candor 的消息；本人可以在它的资料页重新打开。",
    ),
    230054: Text(
        en="That group takes no cards; copy the text instead.",
        zh="那个群不支持卡片；请改为复制文字。",
    ),
    230075: Text(
        en="That chat is encrypted and takes no messages of apps; use another one.",
        zh="那个会话已加密，不接收应用消息；请换一个会话。",
    ),
    232009: Text(en="That group was dissolved.", zh="那个群已解散。"),
    232033: Text(
        en="Candor may not act in a group with people from outside.", zh="Candor 不能操作外部群。"
    ),
}
# Of these, the word of wording.WHY that names the remedy to the owner of a case.
WORDS: Mapping[int, str] = {
    230002: "not_in_group",
    230013: "not_available",
    230018: "muted",
    230027: NO_SHARING,
    230035: "muted",
    230053: "stopped",
    230075: "encrypted",
    232009: "gone",
    232033: NO_SHARING,
}
# What an operator mends for everybody; until then what is to be said waits.
MENDED: Mapping[int, Text] = {
    10003: Text(
        en="Lark does not know this app; check CANDOR_LARK_APP_ID and CANDOR_LARK_BASE_URL.",
        zh="平台不认识这个应用；请检查 CANDOR_LARK_APP_ID 和 CANDOR_LARK_BASE_URL。",
    ),
    10014: Text(
        en="Lark refuses the app secret; copy it anew from Credentials & Basic Info to CANDOR_LARK_APP_SECRET.",
        zh="平台不接受应用密钥；请从“凭证与基础信息”重新复制到 CANDOR_LARK_APP_SECRET。",
    ),
    DISABLED: Text(
        en="The app is disabled; an administrator can enable it in the admin console.",
        zh="应用已被停用；请管理员在管理后台启用。",
    ),
    99991672: Text(
        en="The app lacks a scope; add those of deploy/lark-setup.md and publish a version.",
        zh="应用缺少权限；请按 deploy/lark-setup.md 添加并发布版本。",
    ),
    230006: Text(
        en="The app's bot is switched off; turn it on under Features and publish a version.",
        zh="应用的机器人能力没有打开；请在“应用能力”中打开并发布版本。",
    ),
}
CONTENT = frozenset({230001, 230022, 230025, 230028, 230099, 99992402})


class InUse(Later):
    """Somebody is using the card at this moment, so that it takes no change."""


class ApiError(Exception):
    """The platform answered with an error code; `status` is that of HTTP."""

    def __init__(self, code: int, said: str, status: int, reset: timedelta | None = None) -> None:
        self.code = code
        self.said = said
        self.status = status
        self.reset = reset
        super().__init__(f"{code} (HTTP {status})")

    @property
    def sub(self) -> int:
        """The code within a code: why a card was refused; 0 without one."""
        found = _SUB.search(self.said)
        return int(found[1]) if found else 0


class Cut(Exception):
    """The line was cut or stayed silent; `sent` says whether the request may have arrived."""

    def __init__(self, *, sent: bool) -> None:
        self.sent = sent
        super().__init__("the line was cut" if sent else "nobody answered")


def class_of(error: ApiError | Cut, *, repeatable: bool) -> Exception:
    """The error that the engine knows; a `repeatable` call leaves nothing in doubt.

    A code that nobody described stays as it is: it is tried a few times, then an operator looks.
    """
    if isinstance(error, Cut):
        return Later() if repeatable or not error.sent else OutcomeUnknown()
    if error.code in RATES or error.status == 429:
        return Later(error.reset)
    if error.code in BUSY or error.status >= 500:
        return Later() if repeatable else OutcomeUnknown()
    return _told(error)


def _told(error: ApiError) -> Exception:
    gone, mended = GONE.get(error.code), MENDED.get(error.code)
    if gone is not None:
        return Refused(gone, why=WORDS.get(error.code, "Refused"))
    if mended is not None or error.code in TOKENS:
        return Later(timedelta(minutes=1), mended)
    if error.code in CONTENT:
        return InUse() if error.sub == LOCKED else BadContent()
    return error
