"""The written conversations that send and follow up, on the playground by its own requests."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.content.coaching import default_coaching
from bot.core.case import Case
from bot.core.desk import Person
from bot.core.words import CaseId, PersonId
from bot.engine import firing
from bot.engine.deliver import deliver
from bot.engine.digesting import is_digest
from bot.engine.inbound import Clicked, Commanded, Said
from bot.engine.ports import Ping
from bot.engine.tick import tick
from bot.platforms.playground.people import INBOX, TENANT
from bot.script import play
from bot.script.moment import Moment
from bot.script.organisation import HOUSE, LIN, OMAR
from bot.script.performance import PERSON, Played
from bot.script.performance import play as perform
from tests.platforms.playground.ground import Ground, playbook
from tests.script.test_engine import asked

FOLDER = Path(__file__).parents[2] / "transcripts"
FILES = [f for name in ("sending", "following") for f in sorted((FOLDER / name).glob("*.yaml"))]
NAMES: Mapping[PersonId, PersonId] = {
    PERSON: PersonId("maya"), OMAR: PersonId("omar"), LIN: PersonId("linjing"),
}  # fmt: skip
ORGANISATION = replace(
    HOUSE,
    people=tuple(replace(m, id=NAMES[m.id]) for m in HOUSE.people),
    roles={role: tuple(NAMES[p] for p in ids) for role, ids in HOUSE.roles.items()},
    customers=(replace(HOUSE.customers[0], conversation=INBOX),),
)
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Page:
    """What the page would post for each moment of a conversation."""

    def __init__(self, played: Played) -> None:
        self.played = played
        begun = played.moments[0].at
        self.ground = Ground(at=begun, organisation=ORGANISATION, coached=True)
        self.house = self.ground.playground.house
        self.cases: dict[CaseId, CaseId] = {}

    async def run(self) -> Mapping[CaseId, Case]:
        """All moments in order; the cases that stand at the end, by the table's names."""
        script = self.played.transcript.script
        person = Person(NAMES[PERSON], TENANT, script.language, script.zone, script.calendar)
        async with self.house.store.turn(TENANT) as turn:
            await turn.save_person(person)
        for moment in self.played.moments:
            self.ground.at = max(self.ground.at, moment.at)
            await self._do(moment)
            await deliver(self.house)
            await self._name(moment)
        return {name: await self.case(id_) for name, id_ in self.cases.items()}

    async def case(self, id_: CaseId) -> Case:
        filed = await self.house.store.case(TENANT, id_)
        assert filed is not None
        return filed.case

    async def _do(self, moment: Moment) -> None:
        match moment.inbound:
            case None:
                ping = await self._due(moment)
                self.ground.at = max(self.ground.at, ping.due)  # the page's clock ticks as it looks
                assert await firing.fire(self.house, ping)
            case Commanded(words=words, envelope=envelope):
                place = "channel" if envelope.heard_in else "dm"
                await self.ground.say(f"/delay {words}".strip(), conversation=place)
            case Said(text=text):
                await self.ground.say(text)
            case Clicked() as click:
                await self._click(click)
            case _:
                raise AssertionError(f"no page for {moment.inbound}")

    async def _due(self, moment: Moment) -> Ping:
        """The reminder of the case that this moment is about; when, depends on the case's id."""
        assert moment.case is not None
        pings = await self.house.store.pings(moment.at.replace(year=moment.at.year + 1))
        mine = [p for p in pings if p.case == self.cases[moment.case] and not is_digest(p)]
        return min(mine, key=lambda p: p.due)

    async def _click(self, click: Clicked) -> None:
        who = NAMES[click.envelope.person]
        place = "channel" if click.envelope.heard_in else "dm"
        shown = (await self.ground.state(str(who), place))["messages"]
        wanted = {"name": click.action.name, "argument": self._named(click.action.argument)}
        action = _standing(shown, wanted) or wanted
        case = self.cases[click.case] if click.case else None
        body = {"id": self.ground.fresh(), "person": str(who), "case": case, "action": action}
        body |= {"conversation": place}
        more = {"seen": click.seen, "boxes": click.boxes, "text": click.text}
        assert (await self.ground.post("/api/click", {**body, **more})).status_code == 200

    def _named(self, argument: str) -> str:
        known = {str(k): str(v) for k, v in (*NAMES.items(), *self.cases.items())}
        return "/".join(known.get(part, part) for part in argument.split("/"))

    async def _name(self, moment: Moment) -> None:
        if moment.case is not None and moment.case not in self.cases:
            person = await self.house.store.person(TENANT, NAMES[PERSON])
            assert person is not None
            assert person.front is not None
            self.cases[moment.case] = person.front


def _standing(value: object, wanted: Mapping[str, str]) -> dict[str, str] | None:
    """The action on a card that is this one but for the digest, which names people and places."""
    if isinstance(value, dict):
        if set(value) >= {"name", "argument"} and _same(value, wanted):
            return {"name": value["name"], "argument": value["argument"]}
        value = list(value.values())
    if isinstance(value, list):
        found = (_standing(one, wanted) for one in reversed(value))
        return next((f for f in found if f is not None), None)
    return None


def _same(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return one["name"] == other["name"] and (
        _DIGEST.sub("*", str(one["argument"])) == _DIGEST.sub("*", other["argument"])
    )


def ended(case: Case) -> object:
    """What came of a case: its answers, its promises, and what the customer got."""
    return (
        case.phase,
        {k: a.value for k, a in case.answers.items()},
        [(p.kind, p.date, p.what) for p in case.given],
        [(d.how, d.release.text) for d in case.deliveries],
        [(o.reaction, o.quote) for o in case.outcomes],
        case.rooms,
        asked(case),
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_the_same_message_reaches_the_customers_inbox(file: Path) -> None:
    played = perform(play.load(file), playbook(), default_coaching())
    assert played.problems == ()
    page = Page(played)
    found = await page.run()
    assert {k: ended(c) for k, c in found.items()} == {c.id: ended(c) for c in played.cases}
    inbox = (await page.ground.state("grace", "inbox"))["messages"]
    texts = [d.release.text for c in played.cases for d in c.deliveries]
    assert [m["text"] for m in inbox if m["by"] == "candor"] == texts


async def test_undo_at_second_61_comes_too_late_on_a_card_as_it_stood() -> None:
    played = perform(
        play.load(FILES[0].parent / "ferry_approved_en.yaml"), playbook(), default_coaching()
    )
    page = Page(played)
    sends = max(n for n, m in enumerate(played.moments) if _is_send(m))
    page.played = replace(played, moments=played.moments[: sends + 1])
    await page.run()
    (id_,) = page.cases.values()
    outgoing = (await page.case(id_)).outgoing
    assert outgoing is not None
    assert outgoing.state == "waiting"
    page.ground.at += timedelta(seconds=61)
    await tick(page.house)
    await deliver(page.house)
    late = {"name": "send_undo", "argument": str(outgoing.number)}
    body = {"id": page.ground.fresh(), "person": "maya", "case": id_, "action": late}
    answer = await page.ground.post("/api/click", {**body, "seen": 10_000, "boxes": {}, "text": ""})
    assert "It has left already" in answer.text
    assert (await page.case(id_)).phase == "told"
    inbox = (await page.ground.state("grace", "inbox"))["messages"]
    assert len([m for m in inbox if m["by"] == "candor"]) == 1


def _is_send(moment: Moment) -> bool:
    return isinstance(moment.inbound, Clicked) and moment.inbound.action.name == "send"
