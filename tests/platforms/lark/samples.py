"""Cards for the tests of the fake."""

from typing import Any

Element = dict[str, Any]


def text(en: str, zh: str = "", tag: str = "plain_text") -> Element:
    """A text in both languages."""
    return {"tag": tag, "content": en, "i18n_content": {"en_us": en, "zh_cn": zh or f"{en}（中）"}}


def card(*elements: Element, title: str = "Delay") -> Element:
    """A card with these elements."""
    return {
        "schema": "2.0",
        "config": {"update_multi": True},
        "header": {"title": text(title)},
        "body": {"elements": list(elements)},
    }


def button(label: str, value: Element | None = None, **more: Any) -> Element:
    """A button that calls back."""
    callback = {"type": "callback", "value": {"do": label} if value is None else value}
    return {"tag": "button", "text": text(label), "behaviors": [callback], **more}


def submit(label: str = "Send", name: str = "send") -> Element:
    """A button that submits the form around it."""
    return button(label, name=name, form_action_type="submit")


def form(*elements: Element, name: str = "step") -> Element:
    """A form with these elements."""
    return {"tag": "form", "name": name, "elements": list(elements)}


def box(name: str = "reason", **more: Any) -> Element:
    """An input."""
    return {"tag": "input", "name": name, "label": text("Reason"), **more}


def select(name: str = "impact", *options: str, **more: Any) -> Element:
    """A select with these options."""
    shown = [{"text": text(o), "value": o} for o in options or ("low", "high")]
    return {"tag": "select_static", "name": name, "options": shown, **more}


def day(name: str = "until", **more: Any) -> Element:
    """A date picker."""
    return {"tag": "date_picker", "name": name, "placeholder": text("Pick a day"), **more}
