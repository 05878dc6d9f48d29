"""A form is decoded as urllib does it."""

from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl, quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.slack.forms import decoded

WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.tuples(WORDS, WORDS)), st.sampled_from([quote, quote_plus]))
def test_every_form_is_read_as_it_was_written(
    fields: Sequence[tuple[str, str]], way: Callable[..., str]
) -> None:
    assert decoded(urlencode(fields, quote_via=way).encode()) == dict(fields)


@pytest.mark.parametrize(
    "form",
    [
        "",
        "a",
        "a=",
        "=b",
        "a=b=c",
        "a==3D",
        "a=1&&b=2",
        "a=1&a=2",
        "a=%0D%0A%3D%0A+%E4%BD",
        "a=_b c\n",
    ],
)
def test_a_form_that_is_written_oddly_is_read_as_urllib_reads_it(form: str) -> None:
    assert decoded(form.encode()) == dict(parse_qsl(form, keep_blank_values=True))


def test_a_percent_sign_that_begins_no_byte_breaks_nothing() -> None:
    assert decoded(b"a=5%&b=%zz&c=%")["b"].endswith("zz")
