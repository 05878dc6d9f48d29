"""A strict Lark/Feishu on 127.0.0.1: real HTTP, a real WebSocket, a tenant in memory.

A scenario test takes the fixture `fake`, points the adapter at `fake.url` with the credentials
`fake.tenant.app`, tells the fake where events go, and lets people act:

    maya = fake.tenant.person("Maya", "zh_cn")
    assert await fake.subscribe(f"{served}/lark/events", encrypt_key="k", token="v")
    await fake.do(fake.hands.say(maya, "/delay Wind farm"))
    await fake.until(lambda: bool(fake.sent(maya)))
    [message] = fake.sent(maya)
    pressed = await fake.do(fake.hands.press(maya, message, "下一步", fill={"reason": "storm"}))
    assert (pressed.code, pressed.says("zh_cn")) == (0, "已记下")
    assert "第 2 步" in screen.texts(message.card, "zh_cn")

With the long connection it is `fake.connections.connected(1)` and `fake.choose_long_connection()`
in place of `subscribe`. What the app got wrong stands in `fake.violations`; the fixture fails a
test that leaves any. `fake.faults.put(SEND, Cut(accepted=True))` breaks the next call,
`fake.pushes.doubled = True` sends every event twice, `fake.wait(timedelta(hours=2))` moves the
clock and pushes again what was not answered, `fake.calls(SEND)` tells what was asked.
"""
