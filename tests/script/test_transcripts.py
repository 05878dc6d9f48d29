"""Every written conversation, through the core: what it expects comes, and nothing is said twice."""

from pathlib import Path

import pytest

from bot.content import playbooks as content
from bot.content.coaching import default_coaching
from bot.content.documents import BadFile
from bot.content.rehearsals import default_customers
from bot.core.dialogue.scalars import local_day
from bot.core.effects import Show, ShowBoard
from bot.core.message import claims
from bot.core.message.facts import facts
from bot.core.words import LANGUAGES
from bot.script import play, printed
from bot.script.performance import Played
from bot.script.performance import play as perform
from bot.store import codec
from bot.store.codec import Shape, T

FILES = sorted((Path(__file__).parents[1] / "transcripts").rglob("*.yaml"))
PLAYBOOK = content.load(content.home() / "delivery_delay")
CUSTOMERS = default_customers()
PLAYED: dict[Path, Played] = {}

every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def played(file: Path) -> Played:
    """The conversation, played once for all tests."""
    if file not in PLAYED:
        PLAYED[file] = perform(play.load(file), PLAYBOOK, default_coaching(), CUSTOMERS)
    return PLAYED[file]


def test_there_are_at_least_ten_in_both_languages() -> None:
    assert len(FILES) >= 10
    assert {play.load(f).script.language for f in FILES} == set(LANGUAGES)


@every_file
def test_what_is_expected_comes(file: Path) -> None:
    assert played(file).problems == ()


@every_file
def test_the_same_file_plays_the_same(file: Path) -> None:
    assert perform(play.load(file), PLAYBOOK, default_coaching(), CUSTOMERS) == played(file)


@every_file
def test_what_is_read_of_a_case_and_of_a_card_is_what_was_written(file: Path) -> None:
    cards = [m.card for moment in played(file).moments for m in moment.messages]
    assert [anew(codec.CARD, card) for card in cards] == cards
    assert [anew(codec.CASE, case) for case in played(file).cases] == [*played(file).cases]


def anew(shape: Shape[T], value: T) -> T:
    """As another process reads it, which has nothing at hand."""
    return shape.adapter.validate_json(shape.adapter.dump_json(value))


@every_file
def test_each_live_message_is_posted_once(file: Path) -> None:
    posted = [(m.case, m.slot) for x in played(file).moments for m in x.messages if not m.edited]
    assert len(posted) == len(set(posted))


@every_file
def test_no_line_is_left_without_an_answer(file: Path) -> None:
    lines = played(file).transcript.script.lines
    deaf = [
        f"line {x.line + 1}"
        for x in played(file).moments
        if not lines[x.line].twice  # the second click of two may pass in silence
        and not (x.reply or x.toast or any(isinstance(e, Show | ShowBoard) for e in x.effects))
    ]
    assert deaf == []


@every_file
def test_every_claim_of_the_draft_comes_from_an_answer(file: Path) -> None:
    found = played(file)
    for drafted in found.drafts:
        case = next(c for c in found.cases if c.id == drafted.case)
        known = facts(PLAYBOOK, case, today=local_day(case, case.touched_at))
        ledger = claims.check(drafted.draft.text, known, draft=drafted.draft)
        flagged = [drafted.draft.text[slice(*e.claim.span)] for e in ledger.flagged]
        assert flagged == [], drafted.draft.variant


@every_file
def test_it_can_be_read_in_a_terminal(file: Path) -> None:
    text = printed.text(played(file))
    assert played(file).transcript.script.title in text
    assert all(d.draft.text[:8] in text for d in played(file).drafts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demonstration_is_in_its_language(language: str) -> None:
    shown: list[str] = []
    transcript = play.load(play.demonstration("zh" if language == "zh" else "en"))
    assert transcript.script.language == language
    assert play.show(transcript, shown.append) == ()
    assert len(shown[0]) > 5_000


HEAD = """title: "t"
about: "a"
language: en
customer_language: en
zone: "Europe/London"
calendar: "GB"
begins_at: "2026-03-02 09:00"
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + 'lines:\n  - typ: "x"\n', ":9: there is no key typ here; did you mean type"),
        (
            HEAD + 'lines:\n  - {type: "x", press: "skip"}\n',
            ":9: number 1 of lines: does two things, type and press",
        ),
        (HEAD.replace("Europe/London", "Europe/Lundon") + "lines: []\n", ":5: no zone is called"),
        (HEAD.replace('"GB"', '"Atlantis"') + "lines: []\n", ":6: no calendar is called"),
        (HEAD.replace("2026-03-02 09:00", "tomorrow") + "lines: []\n", ":7: begins_at: must look"),
        (HEAD + 'lines:\n  - later: "soon"\n', "must look like"),
        (HEAD + "lines:\n  - fill: {cause: 3}\n", "must be text in quotes"),
        (HEAD + "lines: &a []\n", "an anchor"),
        (HEAD + "lines: !!python/none\n", "a tag"),
        (HEAD, ":1: lines is missing; add it"),
    ],
)
def test_a_slip_is_named_with_file_and_line(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "slip.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        play.load(file)
    assert "slip.yaml" in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('press: "fly"', "there is no button “fly”"),
        ('fill: {new_date: "1 May"}', "no form that was open has a box new_date"),
        ('{type: "Depot", expect: {field: "cause"}}', "the open question is customer, not cause"),
        ('{type: "Depot", expect: {step: "plan"}}', "the open step is start, not plan"),
        (
            '{type: "Depot", expect: {answers: {project: "Hall"}}}',
            "project is answered with 'Depot'",
        ),
        (
            '{type: "Depot", expect: {answers: {nonsense: "x"}}}',
            "the playbook has no field nonsense",
        ),
        ('{type: "Depot", expect: {open: ["project"]}}', "project has an answer"),
        ('{type: "Depot", expect: {kept: {project: "x"}}}', "the box of project keeps None"),
        ('{type: "Depot", expect: {shows: ["Klingon"]}}', "no card shows “Klingon”"),
        ('{type: "Depot", expect: {lacks: ["Start"]}}', "a card shows “Start”"),
        ('{type: "Depot", expect: {toast: "Saved"}}', "the passing remark is “”"),
        ('{type: "Depot", expect: {phase: "told"}}', "the phase is collecting, not told"),
        ('{type: "Depot", expect: {messages: 7}}', "2 messages stand, not 7"),
        ('{type: "Depot", case: 4}', "there is no case 4"),
    ],
)
def test_what_was_expected_in_vain_is_named_with_its_line(
    line: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "vain.yaml"
    rest = f'lines:\n  - command: "/delay"\n  - {line}\n'
    file.write_text(HEAD + rest, encoding="utf-8")
    problems = perform(play.load(file), PLAYBOOK).problems
    assert any(p.startswith("vain.yaml:10: ") and said in p for p in problems), problems
