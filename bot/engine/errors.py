"""The few errors that the shell knows. Each carries one sentence for people, in both languages."""

from datetime import timedelta
from typing import ClassVar

from bot.core.words import Text


class CandorError(Exception):
    """Something went wrong that a person can be told about."""

    sentence: ClassVar[Text] = Text(
        en="That did not work. Nothing is lost; please try again.",
        zh="这一步没有成功。内容都还在，请再试一次。",
    )

    def __init__(self, text: Text | None = None) -> None:
        self.text = text or self.sentence
        super().__init__(self.text.en)


class Conflict(CandorError):
    """The case has changed since it was read; read it again and try once more."""

    sentence = Text(
        en="Something else changed this conversation at the same moment. Please try again.",
        zh="这段对话刚刚在别处有了改动，请再试一次。",
    )


class StoreUnavailable(CandorError):
    """The database cannot be reached or written at this moment; nothing was taken in."""

    sentence = Text(
        en="Nothing can be saved just now, so this was not taken in. All from before is kept; please "
        "try again in a minute.",
        zh="暂时无法保存，刚才这一步没有记下。之前的内容都还在，请过一分钟再试。",
    )


class TooMany(CandorError):
    """More comes from one person or tenant than is taken in; this one was not."""

    sentence = Text(
        en="That was a great deal at once, so this was not taken in. Please try again in a minute.",
        zh="操作太频繁，这一次没有记下。请过一分钟再试。",
    )


class Unopenable(CandorError):
    """The database cannot be opened as it is; the sentence says why and what to do."""


class FolderUnwritable(Unopenable):
    """The folder of the database cannot be written."""

    sentence = Text(
        en="{folder} cannot be written; choose another folder or give this user the right to write.",
        zh="无法写入 {folder}；请换一个文件夹，或给当前用户写入权限。",
    )


class ForeignDatabase(Unopenable):
    """The file is there and is not ours."""

    sentence = Text(
        en="{file} is not a Candor database; choose another file name, this one was left untouched.",
        zh="{file} 不是 Candor 的数据库；请换一个文件名，原文件没有改动。",
    )
    on_a_server: ClassVar[Text] = Text(
        en="{file} holds tables of something else; name an empty database, this one was left "
        "untouched.",
        zh="{file} 里已有其他程序的表；请换一个空的数据库，这一个没有改动。",
    )


class BrokenDatabase(Unopenable):
    """The file was ours and is cut off or damaged."""

    sentence = Text(
        en="{file} is damaged or cut off; put a copy from the folder {backups} in its place.",
        zh="{file} 已损坏或不完整；请用文件夹 {backups} 里的备份替换它。",
    )
    without_copies: ClassVar[Text] = Text(
        en="{file} is damaged or cut off, and there is no copy beside it; put one of your own in "
        "its place, or move the file away to begin anew.",
        zh="{file} 已损坏或不完整，旁边也没有备份；请用您自己的备份替换它，或把它移走后重新开始。",
    )


class Locked(Unopenable):
    """Another program holds the file for itself."""

    sentence = Text(
        en="{file} is in use by another program; close it there, or wait a minute, and start again.",
        zh="{file} 正被另一个程序占用；请在那边关闭它，或稍等一分钟，然后再启动。",
    )


class InUse(Unopenable):
    """A server is at work on the database, which is to be replaced."""

    sentence = Text(
        en="{file} is in use; stop candor serve first. Nothing was changed.",
        zh="{file} 正在使用中；请先停止 candor serve。没有任何改动。",
    )


class BrokenRecord(CandorError):
    """The record of a case does not hold; the sentence names the case and the place."""

    sentence = Text(
        en="{fault} Nothing was changed; to put this copy back all the same, add --anyway.",
        zh="{fault} 没有任何改动；如仍要恢复这份备份，请加上 --anyway。",
    )


class NewerDatabase(Unopenable):
    """A newer release has written this database."""

    sentence = Text(
        en="{file} was written by a newer Candor; start that release, or restore an older copy.",
        zh="{file} 由更新版本的 Candor 写入；请启动新版本，或恢复较早的备份。",
    )


class Busy(Unopenable):
    """Another process holds the database for a migration."""

    sentence = Text(
        en="Another Candor is preparing {file}; wait a minute and start again.",
        zh="另一个 Candor 正在准备 {file}；请稍等一分钟再启动。",
    )


class Moved(Unopenable):
    """The installation has moved to a server."""

    sentence = Text(
        en="{file} has moved to {address}; set CANDOR_DATABASE_URL to that address.",
        zh="{file} 已迁移到 {address}；请把 CANDOR_DATABASE_URL 设为该地址。",
    )


class Differs(Unopenable):
    """A table on the server is not what it is in the file; the file was left in charge."""

    sentence = Text(
        en="{file} holds other rows than it should after the copy, in the table {table}; nothing was "
        "switched over. Name an empty database and try again.",
        zh="复制后，{file} 的表 {table} 与原来的内容不一致，尚未切换。请换一个空的数据库再试。",
    )


class Occupied(Unopenable):
    """The database on the server holds cases of another installation."""

    sentence = Text(
        en="{file} holds cases already, and not from here; name an empty database.",
        zh="{file} 里已有其他安装的数据；请换一个空的数据库。",
    )


class Unreachable(Unopenable):
    """The server of the database does not answer, or does not let this user in."""

    sentence = Text(
        en="{file} does not answer or does not let this user in; check CANDOR_DATABASE_URL and that "
        "the server is up.",
        zh="{file} 没有响应，或拒绝了当前用户；请检查 CANDOR_DATABASE_URL，并确认服务器已启动。",
    )


class NotAllowed(Unopenable):
    """The user of the database may not make tables in it."""

    sentence = Text(
        en="{file} does not let this user make tables; make the user the owner of the database.",
        zh="{file} 不允许当前用户建表；请把该用户设为这个数据库的所有者。",
    )


class DeliveryError(CandorError):
    """A message could not be brought to its conversation."""


class Refused(DeliveryError):
    """The platform refuses this conversation for good; `why` is a word that wording.WHY knows."""

    def __init__(self, text: Text | None = None, *, why: str = "Refused") -> None:
        super().__init__(text)
        self.why = why


class BadContent(DeliveryError):
    """The platform refuses what the message says or how it is built; an operator must look."""


class Outdated(DeliveryError):
    """The message takes no more changes: too old, or gone. What it should say needs a new one."""


class Later(DeliveryError):
    """Not now: a rate limit, an outage. Certainly not delivered."""

    def __init__(self, retry_after: timedelta | None = None, text: Text | None = None) -> None:
        super().__init__(text)
        self.retry_after = retry_after


class OutcomeUnknown(DeliveryError):
    """The line was cut; the message may have been delivered or not."""


class CannotLook(DeliveryError):
    """This platform, or this moment, has no way to find out whether a message arrived."""
