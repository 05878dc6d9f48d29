"""What goes back to a person in Slack's own answer, or right after it. Pure."""

from collections.abc import Sequence

from bot.core.cards.blocks import Card
from bot.core.words import Language, Text
from bot.engine.inbound import Reply
from bot.platforms.slack import render, texts
from bot.platforms.slack.render import Sheet
from bot.platforms.slack.texts import Payload, escaped, plain


def only_you(reply: Reply) -> list[Payload]:
    """What only the person sees: the cards of a reply, and its passing word."""
    found = [card(c, reply.language) for c in reply.cards]
    return [*found, sentence(reply.toast, reply.language)] if reply.toast else found


def card(shown: Card, language: Language) -> Payload:
    """A card that only the person sees."""
    return {"response_type": "ephemeral", **render.message(shown, Sheet(language))}


def sentence(text: Text, language: Language) -> Payload:
    """A sentence that only the person sees."""
    said = text.to(language)
    return {
        "response_type": "ephemeral",
        "text": escaped(said, 3900),
        "blocks": [{"type": "section", "text": plain(said)}],
    }


def moved(language: Language, *, app: str, team: str) -> Payload:
    """That it goes on in their own conversation, with a way there."""
    shown = sentence(texts.IN_OURS, language)
    if app and team:
        button = {
            "type": "button",
            "action_id": "go:dm",
            "text": plain(texts.TO_OURS.to(language), 75),
            "url": f"https://slack.com/app_redirect?app={app}&team={team}",
        }
        shown["blocks"] = [*shown["blocks"], {"type": "actions", "elements": [button]}]
    return shown


def one(payloads: Sequence[Payload]) -> Payload:
    """Several answers as one, where only one can be given."""
    if len(payloads) == 1:
        return payloads[0]
    blocks = [block for payload in payloads for block in payload["blocks"]][:50]
    return {**payloads[0], "text": payloads[-1]["text"], "blocks": blocks}


def in_both(text: Text) -> Payload:
    """A sentence in both languages, where nobody knows whose it is."""
    return one([sentence(text, language) for language in ("en", "zh")])


def home(shown: Card, language: Language) -> Payload:
    """The Home tab."""
    return {"type": "home", "blocks": render.blocks(shown, Sheet(language, surface="home"))}
