"""The trackers that a tenant can connect; a further one is one entry more."""

from bot.core.connecting.kind import Kind, Part
from bot.core.words import Text, same

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

TRACKERS = (_PINGCODE, _WORKTILE, _JIRA, _GITHUB, _LINEAR, _FEISHU)
