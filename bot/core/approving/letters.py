"""A release as the card that goes to the customer: its words and nothing else."""

from bot.core.approving.release import Release
from bot.core.cards.blocks import Card, Paragraph
from bot.core.words import same

_HEAD = 120  # characters of a message that a notification shows


def customer_card(release: Release) -> Card:
    """The text as it was agreed to; the subject is what a notification or a mail is headed by."""
    head = release.subject or release.text[:_HEAD]
    return Card(same(head), (Paragraph(same(release.text)),), plain=True)
