"""How the fake pushes: the check of the address, repeats, doubles, and other orders."""

from datetime import timedelta

from starlette.responses import JSONResponse, Response

from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.stand_in import StandIn


def words(app: StandIn) -> list[str]:
    return [h["event"]["message"]["content"] for h in app.heard]


def ids(app: StandIn) -> list[str]:
    return [h["header"]["event_id"] for h in app.heard]


async def test_an_address_that_does_not_return_the_challenge_is_not_taken(
    fake: FakeLark, app: StandIn
) -> None:
    for answer in (JSONResponse({"challenge": "x"}), Response(status_code=500), Response("{")):
        app.challenged = answer
        assert not await fake.subscribe(app.url, encrypt_key=app.key)


async def test_without_a_key_the_verification_token_is_all_there_is(fake: FakeLark) -> None:
    app = StandIn()
    app.start()
    assert await fake.subscribe(app.url, token="a token")
    await fake.do(fake.hands.say(fake.tenant.person("Maya"), "/delay"))
    app.stop()

    assert app.heard[0]["header"]["token"] == "a token"
    assert not any(name.startswith("x-lark-") for name in app.headers)


async def test_an_unanswered_event_comes_again_and_again_for_seven_hours(
    fake: FakeLark, app: StandIn
) -> None:
    for _ in range(9):
        app.answer({}, status=500)
    push = await fake.do(fake.hands.say(fake.tenant.person("Maya"), "/delay"))
    await fake.wait(timedelta(hours=12))

    first = push.attempts[0].at
    after = [round((a.at - first).total_seconds()) for a in push.attempts]
    assert after == [0, 15, 315, 3915, 25515]
    assert len(set(ids(app))) == 1


async def test_a_repeat_may_carry_a_new_event_id_and_the_same_message(
    fake: FakeLark, app: StandIn
) -> None:
    fake.pushes.fresh_ids = True
    app.answer({}, status=500)
    await fake.do(fake.hands.say(fake.tenant.person("Maya"), "/delay"))
    await fake.wait(timedelta(seconds=16))

    assert len(set(ids(app))) == 2
    assert len({h["event"]["message"]["message_id"] for h in app.heard}) == 1


async def test_an_answered_event_is_not_repeated_unless_asked_for(
    fake: FakeLark, app: StandIn
) -> None:
    push = await fake.do(fake.hands.say(fake.tenant.person("Maya"), "/delay"))
    await fake.wait(timedelta(hours=12))
    once = len(app.heard)
    await fake.do(fake.pushes.repeat(push))

    assert once == 1
    assert len(app.heard) == 2


async def test_a_slow_answer_counts_as_none(fake: FakeLark, app: StandIn) -> None:
    fake.webhook.patience = 0.05
    app.say(0.2)
    push = await fake.do(fake.hands.say(fake.tenant.person("Maya"), "/delay"))
    assert push.last.fault == "too slow"
    assert push.due is not None


async def test_every_event_can_come_twice(fake: FakeLark, app: StandIn) -> None:
    fake.pushes.doubled = True
    await fake.do(fake.hands.say(fake.tenant.person("Maya"), "/delay"))
    assert len(app.heard) == 2


async def test_events_can_come_in_another_order(fake: FakeLark, app: StandIn) -> None:
    maya = fake.tenant.person("Maya")
    fake.pushes.hold()
    for said in ("one", "two", "three"):
        await fake.do(fake.hands.say(maya, said))
    before = words(app)
    await fake.do(fake.pushes.release([1, 2, 0]))

    assert before == []
    assert words(app) == ['{"text": "two"}', '{"text": "three"}', '{"text": "one"}']


async def test_what_the_console_does_not_subscribe_to_does_not_come(
    fake: FakeLark, app: StandIn
) -> None:
    fake.pushes.unsubscribed.add("application.bot.menu_v6")
    await fake.do(fake.hands.tap_menu(fake.tenant.person("Maya"), "delay"))
    assert app.heard == []


async def test_a_dead_app_gets_its_events_when_it_is_back(fake: FakeLark) -> None:
    gone = StandIn()
    gone.start()
    await fake.subscribe(gone.url)
    gone.stop()
    push = await fake.do(fake.hands.say(fake.tenant.person("Maya"), "/delay"))
    back = StandIn()
    back.start()
    fake.webhook.url = back.url
    await fake.wait(timedelta(seconds=16))
    back.stop()

    assert push.attempts[0].fault.startswith("unreachable")
    assert push.answered
    assert len(back.heard) == 1
