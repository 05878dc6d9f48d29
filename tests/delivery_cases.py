"""Invented cases of the default playbook, in each language: for its drafts, and for reading them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from bot.content import playbooks as content
from bot.core.case import (
    Answer,
    Case,
    Cell,
    ChoiceValue,
    DateValue,
    NumberValue,
    PercentValue,
    PersonValue,
    RowsValue,
    TextValue,
    Value,
)
from bot.core.foresight.outlook import refreshed
from bot.core.playbook import ColumnKind, FieldKind, Playbook
from bot.core.words import CaseId, FieldId, Language, PersonId, TenantId

PM = PersonId("pm")
TODAY = date(2026, 5, 18)
AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
PLAYBOOK: Playbook = content.load_all(thorough=False)["delivery_delay"]

Row = Mapping[str, str | date]
Told = Mapping[str, str | date | int | list[Row]]

EN: Told = {
    "project": "Hall 4", "customer": "Marrow Bakeries", "promised": "the new bread line",
    "original_date": date(2026, 6, 5), "moved_before": "no", "first_sign": date(2026, 5, 12),
    "reader_name": "Ms Okafor", "reader": "day_to_day", "customer_language": "en",
    "channel": "email",
    "cause_kind": "technical", "cause": "On 12 May the cooling belt failed its test.",
    "cause_party": "ours", "own_part": "We ran that test three weeks too late",
    "internal_note": "Two fitters hand in their notice in June.",
    "done": "Eleven of 14 machines are installed.", "left": "The belt, two ovens, the trial week.",
    "impact_known": "known", "impact": "Your night shift bakes on the old line until 19 June.",
    "customer_deadline": date(2026, 6, 22), "customer_deadline_what": "start of the summer menu",
    "new_date": date(2026, 6, 19), "confidence": "medium",
    "date_basis": "The belt arrives on 8 June; fitting takes three days, the trial five.",
    "milestones": [
        {"name": "Belt fitted", "old_date": date(2026, 5, 28), "new_date": date(2026, 6, 11), "owner": "Jonas"},
        {"name": "Trial week done", "new_date": date(2026, 6, 18), "owner": "Mara"},
    ],
    "options": [
        {"name": "Two products first", "effect_date": "two on 8 June, all on 19 June", "effect_scope": "unchanged", "cost": "none", "needed": "one more clean-down"},
        {"name": "All at once", "effect_date": "19 June", "effect_scope": "unchanged", "cost": "none", "needed": "the old line until then"},
    ],
    "recommended": "A, it spares the night shift", "ask": "choose A or B",
    "decide_by": date(2026, 5, 29),
    "goodwill": "onsite_support", "goodwill_detail": "a fitter on site until 30 June",
    "remedy_approved": "approved", "approver": "Petra Lindqvist", "contract_term": "payment_node",
    "contract_detail": "clause 9, second instalment",
    "effort": "The maker's engineer works in our hall since Monday.",
    "cadence": "weekly", "follow_up_channel": "call", "next_update": date(2026, 5, 22),
    "sender": "Ida Moreau",
}  # fmt: skip

ZH: Told = {
    "project": "三号泵站改造", "customer": "青河水务", "promised": "三号泵站的新控制柜",
    "original_date": date(2026, 5, 29), "moved_before": "no", "first_sign": date(2026, 5, 12),
    "reader_name": "苏工", "reader": "day_to_day", "customer_language": "zh", "channel": "email",
    "cause_kind": "supplier", "cause": "5月12日到货的18台变频器里有11台通讯板版本不对",
    "cause_party": "supplier", "own_part": "出厂前我们没有安排抽检。",
    "internal_note": "供方资金紧张，不要外传。",
    "done": "18台变频器装好7台。", "left": "11台安装、联调和试运行。",
    "impact_known": "known", "impact": "6月12日前泵站只能手动切换，夜班多排一个人。",
    "customer_deadline": date(2026, 6, 10), "customer_deadline_what": "汛期值守",
    "new_date": date(2026, 6, 12), "confidence": "high",
    "date_basis": "剩11台，一天装3台，联调和试运行各两天。",
    "milestones": [
        {"name": "变频器到齐", "old_date": date(2026, 5, 12), "new_date": date(2026, 6, 3), "owner": "林佩"},
        {"name": "联调完成", "new_date": date(2026, 6, 10), "owner": "周强"},
    ],
    "options": [
        {"name": "先投运7台", "effect_date": "7台6月1日，其余6月12日", "effect_scope": "不变", "cost": "不加钱", "needed": "多一次停泵"},
        {"name": "一次投运", "effect_date": "全部6月12日", "effect_scope": "不变", "cost": "不加钱", "needed": "夜班多排一人"},
    ],
    "recommended": "A，汛期有一半能自动切换", "ask": "在方案A和B里选一个",
    "decide_by": date(2026, 5, 26),
    "goodwill": "onsite_support", "goodwill_detail": "派一名工程师驻站到6月30日",
    "remedy_approved": "approved", "approver": "陈立", "contract_term": "damages",
    "contract_detail": "第9条违约金的计算",
    "effort": "周一起我们的人在供方厂里盯测试。",
    "cadence": "twice_weekly", "follow_up_channel": "chat", "next_update": date(2026, 5, 22),
    "sender": "莫怡",
}  # fmt: skip

AGAIN: Mapping[Language, Told] = {
    "en": {
        "moved_before": "once", "what_changed": "Each belt is now tested warm before it leaves.",
        "late_word": "We doubted the date on 12 May and should have called you then.",
        "percent_done": 79, "trigger": "If the belt is not here by 9 June, we take B.",
        "contract_ref": "Contract HB-4", "notice_clause": "clause 8", "feedback": "yes",
        "notice_days": 28, "remaining": 12, "pace": "per week: 4, 3, 5, 4, 3, 5",
        "what_was_wrong": "It left out the time that a second belt takes to arrive.",
        "channel": "letter",
    },
    "zh": {
        "moved_before": "more", "what_changed": "现在每批出厂前我们派人到厂抽检。",
        "late_word": "5月12日我们就有数了，当时就该告诉您。",
        "percent_done": 39, "trigger": "6月3日没到齐，就借用备用柜。",
        "contract_ref": "QH-2026-31", "notice_clause": "第8条", "feedback": "yes",
        "notice_days": 28, "remaining": 11, "pace": "每周：4、5、4、6、5、4",
        "what_was_wrong": "漏算了供方返修再发货的时间。",
        "channel": "letter",
    },
}  # fmt: skip


def full(language: Language, **changed: str | date) -> Case:
    """A first delay with nearly all that can be told."""
    return case(language, {**(EN if language == "en" else ZH), **changed})


def again(language: Language) -> Case:
    """The same, moved before, told late, and by letter: all that can be told."""
    return case(language, {**(EN if language == "en" else ZH), **AGAIN[language]})


def least(language: Language) -> Case:
    """Only what must be answered, and as little of it as the questions allow."""
    told = {
        **(EN if language == "en" else ZH),
        "impact_known": "none_known", "goodwill": "none", "contract_term": "none",
        "cause_party": "customer",
    }  # fmt: skip
    unasked = {"impact", "goodwill_detail", "remedy_approved", "approver", "contract_detail"}
    fields = PLAYBOOK.fields
    unasked |= {"own_part", "customer_deadline_what", "what_changed"}
    kept = {k: v for k, v in told.items() if fields[FieldId(k)].required and k not in unasked}
    rows: list[Row] = [
        {k: v for k, v in row.items() if k != "old_date"} for row in _rows(told["milestones"])
    ]
    return case(language, {**kept, "milestones": rows})


def without(case: Case, *steps: str) -> Case:
    """The case with steps left out."""
    gone = {f for f, s in PLAYBOOK.step_of.items() if s.id in steps}
    return replace(case, answers={k: v for k, v in case.answers.items() if k not in gone})


def case(language: Language, told: Told) -> Case:
    """A case of the default playbook with these answers."""
    answers = {
        FieldId(id_): Answer(_value(PLAYBOOK.fields[FieldId(id_)].kind, raw, id_), AT, PM, 1)
        for id_, raw in told.items()
    }
    bare = Case(
        CaseId("c1"), TenantId("t1"), PM, PLAYBOOK.id, PLAYBOOK.digest, language,
        "Asia/Shanghai", "none", AT, AT, phase="reviewing",
    )  # fmt: skip
    return refreshed(bare, replace(bare, answers=answers))


def _rows(raw: str | date | int | list[Row]) -> list[Row]:
    assert isinstance(raw, list)
    return raw


def _value(kind: FieldKind, raw: str | date | int | list[Row], id_: str) -> Value:
    if isinstance(raw, list):
        columns = {c.id: c.kind for c in PLAYBOOK.fields[FieldId(id_)].columns}
        return RowsValue(tuple({k: _cell(columns[k], v) for k, v in row.items()} for row in raw))
    if isinstance(raw, int):
        return NumberValue(Decimal(raw)) if kind == "number" else PercentValue(Decimal(raw))
    if kind == "choice":
        assert PLAYBOOK.fields[FieldId(id_)].choice(str(raw)), raw
        return ChoiceValue(str(raw))
    return _cell("person" if kind == "person" else "text", raw)


def _cell(kind: ColumnKind, raw: str | date) -> Cell:
    if isinstance(raw, date):
        return DateValue(raw)
    return PersonValue(raw) if kind == "person" else TextValue(raw)
