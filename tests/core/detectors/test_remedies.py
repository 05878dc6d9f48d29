"""Redress: offers of value that nobody has approved, in answers and in drafts."""

import pytest

from bot.core.coaching.detectors import remedies
from bot.core.coaching.rubric import Place
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of

OPEN: Known = {"remedy_approved": False}


@pytest.mark.parametrize(
    ("rule", "text", "place", "known", "expected"),
    [
        ("an offer nobody approved", "I knock off 8 percent.", "remedy", OPEN, ["remedy.unauthorised"]),
        ("approved", "I knock off 8 percent.", "remedy", {"remedy_approved": True}, []),
        ("nobody knows whether", "I knock off 8 percent.", "remedy", {}, []),
        ("another step", "I knock off 8 percent.", "plan", OPEN, []),
        ("a proposal kept inside", "8 percent off, only a proposal until finance decides.", "remedy", OPEN, []),
        ("no offer at all", "No money is offered.", "remedy", OPEN, []),
        ("an offer that was turned down", "They asked for 8 percent off and I refused.", "remedy", OPEN, []),
        ("approved, above the limit", "I knock off 8 percent.", "remedy", {"remedy_approved": True, "remedy_percent": 8, "remedy_limit_percent": 5}, ["remedy.unauthorised"]),
        ("at the limit", "I knock off 5 percent.", "remedy", {"remedy_approved": True, "remedy_percent": 5, "remedy_limit_percent": 5}, []),
        ("no limit known", "I knock off 8 percent.", "remedy", {"remedy_approved": True, "remedy_percent": 8}, []),
        ("neither refused nor waiting", "The second coat is with the firm.", "remedy", OPEN, ["remedy.unauthorised"]),
        ("waiting", "The second coat is before the board.", "remedy", OPEN, []),
        ("八个点没批", "给他们便宜八个点。", "remedy", OPEN, ["remedy.unauthorised"]),
        ("批了的", "给他们便宜八个点。", "remedy", {"remedy_approved": True}, []),
        ("数不出来的", "总归会让他们舒心。", "remedy", OPEN, ["remedy.vague"]),
        ("批了也数不出来", "总归会让他们舒心。", "remedy", {"remedy_approved": True}, ["remedy.vague"]),
        ("只是建议", "建议减八个点，待财务批。", "remedy", OPEN, []),
        ("不给", "这次不作补偿。", "remedy", OPEN, []),
    ],
)  # fmt: skip
def test_nothing_of_value_is_offered_without_approval(
    rule: str, text: str, place: Place, known: Known, expected: list[str]
) -> None:
    found = hits(remedies.unauthorised, subject_of(text, place, known, language=language_of(text)))
    assert [one.check for one in found] == expected, rule


@pytest.mark.parametrize(
    ("rule", "text", "known", "words"),
    [
        ("an offer", "I knock off 8 percent.", OPEN, "knock off"),
        ("the percentage above the limit", "I knock off 8 percent.", {"remedy_percent": 8, "remedy_limit_percent": 5}, "8 percent"),
        ("the offer where no percentage stands", "We do it for free.", {"remedy_percent": 8, "remedy_limit_percent": 5}, "for free"),
        ("the whole answer", "The second coat is with the firm.", OPEN, "The second coat is with the firm."),
    ],
)  # fmt: skip
def test_offer_is_shown_where_it_stands(rule: str, text: str, known: Known, words: str) -> None:
    (found,) = hits(remedies.unauthorised, subject_of(text, "remedy", known))
    assert words in found.words, rule


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("an approved one that can be held", "8 percent off.", {"remedy_approved": True}, []),
        ("送礼另有一条", "给他们经理送两条烟。", {"remedy_approved": True}, []),
        ("全包另有一条", "你们的损失我们全包。", {"remedy_approved": True}, []),
        ("不给就不空", "这次不作补偿。", {"remedy_approved": True}, []),
        ("等批的不空", "等财务批了再说。", {"remedy_approved": True}, []),
        ("有数的不空", "多测两天，财务批了。", {"remedy_approved": True}, []),
        ("properly on paper", "The scope moves by change request.", OPEN, []),
        ("nothing is given", "We give nothing this time.", OPEN, []),
        ("a word that waits", "The spare coat is pending.", OPEN, []),
        ("a negation is no gift", "The second coat is not for us to give.", OPEN, []),
    ],
)  # fmt: skip
def test_answer_is_empty_only_where_nothing_else_is_told(
    rule: str, text: str, known: Known, expected: list[str]
) -> None:
    found = hits(
        remedies.unauthorised, subject_of(text, "remedy", known, language=language_of(text))
    )
    assert [one.check for one in found] == expected, rule


@pytest.mark.parametrize(
    ("rule", "text", "known", "words"),
    [
        ("空话整句", "总归会让他们舒心。", OPEN, "总归会让他们舒心。"),
        ("要八个点", "给他们便宜八个点。", OPEN, "便宜八个点"),
        ("二选一的第一句", "总归会让他们舒心。之后再说。", {"remedy_approved": True}, "总归会让他们舒心。"),
    ],
)  # fmt: skip
def test_chinese_offer_is_shown_where_it_stands(
    rule: str, text: str, known: Known, words: str
) -> None:
    (found,) = hits(remedies.unauthorised, subject_of(text, "remedy", known, language="zh"))
    assert found.words == words, rule


TRAINING: Known = {
    "new_date": "2026-06-18", "cause": "the seals leaked", "status": "5 of 8 pumps run",
    "remedy": {"what": "two extra training days in July", "approved": True},
    "options": ["a loan pump free of charge"],
}  # fmt: skip
WAITING: Known = {
    **TRAINING,
    "remedy": {"what": "two extra training days in July", "approved": False},
}


OFF = Found("remedy.unauthorised", "8 percent off", {})
MADE_UP = Found("draft.unsupported_fact", "8 percent off", {"x": "8 percent off"})


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("the approved remedy", "You get two extra training days in July for free.", TRAINING, []),
        ("not approved", "You get two extra training days in July for free.", WAITING, [Found("remedy.unauthorised", "for free", {})]),
        ("not approved, in words of no offer", "The pumps run. In July there are two extra training days.", WAITING, [Found("remedy.unauthorised", " In July there are two extra training days.", {})]),
        ("approved, in words of no offer", "In July there are two extra training days.", TRAINING, []),
        ("other figures than approved", "You get 8 percent off two extra training days in July.", TRAINING, [OFF, MADE_UP]),
        ("an option that was answered", "A loan pump comes free of charge.", TRAINING, []),
        ("an offer that no fact has", "We give you 8 percent off the price.", TRAINING, [OFF, MADE_UP]),
        ("the first of two offers", "We give you 8 percent off the price, and 9 percent off the rest.", TRAINING, [OFF, MADE_UP]),
        ("one is no figure of its own", "One extra training day in July is for free.", TRAINING, []),
        ("no offer", "The pumps run.", TRAINING, []),
    ],
)  # fmt: skip
def test_draft_offers_only_what_was_approved(
    rule: str, text: str, known: Known, expected: list[Found]
) -> None:
    assert hits(remedies.unauthorised, subject_of(text, "draft", known)) == expected, rule


@pytest.mark.parametrize(
    ("rule", "text", "place", "known", "expected"),
    [
        ("a present that no fact has", "A case of wine for the foreman is on its way.", "draft", TRAINING, True),
        ("answered as the remedy", "A case of wine for the foreman is on its way.", "draft", {**TRAINING, "remedy": {"what": "a case of wine for the foreman", "approved": True}}, False),
        ("no present", "A case of valves for the pump is on its way.", "draft", TRAINING, False),
        ("nothing was answered", "A case of wine for the foreman is on its way.", "draft", {}, False),
        ("in an answer", "A case of wine for the foreman is on its way.", "remedy", TRAINING, False),
    ],
)  # fmt: skip
def test_present_in_a_draft_is_a_fact_that_nobody_answered(
    rule: str, text: str, place: Place, known: Known, expected: bool
) -> None:
    found = hits(remedies.unanswered, subject_of(text, place, known))
    assert [one.check for one in found] == (["draft.unsupported_fact"] if expected else []), rule
    assert all(
        found_one == Found(found_one.check, found_one.words, {"x": found_one.words})
        for found_one in found
    )


FITTER = "second fitter in June"


@pytest.mark.parametrize(
    ("rule", "text", "remedy", "flagged"),
    [
        ("the figure that was approved", "You get 8 percent off the next order.", "8 percent off the next order", []),
        ("another figure", "You get 5 percent off the next order.", "8 percent off the next order", ["5 percent off"]),
        ("one of a part is no figure of its own", "We waive 1 percent of the fee.", "we waive part of the fee", []),
        ("two of a part is one", "We waive 2 percent of the fee.", "we waive part of the fee", ["waive 2 percent of the fee"]),
        ("the remedy behind the offer", "Free of charge comes the second fitter in June.", FITTER, []),
        ("the remedy before the offer", "The second fitter in June is free of charge.", FITTER, []),
        ("a line that ends with the offer", "The second fitter in June is free of charge\nThe pumps run well.", FITTER, []),
        ("the remedy in another sentence", "The second fitter comes in June. It is free of charge.", FITTER, ["free of charge"]),
        ("the remedy far from the offer", "The second fitter in June, whom you know well from the first works last winter in your old hall, is free of charge.", FITTER, ["free of charge"]),
        ("two offers, neither in the remedy's words", "We waive the fee for the second fitter in June, and a discount comes.", FITTER, ["waive the fee"]),
        ("two offers, the first in the remedy's words", "We waive the fee of June, and a discount comes.", "waive the fee of June", ["discount"]),
    ],
)  # fmt: skip
def test_an_offer_is_the_approved_remedy_where_its_words_and_figures_say_so(
    rule: str, text: str, remedy: str, flagged: list[str]
) -> None:
    known = {**TRAINING, "remedy": {"what": remedy, "approved": True}, "options": []}
    found = hits(remedies.unauthorised, subject_of(text, "draft", known))
    assert [one.words for one in found if one.check == "remedy.unauthorised"] == flagged, rule


@pytest.mark.parametrize(
    ("rule", "text", "place", "known", "words"),
    [
        ("an offer that only an answer makes", "We send them a loan machine.", "remedy", OPEN, ["We send them"]),
        ("先借给他们", "借给他们10台备用讲解器。", "remedy", OPEN, ["借给他们10台"]),
        ("看得见摸得着", "巡检由我们做。", "remedy", OPEN, ["巡检"]),
        ("按合同走，不另外给", "照合同条款办。", "remedy", OPEN, []),
        ("自己消化", "我们内部自己消化。", "remedy", OPEN, []),
        ("on paper that both sign", "Contracts drew up the deed of variation.", "remedy", OPEN, []),
        ("as the contract says", "As per contract.", "remedy", OPEN, []),
        ("what they keep", "They keep the lift.", "remedy", OPEN, ["They keep"]),
        ("on the house", "The lift is on the house.", "remedy", OPEN, ["on the house"]),
        ("派人", "给他们派两名工程师。", "remedy", OPEN, ["派两"]),
        ("no remedy is none that waits", "A loan pump comes in July.", "draft", {**TRAINING, "remedy": None}, []),
        ("our own evenings", "My own team works two evenings longer.", "remedy", OPEN, []),
        ("above the limit, in words that name nothing", "The coat is theirs.", "remedy", {"remedy_percent": 8, "remedy_limit_percent": 5}, [""]),
        ("a remedy of two words that waits", "A loan pump comes in July.", "draft", {**TRAINING, "remedy": {"what": "loan pump", "approved": False}}, ["A loan pump comes in July."]),
    ],
)  # fmt: skip
def test_an_offer_is_known_by_what_it_does(
    rule: str, text: str, place: Place, known: Known, words: list[str]
) -> None:
    found = hits(remedies.unauthorised, subject_of(text, place, known, language=language_of(text)))
    assert [one.words for one in found] == words, rule


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("part of the remedy by its occasion", "A case of wine for the crew comes to the dinner party in July.", []),
        ("no part of it", "A case of wine for the crew is on its way.", ["case of wine"]),
    ],
)  # fmt: skip
def test_a_present_is_known_where_its_sentence_tells_the_remedy(
    rule: str, text: str, expected: list[str]
) -> None:
    known = {**TRAINING, "remedy": {"what": "dinner party in July", "approved": True}}
    found = hits(remedies.unanswered, subject_of(text, "draft", known))
    assert [one.words for one in found] == expected, rule


FORBIDDEN, INVENTED = "remedy.unauthorised", "draft.unsupported_fact"


@pytest.mark.parametrize(
    ("rule", "text", "certain"),
    [
        ("a percentage off the price", "We give you 8 percent off the price.", [True, False]),
        ("a percentage of something else", "We cover 8 percent of the freight.", [False, False]),
        ("off the price, no figure", "You get a discount.", [False, False]),
        ("a figure beside the offer", "You get a discount of 500 euros.", [False, False]),
        ("no price", "We give you an hour for free.", [False, False]),
        ("优惠多少", "你们可以优惠500元。", [True, False]),
        ("打折", "给您打八折。", [True, False]),
        ("白送", "给您免费检查。", [False, False]),
    ],
)  # fmt: skip
def test_offer_of_a_figure_off_the_price_is_certain(
    rule: str, text: str, certain: list[bool]
) -> None:
    known = {"new_date": "2026-06-18", "cause": "密封圈漏水"}
    subject = subject_of(text, "draft", known, language=language_of(text))
    found = list(remedies.unauthorised(subject))
    assert [hit.certain for hit in found] == certain, rule
    assert [hit.beside for hit in found] == ["", FORBIDDEN], rule


@pytest.mark.parametrize(
    ("rule", "text", "more", "checks"),
    [
        ("没有人说过", "阀门免费检查。", {}, [FORBIDDEN, INVENTED]),
        ("方案里说过不收费", "阀门免费检查。", {"options": ["备用泵不收费"]}, []),
        ("方案里没说不收费", "阀门免费检查。", {"options": ["备用泵"]}, [FORBIDDEN, INVENTED]),
        ("说过不收费，这里不是免费", "阀门检查，赠送一次。", {"options": ["备用泵不收费"]}, [FORBIDDEN, INVENTED]),
        ("这里一处送一处免费", "赠送一次，备用泵免费。", {"options": ["备用泵不收费"]}, [FORBIDDEN, INVENTED]),
        ("补偿里说过不收费，没批", "阀门免费检查。", {"remedy": {"what": "备用泵不收费", "approved": False}}, [FORBIDDEN]),
        ("补偿里说过不收费，批了", "阀门免费检查。", {"remedy": {"what": "备用泵不收费", "approved": True}}, []),
        ("方案里不收费，补偿没批", "阀门免费检查。", {"options": ["备用泵不收费"], "remedy": {"what": "培训两天", "approved": False}}, [FORBIDDEN]),
        ("方案里不收费，补偿批了", "阀门免费检查。", {"options": ["备用泵不收费"], "remedy": {"what": "培训两天", "approved": True}}, []),
        ("字大多是补偿的，没批", "阀门检查，赠送一次。", {"remedy": {"what": "派人检查阀门", "approved": False}}, [FORBIDDEN]),
        ("字大多是补偿的，批了", "阀门检查，赠送一次。", {"remedy": {"what": "派人检查阀门", "approved": True}}, []),
        ("字不够一半", "阀门赠送一次。", {"remedy": {"what": "派人检查水泵电机", "approved": True}}, [FORBIDDEN, INVENTED]),
        ("数不一样", "阀门检查，优惠500元。", {"remedy": {"what": "检查阀门优惠300元", "approved": True}}, [FORBIDDEN, INVENTED]),
        ("要不要是问", "要不要钱，您来定。", {}, []),
        ("抄送不是送", "本函抄送您。", {}, []),
    ],
)  # fmt: skip
def test_chinese_offer_is_granted_waits_or_is_made_up(
    rule: str, text: str, more: Known, checks: list[str]
) -> None:
    known = {"new_date": "2026-06-18", "cause": "密封圈漏水", **more}
    found = hits(remedies.unauthorised, subject_of(text, "draft", known, language="zh"))
    assert [one.check for one in found] == checks, rule


@pytest.mark.parametrize(
    ("rule", "remedy", "text", "state"),
    [
        ("its words", {"what": FITTER, "approved": True}, "The second fitter in June is free of charge.", "granted"),
        ("its words, not approved", {"what": FITTER, "approved": False}, "The second fitter in June is free of charge.", "pending"),
        ("no remedy", None, "The second fitter in June is free of charge.", "unknown"),
        ("other words", {"what": FITTER, "approved": True}, "The boiler check is free of charge.", "unknown"),
        ("字一样，次序不同", {"what": "换新阀", "approved": True}, "阀免费换成新的。", "granted"),
        ("字一样，没批", {"what": "换新阀", "approved": False}, "阀免费换成新的。", "pending"),
        ("字一样，数不同", {"what": "换新阀", "approved": True}, "阀优惠500元换成新的。", "unknown"),
        ("字在另一分句", {"what": "换新阀", "approved": True}, "阀换成新的，免费。", "unknown"),
        ("字在另一句", {"what": "换新阀", "approved": True}, "换成新的。阀免费。", "unknown"),
    ],
)  # fmt: skip
def test_offer_in_a_draft_is_granted_pending_or_unknown(
    rule: str, remedy: Known | None, text: str, state: str
) -> None:
    known = {"new_date": "2026-06-18", "remedy": remedy}
    subject = subject_of(text, "draft", known, language=language_of(text))
    assert remedies.granted(subject, subject.first("offer")) == state, rule


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("The film tears; we had ordered it ahead of the trial, an error in the order.", False),
        ("We take 9 percent off the film order.", True),
    ],
)
def test_an_order_is_no_discount_on_it(text: str, *, offered: bool) -> None:
    known = {
        "cause": "film tears",
        "remedy": {"what": "9 percent off the film order", "approved": False},
    }
    assert bool(hits(remedies.unauthorised, subject_of(text, "draft", known))) is offered
