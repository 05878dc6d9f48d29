"""Written conversations, ready to be shown: where they are, and how one is played in a terminal."""

from collections.abc import Callable
from pathlib import Path

from bot.content import playbooks as content
from bot.content.coaching import load_coaching
from bot.content.rehearsals import default_customers
from bot.core.words import Language
from bot.script import printed
from bot.script.performance import Played
from bot.script.performance import play as perform
from bot.script.transcript import Transcript, load

__all__ = ["demonstration", "home", "load", "play", "show"]

_SHOWN: dict[Language, str] = {"en": "cpython_313_en.yaml", "zh": "cyberpunk_2077_zh.yaml"}


def home() -> Path:
    """The folder of the conversations that come along: in an installed package, else the tests'."""
    inside = Path(__file__).parents[1] / "transcripts"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "tests" / "transcripts"


def demonstration(language: Language) -> Path:
    """The conversation that shows best what this is, in that language."""
    return home() / _SHOWN[language]


def play(transcript: Transcript) -> Played:
    """The conversation, with the playbook, the coach and the customers of this release."""
    playbook = content.load(content.home() / "delivery_delay", thorough=False)
    return perform(transcript, playbook, load_coaching(), default_customers())


def show(transcript: Transcript, echo: Callable[[str], object]) -> tuple[str, ...]:
    """Plays a conversation and echoes it; gives what the file expects in vain, a sentence each."""
    played = play(transcript)
    echo(printed.text(played))
    return played.problems
