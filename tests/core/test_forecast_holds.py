"""Of dates called P85, 80 to 90 of 100 hold; each row of the page is computed again."""

import pytest

from tests.core.projects import ESTIMATED, FAMILIES, PAGE, held


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", [*FAMILIES, ESTIMATED])
def test_of_dates_called_p85_80_to_90_of_100_hold(name: str) -> None:
    found = held(name)
    assert 0.80 <= found.p85 <= 0.90
    assert 0.45 <= found.p50 <= 0.62
    assert found.row(name) in PAGE.read_text(encoding="utf-8").splitlines()


def test_the_page_has_a_row_for_each_family_and_no_other() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("|")]
    assert rows[2:] == [*FAMILIES, ESTIMATED]
