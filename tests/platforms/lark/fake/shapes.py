"""The elements of Card JSON 2.0 and their properties.

Source: feishu-cards/card-json-v2-structure and card-json-v2-components/* on open.feishu.cn. What a
page calls an attribute of the past (`value`, `action_type`, `url` of a button) is left out: the
fake refuses it like anything unknown.
"""

from collections.abc import Mapping

from tests.platforms.lark.fake.checks import (
    Check,
    Shape,
    anything,
    choice,
    element_id,
    flag,
    languages,
    listing,
    mapping,
    name,
    shaped,
    space,
    string,
    text,
    whole,
)
from tests.platforms.lark.fake.placing import behavior, elements, input_value, options

PLAIN = text("plain_text")
EITHER = text("plain_text", "lark_md")
SHORT = text("plain_text", most=100)
_PIXELS = r"\d{1,3}px"
WIDTH = string(pattern=rf"default|fill|auto|{_PIXELS}")
GAP = string(pattern=r"small|medium|large|extra_large|default|\d{1,2}px|")
SIDES = choice("left", "center", "right")
HEIGHTS = choice("top", "center", "bottom")
IMAGE: Mapping[str, Check] = {"img_key": string(), "i18n_img_key": mapping(string())}
ICON = shaped(
    Shape(
        {
            "tag": choice("standard_icon", "custom_icon"),
            "token": string(),
            "color": string(),
            "size": string(),
            **IMAGE,
        }
    )
)
CONFIRM = shaped(Shape({"title": PLAIN, "text": PLAIN}, frozenset({"title", "text"})))
_LINKS = shaped(
    Shape({f"{where}url": string() for where in ("", "android_", "ios_", "pc_")}, frozenset())
)


COMMON: Mapping[str, Check] = {"tag": string(), "element_id": element_id, "margin": space}
LAYOUT: Mapping[str, Check] = {
    "direction": choice("vertical", "horizontal"),
    "padding": space,
    "horizontal_spacing": GAP,
    "vertical_spacing": GAP,
    "horizontal_align": SIDES,
    "vertical_align": HEIGHTS,
}
ACTS: Mapping[str, Check] = {"behaviors": listing(behavior), "confirm": CONFIRM}
USED: Mapping[str, Check] = {
    **COMMON, **ACTS, "name": name, "required": flag, "disabled": flag, "width": WIDTH,
}  # fmt: skip
PICKER: Mapping[str, Check] = {**USED, "placeholder": SHORT}
SELECT: Mapping[str, Check] = {**PICKER, "type": choice("default", "text")}
TIPS: Mapping[str, Check] = {"hover_tips": PLAIN, "disabled_tips": PLAIN}
_VALUE = string(pattern=r"(?s).+")
_OPTION = Shape({"text": PLAIN, "icon": ICON, "value": _VALUE}, frozenset({"text", "value"}))
_PERSON = Shape({"value": _VALUE}, frozenset({"value"}))
_DAY, _TIME = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d"

BUTTON: Mapping[str, Check] = {
    **COMMON, **ACTS, **TIPS,
    "name": name,
    "type": choice(
        "default", "primary", "danger", "text", "primary_text", "danger_text", "primary_filled",
        "danger_filled", "laser",
    ),
    "size": choice("tiny", "small", "medium", "large"),
    "width": WIDTH,
    "text": SHORT,
    "icon": ICON,
    "disabled": flag,
    "form_action_type": choice("submit", "reset"),
}  # fmt: skip
INPUT: Mapping[str, Check] = {
    **PICKER,
    "default_value": input_value,
    "i18n_default_value": mapping(input_value),
    "disabled_tips": PLAIN,
    "max_length": whole(1, 1000),
    "input_type": choice("text", "multiline_text", "password"),
    "rows": whole(1, 99),
    "auto_resize": flag,
    "max_rows": whole(1, 99),
    "show_icon": flag,
    "label": PLAIN,
    "label_position": choice("top", "left"),
}
CHECKER: Mapping[str, Check] = {
    **COMMON, **ACTS, **TIPS,
    "name": name,
    "checked": flag,
    "text": EITHER,
    "overall_checkable": flag,
    "button_area": shaped(
        Shape(
            {
                "pc_display_rule": choice("always", "on_hover"),
                "buttons": listing(shaped(Shape(BUTTON)), most=3),
            }
        )
    ),
    "checked_style": anything,
    "padding": space,
    "disabled": flag,
}  # fmt: skip
PANEL_HEADER = Shape(
    {
        "title": text("plain_text", "markdown"),
        "background_color": string(),
        "vertical_align": HEIGHTS,
        "padding": space,
        "position": choice("top", "bottom"),
        "width": string(pattern=rf"fill|auto|auto_when_fold|{_PIXELS}"),
        "icon": ICON,
        "icon_position": choice("left", "right", "follow_text"),
        "icon_expanded_angle": anything,
    }
)
_COLUMN = Shape(
    {
        **COMMON, **LAYOUT,
        "background_style": string(),
        "width": string(pattern=rf"auto|weighted|{_PIXELS}"),
        "weight": whole(1, 5),
        "action": shaped(Shape({"multi_url": _LINKS})),
        "elements": elements,
    },
    frozenset({"tag"}),
)  # fmt: skip


def _shape(properties: Mapping[str, Check], *needed: str) -> Shape:
    return Shape(properties, frozenset({"tag", *needed}))


ELEMENTS: Mapping[str, Shape] = {
    "div": _shape(
        {
            **COMMON,
            "width": string(pattern=rf"fill|auto|{_PIXELS}"),
            "text": EITHER,
            "icon": ICON,
            "fields": listing(shaped(Shape({"is_short": flag, "text": EITHER}))),
        }
    ),
    "markdown": _shape(
        {
            **COMMON,
            "content": string(),
            "i18n_content": languages,
            "text_size": string(),
            "text_align": SIDES,
            "icon": ICON,
        }
    ),
    "hr": _shape(COMMON),
    "img": _shape(
        {
            **COMMON, **IMAGE,
            "alt": PLAIN,
            "title": EITHER,
            "corner_radius": string(),
            "scale_type": choice("crop_center", "crop_top", "fit_horizontal"),
            "size": string(),
            "transparent": flag,
            "preview": flag,
        },
        "img_key",
    ),
    "img_combination": _shape(
        {
            **COMMON,
            "combination_mode": string(),
            "combination_transparent": flag,
            "corner_radius": string(),
            "img_list_length": whole(1, 9),
            "img_list": listing(shaped(Shape(IMAGE)), 1, 9),
        },
        "combination_mode",
        "img_list",
    ),
    "person": _shape(
        {
            **COMMON,
            "user_id": string(),
            "size": string(),
            "style": string(),
            "show_avatar": flag,
            "show_name": flag,
        },
        "user_id",
    ),
    "person_list": _shape(
        {
            **COMMON,
            "persons": listing(shaped(Shape({"id": string()}, frozenset({"id"})))),
            "size": string(),
            "lines": whole(1, 99),
            "show_avatar": flag,
            "show_name": flag,
            "drop_invalid_user_id": flag,
        },
        "persons",
    ),
    "chart": _shape(
        {
            **COMMON,
            "aspect_ratio": choice("1:1", "2:1", "4:3", "16:9"),
            "color_theme": choice("brand", "rainbow", "complementary", "converse", "primary"),
            "chart_spec": mapping(anything),
            "preview": flag,
            "height": string(pattern=rf"auto|{_PIXELS}"),
        },
        "chart_spec",
    ),
    "table": _shape(
        {
            **COMMON,
            "page_size": whole(1, 10),
            "row_height": string(),
            "row_max_height": string(),
            "freeze_first_column": flag,
            "header_style": anything,
            "columns": listing(mapping(anything), 1, 50),
            "rows": listing(mapping(anything)),
        },
        "columns",
        "rows",
    ),
    "column_set": _shape(
        {
            **COMMON,
            "horizontal_spacing": GAP,
            "horizontal_align": SIDES,
            "flex_mode": choice("none", "stretch", "flow", "bisect", "trisect"),
            "background_style": string(),
            "action": shaped(Shape({"multi_url": _LINKS})),
            "columns": listing(shaped(_COLUMN)),
        },
        "columns",
    ),
    "form": _shape({**COMMON, **LAYOUT, "name": name, "elements": elements}, "name", "elements"),
    "interactive_container": _shape(
        {
            **COMMON, **LAYOUT, **ACTS, **TIPS,
            "width": WIDTH,
            "height": string(pattern=rf"auto|{_PIXELS}"),
            "background_style": string(),
            "has_border": flag,
            "border_color": string(),
            "corner_radius": string(),
            "disabled": flag,
            "elements": elements,
        },
        "elements",
    ),
    "collapsible_panel": _shape(
        {
            **COMMON, **LAYOUT,
            "expanded": flag,
            "background_color": string(),
            "header": shaped(PANEL_HEADER),
            "border": shaped(Shape({"color": string(), "corner_radius": string()})),
            "elements": elements,
        },
        "header",
    ),
    "button": _shape(BUTTON),
    "input": _shape(INPUT),
    "overflow": _shape(
        {
            **COMMON, **ACTS,
            "width": WIDTH,
            "options": options(
                Shape({"text": PLAIN, "multi_url": _LINKS, "value": _VALUE}, frozenset({"text"}))
            ),
        },
        "options",
    ),
    "select_static": _shape(
        {
            **SELECT,
            "options": options(_OPTION),
            "initial_option": string(),
            "initial_index": whole(0, 999),
        }
    ),
    "multi_select_static": _shape(
        {**SELECT, "options": options(_OPTION), "selected_values": listing(string())}
    ),
    "select_person": _shape(
        {**SELECT, "options": options(_PERSON), "initial_option": string()}
    ),
    "multi_select_person": _shape(
        {**SELECT, "options": options(_PERSON), "selected_values": listing(string())}
    ),
    "date_picker": _shape({**PICKER, "initial_date": string(pattern=_DAY)}),
    "picker_time": _shape({**PICKER, "initial_time": string(pattern=_TIME)}),
    "picker_datetime": _shape({**PICKER, "initial_datetime": string(pattern=f"{_DAY} {_TIME}")}),
    "select_img": _shape(
        {
            **COMMON, **ACTS,
            "name": name,
            "required": flag,
            "disabled": flag,
            "disabled_tips": PLAIN,
            "multi_select": flag,
            "layout": choice("stretch", "bisect", "trisect"),
            "can_preview": flag,
            "aspect_ratio": choice("1:1", "4:3", "16:9"),
            "style": string(),
            "options": options(
                Shape(
                    {**IMAGE, **TIPS, "value": _VALUE, "disabled": flag},
                    frozenset({"img_key", "value"}),
                )
            ),
        },
        "options",
    ),
    "checker": _shape(CHECKER),
}  # fmt: skip

_TAG = Shape(
    {"tag": choice("text_tag"), "element_id": element_id, "text": PLAIN, "color": string()},
    frozenset({"tag", "text"}),
)
CARD = Shape(
    {
        "schema": choice("2.0"),
        "config": shaped(
            Shape(
                {
                    "streaming_mode": flag,
                    "streaming_config": anything,
                    "summary": shaped(Shape({"content": string(), "i18n_content": languages})),
                    "locales": listing(string()),
                    "enable_forward": flag,
                    "update_multi": anything,  # the card as a whole is asked for it
                    "width_mode": choice("default", "compact", "fill"),
                    "use_custom_translation": flag,
                    "enable_forward_interaction": flag,
                    "style": anything,
                }
            )
        ),
        "card_link": _LINKS,
        "header": shaped(
            Shape(
                {
                    "title": EITHER,
                    "subtitle": EITHER,
                    "text_tag_list": listing(shaped(_TAG), most=3),
                    "i18n_text_tag_list": mapping(listing(shaped(_TAG), most=3)),
                    "template": choice(
                        "blue", "wathet", "turquoise", "green", "yellow", "orange", "red",
                        "carmine", "violet", "purple", "indigo", "grey", "default",
                    ),
                    "icon": ICON,
                    "padding": space,
                },
                frozenset({"title"}),
            )
        ),
        "body": shaped(Shape({**LAYOUT, "elements": elements}, frozenset({"elements"}))),
    },
    frozenset({"schema", "body"}),
)  # fmt: skip
