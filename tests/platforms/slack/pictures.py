"""Draws what stands in Slack as a picture for the docs: the payloads themselves, in plain HTML.

python -m tests.platforms.slack.pictures docs/slack.png
python -m tests.platforms.slack.pictures docs/slack-screens.png screens-en
"""

import asyncio
import html
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from bot.platforms.slack.texts import Payload
from tests.platforms.slack import screens
from tests.platforms.slack.cards import FILES, played
from tests.platforms.slack.driven import PM, Driven, a_slack
from tests.platforms.slack.fake.slack import FakeSlack, running
from tests.platforms.slack.fake.workspace import Message
from tests.platforms.slack.served import Served, serving

STYLE = """
body { margin: 0; padding: 16px; background: #f4f4f2; width: 1200px; columns: 3; column-gap: 14px;
  font: 12px/1.4 system-ui, "Noto Sans CJK SC", "WenQuanYi Zen Hei", sans-serif; color: #1d1c1d; }
figure { margin: 0 0 14px; break-inside: avoid; } figcaption { font-weight: 600; margin: 0 0 6px; color: #555; }
.paper { background: #fff; border: 1px solid #ddd; border-radius: 10px; padding: 14px 16px; }
.modal { border-width: 2px; border-color: #bbb; } h2 { font-size: 15px; margin: 4px 0; }
p, .rich { margin: 6px 0; white-space: pre-wrap; } .context { color: #616061; font-size: 11px;
  margin: 4px 0; white-space: pre-wrap; } blockquote { margin: 6px 0; padding-left: 10px;
  border-left: 4px solid #ddd; white-space: pre-wrap; } .row { display: flex; gap: 8px;
  flex-wrap: wrap; margin: 8px 0; } .split { display: flex; justify-content: space-between; gap: 8px; }
button { font: inherit; font-weight: 600; border: 1px solid #bbb; background: #fff; color: #1d1c1d;
  border-radius: 4px; padding: 4px 10px; } button.primary { background: #007a5a; color: #fff; }
label { font-weight: 600; display: block; margin-top: 8px; } .field { border: 1px solid #888;
  border-radius: 4px; padding: 4px 8px; min-height: 20px; white-space: pre-wrap; }
.empty { color: #777; } .bar { display: flex; gap: 8px; align-items: center; font-size: 12px; }
.bar i { background: #4a7ebb; height: 12px; display: inline-block; }
hr { border: 0; border-top: 1px solid #ddd; } .foot { text-align: right; margin-top: 10px; }
"""


def page(screens: list[tuple[str, Payload]]) -> str:
    """All screens side by side."""
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>" + "".join(
        f"<figure><figcaption>{html.escape(name)}</figcaption>{''.join(_screen(what))}</figure>"
        for name, what in screens
    )


def _screen(what: Payload) -> Iterator[str]:
    modal = what.get("type") == "modal"
    yield f'<div class="paper {"modal" if modal else ""}">'
    if modal:
        yield f"<h2>{_text(what['title'])}</h2>"
    yield from map(_block, what["blocks"])
    if "submit" in what:
        yield f"<div class=foot><button class=primary>{_text(what['submit'])}</button></div>"
    yield "</div>"


def _block(block: Payload) -> str:
    draw = _BLOCKS.get(block["type"])
    return draw(block) if draw is not None else "<hr>"


def _section(block: Payload) -> str:
    side = _element(block["accessory"]) if "accessory" in block else ""
    return f"<div class=split><p>{_text(block['text'])}</p><span>{side}</span></div>"


def _input(block: Payload) -> str:
    hint = f"<div class=context>{_text(block['hint'])}</div>" if "hint" in block else ""
    return f"<label>{_text(block['label'])}</label>{_element(block['element'])}{hint}"


def _chart(block: Payload) -> str:
    bars = (
        f'<div class=bar><span style="width:110px">{html.escape(d["label"])}</span>'
        f'<i style="width:{1.4 * d["value"]}px"></i>{d["value"]}%</div>'
        for d in block["chart"]["series"][0]["data"]
    )
    return f"<p><b>{html.escape(block['title'])}</b></p>{''.join(bars)}"


_BLOCKS: dict[str, Callable[[Payload], str]] = {
    "header": lambda block: f"<h2>{_text(block['text'])}</h2>",
    "section": _section,
    "context": lambda block: f"<div class=context>{' '.join(map(_text, block['elements']))}</div>",
    "rich_text": lambda block: "".join(map(_rich, block["elements"])),
    "actions": lambda block: f"<div class=row>{''.join(map(_element, block['elements']))}</div>",
    "input": _input,
    "data_visualization": _chart,
}


def _rich(run: Payload) -> str:
    said = "".join(
        f"<b>{html.escape(e['text'])}</b>" if e.get("style") else html.escape(e["text"])
        for e in run["elements"]
    )
    return (
        f"<blockquote>{said}</blockquote>"
        if "quote" in run["type"]
        else f"<div class=rich>{said}</div>"
    )


def _element(element: Payload) -> str:
    if element["type"] == "button":
        return f'<button class="{element.get("style", "")}">{_text(element["text"])}</button>'
    chosen = element.get("initial_option", {}).get("text", {}).get("text")
    standing = element.get("initial_value") or element.get("initial_date") or chosen
    if standing:
        return f"<div class=field>{html.escape(standing)}</div>"
    hint = element.get("placeholder", {}).get("text") or "▾"
    return f'<div class="field empty">{html.escape(hint)}</div>'


def _text(text: Payload) -> str:
    return html.escape(text["text"])


async def conversation(name: str, folder: Path) -> list[tuple[str, Payload]]:
    """The screens of one written conversation, as they stand in the fake."""
    talk = played(next(f for f in FILES if f.stem == name))
    slack, time = a_slack(talk)
    found: list[tuple[str, Payload]] = []
    async with running(slack), serving(slack, folder) as candor:
        person = Driven(candor, talk, time)
        await person.run()
        seen = person.seen
        found.append(("The first question, in the direct message", _shown(seen[0])))
        forms = (
            m for m in seen if any(b.get("action_id", "").startswith("open:form") for b in _all(m))
        )
        found.append(("A form, in a window", await _window(candor, next(forms), "open:form")))
        noted = [m for m in seen if "Use this" in str(m.blocks) or "用这句" in str(m.blocks)]
        found += [("What the coach says of an answer", _shown(m)) for m in noted[:1]]
        found += [("A forecast", _shown(m)) for m in seen if "data_visualization" in str(m.blocks)][
            :1
        ]
        last = next(iter(person.cases))
        await person.copied(last)
        draft = candor.live(PM)
        found.append(("The message to the customer", _shown(draft)))
        found.append(("Its text, to copy", await _window(candor, draft, "open:copy")))
        await slack.people.command(PM, "/delay", "list")
        await slack.happenings.open_home(PM)
        await candor.settle()
        found.append(("Only you see this, in any channel", _shown(slack.ephemerals(PM)[-1])))
        home = slack.home(PM)
        assert home is not None
        found.append(("The Home tab", home.content))
    return found


async def _window(candor: Served, message: Message, button: str) -> Payload:
    slack: FakeSlack = candor.slack
    name = next(b["action_id"] for b in _all(message) if b.get("action_id", "").startswith(button))
    await slack.people.press(PM, message, name)
    view = slack.view(PM)
    assert view is not None
    await slack.people.close_view(PM)
    return view.content


def _all(message: Message) -> Iterator[Payload]:
    for block in message.blocks:
        yield from block.get("elements", ())


def _shown(message: Message) -> Payload:
    return {"type": "message", "blocks": message.blocks}


async def draw(file: Path) -> None:
    """Play, then photograph: a conversation as it stands, or each screen once."""
    wanted = sys.argv[2:] or ["tiles_forecast_en"]
    shots: list[tuple[str, Payload]] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in wanted:
            if name.startswith("screens-"):
                shots += screens.drawn("zh" if name.endswith("zh") else "en")
                continue
            (Path(folder) / name).mkdir()
            shots += await conversation(name, Path(folder) / name)
    options: dict[str, Any] = {"executable_path": os.environ.get("CANDOR_CHROMIUM") or None}
    async with async_playwright() as play:
        browser = await play.chromium.launch(**options)
        sheet = await browser.new_page(viewport={"width": 1232, "height": 900})
        await sheet.set_content(page(shots))
        await sheet.screenshot(path=file, full_page=True)
        await browser.close()
    sys.stdout.write(f"{file}: {len(shots)} screens\n")


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
