"""A small playbook and one case in each language, for the tests of drafts and claims."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from bot.core.case import (
    Answer,
    Case,
    ChoiceValue,
    DateValue,
    MoneyValue,
    NumberValue,
    PercentValue,
    PersonValue,
    RowsValue,
    TextValue,
    Value,
    Variant,
    YesNoValue,
)
from bot.core.playbook import (
    Channel,
    Choice,
    Column,
    ColumnKind,
    Condition,
    DraftPlan,
    Example,
    Field,
    FieldKind,
    Layout,
    Part,
    Playbook,
    Reader,
    Sentence,
    Step,
)
from bot.core.words import CaseId, FieldId, Language, PersonId, StepId, TenantId, Text, same

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHANNELS: tuple[Channel, ...] = ("email", "chat", "letter", "call")
READERS: tuple[Reader, ...] = ("executive", "day_to_day", "technical")
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def field(
    id_: str,
    kind: FieldKind = "text",
    *,
    internal: bool = False,
    required: bool = True,
    choices: tuple[Choice, ...] = (),
    columns: tuple[Column, ...] = (),
    when: tuple[Condition, ...] = (),
) -> Field:
    """A field with filler words."""
    return Field(
        FieldId(id_),
        kind,
        label=Text(en=id_.replace("_", " "), zh=f"{id_}项"),
        ask=same("?"),
        why=same("?"),
        example=Example(same("good"), same("weak"), same("because")),
        internal=internal,
        required=required,
        choices=choices,
        columns=columns,
        when=when,
    )


def choice(id_: str, en: str, zh: str) -> Choice:
    """One choice."""
    return Choice(id_, Text(en=en, zh=zh))


def column(id_: str, kind: ColumnKind = "text", *, required: bool = True) -> Column:
    """One column."""
    return Column(id_, kind, same(id_), required=required)


def sentence(
    id_: str,
    part: Part,
    en: str,
    zh: str,
    *,
    needs: str = "",
    may: str = "",
    when: tuple[Condition, ...] = (),
    channels: tuple[Channel, ...] = (),
) -> Sentence:
    """One sentence; `needs` and `may` are names with spaces between."""
    return Sentence(
        id_,
        part,
        Text(en=en, zh=zh),
        needs=tuple(FieldId(n) for n in needs.split()),
        may=tuple(FieldId(n) for n in may.split()),
        when=when,
        channels=channels,
    )


FIELDS = {
    "start": (
        field("project"),
        field("customer"),
        field("contact", "person", required=False),
        field("original_date", "date"),
        field("customer_language", "choice", choices=(choice("en", "English", "英文"), choice("zh", "Chinese", "中文"))),
        field("channel", "choice", choices=(choice("email", "e-mail", "邮件"), choice("chat", "chat", "即时消息"))),
        field("sender", "person"),
    ),
    "cause": (
        field("cause_kind", "choice", choices=(choice("supplier", "a supplier", "供应商"), choice("technical", "a technical fault", "技术问题"))),
        field("cause_detail", "long_text"),
        field("cause_internal", "long_text", internal=True, required=False),
        field("penalty", "money", internal=True, required=False),
    ),
    "status": (
        field("done", "long_text"),
        field("total", "number"),
        field("finished", "number"),
        field("percent_done", "percent"),
    ),
    "impact": (field("impact", "long_text"), field("extra_cost", "money", required=False)),
    "plan": (
        field("new_date", "date"),
        field("basis", "long_text"),
        field("milestones", "rows", columns=(column("name"), column("day", "date"), column("owner", "person", required=False))),
    ),
    "options": (field("options", "rows", columns=(column("name"), column("day", "date", required=False), column("cost", "money", required=False))), field("answer_by", "date")),
    "remedy": (
        field("remedy", "text", required=False),
        field("remedy_approved", "choice", choices=(choice("approved", "approved", "已批准"), choice("open", "not yet", "未批准")), required=False),
    ),
    "effort": (field("effort", "long_text", required=False), field("weekend_work", "yes_no", required=False)),
    "follow_up": (field("rhythm", "text"), field("next_update", "date")),
}  # fmt: skip

APPROVED = (Condition(FieldId("remedy_approved"), ("approved",)),)

SENTENCES = (
    sentence("subject", "subject", "{{ project }}: {{ new_date | short_day }} instead of {{ original_date | short_day }}", "{{ project }}改为{{ new_date | short_day }}，原{{ original_date | short_day }}", needs="project new_date original_date"),
    sentence("greeting", "greeting", "Dear {{ contact }},", "{{ contact }}，您好：", needs="contact"),
    sentence("news", "news", "{{ project }} moves from {{ original_date | day }} to {{ new_date | day }}, {{ slip_working_days | days }} later.", "{{ project }}从{{ original_date | day }}推迟到{{ new_date | day }}，晚{{ slip_working_days | days }}。", needs="project original_date new_date"),
    sentence("cause", "cause", "The cause is {{ cause_kind | label }}: {{ cause_detail | inline }}.", "原因是{{ cause_kind | label }}：{{ cause_detail | inline }}。", needs="cause_kind cause_detail"),
    sentence("status", "status", "{{ finished | number }} of {{ total | number }} are done, {{ percent_done | percent }}. {{ done | sentence }}", "{{ total | number }}中已完成{{ finished | number }}，即{{ percent_done | percent }}。{{ done | sentence }}", needs="finished total percent_done done"),
    sentence("impact", "impact", "For you this means: {{ impact | inline }}.{% if extra_cost %} It costs you {{ extra_cost | money }}.{% endif %}", "对您的影响：{{ impact | inline }}。{% if extra_cost %}您多花{{ extra_cost | money }}。{% endif %}", needs="impact", may="extra_cost"),
    sentence("basis", "plan", "The new date rests on this: {{ basis | inline }}.", "新日期的依据：{{ basis | inline }}。", needs="basis"),
    sentence("milestones", "plan", "{% for row in milestones %}\n- {{ row.name }}: {{ row.day | short_day }}{% if row.owner %}, {{ row.owner }}{% endif %}\n{% endfor %}", "{% for row in milestones %}\n- {{ row.name }}：{{ row.day | short_day }}{% if row.owner %}，{{ row.owner }}{% endif %}\n{% endfor %}", needs="milestones"),
    sentence("options", "options", "You can choose:\n{% for row in options %}\n{{ loop.index | letter }}. {{ row.name | inline }}{% if row.day %}, on {{ row.day | day }}{% endif %}{% if row.cost %}, for {{ row.cost | money }}{% endif %}.\n{% endfor %}", "您可以选择：\n{% for row in options %}\n方案{{ loop.index | letter }}：{{ row.name | inline }}{% if row.day %}，{{ row.day | day }}{% endif %}{% if row.cost %}，费用{{ row.cost | money }}{% endif %}。\n{% endfor %}", needs="options"),
    sentence("remedy", "remedy", "{{ remedy | sentence }}", "{{ remedy | sentence }}", needs="remedy", when=APPROVED),
    sentence("effort", "effort", "{{ effort | sentence }}{% if weekend_work %} The team works on weekends too.{% endif %}", "{{ effort | sentence }}{% if weekend_work %}团队周末也在工作。{% endif %}", needs="effort", may="weekend_work"),
    sentence("follow_up", "follow_up", "You hear from me {{ rhythm | inline }}, next on {{ next_update | day }}.", "我{{ rhythm | inline }}向您汇报，下次是{{ next_update | day }}。", needs="rhythm next_update"),
    sentence("ask", "ask", "Please tell me your choice by {{ answer_by | day }}.", "请在{{ answer_by | day }}前告诉我们您的选择。", needs="answer_by"),
    sentence("questions", "questions", "- What does this change for {{ customer }}?", "- 这对{{ customer }}有什么影响？", needs="customer", channels=("call",)),
    sentence("closing", "closing", "{{ sender }}", "{{ sender }}", needs="sender"),
)  # fmt: skip

PARAGRAPHS: tuple[tuple[Part, ...], ...] = (
    ("greeting",), ("news", "cause"), ("status", "impact"), ("plan",), ("options", "ask"),
    ("remedy", "effort", "follow_up"), ("questions", "reactions"), ("closing",),
)  # fmt: skip


def playbook() -> Playbook:
    """The small playbook."""
    return Playbook(
        "sample",
        Text(en="A delay", zh="延期"),
        steps=tuple(
            Step(StepId(id_), Text(en=id_, zh=f"{id_}步"), same("."), same("."), fields)
            for id_, fields in FIELDS.items()
        ),
        remedies=(),
        draft=DraftPlan(
            tuple(
                Layout(c, same(c), PARAGRAPHS, 200, 400, {"executive": ("effort",)})
                for c in CHANNELS
            ),
            SENTENCES,
        ),
        digest="sample-1",
    )


def case(values: Mapping[str, Value], language: Language) -> Case:
    """A case with these answers."""
    owner = PersonId("U1")
    return Case(
        id=CaseId("c1"),
        tenant=TenantId("t1"),
        owner=owner,
        playbook="sample",
        digest="sample-1",
        language=language,
        zone="Europe/Berlin",
        calendar="DE" if language == "en" else "CN",
        begun_at=AT,
        touched_at=AT,
        answers={FieldId(k): Answer(v, AT, owner, 1) for k, v in values.items()},
    )


def english() -> Case:
    """A full case in English."""
    return case(
        {
            "project": TextValue("the booking app"),
            "customer": TextValue("Pinewood Clinic"),
            "contact": PersonValue("Ms Brandt"),
            "original_date": DateValue(date(2026, 12, 4)),
            "new_date": DateValue(date(2026, 12, 18)),
            "customer_language": ChoiceValue("en"),
            "channel": ChoiceValue("email"),
            "sender": PersonValue("Milo Vance"),
            "cause_kind": ChoiceValue("supplier"),
            "cause_detail": TextValue("Kestrel Data shipped the card reader on 16 November with firmware 2.1, which drops every third payment. We had not tested it."),
            "cause_internal": TextValue("Jonas Reuter forgot to order 7 spare readers on 3 November."),
            "penalty": MoneyValue(Decimal(45000), "EUR"),
            "done": TextValue("booking and reminders run at two sites since 9 November; refunds are open"),
            "total": NumberValue(Decimal(40), "screens"),
            "finished": NumberValue(Decimal(31), "screens"),
            "percent_done": PercentValue(Decimal("77.5")),
            "impact": TextValue("your reception takes about 120 payments a day by hand until then"),
            "extra_cost": MoneyValue(Decimal(1850), "EUR"),
            "basis": TextValue("nine screens are open and the team finishes four a week"),
            "milestones": RowsValue(
                (
                    {"name": TextValue("Firmware test"), "day": DateValue(date(2026, 12, 8)), "owner": PersonValue("Carlos Mendes")},
                    {"name": TextValue("Trial week at Pinewood"), "day": DateValue(date(2026, 12, 14))},
                )
            ),
            "options": RowsValue(
                (
                    {"name": TextValue("Go live without refunds"), "day": DateValue(date(2026, 12, 9)), "cost": MoneyValue(Decimal(0), "EUR")},
                    {"name": TextValue("Go live with everything"), "day": DateValue(date(2026, 12, 18))},
                )
            ),
            "answer_by": DateValue(date(2026, 11, 27)),
            "remedy": TextValue("we will give you 6 weeks of free phone support after go-live"),
            "remedy_approved": ChoiceValue("approved"),
            "effort": TextValue("Two engineers from Oslo joined on 19 November and will stay until go-live."),
            "weekend_work": YesNoValue(True),
            "rhythm": TextValue("every Tuesday and Friday"),
            "next_update": DateValue(date(2026, 11, 24)),
        },
        "en",
    )  # fmt: skip


def chinese() -> Case:
    """A full case in Chinese."""
    return case(
        {
            "project": TextValue("冷库监控系统"),
            "customer": TextValue("海棠食品公司"),
            "contact": PersonValue("王经理"),
            "original_date": DateValue(date(2026, 12, 4)),
            "new_date": DateValue(date(2026, 12, 16), date(2026, 12, 18)),
            "customer_language": ChoiceValue("zh"),
            "channel": ChoiceValue("email"),
            "sender": PersonValue("陈立"),
            "cause_kind": ChoiceValue("supplier"),
            "cause_detail": TextValue("青禾电子11月16日才把传感器送到，其中12只漂移超过2度，我们到货时没有抽检。"),
            "cause_internal": TextValue("采购的老周11月3日漏下了7只备件的单。"),
            "penalty": MoneyValue(Decimal(45000), "CNY"),
            "done": TextValue("18个库区装好11个并验收，剩7个"),
            "total": NumberValue(Decimal(18), "个库区"),
            "finished": NumberValue(Decimal(11), "个库区"),
            "percent_done": PercentValue(Decimal(61)),
            "impact": TextValue("这7个库区要继续人工抄表，每天3次"),
            "extra_cost": MoneyValue(Decimal(1850), "CNY"),
            "basis": TextValue("剩7个库区，一天装一个，外加两天联调"),
            "milestones": RowsValue(
                (
                    {"name": TextValue("换完传感器"), "day": DateValue(date(2026, 12, 7)), "owner": PersonValue("李工")},
                    {"name": TextValue("联调"), "day": DateValue(date(2026, 12, 14))},
                )
            ),
            "options": RowsValue(
                (
                    {"name": TextValue("先移交11个库区"), "day": DateValue(date(2026, 12, 4)), "cost": MoneyValue(Decimal(0), "CNY")},
                    {"name": TextValue("一次移交全部18个库区"), "day": DateValue(date(2026, 12, 18))},
                )
            ),
            "answer_by": DateValue(date(2026, 11, 27)),
            "remedy": TextValue("我们把质保延长3个月"),
            "remedy_approved": ChoiceValue("approved"),
            "effort": TextValue("11月19日起增派两名工程师，周六也施工"),
            "weekend_work": YesNoValue(False),
            "rhythm": TextValue("每周二、周五"),
            "next_update": DateValue(date(2026, 11, 24)),
        },
        "zh",
    )  # fmt: skip


def full(language: Language) -> Case:
    """The full case of one language."""
    return english() if language == "en" else chinese()


def variants(language: Language) -> tuple[Variant, ...]:
    """Every variant of one language."""
    return tuple(Variant(c, r, language) for c in CHANNELS for r in READERS)


def with_answer(of: Case, name: str, value: Value) -> Case:
    """The case with one answer put or changed."""
    answer = Answer(value, AT, of.owner, of.revision + 1)
    return replace(of, answers={**of.answers, FieldId(name): answer})


def without(of: Case, name: str) -> Case:
    """The case with one answer gone."""
    return replace(of, answers={k: v for k, v in of.answers.items() if k != name})
