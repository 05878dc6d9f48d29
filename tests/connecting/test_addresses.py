"""Which addresses a tenant's tracker may have: more for whoever runs Candor than for the chat."""

from datetime import UTC, datetime

import pytest

from bot.assembly import connecting
from bot.core.connecting.kinds import KINDS
from bot.core.connecting.wording import CONNECT
from bot.settings import Settings

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
JIRA = {"base_url": "https://site.atlassian.net", "token": "a token", "email": "ann@house.example"}
HERE = Settings(private_trackers="jira.inside.example,10.0.0.7")


def problems(settings: Settings, kind: str, *, by_admin: bool, **values: str) -> list[str]:
    makes = connecting.Makes(settings, lambda: AT)
    given = {**(JIRA if kind == "jira" else {}), **values}
    return list(makes.problems(KINDS[kind], given, by_admin=by_admin))


@pytest.mark.parametrize(
    "address",
    [
        "http://site.atlassian.net",
        "http://127.0.0.1:8080",
        "https://127.0.0.1",
        "https://10.0.0.7",
        "https://[::1]/jira",
        "https://169.254.169.254/latest",
        "https://user:word@site.atlassian.net",
        "ftp://site.atlassian.net",
        "site.atlassian.net",
    ],
)
def test_the_chat_may_name_no_address_inside_and_none_without_tls(address: str) -> None:
    assert problems(HERE, "jira", by_admin=True, base_url=address) == ["base_url"]


def test_whoever_runs_candor_may_name_a_private_host_that_is_listed() -> None:
    assert problems(HERE, "jira", by_admin=False, base_url="https://10.0.0.7") == []
    assert problems(Settings(), "jira", by_admin=False, base_url="https://10.0.0.7") == ["base_url"]


def test_without_an_address_the_houses_own_is_asked_from_the_chat_too() -> None:
    inside = Settings(pingcode_base_url="https://10.0.0.7/open", private_trackers="10.0.0.7")
    given = {"client_id": "a", "client_secret": "b"}
    assert problems(inside, "pingcode", by_admin=True, **given) == []
    assert problems(
        inside, "pingcode", by_admin=True, base_url="https://10.0.0.7/open", **given
    ) == ["base_url"]


def test_the_environment_of_the_house_gives_a_tenant_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANDOR_JIRA_TOKEN", "the house's own")
    monkeypatch.setenv("CANDOR_GITHUB_REPOSITORIES", "house/secret")
    assert problems(Settings(), "github", by_admin=True, token="t") == ["repositories"]
    assert problems(Settings(), "jira", by_admin=True, token=" ") == ["token"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_names_what_it_needs_and_takes_no_long_or_broken_line(kind: str) -> None:
    needed = [part.name for part in KINDS[kind].parts if part.required]
    makes = connecting.Makes(Settings(), lambda: AT)
    assert list(makes.problems(KINDS[kind], {}, by_admin=True)) == needed
    for bad in ("x" * 3000, "one\ntwo"):
        given = dict.fromkeys(needed, bad)
        assert list(makes.problems(KINDS[kind], given, by_admin=True)) == needed


@pytest.mark.parametrize("kind", sorted(k.id for k in KINDS.values() if k.family != "mail"))
def test_each_system_has_every_setting_that_the_house_has_of_it(kind: str) -> None:
    of = KINDS[kind]
    settings = {name for name in Settings.model_fields if name.startswith(f"{of.prefix}_")}
    named = {of.setting(part) for part in of.parts}
    assert named <= settings
    assert all(name.endswith("_url") for name in settings - named)


def test_an_admin_reads_nothing_of_the_operators_settings() -> None:
    makes = connecting.Makes(Settings(), lambda: AT)
    given = {"token": "t", "repositories": ","}
    (said,) = makes.problems(KINDS["github"], given, by_admin=True).values()
    assert (said, "CANDOR" in said.en) == (CONNECT.halved, False)
