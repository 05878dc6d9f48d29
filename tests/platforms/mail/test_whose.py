"""By the house's own mail server only those send whom the operator means; and in the clear nobody does."""

from datetime import UTC, datetime

import pytest

from bot.assembly.mail import refuse_half, ways
from bot.core.words import TenantId
from bot.engine.house import MAIL
from bot.engine.ports import Channels
from bot.settings import Settings, SettingsRefused

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
MADE = Settings(smtp_host="mail.house.example", smtp_from="candor@house.example")
OURS, OTHERS, FURTHER = TenantId("T1"), TenantId("T2"), TenantId("cli_a1.t7")


def post(**more: object) -> Channels:
    return ways(MADE.model_copy(update=more), lambda: AT)[MAIL]


async def test_mails_of_tenants_that_are_not_named_do_not_leave_by_the_houses_server() -> None:
    named = post(smtp_tenants="T1, cli_a1.t7")
    assert [await named.of(t) is not None for t in (OURS, OTHERS, FURTHER)] == [True, False, True]


async def test_without_names_all_may_but_those_of_further_apps() -> None:
    anybody = post()
    assert [await anybody.of(t) is not None for t in (OURS, OTHERS, FURTHER)] == [True, True, False]


def test_an_app_that_is_installed_by_a_link_wants_them_named() -> None:
    with pytest.raises(SettingsRefused, match="CANDOR_SMTP_TENANTS"):
        refuse_half(MADE.model_copy(update={"slack_client_id": "1.2"}))
    refuse_half(MADE.model_copy(update={"slack_client_id": "1.2", "smtp_tenants": "T1"}))


def test_mail_in_the_clear_only_leaves_for_this_machine() -> None:
    with pytest.raises(SettingsRefused, match="in the clear"):
        refuse_half(MADE.model_copy(update={"smtp_tls": "none"}))
    refuse_half(MADE.model_copy(update={"smtp_tls": "none", "smtp_host": "127.0.0.1"}))
