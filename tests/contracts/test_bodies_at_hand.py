"""Bodies whose values are at hand: what was just written is not read again, and few are kept."""

from dataclasses import replace

from bot.core.desk import Person
from bot.store import codec
from bot.store.codec import KNOWN, Shape
from tests.contracts.rows import ANNA, HERE, full_case


def test_who_reads_what_was_just_written_gets_the_value_itself() -> None:
    kept = full_case()
    assert codec.load(codec.CASE, codec.dump(codec.CASE, kept)) is kept


def test_another_body_is_another_value() -> None:
    kept = full_case()
    codec.dump(codec.CASE, kept)
    other = replace(kept, revision=kept.revision + 1)
    assert codec.load(codec.CASE, codec.CASE.adapter.dump_json(other).decode()) == other


def test_a_few_are_kept_and_the_rest_is_read() -> None:
    shape = Shape(Person)
    first = Person(ANNA, HERE)
    body = shape.write(first)
    for n in range(KNOWN):
        shape.write(replace(first, front=None, zone=f"Etc/GMT+{n}"))
    assert shape.read(body) == first
    assert shape.read(body) is not first


def test_a_case_with_all_that_it_can_hold_is_read_as_it_was_written() -> None:
    adapter = codec.CASE.adapter
    assert adapter.validate_json(adapter.dump_json(full_case())) == full_case()
