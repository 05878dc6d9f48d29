"""The one way to a tracker: only reads on the list, only to addresses of trackers, within limits."""

from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

import pytest

from bot.engine.outside import Unreachable
from bot.outside import fields
from bot.outside.addresses import Guarded, Refused, check_base, refusal
from bot.outside.http import Answer, Call, Http, pause_of
from tests.sources.fakes.vendor import Clock
from tests.sources.rigs import pingcode_rig

READ = Call("GET", "/v1/things/{id}")


async def test_a_call_that_is_not_on_the_list_never_leaves(tmp_path: Path) -> None:
    async with pingcode_rig(Clock(), tmp_path) as rig:
        assert rig.fake is not None
        http = Http(rig.fake.base, [READ])
        for call in (Call("POST", "/v1/things/{id}"), Call("GET", "/v1/things")):
            with pytest.raises(ValueError, match="not on the list"):
                await http.ask(call, {"id": "1"})
        assert rig.fake.asked == []
        await http.close()


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE"])
def test_a_list_of_reads_holds_nothing_that_changes_anything(
    method: Literal["PATCH", "PUT", "DELETE"],
) -> None:
    calls = [READ, Call(method, "/v1/things/{id}")]
    with pytest.raises(ValueError, match=method):
        Http("https://open.pingcode.com", calls)
    made = Http("https://open.pingcode.com", calls, may_change=True)
    assert made.target(calls[1], {"id": "a/b"}, {"q": "x y"}) == "/v1/things/a%2Fb?q=x%20y"


def test_where_no_setting_names_private_hosts_none_is_asked_nor_promised() -> None:
    with pytest.raises(ValueError, match=r"private network$"):
        check_base("https://10.1.2.3", None)
    with pytest.raises(ValueError, match="CANDOR_PRIVATE_TRACKERS"):
        check_base("https://10.1.2.3", ())


async def test_no_proxy_of_the_environment_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")
    async with pingcode_rig(Clock(), tmp_path) as rig:
        assert (await rig.tracker.projects()).projects


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254", "169.254.1.1", "100.100.100.200", "192.0.0.192", "fe80::1",
        "fd00:ec2::254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "127.0.0.1", "::1",
        "::ffff:127.0.0.1", "0.0.0.0", "224.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_metadata_link_local_and_this_machine_are_never_asked(address: str) -> None:
    assert refusal(ip_address(address), may_be_private=True)
    with pytest.raises(ValueError, match="address"):
        check_base(f"https://[{address}]/" if ":" in address else f"https://{address}", [address])


@pytest.mark.parametrize(
    "address", ["10.1.2.3", "192.168.0.9", "172.16.0.1", "100.64.0.1", "fd12::1"]
)
def test_a_private_address_is_asked_only_where_its_host_is_named(address: str) -> None:
    assert refusal(ip_address(address), may_be_private=False)
    assert not refusal(ip_address(address), may_be_private=True)


def test_a_public_address_may_be_asked() -> None:
    assert not refusal(ip_address("8.8.8.8"), may_be_private=False)
    assert check_base(" https://open.pingcode.com/open/ ", ()) == "https://open.pingcode.com/open"


@pytest.mark.parametrize(
    "base",
    [
        "http://open.pingcode.com", "ftp://open.pingcode.com", "https://", "open.pingcode.com",
        "https://user:word@open.pingcode.com", "https://open.pingcode.com/?a=1", "http://10.0.0.1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_plain_https_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="https"):
        check_base(base, ["10.0.0.1"])


@pytest.mark.parametrize("host", ["localhost", "0x7f.1", "2130706433"])
async def test_a_name_is_looked_up_and_refused_for_what_it_stands_for(host: str) -> None:
    with pytest.raises((Refused, OSError)):
        await Guarded(()).resolve(host, 443)
    http = Http(f"https://{host}", [READ])
    with pytest.raises(Unreachable):
        await http.ask(READ, {"id": "1"})
    await http.close()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"x-pc-retry-after": "12"}, 12),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, 60),
        ({"retry-after": "999999"}, 3600),
        ({}, 60),
    ],
)
def test_a_pause_is_as_long_as_it_is_said_an_hour_at_most(
    headers: dict[str, str], seconds: int
) -> None:
    assert pause_of(Answer(429, headers)) == timedelta(seconds=seconds)


@pytest.mark.parametrize("junk", [None, True, -1, 3.7, "x", [], {}, 10**9, float("nan")])
def test_what_is_no_count_is_none(junk: object) -> None:
    assert fields.whole(junk) is None
    assert fields.counts(junk, 5) == (None, None)


def test_more_done_than_there_is_is_no_count() -> None:
    assert fields.counts(6, 5) == (None, None)
    assert fields.counts(0, 5) == (0, 5)
