"""Right before a message may leave it is asked once more who must agree to it, as the case stands."""

from dataclasses import replace

import pytest

from bot.core import flow
from bot.core.approving.events import SendAsked, ToldByOwner
from bot.core.approving.wording import TELL
from bot.core.case import Case
from bot.core.effects import Deliver, NoticeScreen, Show, Toast
from bot.core.events import PingDue, Stamp
from bot.core.playbook import ApprovalRule, Playbook
from bot.core.words import EventId, Text
from tests.approval.scene import PM, Scene, plain
from tests.delivery_cases import PLAYBOOK

# A rule that nobody knew of when the message was made ready.
LATER = ApprovalRule("all", ("finance",), Text(en="from today on", zh="从今天起"))
STRICT: Playbook = replace(
    PLAYBOOK, approval=replace(PLAYBOOK.approval, rules=(*PLAYBOOK.approval.rules, LATER))
)


async def undone(way: str = "chat") -> tuple[Scene, Case]:
    """A message that is ready, and that nobody had to agree to."""
    scene = await Scene(plain()).begin()
    if way == "self":
        await scene.choose("way", "self")
        return scene, await scene.now()
    await scene.choose("send")
    await scene.choose("send_undo")
    return scene, await scene.now()


def stamp(scene: Scene) -> Stamp:
    return Stamp(EventId("later"), scene.clock(), PM)


async def test_send_is_refused_where_somebody_must_agree_who_was_never_asked() -> None:
    scene, case = await undone()
    assert case.outgoing is not None
    assert case.outgoing.state == "ready"
    asked = SendAsked(stamp(scene), case.outgoing.release.digest)
    after, effects = flow.reduce(STRICT, case, asked)
    assert after.outgoing is None
    assert after.phase not in ("ready", "told")
    assert Toast(TELL.approval_void) in effects
    allowed, _ = flow.reduce(PLAYBOOK, case, asked)
    assert allowed.outgoing is not None
    assert allowed.outgoing.state == "waiting"


async def test_what_waits_is_taken_back_when_its_time_comes() -> None:
    scene, case = await undone()
    assert case.outgoing is not None
    digest = case.outgoing.release.digest
    waiting, _ = flow.reduce(PLAYBOOK, case, SendAsked(stamp(scene), digest))
    assert waiting.outgoing is not None
    assert waiting.outgoing.due is not None
    late = replace(stamp(scene), at=waiting.outgoing.due)
    after, effects = flow.reduce(STRICT, waiting, PingDue(late, "send"))
    assert after.outgoing is None
    assert not any(isinstance(e, Deliver) for e in effects)
    notices = [e.screen for e in effects if isinstance(e, Show)]
    assert NoticeScreen(TELL.approval_void) in notices
    gone, sent = flow.reduce(PLAYBOOK, waiting, PingDue(late, "send"))
    assert gone.outgoing is not None
    assert gone.outgoing.state == "leaving"
    assert any(isinstance(e, Deliver) for e in sent)


@pytest.mark.parametrize("playbook", [PLAYBOOK, STRICT])
async def test_i_told_them_counts_only_where_nobody_else_must_agree(playbook: Playbook) -> None:
    scene, case = await undone("self")
    digest = next(a.argument for a in scene.actions() if a.name == "told")
    after, effects = flow.reduce(playbook, case, ToldByOwner(stamp(scene), digest, "by phone"))
    assert (after.phase == "told") is (playbook is PLAYBOOK)
    assert (Toast(TELL.needs_approval) in effects) is (playbook is STRICT)
