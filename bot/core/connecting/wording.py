"""Every sentence about connections; `{slots}` are filled by the caller."""

from typing import Final

from bot.core.words import Text


class CONNECT:
    """The sentences."""

    title: Final = Text(en="Connections", zh="外部系统")
    lead: Final = Text(
        en="What your organisation has connected for itself. Keys are kept sealed; nobody sees one "
        "again, it can only be replaced.",
        zh="贵公司自己连接的系统。密钥加密保存，谁都看不到，只能换新的。",
    )
    nothing: Final = Text(en="Nothing is connected yet.", zh="还没有连接任何系统。")
    is_there: Final = Text(en="connected", zh="已连接")
    connect: Final = Text(en="Connect {kind}", zh="连接{kind}")
    anew: Final = Text(en="Set {kind} anew", zh="重设{kind}")
    remove: Final = Text(en="Disconnect {kind}", zh="断开{kind}")
    how: Final = Text(
        en="What you type here goes to the sealed store and into no message. I try it first, and keep "
        "it only when it works.",
        zh="这里填的内容加密保存，不会出现在任何消息里。我先试连，连得上才保存。",
    )
    submit: Final = Text(en="Try and keep", zh="试连并保存")
    trying: Final = Text(en="Trying {kind} …", zh="正在试连{kind}……")
    kept: Final = Text(en="{kind} is connected. {seen}", zh="{kind}已连接。{seen}")
    failed: Final = Text(
        en="{kind} was not connected: {why}. Nothing was changed.",
        zh="{kind}没有连上：{why}。什么都没有改动。",
    )
    fault: Final = Text(
        en="{kind}: something went wrong on my side, and nothing was changed. Please try again.",
        zh="{kind}：我这边出了问题，什么都没有改动，请再试一次。",
    )
    removed: Final = Text(
        en="{kind} is disconnected, and its key is deleted.", zh="{kind}已断开，密钥已删除。"
    )
    not_there: Final = Text(en="{kind} is not connected.", zh="{kind}没有连接。")
    not_admin: Final = Text(
        en="Only your organisation's admins can set connections. Whoever runs Candor can tell you who "
        "they are.",
        zh="外部系统只有贵公司的管理员能设置。不清楚是哪位，可以问负责运行 Candor 的同事。",
    )
    no_keys: Final = Text(
        en="Whoever runs Candor has to set CANDOR_KEYS first; without it no key can be kept safely.",
        zh="要先请负责运行 Candor 的同事设置 CANDOR_KEYS，否则密钥没有办法安全保存。",
    )

    needed: Final = Text(en="This is needed.", zh="这一项要填。")
    one_line: Final = Text(en="Please write it on one line.", zh="请写成一行。")
    address: Final = Text(
        en="Write it as https://host/path. One in a private network is for whoever runs Candor to set.",
        zh="请写成 https://主机/路径。内网地址只能由负责运行 Candor 的同事设置。",
    )
    other_product: Final = Text(
        en="This address cannot be used: {why}.", zh="这个地址不能用：{why}。"
    )
    zone: Final = Text(
        en="Name a zone such as Europe/Berlin or Asia/Shanghai.",
        zh="请写时区名称，比如 Asia/Shanghai。",
    )
    as_shown: Final = Text(
        en="I could not read this; write it as the example shows.",
        zh="这一项看不懂，请照示例的格式填写。",
    )
    halved: Final = Text(
        en="Something is missing here, or holds nothing: please look through all parts.",
        zh="有的项没有填，或者内容是空的，请逐项看一下。",
    )
    host: Final = Text(
        en="Write the name of the server alone, such as smtp.house.example.",
        zh="只写服务器的名称，比如 smtp.house.example。",
    )
    port: Final = Text(
        en="For mail, ports 25, 465, 587 and 2525 can be used.",
        zh="发邮件可以用25、465、587、2525这几个端口。",
    )
    pick: Final = Text(en="Pick one of these.", zh="请从中选一个。")
    sender: Final = Text(
        en="Write one e-mail address, such as candor@house.example.",
        zh="请写一个邮箱地址，比如 candor@house.example。",
    )
    foreign_sender: Final = Text(
        en="{sender} is not an address of your organisation ({domains}).",
        zh="{sender}不是贵公司的邮箱（{domains}）。",
    )
    half_sign_in: Final = Text(
        en="Name and password go together: fill in both, or neither.",
        zh="用户名和密码要么都填，要么都不填。",
    )

    meeting_seen: Final = Text(
        en="{kind} {seen}. Nothing was booked.", zh="{kind}可以登录，没有预订任何会议。"
    )
    mail_seen: Final = Text(
        en="{host} takes the sign-in over TLS, and mails from {sender}. No mail was sent.",
        zh="{host}可以加密登录，也接受从{sender}发信。没有真的发邮件。",
    )
    mail_seen_without: Final = Text(
        en="{host} answers over TLS and takes mails from {sender}. No mail was sent.",
        zh="{host}可以加密连接，也接受从{sender}发信。没有真的发邮件。",
    )
    mail_sign_in: Final = Text(
        en="{host} does not take this name and password", zh="{host}不认这个用户名和密码"
    )
    mail_sender: Final = Text(
        en="{host} does not let mails come from {sender}", zh="{host}不让从{sender}发信"
    )
    mail_away: Final = Text(
        en="{host} does not answer, or not over TLS", zh="{host}没有回应，或者不支持加密连接"
    )
