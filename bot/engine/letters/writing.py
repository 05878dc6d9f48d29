"""What a case wants said, as letters of this moment: drawn now, to wherever its reader is."""

from dataclasses import dataclass, replace

from bot.core.cards import screens
from bot.core.cards.blocks import Card
from bot.core.case import Case
from bot.core.dialogue.scalars import local_day
from bot.core.effects import ApprovalScreen, Deliver, Screen, Show, StepScreen
from bot.core.pings.reminder import Board
from bot.core.playbook import Playbook
from bot.core.stamp import Stamp
from bot.core.words import Language, PersonId, same
from bot.engine.letters import boards, outward
from bot.engine.ports import USEFUL, Letter, Place
from bot.engine.sessions import Session
from bot.engine.sketch import Sketch


@dataclass(frozen=True, slots=True)
class Writing:
    """The letters of a case as it stands after its turn."""

    session: Session
    playbook: Playbook
    case: Case
    stamp: Stamp

    async def shown(self, show: Show) -> Letter:
        """A card, to the owner's place, to somebody else or to a project's channel."""
        place, language = self.session.place, self.session.language
        if show.to is not None:
            place, language = await self._reached(show.to)
        elif show.room is not None:
            _, language = await self._reached(self.case.owner)
            place = Place(show.room.platform, show.room.conversation)
        return Letter(
            id=self.session.house.new_id(),
            case=self.case.id,
            place=place,
            slot=show.slot,
            language=language,
            card=await self._card(show),
            at=self.stamp.at,
            expires_at=self.stamp.at + USEFUL,
        )

    async def board(self, board: Board) -> Letter:
        """What is asked of somebody in all cases together. Raises LookupError."""
        home = await self._reached(board.to or self.case.owner)
        house, turn = self.session.house, self.session.turn
        return await boards.letter(house, turn, board, self.case, at=self.stamp.at, home=home)

    def delivery(self, wish: Deliver) -> Letter:
        """The message to the customer. Raises outward.NotAgreed."""
        return outward.letter(self._base(), self.case, wish)

    async def _card(self, show: Show) -> Card | Sketch:
        """The card; of the owner's open step only a sketch, for the next press may draw it anew."""
        screen, today = await self._screen(show), local_day(self.case, self.stamp.at)
        if isinstance(screen, StepScreen) and show.to is None and show.room is None:
            return Sketch(self.playbook, self.case, screen, today)
        return screens.draw(self.playbook, self.case, screen, today=today)

    async def _screen(self, show: Show) -> Screen:
        """The screen, with the clock of the approver who reads it where that is known."""
        if show.to is None or not isinstance(show.screen, ApprovalScreen):
            return show.screen
        known = await self.session.turn.person(show.to)
        zone = known.zone if known is not None and not known.guessed else ""
        return replace(show.screen, zone=zone)

    def _base(self) -> Letter:
        """A letter of this moment, still to be filled."""
        return Letter(
            id=self.session.house.new_id(),
            case=self.case.id,
            place=self.session.place,
            slot="",
            language=self.session.language,
            card=Card(same("…")),
            at=self.stamp.at,
            expires_at=self.stamp.at + USEFUL,
        )

    async def _reached(self, person: PersonId) -> tuple[Place, Language]:
        """Where somebody else is told, in their language: where they were last heard, else directly."""
        house, tenant = self.session.house, self.case.tenant
        known = await self.session.turn.person(person)
        if known is not None and known.conversation:
            return Place(known.platform, known.conversation), known.language
        platform = self.session.place.platform
        language = known.language if known else self.session.language
        return Place(platform, house.direct(platform, tenant, person)), language
