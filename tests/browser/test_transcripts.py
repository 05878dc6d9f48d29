"""Every written conversation, on the real page in a real Chromium, to the copied draft."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot.content.coaching import default_coaching
from bot.content.rehearsals import default_customers
from bot.core.approving.organisation import Member
from bot.core.pings.manners import Manners
from bot.core.words import PersonId
from bot.platforms.playground.people import ORGANISATION, TENANT
from bot.script import play
from bot.script.organisation import HOUSE
from bot.script.performance import seated
from tests.browser.acting import Actor
from tests.browser.chat import Visitors
from tests.browser.following import Follower
from tests.browser.served import Setting, playbooks, served

FOLDER = Path(__file__).parents[1] / "transcripts"
FILES = sorted(FOLDER.glob("*.yaml"))
FOLLOWED = sorted(f for part in ("following", "meetings") for f in (FOLDER / part).glob("*.yaml"))
CLIPBOARD = ["clipboard-read", "clipboard-write"]
PEOPLE = {"en": PersonId("maya"), "zh": PersonId("chenyu")}


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_written_conversation_goes_the_same_way_on_the_page(
    file: Path, browser: Browser, tmp_path: Path
) -> None:
    transcript = play.load(file)
    script = transcript.script
    playbook = next(p for p in playbooks() if p.id == "delivery_delay")
    player = seated(transcript, playbook, default_coaching(), default_customers())
    me = PEOPLE[script.language]
    owner = Member(player.table.person.id, ORGANISATION.name_of(me))  # who signs, there as here
    player.table.organisation = replace(HOUSE, people=(owner, *HOUSE.people[1:]))
    people = tuple(replace(player.table.person, id=id_, tenant=TENANT) for id_ in PEOPLE.values())
    setting = Setting(player.table.clock, people, full=True, stands=True)
    with served(tmp_path, setting) as server, Visitors(browser, server.url) as visit:
        chat = visit(me, permissions=CLIPBOARD, reduced_motion="reduce")
        actor = Actor(me, chat, player, server, visit)
        for number, line in enumerate(script.lines):
            actor.do(number, line)
        assert [*actor.problems, *player.problems] == []
        for wanted in script.expect_draft:
            copied = actor.copied(wanted)
            assert copied == actor.assembled(wanted)
            assert [x for x in wanted.has if x not in copied] == []
            assert [x for x in wanted.lacks if x in copied] == []


@pytest.mark.slow
@pytest.mark.parametrize("file", FOLLOWED, ids=lambda file: file.stem)
def test_what_was_told_is_followed_up_on_the_page_to_the_last_button(
    file: Path, browser: Browser, tmp_path: Path
) -> None:
    transcript = play.load(file)
    script = transcript.script
    playbook = next(p for p in playbooks() if p.id == "delivery_delay")
    player = seated(transcript, playbook)
    plain = Manners(morning=False, weekly=False)  # the written conversations know no digests
    owner = replace(player.table.person, id=PEOPLE["en"], tenant=TENANT, manners=plain)
    team = tuple(replace(owner, id=PersonId(id_)) for id_ in ("maya", "omar", "linjing"))
    setting = Setting(player.table.clock, team, full=True, stands=True)
    with served(tmp_path, setting) as server, Visitors(browser, server.url) as visit:
        chat = visit(owner.id, reduced_motion="reduce")
        actor = Actor(owner.id, chat, player, server, visit)
        follower = Follower(actor, script.zone, tmp_path / "candor.db")
        for number, line in enumerate(script.lines):
            follower.do(number, line)
        assert follower.problems == []
