"""Script in answers is inert, and other sites reach nothing."""

import http.client
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chat import Visitors
from tests.browser.served import Server, Setting, served

NASTY = (
    "<img src=x onerror=window.pwned=1><script>window.pwned=1</script>"
    '"><svg onload=window.pwned=1> javascript:window.pwned=1 {{7*7}} ${7*7}'
)


def test_script_in_any_box_or_line_is_shown_as_it_was_typed(visit: Visitors) -> None:
    chat = visit("maya")
    chat.say(f"/delay {NASTY}")
    chat.sees("Step 1 of")
    expect(chat.box("project").locator("input")).to_have_value(NASTY)
    for field in ("customer", "promised"):
        chat.answer(field, NASTY)
    chat.answer("original_date", NASTY)
    chat.live.locator("button[type=submit]").click()
    expect(chat.live.locator(".problem")).to_have_count(1)

    chat.say(NASTY)
    chat.say("review")
    expect(chat.live.locator("dd").get_by_text(NASTY).first).to_be_visible()

    expect(chat.page.locator(".mine .bubble", has_text=NASTY)).to_have_text(
        [f"/delay {NASTY}", NASTY]
    )
    assert chat.page.evaluate("window.pwned") is None
    assert chat.page.locator("#log img, #log script").count() == 0


def test_script_in_rows_and_in_the_draft_is_inert(visit: Visitors) -> None:
    chat = visit("maya")
    chat.press("Fri 4 Dec 2026")
    chat.answer("date_basis", NASTY)
    chat.answer("confidence", "low")
    chat.rows("milestones", [[NASTY, "", "2 December", NASTY], ["Test", "", "3 December", "Per"]])
    expect(chat.box("milestones").locator("td").first).to_have_text(NASTY)
    chat.live.locator("button[type=submit]").click()
    chat.sees("Options")
    chat.say("/delay draft")
    expect(chat.live.locator("blockquote")).to_contain_text("onerror=window.pwned=1")

    chat.press("Copy text")

    expect(chat.page.locator("dialog textarea")).to_have_value(
        chat.live.locator("blockquote").inner_text()
    )
    assert chat.page.evaluate("window.pwned") is None


def test_inline_script_and_style_are_refused_by_the_page_itself(visit: Visitors) -> None:
    chat = visit("maya")

    with pytest.raises(Exception, match="TrustedHTML"):
        chat.page.locator("#log").evaluate("e => { e.innerHTML = '<b>x</b>' }")
    chat.page.locator("#log").evaluate(
        "e => { const s = document.createElement('p'); s.setAttribute('style', 'color: red');"
        " s.id = 'styled'; e.append(s); }"
    )

    colour = chat.page.locator("#styled").evaluate("e => getComputedStyle(e).color")
    assert colour != "rgb(255, 0, 0)"
    visit.complaints = [c for c in visit.complaints if "Content Security Policy" not in c]
    visit.complaints = [c for c in visit.complaints if "TrustedHTML" not in c]


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Another site on this machine."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>elsewhere</title>")

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{site.server_port}"
        site.shutdown()
        thread.join()


def test_another_site_can_neither_read_nor_post_nor_frame(
    browser: Browser, server: Server, elsewhere: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(elsewhere)
    tried = page.evaluate(
        """async (url) => {
            const tell = async (path, options) => {
                try { return (await fetch(url + path, options)).type; } catch { return "refused"; }
            };
            const body = JSON.stringify({person: "maya", to: "hour"});
            const frame = document.createElement("iframe");
            const loaded = new Promise((done) => { frame.onload = done; });
            frame.src = url;
            document.body.append(frame);
            await loaded;
            return {
                read: await tell("/api/state", {}),
                post: await tell("/api/clock", {method: "POST", body,
                    headers: {"Content-Type": "application/json"}}),
                blind: await tell("/api/clock", {method: "POST", body, mode: "no-cors"}),
                framed: frame.contentDocument === null && frame.contentWindow.length === 0,
            };
        }""",
        server.url,
    )
    frames = [f.url for f in page.frames[1:]]
    context.close()

    assert tried["read"] == "refused"
    assert tried["post"] == "refused"
    assert tried["blind"] in ("opaque", "refused")
    assert not server.playground.clock.is_moved
    assert frames == ["chrome-error://chromewebdata/"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:{port}"}, 421),
        ({"Host": "127.0.0.1:1"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"X-Candor-Token": "guessed"}, 403),
        ({"X-Candor-Token": ""}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({}, 200),
    ],
)
def test_a_post_must_come_from_the_page_with_its_token(
    server: Server, headers: dict[str, str], status: int
) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    connection.putrequest("POST", "/api/clock", skip_host=True)
    body = json.dumps({"person": "maya", "to": "hour"}).encode()
    sent = {
        "Host": f"{host}:{port}",
        "Origin": server.url,
        "Content-Type": "application/json",
        "X-Candor-Token": server.playground.token,
        "Content-Length": str(len(body)),
    } | {name: value.format(port=port) for name, value in headers.items()}
    for name, value in sent.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    answer.read()
    connection.close()

    assert answer.status == status
    assert server.playground.clock.is_moved == (status == 200)


def test_a_key_is_typed_hidden_and_the_browser_keeps_it_nowhere(
    browser: Browser, tmp_path: Path
) -> None:
    with served(tmp_path, Setting(keys=True)) as server, Visitors(browser, server.url) as visit:
        omar = visit("omar")
        omar.say("/delay connections")
        omar.only_you.get_by_role("button", name="Connect Jira", exact=True).click()
        token, address = omar.page.get_by_label("Token"), omar.page.get_by_label("Address")
        expect(token).to_have_attribute("type", "password")
        address.fill("http://jira.house.example")
        token.fill("hush-7c1e")
        kept = "JSON.stringify(sessionStorage) + JSON.stringify(localStorage)"
        assert "jira.house.example" in omar.page.evaluate(kept)
        assert "hush-7c1e" not in omar.page.evaluate(kept)
        omar.only_you.get_by_role("button", name="Try and keep").click()
        expect(omar.only_you).to_contain_text("Write it as https://host/path.")
        expect(token).to_have_value("")
        expect(address).to_have_value("http://jira.house.example")
        assert "hush-7c1e" not in omar.page.content()
