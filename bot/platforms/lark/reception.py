"""What comes of a happening: the engine takes it in, the platform gets its answer, then it is said.

The order is the promise: commit, answer, act. What is in `Answer.after` runs when the platform has
its answer, since a card that is changed before that is changed back by the client.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.core.cards import desk_cards
from bot.core.cards.blocks import Card
from bot.core.cards.home_card import home_card
from bot.core.pings.rooms import is_of_a_room
from bot.core.words import EventId, Language, Text
from bot.engine.errors import CandorError, DeliveryError, Later
from bot.engine.handle import handle
from bot.engine.inbound import Envelope, Handed, Inbound, Profile, Reply
from bot.engine.incoming.overview import overview
from bot.engine.papers import File
from bot.engine.ports import Line
from bot.platforms.in_time import InTime
from bot.platforms.lark import happenings, inbound, words
from bot.platforms.lark.client import LarkChannel
from bot.platforms.lark.codes import DISABLED, MENDED
from bot.platforms.lark.happenings import Happening
from bot.platforms.lark.references import conversation, tenant_of
from bot.web.platforms import Site

_log = structlog.get_logger(__name__)

TRIES = 3
FILE = 90  # the number of a file among what is said after one event; the cards come before
SOON = timedelta(seconds=8)  # that a card beside the outbox waits for its turn

Job = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the platform, and what is done once it has it.

    Not `taken`: it must push the event again.
    """

    body: Mapping[str, Any] = field(default_factory=dict)
    taken: bool = True
    after: Sequence[Job] = ()

    async def act(self) -> None:
        """Do what comes after the answer; trouble stays here."""
        for job in self.after:
            try:
                await _in_turn(job)
            except DeliveryError as error:
                _log.info("not said", error=type(error).__name__)
            except Exception as error:  # noqa: BLE001 - the top of a job; what was taken in stays
                _log.error("not said", error=type(error).__name__)


class Reception:
    """Where everything arrives, from either road."""

    def __init__(
        self,
        site: Site,
        channel: LarkChannel,
        profile: Profile,
        name: Callable[[], str],
        *,
        app: str = "",
    ) -> None:
        """`name` tells what the bot is called in its tenant; `app` is its id, of a further one."""
        self._site = site
        self._house = site.house
        self._channel = channel
        self._profile = profile
        self._name = name
        self._app = app
        self._in_time = InTime()
        self._named = False  # whether the log says what its tenant is called
        self.stopped = False  # by an administrator

    async def take(self, payload: Mapping[str, Any]) -> Answer:
        """Take in whatever was pushed; never raises for what somebody did."""
        found = inbound.read(payload, now=self._house.clock(), profile=self._profile, app=self._app)
        call = inbound.is_call(payload)
        try:
            if found is None:
                return Answer(_toast(words.LOST)) if call else Answer()
            self._name_tenant(payload)
            coming = self._happened(found)
            return await (self._in_time.of(coming) if call else coming)
        except CandorError as error:
            _log.warning("not taken in", error=type(error).__name__)
            return Answer(_toast(error.text, "error")) if call else Answer(taken=False)

    def _name_tenant(self, payload: Mapping[str, Any]) -> None:
        """Into the log, once: an operator cannot read it anywhere else."""
        header = payload.get("header")
        if not self._named and isinstance(header, Mapping):
            self._named = True
            tenant = tenant_of(self._app, str(header.get("tenant_key", "")))
            _log.info("lark tenant is heard", tenant=tenant)

    async def _happened(self, found: Happening) -> Answer:
        match found:
            case (
                happenings.Written()
                | happenings.Touched()
                | happenings.Arrived()
                | happenings.Picture()
                | happenings.Sent()
            ):
                return await self._alone(found)
            case (
                happenings.Mentioned()
                | happenings.Joined()
                | happenings.Left()
                | happenings.Outsider()
            ):
                return await self._in_a_group(found)
            case happenings.Overlooked():
                return await self._overlooked(found.envelope)
            case happenings.Switched():
                self.stopped = not found.on
                if self.stopped:
                    _log.warning("lark waits for an operator", why=MENDED[DISABLED].en)
                return Answer()
            case _:
                return await self._heard(found)

    async def _alone(
        self,
        found: happenings.Written
        | happenings.Touched
        | happenings.Arrived
        | happenings.Picture
        | happenings.Sent,
    ) -> Answer:
        """In the person's own conversation, whose chat is learnt on the way.

        Not of a press: its card may have been forwarded, and then it tells of another chat.
        """
        match found:
            case happenings.Written():
                self._learn(found.inbound.envelope, found.chat)
                return await self._heard(found.inbound)
            case happenings.Touched():
                return await self._touched(await self._placed(found))
            case happenings.Arrived():
                self._learn(found.envelope, found.chat)
                return await self._arrived(found)
            case happenings.Sent():
                self._learn(found.inbound.envelope, found.chat)
                return Answer(after=(self._looking(found.inbound),))
            case happenings.Picture():
                self._learn(found.envelope, found.chat)
                return await self._once(found.envelope, words.no_words())

    async def _in_a_group(
        self,
        found: happenings.Mentioned | happenings.Joined | happenings.Left | happenings.Outsider,
    ) -> Answer:
        """Nothing of a case is ever said in a group; it goes on with the person alone."""
        match found:
            case happenings.Mentioned():
                answer = await self._heard(found.inbound)
                reply = self._replying(found.message, words.moved())
                return Answer(after=(*answer.after, reply) if answer.after else ())
            case happenings.Outsider(message=""):
                return Answer(_toast(words.OUTSIDER))
            case happenings.Outsider():
                return Answer(after=(self._replying(found.message, words.outsider()),))
            case happenings.Joined() | happenings.Left():
                return await self._membership(found)

    async def _heard(self, came: Inbound) -> Answer:
        """A line or a command: what belongs to the person alone follows as messages."""
        reply = await handle(self._house, came)
        cards = list(reply.cards)
        if reply.toast is not None:
            cards.insert(0, words.said(reply.toast))
        return Answer(after=self._jobs(came.envelope, reply, cards))

    async def _touched(self, found: happenings.Touched) -> Answer:
        """A press: a toast at once, and the card by the API once this is answered."""
        came = found.inbound
        reply = await handle(self._house, came)
        cards = [*reply.cards, *await self._zone(found)]
        jobs = self._jobs(came.envelope, reply, cards)
        return Answer(_toast(_passing(reply), "error" if reply.fault else "info"), after=jobs)

    async def _placed(self, found: happenings.Touched) -> happenings.Touched:
        """A press in a project's group is told from one in the person's own conversation by its row.

        A card that was forwarded bears that row too, but stands in another chat: nobody there is
        of the team. In the chat that is known as the person's own, nothing has to be looked up.
        """
        envelope = found.inbound.envelope
        if self._channel.is_alone(envelope.conversation, found.chat):
            return found
        parcel = await self._house.store.parcel(envelope.tenant, found.row) if found.row else None
        if parcel is None or not is_of_a_room(parcel.slot):
            return found
        if parcel.place.conversation.rpartition("/")[2] != found.chat:
            return found
        there = replace(envelope, heard_in=parcel.place.conversation)
        return replace(found, inbound=replace(found.inbound, envelope=there))

    async def _zone(self, found: happenings.Touched) -> list[Card]:
        """Asked once, where the client says that somebody is elsewhere than we count."""
        envelope = found.inbound.envelope
        if not found.zone or found.inbound.action.name == "zone":
            return []
        person = await self._house.store.person(envelope.tenant, envelope.person)
        if person is None or person.zone_known or person.zone == found.zone:
            return []
        if not await self._first(envelope, f"zone:{envelope.person}"):
            return []
        return [words.zone(found.zone, person.zone)]

    async def _arrived(self, found: happenings.Arrived) -> Answer:
        """Greeted once, though the platform tells of every opening."""
        envelope = found.envelope
        known = await self._house.store.person(envelope.tenant, envelope.person)
        if known is not None and known.greeted:
            return Answer()
        if not await self._first(envelope, f"greeted:{envelope.person}"):
            return Answer()
        return self._tells(envelope, desk_cards.greeting(), self._profile.language)

    async def _overlooked(self, envelope: Envelope) -> Answer:
        """The one next thing, open conversations, the week's dates and the settings, on one card."""
        if not await self._first(envelope, envelope.id):
            return Answer()
        found = await overview(
            self._house, envelope.tenant, envelope.person, self._profile, platform=envelope.platform
        )
        today = envelope.at.astimezone(ZoneInfo(found.person.zone)).date()
        card = home_card(found.person, found.cases, found.shared, today=today, note=None)
        return self._tells(envelope, found.with_door(card), found.person.language)

    async def _membership(self, found: happenings.Joined | happenings.Left) -> Answer:
        """Said to the group where all are of the own tenant, else to whoever did it, if of it."""
        if isinstance(found, happenings.Joined) and not found.external:
            where = conversation(found.envelope.tenant, found.chat)
            if not await self._first(found.envelope, found.envelope.id):
                return Answer()
            key = _key(found.envelope, 0)
            return Answer(after=(self._posting(where, key, words.joined(self._name()), "en"),))
        if not found.by_own:
            return Answer()
        card = words.outside() if isinstance(found, happenings.Joined) else words.left()
        return await self._once(found.envelope, card)

    async def _once(self, envelope: Envelope, card: Card) -> Answer:
        if not await self._first(envelope, envelope.id):
            return Answer()
        return self._tells(envelope, card, self._profile.language)

    async def _first(self, envelope: Envelope, id_: str) -> bool:
        async with self._house.store.turn(envelope.tenant) as turn:
            return await turn.take_in(EventId(id_), envelope.at)

    def _tells(self, envelope: Envelope, card: Card, language: Language) -> Answer:
        return Answer(
            after=(self._posting(envelope.conversation, _key(envelope, 0), card, language),)
        )

    def _jobs(self, envelope: Envelope, reply: Reply, cards: Sequence[Card]) -> tuple[Job, ...]:
        jobs: list[Job] = []
        reached = () if reply.seen else (reply.case, *reply.also)
        jobs += [self._waking(Line(envelope.tenant, case)) for case in reached if case is not None]
        jobs += [
            self._posting(envelope.conversation, _key(envelope, n), card, reply.language)
            for n, card in enumerate(cards)
        ]
        if reply.file is not None:
            jobs.append(self._bringing(envelope, reply.file, reply.language))
        if reply.later is not None:
            jobs.append(self._following(envelope, reply.later))
        return tuple(jobs)

    def _following(self, envelope: Envelope, later: Callable[[], Awaitable[Reply]]) -> Job:
        """What takes its time, once the inbound is answered."""
        under = replace(envelope, id=EventId(f"{envelope.id}-later"))

        async def follow() -> None:
            found = await later()
            toast = (words.said(found.toast),) if found.toast is not None else ()
            for job in self._jobs(under, found, (*toast, *found.cards)):
                await job()

        return follow

    def _bringing(self, envelope: Envelope, file: File, language: Language) -> Job:
        async def bring() -> None:
            where = envelope.conversation
            documents = self._channel.documents if file.page else None
            if documents is not None:
                try:
                    link = await documents.page(file, str(envelope.person))
                    return await self._channel.point(where, _key(envelope, FILE), link)
                except CandorError as error:
                    told = words.no_page(error.text)
                    await self._channel.post(where, _key(envelope, FILE + 2), told, language)
            try:
                await self._channel.bring(where, _key(envelope, FILE), file)
            except CandorError as error:
                told = words.no_file(error.text)
                await self._channel.post(where, _key(envelope, FILE + 1), told, language)

        return bring

    def _looking(self, handed: Handed) -> Job:
        """A file is fetched and read once the platform has its answer, which it waits 3 s for."""

        async def look() -> None:
            answer = await self._heard(handed)
            await answer.act()

        return look

    def _waking(self, line: Line) -> Job:
        async def wake() -> None:
            self._site.wake(line)

        return wake

    def _posting(self, where: str, key: str, card: Card, language: Language) -> Job:
        async def post() -> None:
            await self._channel.post(where, key, card, language)

        return post

    def _replying(self, message: str, card: Card) -> Job:
        async def reply() -> None:
            await self._channel.reply(message, card, f"r-{message}", self._profile.language)

        return reply

    def _learn(self, envelope: Envelope, chat: str) -> None:
        if chat:
            self._channel.learn(envelope.conversation, chat)


async def _in_turn(job: Job) -> None:
    """Do it; where too much is said at once, a moment later."""
    for _ in range(TRIES - 1):
        try:
            return await job()
        except Later as error:
            if error.retry_after is None or error.retry_after > SOON:
                raise
            await asyncio.sleep(error.retry_after.total_seconds())
    return await job()


def _passing(reply: Reply) -> Text:
    """What each press is answered with at once."""
    if reply.toast is not None:
        return reply.toast
    return words.AGAIN if reply.seen else words.TAKEN


def _toast(text: Text, kind: str = "info") -> dict[str, Any]:
    """A passing remark, in the language of the client."""
    shown = {"en_us": text.en, "zh_cn": text.zh}
    return {"toast": {"type": kind, "content": text.en, "i18n": shown}}


def _key(envelope: Envelope, number: int) -> str:
    """The idempotency key of what follows an inbound beside the outbox: at most 50 characters."""
    return f"{envelope.id[-44:]}-{number}"
