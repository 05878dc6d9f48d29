"""A message by mail: to whom it may go, what stops it, and what a silent server leaves open."""

from collections.abc import AsyncIterator

import pytest

from bot.core.approving.wording import TELL
from bot.core.case import Case
from tests.approval.scene import Scene, plain, pressable, words
from tests.platforms.mail.postoffice import PostOffice, channel, opened


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with opened(PostOffice()) as found:
        yield found


async def by_mail(
    office: PostOffice, to: str = "okafor@marrow.example", *, case: Case | None = None
) -> Scene:
    """A message that is to leave by mail."""
    mail = channel(office, lambda: scene.clock())
    scene = Scene(case or plain(), more={"mail": mail})
    await scene.begin()
    await scene.choose("recipients", text=to)
    return scene


async def test_it_arrives_as_it_was_shown(office: PostOffice) -> None:
    scene = await by_mail(office)
    shown = words(scene.card())
    await scene.choose("send")
    await scene.later(seconds=60)
    (mail,) = office.arrived
    assert mail["Subject"] == "Hall 4: Friday 19 June instead of Friday 5 June"
    assert mail.get_content().replace("\r\n", "\n").strip() in shown
    assert (await scene.now()).phase == "told"


async def test_a_server_that_hangs_leaves_the_decision_to_a_person(office: PostOffice) -> None:
    scene = await by_mail(office)
    office.temper = "silent"
    await scene.choose("send")
    await scene.later(seconds=60)
    await scene.later(minutes=30)
    assert TELL.unknown.en in words(scene.card())
    assert len(office.arrived) == 1
    await scene.choose("arrived")
    case = await scene.now()
    assert (case.phase, case.deliveries[0].how) == ("told", "said_arrived")
    assert len(office.arrived) == 1


async def test_sent_again_by_a_person_it_has_the_same_name(office: PostOffice) -> None:
    scene = await by_mail(office)
    office.temper = "cut"
    await scene.choose("send")
    await scene.later(seconds=60)
    await scene.later(minutes=30)
    office.temper = "kind"
    await scene.choose("send_again")
    await scene.later(minutes=1)
    first, second = office.arrived
    assert first["Message-ID"] == second["Message-ID"]
    assert len((await scene.now()).deliveries) == 1


async def test_what_certainly_failed_is_kept_and_can_be_sent_again(office: PostOffice) -> None:
    scene = await by_mail(office)
    office.refuses = {"okafor@marrow.example"}
    await scene.choose("send")
    await scene.later(seconds=60)
    assert "was not delivered" in words(scene.card())
    office.refuses = set()
    await scene.choose("send_again")
    assert len(office.arrived) == 1
    assert (await scene.now()).phase == "told"


async def test_a_server_that_asks_for_patience_gets_it_later(office: PostOffice) -> None:
    scene = await by_mail(office)
    office.temper = "later"
    await scene.choose("send")
    await scene.later(seconds=60)
    assert (await scene.now()).phase == "ready"
    office.temper = "kind"
    await scene.later(minutes=5)
    assert len(office.arrived) == 1
    assert (await scene.now()).phase == "told"


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("", "Nobody is named yet"),
        ("Ms Okafor", "is no e-mail address"),
        ("okafor@marrow", "is no e-mail address"),
        ("okafor@marrow.example\x0bBcc:x@else.example", "is no e-mail address"),
        (", ".join(f"p{n}@marrow.example" for n in range(200)), "200 addresses are more than 20"),
    ],
)
async def test_an_address_that_is_none_is_named_and_nothing_leaves(
    office: PostOffice, to: str, said: str
) -> None:
    scene = await by_mail(office, to)
    assert said in words(scene.card())
    assert "send" not in [a.name for a in pressable(scene.card())]
    await scene.later(minutes=5)
    assert office.arrived == []


async def test_an_address_elsewhere_is_asked_about(office: PostOffice) -> None:
    scene = await by_mail(office, "okafor@marrow.example, grace@other.example")
    assert "grace@other.example does not belong to this customer" in words(scene.card())
    assert "send" not in [a.name for a in pressable(scene.card())]
    await scene.choose("foreign")
    await scene.choose("send")
    await scene.later(seconds=60)
    assert office.to == [["okafor@marrow.example", "grace@other.example"]]


async def test_a_mail_without_a_subject_is_held(office: PostOffice) -> None:
    scene = await by_mail(office)
    await scene.click("draft")
    await scene.choose("draft_edit", text="No subject, only words about 19 June.")
    await scene.click("make_ready")
    assert "The mail has no subject line" in words(scene.card())
    await scene.later(minutes=5)
    assert office.arrived == []


@pytest.mark.parametrize(
    "name", ["Ms Okafor\nBcc: x@else.example", "Ms Okafor\x0bBcc: x@else.example"]
)
async def test_a_line_break_in_a_name_is_said_in_one_sentence_and_nothing_leaves(
    office: PostOffice, name: str
) -> None:
    scene = await by_mail(office, case=plain(reader_name=name))
    assert "must stand on one line each" in words(scene.card())
    assert "send" not in [a.name for a in pressable(scene.card())]
    await scene.later(minutes=5)
    assert office.arrived == []


async def test_a_line_break_in_a_subject_is_said_in_one_sentence_and_nothing_leaves(
    office: PostOffice,
) -> None:
    scene = await by_mail(office)
    text = "Subject: News\u2028Bcc: x@else.example\n\nHall 4 is ready on 19 June instead of 5 June."
    await scene.click("draft")
    await scene.choose("draft_edit", text=text)
    await scene.click("make_ready")
    assert "must stand on one line each" in words(scene.card())
    assert "send" not in [a.name for a in pressable(scene.card())]
    await scene.later(minutes=5)
    assert office.arrived == []
