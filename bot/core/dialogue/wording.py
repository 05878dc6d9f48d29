"""What is said of an answer that cannot be taken as it was given, and of rows out of order."""

from typing import Final

from bot.core.words import Text


class READ:
    """Each says what is missing and how to write it; `{slots}` are filled by the caller."""

    need_words: Final = Text(
        en="A few words are needed here, for example: {example}",
        zh="这里需要几个字，例如：{example}",
    )
    only_name: Final = Text(
        en="Only the name is wanted here, such as “{example}”; the rest is asked one by one. Or is all "
        "of this the name?",
        zh="这里只写名称就好，例如“{example}”，其他的后面会一项项问。还是说，这一整句就是名称？",
    )
    keep_name: Final = Text(en="All of it is the name", zh="整句就是名称")
    too_long_line: Final = Text(
        en="One short line is enough here (up to {limit} characters); yours has {count}. "
        "It is all kept in the box.",
        zh="这里一行就够（最多{limit}个字符），您写了{count}个，全部保留在框里。",
    )
    too_long_text: Final = Text(
        en="That is {count} characters; up to {limit} can be kept here. Please shorten it. "
        "It is all still in the box.",
        zh="这段有{count}个字符，这里最多{limit}个，请精简一下。内容都还在框里。",
    )
    no_choice: Final = Text(
        en="“{raw}” is not one of the choices: {choices}.",
        zh="“{raw}”不在选项里：{choices}。",
    )
    did_you_mean: Final = Text(
        en="I read “{raw}” as the one below. Is that what you mean?",
        zh="我把“{raw}”理解成下面这一项，对吗？",
    )
    no_past_date: Final = Text(
        en="“{raw}” does not read as a date. Try “19 November”, “last Friday” or “two weeks ago”.",
        zh="“{raw}”不像日期。可以写“11月19日”“上周五”或“两周前”。",
    )
    no_date: Final = Text(
        en="“{raw}” does not read as a date. Try “4 December”, “next Friday” or "
        "“in 10 working days”.",
        zh="“{raw}”不像日期。可以写“12月4日”“下周五”或“10个工作日后”。",
    )
    date_past: Final = Text(
        en="{day} has passed already. This needs a day that is still to come.",
        zh="{day}已经过去了，这里需要一个还没到的日期。",
    )
    date_future: Final = Text(
        en="{day} is still to come. This asks for a day that has been.",
        zh="{day}还没到，这里问的是已经过去的日期。",
    )
    date_before: Final = Text(
        en="{day} lies before “{label}” ({other}). Which of the two is wrong?",
        zh="{day}早于“{label}”（{other}），哪一个写错了？",
    )
    date_free: Final = Text(
        en="{day} is not a working day. Keep it, or take the next one?",
        zh="{day}不是工作日。保留，还是改到下一个工作日？",
    )
    no_number: Final = Text(
        en="“{raw}” does not read as a number. Try “12”, “3 weeks” or “1,200”.",
        zh="“{raw}”不像数字。可以写“12”“3周”或“1200”。",
    )
    no_percent: Final = Text(
        en="“{raw}” does not read as a percentage. Try “80” or “80 %”.",
        zh="“{raw}”不像百分比。可以写“80”“80%”或“八成”。",
    )
    percent_range: Final = Text(
        en="{raw} cannot be: a percentage lies between 0 and 100.",
        zh="{raw}不对，百分比应在0到100之间。",
    )
    number_range: Final = Text(
        en="{raw} is outside what fits here: {low} to {high}.",
        zh="{raw}超出范围，应在{low}到{high}之间。",
    )
    no_money: Final = Text(
        en="“{raw}” does not read as a sum. Try “€1,200” or “1.3万元”.",
        zh="“{raw}”不像金额。可以写“1.3万元”或“€1,200”。",
    )
    no_yes: Final = Text(en="Please answer yes or no.", zh="请回答“是”或“否”。")
    may_leave: Final = Text(en="It is optional: “skip” leaves it out.", zh="此题选填，可以“跳过”。")
    no_rows: Final = Text(
        en="Write one row a line, its parts set apart by “;”: {columns}.",
        zh="每行写一条，各部分用“；”隔开：{columns}。",
    )
    few_rows: Final = Text(
        en="{count} so far; at least {least} are needed. Add another line.",
        zh="现在有{count}条，至少要{least}条，请再加一行。",
    )
    many_rows: Final = Text(
        en="{count} rows are more than a reader can follow; keep it to {most}. All are still here.",
        zh="{count}条太多，读的人跟不上，请控制在{most}条以内。内容都还在。",
    )
    row_problem: Final = Text(
        en="Row {row}, {label}: {problem}", zh="第{row}行“{label}”：{problem}"
    )
    row_missing: Final = Text(en="this is needed.", zh="这一格要填。")
    row_which: Final = Text(
        en="“{raw}” can be {readings}; please write the day in full.",
        zh="“{raw}”可能是{readings}，请写全日期。",
    )
    rows_order: Final = Text(
        en="“{later}” ({day}) comes after “{earlier}”, but its date lies before. Sort by date, or "
        "keep the order?",
        zh="“{later}”（{day}）排在“{earlier}”后面，日期却更早。按日期排序，还是保留这个顺序？",
    )
    rows_beyond: Final = Text(
        en="“{name}” ({day}) lies after the new date ({other}). Which of the two is wrong?",
        zh="“{name}”（{day}）晚于新日期（{other}），哪一个写错了？",
    )
    rows_same: Final = Text(
        en="Two rows are the same: “{name}”. Two real choices are needed.",
        zh="有两条相同：“{name}”。这里需要两个真正不同的方案。",
    )
    sort_rows: Final = Text(en="Sort by date", zh="按日期排序")
    keep_rows: Final = Text(en="Keep this order", zh="保留这个顺序")
    keep_day: Final = Text(en="Keep {day}", zh="保留{day}")
    move_day: Final = Text(en="Move to {day}", zh="改到{day}")
