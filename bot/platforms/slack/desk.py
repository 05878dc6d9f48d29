"""What becomes of each thing that Slack sends: taken in first, then answered.

One method a kind. None of them raises but for an event that could not be taken in, which Slack is
to send again.
"""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from bot.core.cards.blocks import Card
from bot.core.cards.home_card import home_card
from bot.core.pings.rooms import is_of_a_room
from bot.core.words import Language, PersonId, TenantId, Text
from bot.engine.errors import CandorError
from bot.engine.handle import NOT_UNDERSTOOD, NOT_YOURS
from bot.engine.inbound import Clicked, Inbound, Profile, Reply
from bot.engine.incoming.overview import overview
from bot.engine.papers import File
from bot.engine.ports import Parcel, Place
from bot.platforms.slack import answers, bringing, inbound, limits, marks, texts, windows
from bot.platforms.slack.asides import Asides
from bot.platforms.slack.calls import QUICK, Calls
from bot.platforms.slack.client import SlackChannel
from bot.platforms.slack.errands import Errands
from bot.platforms.slack.inbound import MoreRows, Opening
from bot.platforms.slack.intake import Intake
from bot.platforms.slack.ours import Ours
from bot.platforms.slack.payloads import (
    CommandBody,
    EventBody,
    InteractionBody,
    person_of,
    tenant_of,
)
from bot.platforms.slack.people import People
from bot.platforms.slack.places import PLATFORM, Places
from bot.platforms.slack.texts import Payload
from bot.web.platforms import Site

Make = Callable[[datetime, Profile | None], Inbound]
Gone = Callable[[], Coroutine[Any, Any, None]]  # the app, or its token, was taken away
CHANGES_PLACES = (
    "channel_shared", "channel_unshared", "member_joined_channel", "member_left_channel",
    "channel_archive", "group_archive",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the desk works with."""

    site: Site
    calls: Calls
    channel: SlackChannel
    people: People
    places: Places
    ours: Ours
    errands: Errands
    gone: Gone


class Desk:
    """Takes in what Bolt has verified, and gives what goes back."""

    def __init__(self, rooms: Rooms) -> None:
        self._at = rooms
        self._house = rooms.site.house
        self._ours = rooms.ours
        self._asides = Asides(rooms.calls, rooms.channel)
        self._intake = Intake(rooms.site, rooms.ours, rooms.people)

    async def command(self, body: CommandBody) -> Payload | None:
        """What the person sees for a slash command; None where the conversation itself shows it."""
        reply, _ = await self._intake.take(inbound.commanded(body, self._house.clock(), None))
        form = _form_of(reply)
        if form is not None and await self._opened(
            "views.open", trigger=body.trigger_id, view=form
        ):
            return None
        self._follow(reply, person_of(body), partial(self._respond, body))
        shown = answers.only_you(reply)
        if shown:
            return self._answered(body, answers.one(shown))
        if reply.case is None or body.channel_id.startswith("D"):
            return None
        return answers.moved(reply.language, app=body.api_app_id, team=body.team_id)

    def _answered(self, body: CommandBody, payload: Payload) -> Payload | None:
        """In the answer itself, but for what may be refused: nobody is told when an answer is."""
        if not self._asides.can_fail(payload):
            return self._asides.fitting(payload)
        self._at.errands.run(self._asides.respond(body.response_url, payload))
        return None

    async def event(self, body: EventBody) -> bool:
        """Take an event in; False when Slack is to send it again."""
        kind = body.event.type
        if inbound.is_for_us(body):
            return await self._written(body)
        if kind == "app_mention" and body.event.user and not body.event.bot_id:
            why = await self._ours.why_not(body)
            if why is not None:
                return why is texts.FOREIGN  # what came too early is to be sent again
            return await self._heard(body, partial(inbound.mentioned, body))
        if kind == "app_home_opened" and body.event.tab == "home":
            self._at.errands.run(self.show_home(tenant_of(body), person_of(body)))
        elif kind in CHANGES_PLACES and body.event.channel:
            self._at.places.forget(body.event.channel)
        elif kind == "app_uninstalled" or (kind == "tokens_revoked" and not _only_theirs(body)):
            self._at.errands.run(self._at.gone())
        return True

    async def pressed(self, body: InteractionBody) -> None:
        """Take a press in, or open what it opens; the answer goes its own way."""
        why = await self._ours.why_not(body)
        if why is not None:
            self._tell(body, answers.sentence(why, "en"))
            return
        try:
            await self._pressed(body)
        except CandorError as error:
            await self._answer_press(body, self._intake.sorry(person_of(body), error))

    async def _pressed(self, body: InteractionBody) -> None:
        found = inbound.pressed(body, self._house.clock(), None)
        match found:
            case None:
                return
            case Opening():
                await self._open(body, found)
            case MoreRows():
                await self._more_rows(body, found)
            case Clicked():
                reply, _ = await self._intake.take(found)
                await self._answer_press(body, reply)
            case _:
                assert_never(found)

    async def submitted(self, body: InteractionBody) -> Payload | None:
        """Take a form in; what is to be shown in its window, or None when that may close."""
        found = inbound.submitted(body, self._house.clock(), None)
        if found is None:
            return None
        why = await self._ours.why_not(body)
        if why is not None:
            return _in_window(body, why.en)
        try:
            found = await self._in_its_channel(body, found)
            reply, taken = await self._intake.take(found)
        except CandorError as error:
            reply, taken = self._intake.sorry(found.envelope.person, error), False
        if not taken and reply.toast is not None:
            return _in_window(body, reply.toast.to(reply.language))
        form = _form_of(reply)
        if form is not None:
            return {"response_action": "update", "view": form}
        if found.case is None:
            self._at.errands.run(self.show_home(found.envelope.tenant, found.envelope.person))
        for shown in answers.only_you(reply):
            self._tell(body, shown)
        self._follow(reply, person_of(body), partial(self._tell, body))
        return None

    async def shortcut(self, body: InteractionBody) -> None:
        """Take a shortcut in; a window says at once what came of it."""
        why = await self._ours.why_not(body)
        if why is not None:
            await self._say_in_window(body, [], why, self._house.profile.language)
            return
        make = inbound.pointed if body.type == "message_action" else inbound.started
        reply, _ = await self._intake.take(make(body, self._house.clock(), None))
        if not reply.seen:
            said = reply.toast or texts.IN_OURS
            await self._say_in_window(body, reply.cards, said, reply.language)

    async def _say_in_window(
        self, body: InteractionBody, cards: Sequence[Card], said: Text, language: Language
    ) -> None:
        """A window says it; where none can be opened any more, a message that only they see."""
        shown = windows.told(cards, said, language)
        if await self._opened("views.open", trigger=body.trigger_id, view=shown):
            return
        told = [answers.card(card, language) for card in cards]
        for payload in told or [answers.sentence(said, language)]:
            self._tell(body, payload)

    async def show_home(self, tenant: TenantId, person: PersonId, note: Text | None = None) -> None:
        """Draw somebody's Home tab as things stand."""
        profile = await self._at.people.profile(tenant, person)
        found = await overview(self._house, tenant, person, profile, platform=PLATFORM)
        today = self._house.clock().astimezone(ZoneInfo(found.person.zone)).date()
        card = home_card(found.person, found.cases, found.shared, today=today, note=note)
        view = answers.home(found.with_door(card), found.person.language)
        limits.check_view(view)
        await self._at.calls.call("views.publish", user_id=person, view=view)

    async def _written(self, body: EventBody) -> bool:
        """A line, and the file with dates that came with it; its words are a line all the same."""
        has_file = bool(inbound.file_of(body))
        is_line = bool(body.event.text.strip()) or not has_file
        taken = not is_line or await self._heard(body, partial(inbound.said, body))
        if taken and has_file:
            self._at.errands.run(self._looked(body))
        return taken

    async def _heard(self, body: EventBody, make: Make) -> bool:
        reply, taken = await self._intake.take(make(self._house.clock(), None))
        if not taken and not reply.fault:
            return False
        shown = answers.only_you(reply)
        if not shown and reply.case and body.event.type == "app_mention":
            shown = [answers.moved(reply.language, app="", team="")]
        self._follow(reply, person_of(body), partial(self._whisper, body))
        for payload in shown:
            self._whisper(body, payload)
        return True

    def _whisper(self, body: EventBody, payload: Payload) -> None:
        """Only to the person, where they wrote."""
        where = None if body.event.channel_type == "im" else body.event.channel
        thread = body.event.thread_ts if where else None
        self._at.errands.run(
            self._asides.whisper(person_of(body), payload, channel=where, thread=thread)
        )

    def _follow(self, reply: Reply, person: PersonId, say: Callable[[Payload], None]) -> None:
        """Begin what takes its time, once this is answered, and say it when it is there."""

        async def follow(later: Callable[[], Awaitable[Reply]]) -> None:
            found = await later()
            for payload in answers.only_you(found):
                say({**payload, "replace_original": False})
            if found.file is not None:
                await self._bring(person, found.file, found.language)

        if reply.later is not None:
            self._at.errands.run(follow(reply.later))

    async def _looked(self, body: EventBody) -> None:
        """A file that was sent: fetched and read once Slack has its answer."""
        what = inbound.handed(body, self._house.clock(), None)
        reply, _ = await self._intake.take(what, awaited=False)
        for payload in answers.only_you(reply):
            await self._asides.whisper(person_of(body), payload)

    async def _open(self, body: InteractionBody, wish: Opening) -> None:
        parcel = await self._shown_to(wish.tenant, wish.person, wish.opener.key)
        view = windows.window(parcel.card, wish.opener, parcel.language) if parcel else None
        if view is None or parcel is None:
            language = parcel.language if parcel else self._house.profile.language
            self._tell(body, answers.sentence(NOT_UNDERSTOOD if parcel else NOT_YOURS, language))
            return
        await self._window(body, _opens(body), parcel.language, view=view)

    async def _more_rows(self, body: InteractionBody, wish: MoreRows) -> None:
        parcel = await self._shown_to(wish.tenant, wish.person, wish.slip.opener.key)
        if parcel is None:
            return
        opener, rows = wish.slip.opener, wish.slip.rows + 1
        view = windows.window(
            parcel.card, opener, parcel.language, rows=rows, standing=wish.standing
        )
        if view is not None and body.view is not None:
            place = {"view_id": body.view.id, "hash": body.view.hash}
            await self._window(body, "views.update", parcel.language, view=view, **place)

    async def _shown_to(self, tenant: TenantId, person: PersonId, key: str) -> Parcel | None:
        """The row of a card that was said in this person's own conversation; None for any other."""
        parcel = await self._intake.parcel(tenant, key)
        if parcel is None:
            return None
        is_theirs = parcel.place == Place(PLATFORM, person)
        return parcel if is_theirs or is_of_a_room(parcel.slot) else None

    async def _in_its_channel(self, body: InteractionBody, click: Clicked) -> Clicked:
        """A window knows no channel; it was opened from a card that stands in one, or in none."""
        slip = marks.read_slip(body.view.private_metadata) if body.view else None
        parcel = await self._intake.parcel(tenant_of(body), slip.opener.key) if slip else None
        if parcel is None or not is_of_a_room(parcel.slot):
            return click
        where = parcel.place.conversation
        return replace(click, envelope=replace(click.envelope, heard_in=where))

    async def _window(
        self, body: InteractionBody, method: str, language: Language, **arguments: Any
    ) -> None:
        """Open, push or change a window; while its trigger lasts there is no time to lose."""
        trigger = None if method == "views.update" else body.trigger_id
        if not await self._opened(method, trigger=trigger, **arguments):
            self._tell(body, answers.sentence(texts.TRY_AGAIN, language))

    async def _opened(self, method: str, *, trigger: str | None, **arguments: Any) -> bool:
        try:
            limits.check_view(arguments["view"])
            await self._at.calls.call(method, within=QUICK, trigger_id=trigger, **arguments)
        except CandorError:
            return False
        return True

    async def _answer_press(self, body: InteractionBody, reply: Reply) -> None:
        form = _form_of(reply)
        if form is not None:
            await self._window(body, _opens(body), reply.language, view=form)
            return
        self._after_press(body, reply)
        self._follow(reply, person_of(body), partial(self._tell, body))
        if reply.file is not None:
            self._at.errands.run(self._bring(person_of(body), reply.file, reply.language))

    def _after_press(self, body: InteractionBody, reply: Reply) -> None:
        place = body.container
        if place is not None and place.type == "view":
            self._after_press_in_view(body, reply)
            return
        shown = answers.only_you(reply)
        hidden = place is not None and place.is_ephemeral and reply.file is None
        if hidden and not shown and not reply.seen:
            self._respond(body, {"delete_original": True})
        for payload in shown[:1] if hidden else ():
            self._respond(body, {**payload, "replace_original": True})
        for payload in shown[1:] if hidden else shown:
            self._tell(body, payload)

    def _after_press_in_view(self, body: InteractionBody, reply: Reply) -> None:
        person, view = person_of(body), body.view
        for payload in answers.only_you(reply):
            self._at.errands.run(self._asides.whisper(person, payload))
        if view is not None and view.type == "home":
            note = texts.AT_HOME if reply.case or reply.cards else None
            self._at.errands.run(self.show_home(tenant_of(body), person, note))
        elif view is not None and not reply.seen:
            said = windows.said(reply.toast or texts.DONE, reply.language)
            self._at.errands.run(self._at.calls.call("views.update", view_id=view.id, view=said))

    def _tell(self, body: InteractionBody, payload: Payload) -> None:
        """Only to the person, beside what they pressed."""
        if body.response_url:
            self._respond(body, {**payload, "replace_original": False})
        else:
            self._at.errands.run(self._asides.whisper(person_of(body), payload))

    def _respond(self, body: CommandBody | InteractionBody, payload: Payload) -> None:
        self._at.errands.run(self._asides.respond(body.response_url, payload))

    async def _bring(self, person: PersonId, file: File, language: Language) -> None:
        """Bring a file into somebody's own conversation, or say why not."""
        await bringing.bring(self._at.calls, self._asides, person, file, language)


def _opens(body: InteractionBody) -> str:
    """A window opens over a window by being pushed; from anywhere else it is opened."""
    return "views.push" if body.view is not None and body.view.type == "modal" else "views.open"


def _form_of(reply: Reply) -> Payload | None:
    """The window of a reply that asks for something of no case, such as the settings."""
    forms = (windows.asked(card, reply.language) for card in reply.cards)
    return next((form for form in forms if form is not None), None)


def _in_window(body: InteractionBody, why: str) -> Payload | None:
    """A problem, shown in the window that was sent, so that its words stay there."""
    first = inbound.first_input(body)
    return {"response_action": "errors", "errors": {first: why}} if first else None


def _only_theirs(body: EventBody) -> bool:
    """Whether the tokens that were revoked are people's alone, of which Candor has none."""
    tokens = body.event.tokens
    return bool(tokens.get("oauth")) and not tokens.get("bot")
