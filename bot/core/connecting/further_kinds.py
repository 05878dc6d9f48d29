"""The mail server and the meeting systems that a tenant can connect; a further one is one entry more."""

from bot.core.connecting.kind import Kind, Part
from bot.core.words import Text, same

_ID = Text(en="Client ID", zh="Client ID")
_SECRET = Text(en="Client Secret", zh="Client Secret")
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

FURTHER = (_MAIL, _TENCENT, _ZOOM, _TEAMS)
