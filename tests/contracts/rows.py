"""Values that the store keeps, for the tests of its contract."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.core.cards.blocks import Card, Paragraph
from bot.core.case import (
    Answer,
    Asking,
    Case,
    ChoicesValue,
    ChoiceValue,
    DateValue,
    Edit,
    MoneyValue,
    NumberValue,
    Offer,
    Pending,
    PercentValue,
    PersonValue,
    Reading,
    RowsValue,
    Skip,
    TextValue,
    Value,
    Variant,
    YesNoValue,
)
from bot.core.sharing.viewers import Named, Sharing, Viewer
from bot.core.words import (
    CaseId,
    EventId,
    FieldId,
    Language,
    PersonId,
    StepId,
    TenantId,
    same,
)
from bot.engine.ports import Entry, Filed, Letter, Outcome, Place, Store
from bot.store.sqlite.onetrip import OneTripConnection
from bot.store.sqlite.ready import Scribe
from bot.store.turn import SqlTurn

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HERE = TenantId("here")
ELSEWHERE = TenantId("elsewhere")
ANNA = PersonId("anna")
BEN = PersonId("ben")
DIRECT = Place("slack", "D1")


def case(id_: str = "c1", *, owner: PersonId = ANNA, customer: str = "", touched: int = 0) -> Case:
    """A case with hardly anything in it, touched so many minutes after AT."""
    answers = {FieldId("customer"): answer(TextValue(customer))} if customer else {}
    return Case(
        id=CaseId(id_),
        tenant=HERE,
        owner=owner,
        playbook="delivery_delay",
        digest="d1",
        language="en",
        zone="Asia/Kolkata",
        calendar="IN",
        begun_at=AT,
        touched_at=AT + touched * MINUTE,
        revision=1,
        answers=answers,
    )


def answer(value: Value) -> Answer:
    """An answer by Anna."""
    return Answer(value, AT, ANNA, revision=3, origin=same("last case"))


def full_case() -> Case:
    """A case with every kind of value, and every drawer used."""
    values: dict[str, Value] = {
        "project": TextValue("Apollo – 阿波罗 \u200f“x”"),
        "cause": ChoiceValue("supplier"),
        "effort": ChoicesValue(("night_shift", "second_team")),
        "new_date": DateValue(date(2026, 12, 4), date(2026, 12, 8)),
        "units": NumberValue(Decimal("12.50"), "units"),
        "percent": PercentValue(Decimal("80")),
        "penalty": MoneyValue(Decimal("120000.00"), "CNY"),
        "known": YesNoValue(True),
        "sponsor": PersonValue("陈欢"),
        "milestones": RowsValue(
            (
                {"name": TextValue("Test rig"), "day": DateValue(date(2026, 11, 30))},
                {"name": TextValue("Go-live"), "cost": MoneyValue(Decimal("1"), "EUR")},
            )
        ),
    }
    return replace(
        case(),
        answers={FieldId(name): answer(value) for name, value in values.items()},
        skips={StepId("remedy"): Skip("not_known", AT, ANNA)},
        stale=(FieldId("percent"),),
        pending={
            FieldId("x"): Pending("下周五", same("?"), (Reading(same("Fri"), values["new_date"]),))
        },
        others={FieldId("cause"): answer(ChoiceValue("people"))},
        offers={FieldId("known"): Offer(values["known"], same("last case"))},
        asking=Asking("clear", FieldId("cause")),
        variant=Variant("email", "executive", "zh"),
        edits={"email.executive.zh": Edit("尊敬的客户", "abc", AT, ANNA)},
        told_at=AT,
        sharing=Sharing(
            {BEN: Viewer("Ben Ode", 1, AT, 2)}, 1, "Anna", Named(ANNA, "A", "invite:1")
        ),
    )


def filed(of: Case, place: Place = DIRECT) -> Filed:
    """The case at its place."""
    return Filed(of, place)


def entry(event: str, *, case: str | None = "c1", revision: int = 1) -> Entry:
    """A line of the log."""
    id_ = CaseId(case) if case else None
    return Entry(EventId(event), "Typed", AT, ANNA, '{"text":"x"}', case=id_, revision=revision)


def card(words: str = "Hello") -> Card:
    """A card of one sentence."""
    return Card(same(words), (Paragraph(same(words)),))


def letter(
    id_: str,
    slot: str,
    words: str = "Hello",
    *,
    of: str = "c1",
    at: datetime = AT,
    language: Language = "en",
) -> Letter:
    """A letter to Anna's conversation."""
    return Letter(
        id=id_,
        case=CaseId(of),
        place=DIRECT,
        slot=slot,
        language=language,
        card=card(words),
        at=at,
        expires_at=at + timedelta(days=7),
    )


def driver(turn: SqlTurn) -> OneTripConnection:
    """The connection of a turn on a file, past the store."""
    assert isinstance(turn._scribe, Scribe)
    return turn._scribe.driver


async def die(store: Store, *letters: Letter) -> None:
    """Letters that a platform refuses for what they say."""
    async with store.turn(HERE) as turn:
        await turn.put(letters)
    for _ in letters:
        (parcel,) = await store.claim(AT, AT + MINUTE, limit=1)
        await store.settle(parcel, Outcome("dead", error="BadContent"))
