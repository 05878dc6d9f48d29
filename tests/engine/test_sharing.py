"""A colleague who is invited to read a case: after a yes, read only, and until it is taken back."""

from dataclasses import replace

import pytest

from bot.core.approving.organisation import Organisation, Organisations
from bot.core.cards.blocks import Action
from bot.core.case import TextValue, text_of
from bot.core.words import CaseId, FieldId, PersonId, TenantId
from bot.engine.deliver import deliver
from bot.engine.errors import Later, Refused
from bot.engine.handle import NOT_YOURS
from bot.engine.incoming.overview import overview
from bot.engine.ports import USEFUL
from tests.approval.scene import pressable
from tests.contracts.rows import answer
from tests.engine.room import HERE, Room, playbook
from tests.engine.sharing import (
    BEN,
    BENS,
    PEOPLE,
    buttons,
    by_ben,
    invited,
    labels,
    said,
    seen_by,
    staff,
    stored,
)


async def test_nobody_is_told_before_the_owner_saw_who_will_read_what_and_agreed(
    room: Room,
) -> None:
    staff(room)
    case = await room.begin()
    await room.command("invite Ben Ode")
    await deliver(room.house)
    (asked,) = [m for m in room.channel.messages if "Let Ben Ode read Apollo?" in said(m.card)]
    assert labels(asked.card) == ["Invite Ben Ode", "Not now"]
    for part in ("Your answers", "Not shown", "for the team only", "such as legal"):
        assert part in said(asked.card)
    assert (await stored(room, case)).sharing.viewers == {}
    assert seen_by(room) == []

    await room.click(case, "invite_yes/ben")
    await deliver(room.house)
    assert said(asked.card).startswith("Ben Ode can read Apollo now; I have told them.")
    (told,) = seen_by(room)
    assert told.card.text.en == "Anna Berg invites you to read the delay conversation on Apollo."
    assert labels(told.card) == ["Read it", "Step out"]


async def test_who_is_not_invited_after_all_never_hears_of_it(room: Room) -> None:
    staff(room)
    case = await room.begin()
    await room.command("invite Ben Ode")
    await room.click(case, "invite_no/ben")
    reply = await room.click(case, "invite_yes/ben")
    await deliver(room.house)
    assert reply.toast is not None
    assert "settled already" in reply.toast.en
    assert seen_by(room) == []
    assert (await stored(room, case)).sharing.named is None


async def test_only_the_last_one_who_was_named_can_be_agreed_to(room: Room) -> None:
    staff(room)
    case = await room.begin()
    await room.command("invite Ben Ode")
    await room.command("invite @Kim", replace(room.envelope(), named={"@Kim": PersonId("kim")}))
    await room.click(case, "invite_yes/ben")
    assert (await stored(room, case)).sharing.viewers == {}
    await room.click(case, "invite_yes/kim")
    assert list((await stored(room, case)).sharing.viewers) == ["kim"]


async def test_a_viewer_reads_the_answers_and_presses_nothing_else(room: Room) -> None:
    case = await invited(room)
    before = await stored(room, case)
    await room.click(case, "submit", boxes={FieldId("customer"): "Marrow Foods"}, seen=1)
    await by_ben(room, case, "look")
    card = seen_by(room)[-1].card
    assert "Marrow Foods" in said(card)
    assert "Anna Berg shares this with you" in said(card)
    assert {b.action.name for b in buttons(card)} == {"look", "step_out"}

    owned = await stored(room, case)
    owners = {a for m in room.channel.messages for a in pressable(m.card)}
    refused = sorted(owners - {Action("look"), Action("step_out")}, key=str)
    for action in [*refused, Action("invite_yes", "ben"), Action("abandon"), Action("sharing")]:
        if action.name in ("look", "help", "list", "new", "language"):
            continue
        reply = await by_ben(room, case, f"{action.name}/{action.argument}")
        assert reply.toast is not None, action
        assert reply.toast.en.startswith("Anna Berg lets you read"), action
    assert await stored(room, case) == owned
    assert owned.revision > before.revision


@pytest.mark.parametrize("field", ["contract_detail", "internal_note"])
async def test_what_is_internal_or_for_one_role_alone_is_not_shown(room: Room, field: str) -> None:
    case = await invited(room)
    filed = await room.store.case(HERE, case)
    assert filed is not None
    clause = answer(TextValue("Clause nine"))
    after = replace(
        filed.case,
        revision=filed.case.revision + 1,
        answers={**filed.case.answers, FieldId(field): clause},
    )
    async with room.store.turn(HERE) as turn:
        await turn.save(replace(filed, case=after), was=filed.case.revision)
    await by_ben(room, case, "look")
    assert "Clause nine" not in said(seen_by(room)[-1].card)


async def test_what_a_playbook_keeps_for_one_role_is_not_shown_though_it_may_be_told(
    room: Room,
) -> None:
    shipped = playbook()
    roles = (replace(shipped.approval.roles[0], sees=(FieldId("customer"),)),)
    kept = replace(shipped, digest="kept", approval=replace(shipped.approval, roles=roles))
    for of, is_shown in ((shipped, True), (kept, False)):
        room = Room(of=of)
        case = await invited(room)
        await room.say("Northwind")
        assert text_of(await stored(room, case), "customer") == "Northwind"
        await by_ben(room, case, "look")
        assert ("Northwind" in said(seen_by(room)[-1].card)) is is_shown


async def test_reading_again_shows_it_as_it_is_now_in_the_same_message(room: Room) -> None:
    case = await invited(room)
    await by_ben(room, case, "look")
    count = len(seen_by(room))
    await room.click(case, "submit", boxes={FieldId("customer"): "Marrow Foods"}, seen=1)
    assert "Marrow Foods" not in said(seen_by(room)[-1].card)
    (again,) = [b.action for b in buttons(seen_by(room)[-1].card) if b.action.name == "look"]
    await by_ben(room, case, f"{again.name}/{again.argument}")
    assert len(seen_by(room)) == count
    assert "Marrow Foods" in said(seen_by(room)[-1].card)


async def test_taken_back_nothing_stands_there_any_more_and_they_are_told_once(
    room: Room,
) -> None:
    case = await invited(room)
    await by_ben(room, case, "look")
    for _ in range(2):
        await room.click(case, "stop_sharing/ben")
        await deliver(room.house)
    texts = [said(m.card) for m in seen_by(room)]
    assert texts.count("Anna Berg no longer shares Apollo with you.") == 1
    assert set(texts[:-1]) == {"This conversation is no longer shared with you."}
    reply = await by_ben(room, case, "look")
    assert reply.toast == NOT_YOURS
    assert len(seen_by(room)) == len(texts)


async def test_the_owner_sees_who_is_invited_and_takes_it_back_with_one_press(
    room: Room,
) -> None:
    case = await invited(room)
    await room.command("invite")
    await deliver(room.house)
    (listed,) = [m for m in room.channel.messages if "Who can read Apollo" in said(m.card)]
    assert "Ben Ode: since Mon 23 Nov 2026" in said(listed.card)
    (stop,) = [b.action for b in buttons(listed.card) if b.action.name == "stop_sharing"]
    await room.click(case, f"{stop.name}/{stop.argument}")
    await deliver(room.house)
    assert "Nobody but you." in said(listed.card)


async def test_the_status_of_the_case_says_with_whom_it_is_shared(room: Room) -> None:
    case = await invited(room)
    await room.say("review")
    await deliver(room.house)
    (status,) = [m for m in room.channel.messages if "Shared with: Ben Ode" in said(m.card)]
    await room.click(case, "stop_sharing/ben")
    await deliver(room.house)
    assert "Shared with: nobody" in said(status.card)


async def test_an_invitation_is_taken_back_by_name_too(room: Room) -> None:
    case = await invited(room)
    await room.command("uninvite Ben Ode Apollo")
    assert (await stored(room, case)).sharing.viewers == {}
    reply = await room.command("uninvite Ben Ode")
    assert "Nothing of yours is shared with" in reply.cards[0].text.en


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Nemo", "I do not know “Nemo”"),
        ("Zoe Lund", "I do not know “Zoe Lund”"),
        ("@Zoe", "Zoe is not a full member of your organisation"),
        ("@Grace", "Grace is not a full member of your organisation"),
    ],
)
async def test_whoever_is_none_of_ours_is_refused_and_nothing_is_asked(
    room: Room, words: str, told: str
) -> None:
    staff(room)
    case = await room.begin()
    envelope = replace(room.envelope(), named={"@Zoe": PersonId("zoe")}, strangers=("@Grace",))
    reply = await room.command(f"invite {words}", envelope)
    assert told in reply.cards[0].text.en
    assert (await stored(room, case)).sharing.named is None


@pytest.mark.parametrize(
    ("words", "told"),
    [("Anna Berg", "That is you yourself"), ("Ben Ode", "can read Apollo already")],
)
async def test_the_owner_and_whoever_reads_already_are_not_invited(
    room: Room, words: str, told: str
) -> None:
    await invited(room)
    reply = await room.command(f"invite {words}")
    assert reply.toast is not None
    assert told in reply.toast.en


async def test_with_several_projects_the_words_say_which(room: Room) -> None:
    staff(room)
    first = await room.begin("Apollo")
    second = await room.begin("Gemini")
    await room.command("invite Ben Ode Apollo")
    assert (await stored(room, first)).sharing.named is not None
    assert (await stored(room, second)).sharing.named is None
    reply = await room.command("invite Ben Ode Saturn")
    assert "Saturn" in said(reply.cards[0])


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("John Miller", ["jo"]), ("Jo Miller", ["jo"]), ("Jo Borealis", ["jo"]), ("Jo", []),
        ("@jo Apollo", []),
    ],
)  # fmt: skip
async def test_whom_nobody_knows_by_name_loses_an_invitation_by_the_whole_of_it(
    room: Room, words: str, left: list[str]
) -> None:
    staff(room)
    case = await room.begin()
    await room.command("invite @Jo", replace(room.envelope(), named={"@Jo": PersonId("jo")}))
    await room.click(case, "invite_yes/jo")
    await room.command(f"uninvite {words}")
    assert [*(await stored(room, case)).sharing.viewers] == left


@pytest.mark.parametrize("words", ["invite Ben Ode Apollo", "uninvite Ben Ode"])
async def test_what_is_typed_next_belongs_where_it_did_before_somebody_was_invited(
    room: Room, words: str
) -> None:
    apollo = await invited(room)
    borealis = await room.begin("Borealis")
    await room.command(words)
    await room.say("Northwind")
    assert text_of(await stored(room, borealis), "customer") == "Northwind"
    assert text_of(await stored(room, apollo), "customer") == ""


async def test_a_viewer_steps_out_and_the_owner_hears_so(room: Room) -> None:
    case = await invited(room)
    await by_ben(room, case, "look")
    reply = await by_ben(room, case, "step_out")
    assert reply.toast is not None
    assert "You have stepped out" in reply.toast.en
    assert (await stored(room, case)).sharing.viewers == {}
    assert {said(m.card) for m in seen_by(room)} == {
        "This conversation is no longer shared with you."
    }
    owners = [said(m.card) for m in seen_by(room, "D-anna")]
    assert any("Ben Ode has stepped out and can no longer read Apollo." in t for t in owners)
    late = await room.click(case, "stop_sharing/ben")  # pressed before the owner has seen it
    assert late.toast is not None
    assert late.toast.en == "That question is settled already. Nothing was changed."


def outside(room: Room, answer: bool | Exception) -> None:
    """What the platform says of somebody: whether they are outside."""

    async def told(_tenant: TenantId, _conversation: str) -> bool:
        if isinstance(answer, Exception):
            raise answer
        return answer

    room.house = replace(room.house, outside={"slack": told})


@pytest.mark.parametrize("answer", [True, Refused(why="absent")])
async def test_whoever_became_a_guest_or_left_reads_nothing_any_more(
    room: Room, answer: bool | Exception
) -> None:
    case = await invited(room)
    await by_ben(room, case, "look")
    outside(room, answer)
    reply = await by_ben(room, case, "look")
    assert reply.toast is not None
    assert "You are a guest here now" in reply.toast.en
    assert (await stored(room, case)).sharing.viewers == {}
    assert {said(m.card) for m in seen_by(room)} == {
        "This conversation is no longer shared with you."
    }
    owners = [said(m.card) for m in seen_by(room, "D-anna")]
    assert any("Ben Ode is a guest now or has left" in t for t in owners)


async def test_while_the_platform_does_not_tell_nothing_is_shown_and_nothing_lost(
    room: Room,
) -> None:
    case = await invited(room)
    outside(room, Later())
    reply = await by_ben(room, case, "look")
    assert reply.toast is not None
    assert "so I show nothing" in reply.toast.en
    assert len(seen_by(room)) == 1
    outside(room, answer=False)
    await by_ben(room, case, "look")
    assert "Anna Berg shares this" in said(seen_by(room)[-1].card)


async def test_whom_the_operator_says_has_left_reads_nothing(room: Room) -> None:
    case = await invited(room)
    people = tuple(replace(m, left=m.left or m.id == BEN) for m in PEOPLE)
    gone = Organisations((Organisation(HERE, people=people),))
    room.house = replace(room.house, organisations=gone)
    reply = await room.command("show Apollo", room.envelope(BEN, conversation=BENS))
    assert "Anna Berg" not in "".join(said(c) for c in reply.cards)
    await by_ben(room, case, "look")
    assert (await stored(room, case)).sharing.viewers == {}


async def test_somebody_outside_is_not_told_and_the_owner_hears_why(room: Room) -> None:
    staff(room)
    case = await room.begin()
    await room.command("invite @Gus", replace(room.envelope(), named={"@Gus": PersonId("gus")}))
    outside(room, answer=True)
    await room.click(case, "invite_yes/gus")
    await deliver(room.house)
    await deliver(room.house)
    assert seen_by(room, "gus") == []
    assert (await stored(room, case)).sharing.viewers == {}
    owners = [said(m.card) for m in seen_by(room, "D-anna")]
    assert any("Gus is a guest now or has left" in t for t in owners)


async def test_whoever_cannot_be_reached_reads_nothing_and_the_owner_hears_so(
    room: Room,
) -> None:
    room.channel.gone.add(BENS)
    case = await invited(room)
    await deliver(room.house)
    assert (await stored(room, case)).sharing.viewers == {}
    owners = [said(m.card) for m in seen_by(room, "D-anna")]
    assert any("I cannot reach Ben Ode" in t for t in owners)


async def test_an_invitation_that_comes_too_late_to_be_sent_takes_nothing_back(room: Room) -> None:
    staff(room)
    case = await room.begin()
    await room.command("invite Ben Ode")
    await room.click(case, "invite_yes/ben")
    room.clock.at += 2 * USEFUL
    await deliver(room.house)
    assert seen_by(room) == []
    assert [*(await stored(room, case)).sharing.viewers] == [BEN]


async def test_a_viewer_finds_it_in_their_list_by_name_and_on_their_page(room: Room) -> None:
    case = await invited(room)
    listed = await room.command("list", room.envelope(BEN, conversation=BENS))
    assert "You may read" in said(listed.cards[0])
    assert "Apollo" in said(listed.cards[0])
    await room.command("show Apollo", room.envelope(BEN, conversation=BENS))
    await deliver(room.house)
    assert "Anna Berg shares this with you" in said(seen_by(room)[-1].card)
    found = await overview(room.house, HERE, BEN, platform="slack")
    assert [c.id for c in found.shared] == [case]
    outside(room, answer=True)
    assert (await overview(room.house, HERE, BEN, platform="slack")).shared == ()


async def test_in_chinese_the_same_commands_and_sentences(room: Room) -> None:
    staff(room)
    case = await room.begin()
    await room.command("中文")
    await room.command("邀请 Ben Ode")
    await room.click(case, "invite_yes/ben")
    await deliver(room.house)
    (told,) = seen_by(room)
    assert "Anna Berg邀请您查看“Apollo”的延期沟通。" in said(told.card, "zh")
    await room.command("取消邀请 Ben Ode")
    await deliver(room.house)
    assert "Anna Berg不再把“Apollo”共享给您。" in [said(m.card, "zh") for m in seen_by(room)]


async def test_a_conversation_that_is_given_up_is_shared_with_nobody(room: Room) -> None:
    case = await invited(room)
    await room.click(case, "abandon")
    await deliver(room.house)
    assert (await stored(room, case)).phase == "abandoned"
    texts = [said(m.card) for m in seen_by(room)]
    assert texts == [
        "This conversation is no longer shared with you.",
        "Anna Berg has given Apollo up, so it is no longer shared with you.",
    ]


async def test_who_was_only_asked_about_cannot_be_invited_once_it_is_given_up(room: Room) -> None:
    staff(room)
    case = await room.begin()
    await room.command("invite Ben Ode")
    await room.click(case, "abandon")
    await deliver(room.house)
    asked = [m.card for m in seen_by(room, "D-anna") if "Invite Ben Ode" in labels(m.card)]
    assert asked == []
    await room.click(case, "invite_yes/ben")
    await deliver(room.house)
    assert seen_by(room) == []
    assert (await stored(room, case)).sharing.viewers == {}


async def test_the_record_notes_the_invitation_and_its_end(room: Room) -> None:
    case = await invited(room)
    await room.click(case, "stop_sharing/ben")
    kinds = [e.kind for e in await room.store.entries(HERE, CaseId(case))]
    assert kinds[-3:] == ["ViewerNamed", "ViewerInvited", "ViewerRemoved"]
