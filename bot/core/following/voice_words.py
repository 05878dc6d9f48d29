"""What is said of the team's own answers to a look back, in both languages."""

from typing import Final

from bot.core.words import Text


class VOICES:
    """Every sentence about them; `{slots}` are filled by the caller."""

    invites: Final = Text(
        en="We look back at the delay of {project}. How was it for you? Each of you can add a few "
        "words below; no box has to be filled.",
        zh="我们来复盘{project}的这次延期。大家怎么看？都可以在下面写几句，不必每格都填。",
    )
    add: Final = Text(en="Add my answer", zh="写下我的看法")
    with_name: Final = Text(
        en="{owner} reads your words with your name, and they go into the minutes. Here only the "
        "number of answers is shown.",
        zh="{owner}会看到您的话和名字，也会写进复盘记录。这里只显示有几人写了。",
    )
    without_name: Final = Text(
        en="Your name is not kept with your words, neither for {owner} nor in the log. The words go "
        "into the minutes without it. Here only the number of answers is shown.",
        zh="您的名字不会和您的话一起保存，{owner}看不到，日志里也没有；写进复盘记录时同样不带名字。"
        "这里只显示有几人写了。",
    )
    named: Final = Text(en="Kept with your name.", zh="会带上您的名字。")
    nameless: Final = Text(en="Kept without your name.", zh="不带您的名字。")
    again: Final = Text(
        en="To change something, send it once more; a box that you leave empty stays as it was.",
        zh="想改就再发一次，空着的格子保持原样。",
    )
    one: Final = Text(en="One person has answered.", zh="已有1人写了看法。")
    count: Final = Text(en="{count} people have answered.", zh="已有{count}人写了看法。")
    none: Final = Text(en="Nobody has answered yet.", zh="还没有人写。")
    asked: Final = Text(
        en="The team can add their own words in {room}.", zh="团队可以在{room}写各自的看法。"
    )
    team: Final = Text(en="What the team says", zh="团队的看法")
    somebody: Final = Text(en="Without a name", zh="未署名")
    kept: Final = Text(en="Noted, with your name. Thank you.", zh="记下了，带您的名字。谢谢。")
    kept_nameless: Final = Text(
        en="Noted, without your name. Thank you.", zh="记下了，没有记您的名字。谢谢。"
    )
    empty: Final = Text(
        en="All boxes were empty, so nothing was changed.", zh="都是空的，没有改动。"
    )
    too_long: Final = Text(
        en="An answer holds up to {most} characters; yours was longer, so nothing was changed.",
        zh="每个回答最多{most}个字，这次超了，没有改动。",
    )
    look_first: Final = Text(
        en="This is what everybody in {room} would read. What each of the team wrote to you is not in it.",
        zh="{room}里的人会看到这些。大家写给您的话不在里面。",
    )
    changed: Final = Text(
        en="They have changed since you looked. This is what everybody in {room} would read now.",
        zh="您看过之后有改动，{room}里的人现在会看到这些。",
    )
    post: Final = Text(en="Post it in {room}", zh="发到{room}")
    posted: Final = Text(en="Posted in {room}.", zh="已发到{room}。")
    over: Final = Text(
        en="The look back at {project} is over. Thank you for your words.",
        zh="{project}的复盘已经结束，谢谢各位。",
    )
