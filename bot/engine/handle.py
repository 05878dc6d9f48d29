"""The one way in: an inbound is taken in, applied and answered in a single transaction."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import assert_never

from bot.core import actions, commands, desk, desk_sharing
from bot.core.approving import react as approving
from bot.core.approving.wording import TELL
from bot.core.cards import desk_cards
from bot.core.cards.blocks import Action, Card
from bot.core.cards.follow_desk import REPORT_FILE
from bot.core.case import Case, Offer
from bot.core.commands import Command, Unknown
from bot.core.desk import Begin, Desk, Look, Pass, Person, Summary
from bot.core.dialogue.inputs import picks
from bot.core.dialogue.scalars import local_day
from bot.core.events import Begun, Event, Stamp, Typed
from bot.core.following import clicks as pings
from bot.core.following.wording import CASE_FILE
from bot.core.settling import SAVE
from bot.core.sharing.events import ByOwner, ByViewer, ViewerLooked, ViewerLost
from bot.core.sharing.wording import SHARE
from bot.core.words import CaseId, FieldId, Text
from bot.engine import sessions, turning
from bot.engine.conflicts import persist
from bot.engine.errors import CandorError
from bot.engine.house import House
from bot.engine.inbound import Clicked, Commanded, Envelope, Handed, Inbound, Pointed, Reply, Said
from bot.engine.incoming import (
    acquaintance,
    connecting,
    handing,
    limits,
    looking,
    pointing,
    settling,
    sharing,
    team,
)
from bot.engine.incoming.apologies import entry, failed
from bot.engine.incoming.handing import Looked
from bot.engine.incoming.looking import Ahead
from bot.engine.incoming.making import Unmade, with_file
from bot.engine.papers import KINDS
from bot.engine.ports import Filed, Place, Turn
from bot.engine.sessions import Session
from bot.engine.turning import Turned

NOT_FOUND = Text(
    en="That conversation is not here any more. Type “list” to see yours.",
    zh="这里已经没有这段对话了。输入“列表”可以查看您的对话。",
)
NOT_YOURS = Text(
    en="This conversation belongs to somebody else, so nothing was changed.",
    zh="这段对话属于另一位同事，没有改动。",
)
NOT_UNDERSTOOD = Text(
    en="That button belongs to an older message. Nothing was changed.",
    zh="这个按钮来自较早的消息，没有改动。",
)


async def handle(house: House, inbound: Inbound) -> Reply:
    """Take an inbound in, once, and give what goes back in the platform's own answer.

    When this returns, everything is on the disk: an inbound that met an internal fault is kept in
    the log and the reply names its reference. Raises StoreUnavailable or Conflict when nothing
    was taken in; the platform must not acknowledge then, so that it delivers again.
    """
    with house.measures.turn(type(inbound).__name__.lower()) as timing:
        reply = await limits.turned_away(house, inbound) or await _handled(house, inbound)
        timing.ended = "fault" if reply.fault else "repeated" if reply.seen else "done"
        return reply


async def _handled(house: House, inbound: Inbound) -> Reply:
    try:
        ahead = await looking.ahead(house, inbound)
        try:
            return await persist(partial(_take_in, house, inbound, ahead))
        except Unmade as wish:
            made = await asyncio.to_thread(wish.making)
            ahead = replace(ahead, file=made)
        except sharing.Unsure:
            ahead = replace(ahead, belongs=await team.belonging(house, *inbound.envelope.who))
        return await persist(partial(_take_in, house, inbound, ahead))
    except CandorError:
        raise
    except Exception as error:  # noqa: BLE001 - the top of a request: apologise, keep the answer
        return await failed(house, inbound, error)


async def _take_in(house: House, inbound: Inbound, ahead: Ahead) -> Reply:
    envelope = inbound.envelope
    async with house.store.turn(envelope.tenant) as turn:
        if not await turn.take_in(envelope.id, envelope.at):
            return Reply(seen=True)
        known = await turn.person(envelope.person)
        person = (
            acquaintance.told_more(house, known, envelope)
            if known
            else acquaintance.newcomer(house, envelope)
        )
        visit = _Visit(house, turn, person, envelope, ahead)
        looked = ahead.looked
        reply = await (visit.handed(looked) if looked else visit.receive(inbound))
        reply = with_file(reply, ahead.file)
        person = acquaintance.met(visit.person, envelope)
        if person != known:
            await turn.save_person(person)
        return replace(reply, language=person.language)


class _Visit:
    """One person's inbound in an open turn; `person` is who they are by the end of it."""

    def __init__(
        self, house: House, turn: Turn, person: Person, envelope: Envelope, ahead: Ahead
    ) -> None:
        self.person = person
        self._ahead = ahead
        self._house = house
        self._turn = turn
        self._envelope = envelope
        self._stamp = Stamp(envelope.id, envelope.at, envelope.person)
        self._place = Place(envelope.platform, envelope.conversation)

    async def receive(self, inbound: Inbound) -> Reply:
        """What goes back for it; what is to be said is in the outbox."""
        match inbound:
            case Said():
                command = commands.typed(inbound.text)
                if command is None or await self._picks(inbound.text):
                    return await self._typed(inbound)
                return await self._command(command, inbound.text)
            case Commanded():
                written = inbound.written or f"/delay {inbound.words}".strip()
                return await self._command(commands.slash(inbound.words), written)
            case Clicked():
                return await self._clicked(inbound)
            case Pointed():
                return await self._begin("", pointing.found(inbound, self.person.zone))
            case Handed():
                return await self._refuse(NOT_UNDERSTOOD)  # of a file nothing is read ahead
            case _:
                assert_never(inbound)

    async def _typed(self, said: Said) -> Reply:
        """A line belongs to the case at the front, or to the only one that is open."""
        filed = await self._front()
        if filed is None:
            return await self._loose(said, await self._cases())
        return await self._react(filed, Typed(self._stamp, said.text))

    async def _picks(self, line: str) -> bool:
        """Whether a line that reads as a command names a choice of the open question."""
        filed = await self._front()
        if filed is None:
            return False
        playbook = await self._house.shelf.version(self._turn, filed.case.digest)
        return picks(playbook, filed.case, line)

    async def _front(self) -> Filed | None:
        """The case that a typed line belongs to: the one at the front, or the only open one."""
        filed = await self._open(self.person.front)
        if filed is not None:
            return filed
        found = await self._cases()
        return found[0] if len(found) == 1 else None

    async def _loose(self, said: Said, found: tuple[Filed, ...]) -> Reply:
        await self._note("Said", said)
        if not self.person.greeted:
            return Reply(cards=(desk_cards.greeting(),))
        return Reply(
            cards=(desk_cards.nothing_open([desk.summary(f.case) for f in found], said.text),)
        )

    async def _command(self, command: Command | Unknown, written: str = "") -> Reply:
        """A command, pressed or `written`; the words of the person are kept."""
        if isinstance(command, Command) and command.verb == "connections":
            await self._note(type(command).__name__, {"text": written} if written else command)
            return await connecting.listed(self._house, self._turn, self.person)
        found = {filed.case.id: filed for filed in await self._meant_by(command)}
        summaries = [desk.summary(filed.case) for filed in found.values()]
        viewed = await sharing.viewed(
            self._sight(), self._envelope, self._ahead, command, summaries
        )
        if viewed is not None:
            await self._note(type(command).__name__, {"text": written} if written else command)
            return await self._shown(viewed)
        came = self._received(command, summaries)
        also = await self._became(came.person, tuple(found.values()))
        cards = (came.reply,) if came.reply else ()
        kind = "Wrote" if came.act else type(command).__name__
        if written or came.act is None:
            await self._note(kind, {"text": written} if written else command)
        match came.act:
            case None:
                return Reply(cards=cards, toast=came.toast, also=also)
            case Begin(project=project, watch=watch):
                more = handing.may_send(self._house, self._envelope.platform) if watch else ()
                return replace(await self._begin(project, watch=watch), cards=(*cards, *more))
            case Pass():
                filed = found[came.act.case]
                return replace(await self._react(filed, came.act.event), cards=cards)
            case Look():
                await self._note(type(command).__name__, command)
                return await looking.look(self._sight(), came.act, await self._cases())
            case _:
                assert_never(came.act)

    def _received(self, command: Command | Unknown, cases: Sequence[Summary]) -> Desk:
        if isinstance(command, Command) and command.verb in ("lead", "deputy", "away"):
            found = team.named(self._house, self._envelope, command.rest)
            return desk.appoint(self.person, command, found, self._stamp)
        if isinstance(command, Command) and command.verb in ("invite", "uninvite"):
            meant = team.meant(self._house, self._envelope, command.rest)
            return desk_sharing.received(self.person, command, meant, cases, self._stamp)
        return desk.receive(self.person, command, cases, self._stamp, self._ahead.here)

    async def _meant_by(self, command: Command | Unknown) -> tuple[Filed, ...]:
        """Their open cases; where an invitation is taken back, those that ended as well."""
        if isinstance(command, Command) and command.verb == "uninvite":
            return await self._turn.cases(self.person.id)
        return await self._cases()

    async def _shown(self, found: Card | Filed) -> Reply:
        """A list with what is shared, or a case of somebody else to be read."""
        if isinstance(found, Card):
            return Reply(cards=(found,))
        return await self._decide(found, ViewerLooked(self._stamp))

    async def _by_viewer(self, filed: Filed, event: Event) -> Reply:
        """A viewer reads or steps out, as long as they are one of ours."""
        refused = sharing.why_not(self._house, self._envelope, self._ahead)
        if refused is None:
            return await self._decide(filed, event)
        if refused == SHARE.not_ours:
            await self._decide(filed, ViewerLost(self._stamp, self.person.id, outside=True))
        return replace(await self._refuse(refused, filed.case.id), case=filed.case.id)

    def _sight(self) -> looking.Sight:
        at, platform = self._envelope.at, self._place.platform
        return looking.Sight(self._house, self._turn, self.person, at, platform)

    async def _report(self, action: Action) -> Reply:
        """A month's report as a file for this person."""
        reply = await looking.report_file(self._sight(), action.argument)
        if reply is None:
            return await self._refuse(NOT_UNDERSTOOD)
        await self._note("ReportTaken", {"report": action.argument})
        return reply

    async def _settled(self, click: Clicked) -> Reply:
        """The form of settings: what was changed holds in the person's open cases as well."""
        named = partial(team.named, self._house, self._envelope)
        came = desk.settle(self.person, click.boxes, self._stamp, named=named)
        await self._note("Settled", {"boxes": click.boxes})
        cards = (came.reply,) if came.reply else ()
        also = await self._became(came.person, await self._cases())
        return Reply(cards=cards, toast=came.toast, also=also)

    async def _became(self, person: Person, cases: Sequence[Filed]) -> tuple[CaseId, ...]:
        """The person as they are from now on; gives those of these cases that this has reached."""
        before, self.person = self.person, person
        return await settling.reach(self._session(), before, person, cases, self._stamp)

    async def _clicked(self, click: Clicked) -> Reply:
        wish = actions.command(click.action)
        if wish is not None:
            return await self._command(wish)
        if click.action == SAVE:
            return await self._settled(click)
        if click.action.name == REPORT_FILE:
            return await self._report(click.action)
        reply = await connecting.pressed(self._house, self.person, click)
        if reply is not None:
            await self._note("Connecting", {"what": click.action})
            return reply
        return await self._on_a_case(click)

    async def _on_a_case(self, click: Clicked) -> Reply:
        named = pings.case_in(click.action) or click.case
        filed = await self._turn.case(named) if named else None
        if filed is None:
            return await self._refuse(NOT_FOUND)
        came = actions.Click(click.seen, click.boxes, click.text)
        event = actions.event(self._stamp, click.action, came)
        event = team.signed(self._house, event, filed.case, self._envelope)
        if self._ahead.why_not is not None and filed.case.owner != self.person.id:
            return await self._refuse(self._ahead.why_not, filed.case.id)
        if event is not None and team.may_decide(filed.case, event, self._envelope):
            by_viewer = isinstance(event, ByViewer)
            return await (self._by_viewer if by_viewer else self._decide)(filed, event)
        if filed.case.owner != self.person.id:
            why = sharing.read_only(filed.case, self.person.id) or NOT_YOURS
            return await self._refuse(why, filed.case.id)
        if event is None:
            return await self._file(filed, click.action)
        return await self._react(filed, event)

    async def _file(self, filed: Filed, action: Action) -> Reply:
        """A file of the message, once everybody has agreed to exactly these words."""
        if action.name == CASE_FILE:
            made = await looking.case_file(self._sight(), filed.case, action.argument)
            return await self._refuse(NOT_UNDERSTOOD) if made is None else Reply(making=made)
        wanted, _, digest = action.argument.partition("/")
        kind = next((k for k in KINDS if action.name == "file" and k == wanted), None)
        if kind is None or self._house.make_file is None:
            return await self._refuse(NOT_UNDERSTOOD, filed.case.id)
        playbook = await self._house.shelf.version(self._turn, filed.case.digest)
        today = local_day(filed.case, self._stamp.at)
        release = approving.takeable(playbook, filed.case, digest, today=today)
        if release is None:
            return await self._refuse(TELL.needs_approval, filed.case.id)
        await self._note("FileTaken", {"kind": kind, "digest": digest}, filed.case.id)
        made = partial(self._house.make_file, filed.case, release, kind, self._stamp.at)
        return Reply(making=made, case=filed.case.id)

    async def _decide(self, filed: Filed, event: Event) -> Reply:
        """A word of an approver, or of the team: the case stays where its owner is, and in their language."""
        session = await sessions.owners(self._house, self._turn, filed)
        turned = await turning.react(session, filed, event)
        return Reply(toast=turned.toast, case=turned.case.id)

    async def handed(self, looked: Looked) -> Reply:
        """A file with dates: a look at it, or its rows taken into the project that is watched."""
        filed = handing.target(looked, await self._cases(), self.person.front)
        if filed is not None and handing.takes(looked, filed):
            return self._to_front(await handing.take(self._session(), filed, looked, self._stamp))
        await self._note("Looked", {"file": looked.mark.handle})
        return Reply(cards=(handing.shown(looked, filed),))

    async def _begin(
        self,
        project: str,
        found: Mapping[FieldId, Offer] | None = None,
        *,
        watch: bool = False,
    ) -> Reply:
        begun = Begun(
            self._stamp,
            case=CaseId(self._house.new_id()),
            tenant=self.person.tenant,
            language=self.person.language,
            zone=self.person.zone,
            calendar=self.person.calendar,
            project=project,
            found=found or {},
            watch=watch,
        )
        return self._to_front(await turning.begin(self._session(), begun))

    async def _react(self, filed: Filed, event: Event) -> Reply:
        turned = await turning.react(self._session(), filed, event)
        if isinstance(event, ByOwner):  # who may read it is no answer: those go on where they were
            return Reply(toast=turned.toast, case=turned.case.id)
        left = (filed.case.id,) if turned.case.id != filed.case.id else ()
        return replace(self._to_front(turned), also=left)

    def _to_front(self, turned: Turned) -> Reply:
        self.person = replace(self.person, front=turned.case.id)
        return Reply(toast=turned.toast, case=turned.case.id)

    def _session(self) -> Session:
        return Session(self._house, self._turn, self._place, self.person.language)

    async def _open(self, id_: CaseId | None) -> Filed | None:
        filed = await self._turn.case(id_) if id_ is not None else None
        return filed if filed and _is_open(filed.case) else None

    async def _cases(self) -> tuple[Filed, ...]:
        return tuple(f for f in await self._turn.cases(self.person.id) if _is_open(f.case))

    async def _refuse(self, why: Text, case: CaseId | None = None) -> Reply:
        await self._note("refused", {"why": why.en}, case)
        return Reply(toast=why)

    async def _note(self, kind: str, what: object, case: CaseId | None = None) -> None:
        await self._turn.log(entry(self._envelope, kind, what, case))


def _is_open(case: Case) -> bool:
    return case.phase not in ("closed", "abandoned")
