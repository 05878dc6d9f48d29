"""The candor command. What operators do besides serving stands in `operating`.

Trouble ends in one sentence and exit code 2.
"""

import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated, Literal

import typer

from bot import logs, wiring
from bot.assembly import chats
from bot.coach import words as coach_words
from bot.coach.lines import coach_lines
from bot.content import coaching, rehearsals
from bot.content import playbooks as content
from bot.operating import connecting, tending, working
from bot.operating.console import bytes_of, configured, own_file, trouble, write, write_bytes
from bot.operating.memory import lasting
from bot.script import play as stage
from bot.settings import Settings
from bot.sources import sheet
from bot.sources.milestones import MOST, guess, mapped
from bot.web.serve import address, listen, run

app = typer.Typer(
    help="Candor helps a project manager tell a customer about a delay, early and honestly.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

setup = typer.Typer(help="Prepare a chat platform for Candor.", no_args_is_help=True)
app.add_typer(setup, name="setup")

export = typer.Typer(help="Write out what is kept.", no_args_is_help=True)
app.add_typer(export, name="export")


def main() -> None:
    """Run the command line."""
    app()


@app.command()
def serve() -> None:
    """Serve what is configured; without any platform, the playground: a chat page on this machine."""
    with trouble():
        settings = configured()
        settings.refuse_open_playground()
        with listen(settings) as listening:
            with lasting():
                served = wiring.served(settings)
            typer.echo(f"Candor is at {address(listening)}")
            if "playground" in served.platforms:
                typer.echo(
                    "Open it and go on with the half-finished sample, or type /delay. ", nl=False
                )
            typer.echo(f"Ctrl+C stops it; everything is kept in {served.kept_in}.")
            for sentence in wiring.noted(settings):
                typer.echo(sentence)
            logs.begin(sys.stderr)
            run(served.app, listening)


@app.command()
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A folder of playbooks; without one, those that come along."),
    ] = None,
) -> None:
    """Check playbooks, customers and coaching rules: every problem with file, line and remedy."""

    with trouble():
        problems = (*content.check(folder), *rehearsals.check(folder), *coaching.check(folder))
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo("All playbooks, customers and coaching rules are in order.")


@app.command()
def doctor(
    address: Annotated[
        str, typer.Option("--url", help="Where chat platforms reach this server: https://….")
    ] = "",
) -> None:
    """Look over tokens, permissions, addresses and the database: one sentence and remedy each."""
    with trouble(), logs.quietly():
        settings = configured()
        seen, troubles = wiring.seen(settings)
        problems = (*wiring.doctor(settings, address), *troubles)
    for sentence in seen:
        typer.echo(sentence)
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo("All is well.")


@setup.command("slack")
def setup_slack(
    address: Annotated[
        str, typer.Option("--url", help="Where Slack reaches this server: https://….")
    ] = "https://candor.example.com",
    file: Annotated[Path, typer.Option("--file", help="Where to write the manifest.")] = Path(
        "slack-manifest.yaml"
    ),
    *,
    many: Annotated[
        bool, typer.Option("--many", help="To be installed by a link, in any number of workspaces.")
    ] = False,
) -> None:
    """Write the manifest of the Slack app for this host, and say how to create it."""
    with trouble():
        text, link = chats.slack_manifest(configured(), address, many=many)
        write(file, text)
    typer.echo(f"{file} is written. Open this address to create the app with it:")
    typer.echo(link)
    if many:
        typer.echo(
            "Then: copy Client ID, Client Secret and Signing Secret from Basic Information to "
            "CANDOR_SLACK_CLIENT_ID, CANDOR_SLACK_CLIENT_SECRET and CANDOR_SLACK_SIGNING_SECRET; set "
            f"CANDOR_KEYS to what candor rotate-keys --new prints, and CANDOR_PUBLIC_URL={address}; "
            f"start candor serve, and open {address.rstrip('/')}/slack/install in each workspace."
        )
        return
    typer.echo(
        "Then: Install to Workspace; copy the Bot User OAuth Token to CANDOR_SLACK_BOT_TOKEN and the "
        "Signing Secret to CANDOR_SLACK_SIGNING_SECRET; candor doctor looks it over."
    )


@setup.command("lark")
def setup_lark(
    file: Annotated[Path, typer.Option("--file", help="Where to write the scopes.")] = Path(
        "lark-scopes.json"
    ),
    *,
    scan: Annotated[
        bool, typer.Option("--scan", help="Have the app made by a scan, and write down its secret.")
    ] = False,
    env: Annotated[
        Path, typer.Option("--env", help="With --scan: the new file that its id and secret go to.")
    ] = Path("lark.env"),
    add: Annotated[
        Path | None,
        typer.Option("--add", help="Keep a further app, from a file such as --scan writes."),
    ] = None,
    remove: Annotated[
        str, typer.Option("--remove", help="Take a further app out, by its id.")
    ] = "",
    show: Annotated[bool, typer.Option("--list", help="Name the further apps.")] = False,
) -> None:
    """Write the scopes of the Feishu or Lark app and say how to create it; or have it made by a scan.

    Further apps beside it, of other tenants, are kept sealed in the database.
    """
    if add is not None or remove or show:
        with trouble():
            tending.lark_apps(configured(), add, remove)
        return
    if scan:
        with trouble():
            _scan(configured(), env)
        return
    with trouble():
        text, link = chats.lark_scopes(configured())
        write(file, text)
    typer.echo(f"{file} is written. Open this address and create a custom app:")
    typer.echo(link)
    typer.echo(
        "Then: add the bot under Features; import the file under Permissions & Scopes; copy App ID and "
        "App Secret to CANDOR_LARK_APP_ID and CANDOR_LARK_APP_SECRET; start candor serve; choose the "
        "persistent connection and add the events of deploy/lark-setup.md; publish a version. "
        "candor doctor looks it over. Or have the app made by a scan: candor setup lark --scan."
    )


def _scan(settings: Settings, env: Path) -> None:
    """Wait for the scan. The file is made first, so that no secret comes that cannot be kept."""

    def show(link: str) -> None:
        code, picture = chats.lark_code(link, get_terminal_size().columns)
        if not code:
            write_bytes(env.with_suffix(".png"), picture)
            typer.echo(f"{env.with_suffix('.png')} holds the code, since this terminal is narrow.")
        typer.echo(code, nl=False)
        typer.echo("Scan it with Feishu or Lark, as somebody who may create apps; or open:")
        typer.echo(link)

    with own_file(env) as written:
        written.write(chats.lark_app(settings, show).settings() + "\n")
    typer.echo(
        f"The app is made, and {env} is written; only you can read it. Load it, start candor serve, "
        "add the menu of deploy/lark-setup.md and publish a version. candor doctor names what is "
        "still missing."
    )


@app.command()
def play(
    file: Annotated[
        Path | None, typer.Argument(help="A transcript; without one, the demonstration.")
    ] = None,
    language: Annotated[
        Literal["en", "zh"], typer.Option(help="Language of the demonstration.")
    ] = "en",
) -> None:
    """Play a whole conversation in the terminal and print the message it comes to.

    What the file expects in vain is told at the end, with exit code 1.
    """

    with trouble():
        problems = stage.show(stage.load(file or stage.demonstration(language)), typer.echo)
    if problems:
        raise typer.Exit(1)


@app.command()
def coach(
    file: Annotated[
        Path | None,
        typer.Argument(help="JSON Lines, or one text with --channel; else standard input."),
    ] = None,
    *,
    score: Annotated[bool, typer.Option("--score", help="Compare with the labels.")] = False,
    channel: Annotated[
        Literal["email", "chat", "letter", "meeting"] | None,
        typer.Option(help="The file is one text that somebody has written for this channel."),
    ] = None,
    lang: Annotated[
        Literal["en", "zh"] | None, typer.Option(help="The text's language; else it is told.")
    ] = None,
    facts: Annotated[
        Path | None, typer.Option(help="A JSON file with what is known of the case.")
    ] = None,
) -> None:
    """Coach answers and drafts: a line of findings for each line, or one text in words."""
    with trouble():
        text = coach_words.read_text(file)
        if channel is not None:
            known = coach_words.read_facts(facts)
            typer.echo(coach_words.in_words(text, channel, lang, known))
        elif score:
            typer.echo(coach_words.scored(text, sys.stderr))
        elif coach_lines(text.splitlines(), sys.stdout, sys.stderr):
            raise typer.Exit(1)


@app.command()
def milestones(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, or XML of Microsoft Project.")],
    *,
    name: Annotated[int, typer.Option(help="The column of names, from 1; else it is told.")] = 0,
    day: Annotated[int, typer.Option(help="The column of days, from 1; else it is told.")] = 0,
) -> None:
    """Show the milestones in a file, as lines to paste after /delay watch."""
    with trouble():
        table = sheet.read(file.name, bytes_of(file))
        chosen = {"name": name - 1, "day": day - 1}
        columns = {**guess(table), **{k: v for k, v in chosen.items() if v >= 0}}
        found = mapped(table, columns, today=wiring.now().date())
    for key, number in columns.items():
        typer.echo(f"{key}: column {number + 1}, “{table.header[number]}”", err=True)
    for row in found[:MOST]:
        typer.echo(row.line if not row.problem else f"# {row.name}: {row.problem.en}")
    left_out = table.left_out + max(len(found) - MOST, 0)
    if left_out:
        typer.echo(f"{left_out} more rows are left out; at most {MOST} are watched", err=True)


tending.add_to(app, export)
connecting.add_to(app)
working.add_to(app)
