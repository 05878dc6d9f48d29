"""Every written conversation, had in Lark over both roads: the same cases come of it.

Over HTTP each event is delivered twice, the second time with another id; over the long connection
clients send the fields that were left empty.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.content.coaching import default_coaching
from bot.content.rehearsals import default_customers
from bot.core.approving.organisation import Organisation
from bot.core.case import Case
from bot.core.words import PersonId
from bot.engine.inbound import Profile
from bot.script import play
from bot.script.organisation import HOUSE
from bot.script.performance import PERSON as OWNER
from bot.script.performance import play as perform
from tests.platforms.lark.bot import MODES, Bot, Mode, playbook
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Person as LarkPerson
from tests.platforms.lark.playing import Hand, Still
from tests.script.test_engine import asked, tracked

FILES = sorted((Path(__file__).parents[2] / "transcripts").rglob("*.yaml"))


def alike(case: Case) -> object:
    """A case without its id, its clock and its events' names."""
    return (
        case.phase, case.step, case.stopped, {k: a.value for k, a in case.answers.items()},
        case.passed, case.stale, {k: p.raw for k, p in case.pending.items()}, case.loose,
        {k: a.value for k, a in case.others.items()}, {k: e.text for k, e in case.edits.items()},
        case.kept, {k: s.reason for k, s in case.skips.items()}, case.practised, case.rooms,
        [(v.name, v.number, v.looks) for v in case.sharing.viewers.values()], asked(case),
    )  # fmt: skip


def colleagues(fake: FakeLark, maya: LarkPerson) -> tuple[dict[PersonId, LarkPerson], Organisation]:
    """The people of the written house as people of the tenant, and a group with the customer."""
    found = {m.id: fake.tenant.person(m.name) for m in HOUSE.people if m.id != OWNER}
    group = fake.tenant.group("With the customer", *found.values())
    known = replace(HOUSE.customers[0], conversation=f"lark:{group.id}")
    names = {id_: PersonId(person.open_id) for id_, person in (found | {OWNER: maya}).items()}
    people = tuple(replace(m, id=names.get(m.id, m.id)) for m in HOUSE.people)
    roles = {role: tuple(names[p] for p in ids) for role, ids in HOUSE.roles.items()}
    return found, replace(HOUSE, people=people, roles=roles, customers=(known,))


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_the_same_cases_come_of_it(file: Path, mode: Mode) -> None:
    played = perform(play.load(file), playbook(), default_coaching(), default_customers())
    script = played.transcript.script
    fake = FakeLark(Still(played.moments[0].at))
    fake.limits.on = False
    if mode == "http":  # everything twice, at once, with another event id
        fake.pushes.doubled = fake.pushes.fresh_ids = True
    else:
        fake.hands.blanks = "empty"
    fake.start()
    try:
        maya = fake.tenant.person("Maya", "zh_cn" if script.language == "zh" else "en_us")
        profile = Profile(script.language, script.zone, script.calendar)
        others, organisation = colleagues(fake, maya)
        async with Bot(
            fake,
            mode=mode,
            profile=profile,
            whole=True,
            organisation=organisation,
            trackers=tracked(played, fake.clock),
        ) as bot:
            team = fake.tenant.group("The team", maya, *others.values())
            await fake.do(fake.hands.add_bot(maya, team))
            found = await Hand(bot, played, maya, others, team).play()
    finally:
        fake.stop()
    assert {k: alike(c) for k, c in found.items()} == {c.id: alike(c) for c in played.cases}
    assert fake.violations == []
