"""What a tenant can connect by itself, as one table: a further kind is one entry more.

A part's name with the prefix of its kind is the name of the setting that means the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.words import Text, same

Family = Literal["tracker", "mail", "meeting"]
FAMILIES: tuple[Family, ...] = ("tracker", "mail", "meeting")
Values = Mapping[str, str]  # by the names of parts; what is left out stands as usual


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a connection. `such` is an example of it."""

    name: str
    label: Text
    ask: Text
    such: Text | None = None
    secret: bool = False
    required: bool = True
    options: Mapping[str, Text] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One system that can be connected."""

    id: str
    family: Family
    label: Text
    prefix: str  # of its settings
    parts: tuple[Part, ...]

    def setting(self, part: Part) -> str:
        """What the part is called among the settings."""
        return f"{self.prefix}_{part.name}"

    def part(self, name: str) -> Part | None:
        """The part of this name."""
        return next((p for p in self.parts if p.name == name), None)

    def lacking(self, values: Values) -> tuple[Part, ...]:
        """What is needed and not there."""
        return tuple(p for p in self.parts if p.required and not values.get(p.name, "").strip())

    def wants_secret(self, values: Values) -> bool:
        """Whether its secret is to be asked for: a mail server may do without a sign-in."""
        return self.family != "mail" or bool(values.get("user", "").strip())

    def plain(self, values: Values) -> Mapping[str, str]:
        """What may be shown: no secret is in it."""
        return {p.name: v for p in self.parts if not p.secret and (v := values.get(p.name))}


_ID = Text(en="Client ID", zh="Client ID")
_SECRET = Text(en="Client Secret", zh="Client Secret")
_TYPES = Text(en="Milestones", zh="里程碑类型")


def _address(label: Text, ask: Text, such: str, *, required: bool = False) -> Part:
    return Part("base_url", label, ask, same(such), required=required)


def _zone() -> Part:
    return Part(
        "zone",
        Text(en="Time zone", zh="时区"),
        Text(en="In which its days are meant.", zh="里面的日期按哪个时区算。"),
        Text(en="Europe/Berlin", zh="Asia/Shanghai"),
        required=False,
    )


_API = Text(en="Address", zh="接口地址")
_OWN = Text(
    en="Only for an installation of your own: where its API is.",
    zh="只有私有部署才填：接口在哪里。",
)
_PINGCODE = Kind(
    "pingcode",
    "tracker",
    same("PingCode"),
    "pingcode",
    (
        Part(
            "client_id", _ID,
            Text(
                en="Of an app under 凭据管理, of the type Client Credentials.",
                zh="在“凭据管理”里建的应用，类型选Client Credentials。",
            ),
        ),
        Part(
            "client_secret", _SECRET,
            Text(en="Of the same app.", zh="同一个应用的。"),
            secret=True,
        ),
        _address(_API, _OWN, "https://host/open"),
        _zone(),
        Part(
            "milestones", _TYPES,
            Text(
                en="Types of work items that are milestones, divided by commas.",
                zh="哪些工作项类型算里程碑，用逗号隔开。",
            ),
            same("里程碑,milestone"),
            required=False,
        ),
    ),
)  # fmt: skip
_WORKTILE = Kind(
    "worktile",
    "tracker",
    same("Worktile"),
    "worktile",
    (
        Part("client_id", _ID, Text(en="Of the app in Worktile.", zh="Worktile里那个应用的。")),
        Part(
            "client_secret", _SECRET,
            Text(en="Of the same app.", zh="同一个应用的。"),
            secret=True,
        ),
        Part(
            "team",
            Text(en="Team", zh="团队"),
            Text(
                en="The name before .worktile.com, for links to tasks.",
                zh=".worktile.com前面的名字，用来给任务加链接。",
            ),
            same("tram"),
            required=False,
        ),
        _address(_API, _OWN, "https://host/open-api"),
        _zone(),
        Part(
            "milestones", _TYPES,
            Text(
                en="Types of tasks that are milestones, divided by commas.",
                zh="哪些任务类型算里程碑，用逗号隔开。",
            ),
            same("里程碑,milestone"),
            required=False,
        ),
    ),
)  # fmt: skip
_JIRA = Kind(
    "jira",
    "tracker",
    same("Jira"),
    "jira",
    (
        _address(
            Text(en="Address", zh="地址"),
            Text(en="Where your Jira is.", zh="贵公司的Jira在哪里。"),
            "https://site.atlassian.net",
            required=True,
        ),
        Part(
            "token",
            Text(en="Token", zh="令牌"),
            Text(
                en="API token of Jira Cloud, or personal access token of Data Center.",
                zh="Jira Cloud的API token，或者Data Center的personal access token。",
            ),
            secret=True,
        ),
        Part(
            "email",
            Text(en="E-mail", zh="邮箱"),
            Text(
                en="Jira Cloud only: of whoever made the token.",
                zh="只有Jira Cloud才填：生成令牌的人的邮箱。",
            ),
            same("ann@house.example"),
            required=False,
        ),
        _zone(),
    ),
)
_GITHUB = Kind(
    "github",
    "tracker",
    same("GitHub"),
    "github",
    (
        Part(
            "token",
            Text(en="Token", zh="令牌"),
            Text(
                en="A fine-grained token that may read issues, and nothing more.",
                zh="fine-grained token，只给读issues的权限。",
            ),
            secret=True,
        ),
        Part(
            "repositories",
            Text(en="Repositories", zh="仓库"),
            Text(
                en="Those that may be chosen, divided by commas.",
                zh="可以选哪些仓库，用逗号隔开。",
            ),
            same("owner/name,owner/other"),
        ),
        _address(
            _API,
            Text(
                en="Only for an Enterprise Server: where its API is.",
                zh="只有Enterprise Server才填：接口在哪里。",
            ),
            "https://host/api/v3",
        ),
    ),
)
_LINEAR = Kind(
    "linear",
    "tracker",
    same("Linear"),
    "linear",
    (
        Part(
            "key",
            Text(en="API key", zh="API key"),
            Text(en="A personal one that may read.", zh="个人的，能读就够。"),
            secret=True,
        ),
    ),
)
_FEISHU = Kind(
    "feishu",
    "tracker",
    Text(en="Feishu Project", zh="飞书项目"),
    "feishu_project",
    (
        Part(
            "plugin_id",
            Text(en="Plugin ID", zh="插件ID"),
            Text(
                en="Of a plugin that is published and installed in the spaces.",
                zh="已发布、并装进空间的插件。",
            ),
        ),
        Part(
            "plugin_secret",
            Text(en="Plugin Secret", zh="插件密钥"),
            Text(en="Of the same plugin.", zh="同一个插件的。"),
            secret=True,
        ),
        Part(
            "user",
            Text(en="user_key", zh="user_key"),
            Text(en="Of whoever it reads on behalf of.", zh="插件以谁的身份读取。"),
        ),
        Part(
            "spaces",
            Text(en="Spaces", zh="空间"),
            Text(
                en="Those that may be chosen, as key=name, divided by commas.",
                zh="可以选哪些空间，写成 key=名称，用逗号隔开。",
            ),
            Text(en="63f1=Tram depot", zh="63f1=电车段"),
        ),
        Part(
            "items",
            Text(en="Work items", zh="工作项类型"),
            Text(en="Keys of the types that count.", zh="哪些类型要计数，写它们的key。"),
            same("story,task"),
            required=False,
        ),
        Part(
            "milestones", _TYPES,
            Text(en="Keys of the types that are milestones.", zh="哪些类型算里程碑，写它们的key。"),
            required=False,
        ),
        Part(
            "due",
            Text(en="Field with the day", zh="截止日期字段"),
            Text(
                en="Key of the field that holds an item's day; without it nothing is due.",
                zh="工作项的截止日期在哪个字段，写它的key；不写就没有到期的事项。",
            ),
            required=False,
        ),
        _zone(),
    ),
)  # fmt: skip
_MAIL = Kind(
    "mail",
    "mail",
    Text(en="Mail", zh="邮件服务器"),
    "smtp",
    (
        Part(
            "host",
            Text(en="Mail server", zh="邮件服务器"),
            Text(en="Its name, for outgoing mail.", zh="发信服务器的名称。"),
            same("smtp.house.example"),
        ),
        Part(
            "tls",
            Text(en="Protection", zh="加密方式"),
            Text(en="How the connection is protected.", zh="连接怎样加密。"),
            required=False,
            options={
                "starttls": Text(en="STARTTLS, port 587", zh="STARTTLS，端口587"),
                "tls": Text(en="TLS from the first byte, port 465", zh="一开始就用TLS，端口465"),
            },
        ),
        Part(
            "from",
            Text(en="From", zh="发件地址"),
            Text(
                en="The address that mails come from; answers go to the owner's own.",
                zh="邮件从哪个地址发出；客户的回信直接到负责人自己的邮箱。",
            ),
            same("candor@house.example"),
        ),
        Part(
            "user",
            Text(en="Name", zh="用户名"),
            Text(en="To sign in with.", zh="登录用的。"),
            required=False,
        ),
        Part(
            "password",
            Text(en="Password", zh="密码"),
            Text(
                en="To that name; many providers want one made for an app.",
                zh="对应的密码，很多服务商要用专门的授权码。",
            ),
            secret=True,
            required=False,
        ),
        Part(
            "port",
            Text(en="Port", zh="端口"),
            Text(en="Only where it is another one.", zh="端口不一样时才填。"),
            same("587"),
            required=False,
        ),
    ),
)

_TENCENT = Kind(
    "tencent",
    "meeting",
    Text(en="Tencent Meeting", zh="腾讯会议"),
    "tencent",
    (
        Part(
            "secret_id",
            same("SecretId"),
            Text(en="Of an enterprise's app.", zh="企业自建应用的。"),
        ),
        Part(
            "secret_key",
            same("SecretKey"),
            Text(en="Of the same app.", zh="同一个应用的。"),
            secret=True,
        ),
        Part("app_id", same("AppId"), Text(en="Of the same app.", zh="同一个应用的。")),
        Part(
            "host",
            Text(en="Host", zh="主持人"),
            Text(en="userid of whoever the meetings belong to.", zh="会议归谁，写他的userid。"),
        ),
        Part(
            "sdk_id",
            same("SdkId"),
            Text(en="Where the app has one.", zh="应用有的话就填。"),
            required=False,
        ),
    ),
)
_ZOOM = Kind(
    "zoom",
    "meeting",
    same("Zoom"),
    "zoom",
    (
        Part(
            "account_id",
            same("Account ID"),
            Text(en="Of a Server-to-Server OAuth app.", zh="Server-to-Server OAuth应用的。"),
        ),
        Part("client_id", _ID, Text(en="Of the same app.", zh="同一个应用的。")),
        Part(
            "client_secret", _SECRET,
            Text(en="Of the same app.", zh="同一个应用的。"),
            secret=True,
        ),
        Part(
            "host",
            Text(en="Host", zh="主持人"),
            Text(en="E-mail of whoever the meetings belong to.", zh="会议归谁，写他的邮箱。"),
            same("ann@house.example"),
        ),
    ),
)  # fmt: skip
_TEAMS = Kind(
    "teams",
    "meeting",
    same("Microsoft Teams"),
    "teams",
    (
        Part(
            "tenant",
            Text(en="Directory (tenant) ID", zh="目录（租户）ID"),
            Text(en="Of Microsoft Entra.", zh="Microsoft Entra里的。"),
        ),
        Part(
            "client_id",
            Text(en="Application (client) ID", zh="应用程序（客户端）ID"),
            Text(en="Of an app registered there.", zh="在那里注册的应用的。"),
        ),
        Part(
            "client_secret",
            Text(en="Client secret", zh="客户端密码"),
            Text(en="Of the same app: the value, not its ID.", zh="同一个应用的，填值，不是ID。"),
            secret=True,
        ),
        Part(
            "host",
            Text(en="Mailbox", zh="邮箱"),
            Text(
                en="In whose calendar meetings are booked.", zh="会议记在谁的日历里，写他的邮箱。"
            ),
            same("ann@house.example"),
        ),
    ),
)

_ALL = (_PINGCODE, _WORKTILE, _JIRA, _GITHUB, _LINEAR, _FEISHU, _MAIL, _TENCENT, _ZOOM, _TEAMS)
KINDS: Mapping[str, Kind] = {kind.id: kind for kind in _ALL}
