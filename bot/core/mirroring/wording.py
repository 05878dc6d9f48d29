"""What is said of copies in other systems, and in them."""

from collections.abc import Mapping
from typing import Final

from bot.core.pings.kinds import Anchor
from bot.core.words import Text


class MIRRORS:
    """Sentences; `{slots}` are filled by the caller."""

    note: Final = Text(
        en="From Candor. Please answer there; this follows by itself.",
        zh="来自 Candor。请在 Candor 里回复，这里会自动跟着变。",
    )
    page: Final = Text(en="Open as a document", zh="打开文档版")
    no_page: Final = Text(
        en="The minutes stand in {room}, and no document came of them: {why} You can share them once "
        "more later.",
        zh="复盘记录已发到{room}，但没能生成文档：{why}可以稍后再分享一次。",
    )
    no_page_file: Final = Text(
        en="The minutes stand in {room}, and no document came of them: {why} You can take them as "
        "a file, or share them once more later.",
        zh="复盘记录已发到{room}，但没能生成文档：{why}可以改用文件，或稍后再分享一次。",
    )
    unknown: Final = Text(
        en="the other system answered in a way that is not known; the log says more.",
        zh="对方系统的回答无法识别，日志里有详情。",
    )
    copied: Final = Text(
        en="They are also in your {where}. Answer here, and those follow.",
        zh="这些事项也在您的{where}里。请在这里回复，那边会跟着更新。",
    )
    tasks: Final = Text(en="tasks", zh="任务")
    entries: Final = Text(en="calendar", zh="日历")
    both: Final = Text(en="tasks and calendar", zh="任务和日历")
    not_copied: Final = Text(
        en="The copies outside of Candor may be behind: {why}",
        zh="Candor 以外的副本可能不是最新的：{why}",
    )


# What a follow-up is called in a list of tasks.
SUMMARIES: Mapping[Anchor, Text] = {
    "milestone": Text(en="Milestone “{what}” · {project}", zh="里程碑“{what}” · {project}"),
    "new_date": Text(en="The new delivery date · {project}", zh="新的交付日期 · {project}"),
    "remedy_due": Text(en="Offered: {what} · {project}", zh="答应的补救：{what} · {project}"),
    "promise": Text(en="Promised: {what} · {project}", zh="答应过的：{what} · {project}"),
    "next_update": Text(en="Update {customer} · {project}", zh="向{customer}同步进展 · {project}"),
    "decision": Text(en="{customer} decides · {project}", zh="{customer}答复 · {project}"),
    "contract_notice": Text(
        en="Last day for a written notice · {project}", zh="书面通知的最后一天 · {project}"
    ),
    "action": Text(en="{what} · {project}", zh="{what} · {project}"),
}

# The columns of the register, by what the report of a month calls them.
COLUMNS: Mapping[str, Text] = {
    "case": Text(en="Case", zh="编号"),
    "project": Text(en="Project", zh="项目"),
    "customer": Text(en="Customer", zh="客户"),
    "state": Text(en="State", zh="状态"),
    "cause": Text(en="Cause", zh="原因"),
    "first_sign": Text(en="First sign", zh="首个信号"),
    "told": Text(en="Customer told", zh="告知客户"),
    "days_silent": Text(en="Working days until told", zh="告知前的工作日"),
    "first_date": Text(en="Promised date", zh="原定日期"),
    "new_date": Text(en="New date", zh="新日期"),
    "delivered": Text(en="Delivered", zh="交付"),
    "kept": Text(en="New date kept", zh="新日期是否守住"),
    "moved_before": Text(en="Moved before", zh="以前改过期"),
    "updates": Text(en="Updates given", zh="已同步次数"),
    "reaction": Text(en="Customer's reaction", zh="客户反应"),
}
YES, NO, NONE_YET = Text(en="yes", zh="是"), Text(en="no", zh="否"), Text(en="–", zh="–")
