"""A platform's base address may be its host alone, or end where its methods lie; nothing else."""

import pytest
from pydantic import ValidationError

from bot.settings import Settings

HERE = "http://127.0.0.1:9000"


@pytest.mark.parametrize("written", [HERE, f"{HERE}/", f"{HERE}/api", f"{HERE}/api/"])
def test_slack_may_be_named_as_its_sdk_names_it(written: str) -> None:
    assert Settings(slack_base_url=written).slack_base_url == HERE


@pytest.mark.parametrize("written", [HERE, f"{HERE}/", f"{HERE}/open-apis", f"{HERE}/open-apis/"])
def test_lark_may_be_named_by_the_root_of_its_methods(written: str) -> None:
    assert Settings(lark_base_url=written).lark_base_url == HERE


@pytest.mark.parametrize(
    "written", ["http://slack.example", f"{HERE}/other", f"{HERE}/api?x=1", "127.0.0.1:9000"]
)
def test_any_other_address_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="write"):
        Settings(slack_base_url=written)
