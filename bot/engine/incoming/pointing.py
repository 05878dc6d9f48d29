"""A message that was pointed at: what a new case knows from it."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.core.case import DateValue, Offer, TextValue
from bot.core.reading.formats import show_date
from bot.core.words import FieldId, Text
from bot.engine.inbound import Pointed

FIRST_SIGN, TEAM_NOTE = FieldId("first_sign"), FieldId("internal_note")
FROM_MESSAGE = Text(en="the message of {day}", zh="{day}的那条消息")


def found(at: Pointed, zone: str) -> Mapping[FieldId, Offer]:
    """Its day as the first sign, and its words for the team."""
    day = at.written_at.astimezone(ZoneInfo(zone)).date()
    origin = FROM_MESSAGE.fill(day=Text(en=show_date(day, "en"), zh=show_date(day, "zh")))
    words = f"{at.text}\n{at.link}".strip()
    offers = {FIRST_SIGN: Offer(DateValue(day), origin)}
    return {**offers, TEAM_NOTE: Offer(TextValue(words), origin)} if words else offers
