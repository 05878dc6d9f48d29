"""The operator's file of people, roles and customers."""

from datetime import date
from pathlib import Path

import pytest

from bot import wiring
from bot.content.documents import BadFile
from bot.content.organisations import load_organisations
from bot.core.approving.organisation import Organisation, Organisations
from bot.core.words import PersonId, TenantId
from bot.settings import Settings, SettingsRefused

HOWTO = Path(__file__).parents[1] / "docs" / "howto" / "approve-and-send.md"


def sample(tmp_path: Path, text: str = "") -> Path:
    """The file that the how-to shows, or another one."""
    file = tmp_path / "organisation.yaml"
    shown = HOWTO.read_text("utf-8").split("```yaml\n")[1].split("```")[0]
    file.write_text(text or shown, "utf-8")
    return file


def loaded(tmp_path: Path) -> Organisation:
    return load_organisations(sample(tmp_path))[0]


def test_the_file_of_the_howto_is_read(tmp_path: Path) -> None:
    found = loaded(tmp_path)
    assert found.named("omar") == found.named("Omar Haddad") == found.named("U024OMAR")
    assert found.customer_sees("slack", "C0123ACME")
    assert not found.customer_sees("slack", "C9")


def test_who_is_away_comes_last_and_is_asked_when_nobody_else_is_there(tmp_path: Path) -> None:
    found = loaded(tmp_path)
    owner = PersonId("U1")
    for day, first in ((date(2026, 12, 24), "Lin Jing"), (date(2026, 12, 1), "Omar Haddad")):
        around = found.surroundings("acme instruments", owner, today=day, can_mail=True)
        assert around.roles["account_lead"][0].name == first
        assert (around.zone, around.domains) == ("Europe/London", ("acme.example",))


def test_a_customer_that_is_not_listed_takes_the_common_one(tmp_path: Path) -> None:
    around = loaded(tmp_path).surroundings("X", PersonId("U1"), today=date.min, can_mail=False)
    assert (around.conversation, around.zone) == ("", "")


def test_a_tenant_s_own_entry_goes_before_the_common_one() -> None:
    both = Organisations((Organisation("*"), Organisation("T1", meeting_link="x")))
    assert both.of(TenantId("T1")).meeting_link == "x"
    assert both.of(TenantId("T2")).id == "*"
    assert Organisations().of(TenantId("T1")) == Organisation()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'tenants:\n  - id: "*"\n    roles:\n      lead: ["U9"]\n',
            "nobody under people has the id U9",
        ),
        ('tenants:\n  - id: "*"\n    rolls: {}\n', "there is no key rolls"),
        ('tenants:\n  - customers:\n      - name: "A"\n        zone: "Mars"\n', "no zone Mars"),
        ('tenants:\n  - customers:\n      - name: "A"\n        calendar: "Q"\n', "no calendar Q"),
        (
            'tenants:\n  - customers:\n      - name: "A"\n        conversation: "C1"\n',
            "platform:id",
        ),
        (
            'tenants:\n  - people:\n      - id: "U1"\n        name: "A"\n        email: "a@b"\n',
            "a@b is no e-mail address",
        ),
        ('tenants:\n  - id: "T1"\n    calendar: "Q"\n', "T1: there is no calendar Q"),
        ('tenants:\n  - id: "T1"\n    quiet_from: "20:00"\n', "both quiet_from and quiet_until"),
        (
            'tenants:\n  - id: "T1"\n    quiet_from: "08:00"\n    quiet_until: "19:00"\n',
            "leave some of the day free",
        ),
        ('tenants:\n  - id: "T1"\n    keep_cases_days: -1\n', "0 for ever"),
        ('tenants:\n  - id: "T1"\n    lark_register: "tbl1"\n', "app_token/table_id"),
        (
            'tenants:\n  - id: "T1"\n    lark_register: "a/b"\n'
            '  - id: "T2"\n    lark_register: "a/b"\n',
            "T2: T1 has the same lark_register",
        ),
        (
            'tenants:\n  - id: "T1"\n    playbook: "other"\n',
            "there is no playbook other; name one of delivery_delay",
        ),
    ],
)
def test_a_slip_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadFile) as caught:
        load_organisations(sample(tmp_path, text), {"delivery_delay"})
    assert said in "\n".join(caught.value.problems)


@pytest.mark.parametrize(
    "sender", ["", "candor", "a@b", "a@b.example\nBcc: x@c.example", "a b@c.example"]
)
def test_a_sender_that_is_no_address_is_refused_before_anything_is_made(
    tmp_path: Path, sender: str
) -> None:
    settings = Settings(smtp_host="mail.example", smtp_from=sender, data=tmp_path / "var")
    with pytest.raises(SettingsRefused, match="CANDOR_SMTP_FROM"):
        wiring.served(settings)
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_authorities_that_cannot_be_read_are_refused_at_the_start(
    tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    settings = Settings(
        smtp_host="mail.example",
        smtp_from="candor@house.example",
        smtp_authorities=file,
        data=tmp_path / "var",
    )
    with pytest.raises(SettingsRefused, match="CANDOR_SMTP_AUTHORITIES"):
        wiring.served(settings)
    assert not (tmp_path / "var").exists()
