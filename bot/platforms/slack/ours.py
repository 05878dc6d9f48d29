"""Who belongs to the organisation that installed the app: its workspaces, learned as people act."""

import asyncio

from bot.core.words import PersonId, Text
from bot.engine.errors import CandorError, Later, OutcomeUnknown, Refused
from bot.platforms.slack import payloads, texts
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.client import is_person
from bot.platforms.slack.payloads import EventBody, InteractionBody
from bot.platforms.slack.texts import Payload

MEETING = 1.0  # seconds that somebody waits for Slack to say whose app this is
ASKING = 1.0  # seconds that the first from a workspace waits for it to be looked up
ELSEWHERE = ("is_restricted", "is_ultra_restricted", "is_stranger")  # guests, strangers
SLACKBOT = "USLACKBOT"  # which Slack does not call a bot


class Ours:
    """Tells our own people from those of another organisation, as in a shared channel."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._teams: set[str] = set()
        self._enterprise = ""  # where the app is installed for the whole of it
        self._met = asyncio.Event()

    def meet(self, known: Payload) -> None:
        """Learn from auth.test who we are."""
        self._teams |= {str(known[k]) for k in ("team_id", "enterprise_id") if known.get(k)}
        if known.get("is_enterprise_install"):
            self._enterprise = str(known.get("enterprise_id") or "")
        self._met.set()

    async def why_not(self, body: EventBody | InteractionBody) -> Text | None:
        """The sentence for somebody who is not let in; None for our own."""
        try:
            async with asyncio.timeout(MEETING):
                await self._met.wait()
        except TimeoutError:
            return texts.NOT_YET
        team = payloads.home_team(body)
        if not team or team in self._teams:
            return None
        if self._enterprise and await self._enterprise_of(body) == self._enterprise:
            self._teams.add(team)  # one look for each of its workspaces
            return None
        return texts.FOREIGN

    async def why_not_told(self, person: PersonId) -> Text | None:
        """The sentence for somebody who is told of no case; None for a full member of ours."""
        try:
            async with asyncio.timeout(ASKING):
                await self._met.wait()
                found = await self._calls.call("users.info", user=person)
        except Refused:
            return texts.NOT_A_MEMBER
        except (CandorError, TimeoutError):
            return texts.CANNOT_TELL
        user = found["user"]
        if person == SLACKBOT or any(user.get(flag) for flag in (*ELSEWHERE, "is_bot", "deleted")):
            return texts.NOT_A_MEMBER
        return None if self._is_from_ours(user) else texts.NOT_A_MEMBER

    async def is_outside(self, conversation: str) -> bool:
        """Whether it is the own conversation of a guest, a stranger or another organisation's.

        Raises Later where Slack does not tell, and Refused for somebody who is not there.
        """
        if not is_person(conversation):
            return False
        if not self._met.is_set():
            raise Later
        try:
            found = await self._calls.call("users.info", user=conversation)
        except OutcomeUnknown as error:  # of the question; nothing was posted
            raise Later from error
        user = found["user"]
        return any(user.get(flag) for flag in ELSEWHERE) or not self._is_from_ours(user)

    def _is_from_ours(self, user: Payload) -> bool:
        """Whether a workspace of theirs, or their enterprise, is the one that installed the app."""
        within = user.get("enterprise_user") or {}
        if self._enterprise and within.get("enterprise_id") == self._enterprise:
            return True
        return not self._teams.isdisjoint({user.get("team_id"), *(within.get("teams") or ())})

    async def _enterprise_of(self, body: EventBody | InteractionBody) -> str:
        """What Slack says of the person; a payload names where it happened, not whose they are."""
        person = payloads.person_of(body)
        try:
            found = await self._calls.call("users.info", within=ASKING, user=person)
        except CandorError:
            return ""
        return str((found["user"].get("enterprise_user") or {}).get("enterprise_id") or "")
