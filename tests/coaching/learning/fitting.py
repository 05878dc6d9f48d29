"""Fits the judge of one language, and sets its bounds on hands that it has not learnt from."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from bot.core.coaching.judge import SCALE
from tests.coaching.learning.texts import SIGNS, Sentence

_STRENGTH = 20.0  # inverse of regularisation
_FAULTY = 3.0  # what a faulty sentence counts, where most are sound
_LEAST = 2  # sentences in which a feature must stand
_FEWEST = 20  # faulty sentences from which a check is learnt
_SMALL = 2  # tenths; a smaller weight is left out
_FOLDS = 4  # in which hands are held out
_RARE = 0.2  # what a marked sentence counts: among them faults are some five times as frequent
_SELDOM = 0.3  # share of faulty sentences below which a hand wrote whole texts, with faults as rare as they are
_VAIN = 0.85  # what one raised in vain costs, where a fault found gains 1
_VAIN_OF_A_BLOCKER = 0.5  # what a blocker stops would do harm if it left
_NEVER = 99.0
Numbers: TypeAlias = "NDArray[np.float64]"


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which score a check is raised, below which a detector's hit is dropped, and how it went."""

    raised: float
    dropped: float
    before: tuple[int, int, int]
    after: tuple[int, int, int]
    in_vain: int  # raised in vain in the other texts


def _features(sentence: Sentence) -> list[str]:
    return sorted(sentence.features)


class Counted:
    """Sentences and what stands in each: a row a sentence, a column a feature, each row of one length."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        counter = CountVectorizer(analyzer=_features, min_df=_LEAST, binary=True, dtype=np.float64)
        counts = counter.fit_transform(sentences)
        self.names = counter.get_feature_names_out()
        lengths = np.array([len(s.features) for s in sentences])
        self.rows = csr_matrix(diags(SCALE / np.sqrt(lengths)) @ counts)


class Model:
    """A fit over some of the sentences, with the `most` features that can say most."""

    def __init__(
        self, counted: Counted, which: Sequence[int], checks: Sequence[str], most: int
    ) -> None:
        self.names, self.checks = counted.names, checks
        there = [counted.sentences[n] for n in which]
        matrix = counted.rows[which]
        fits = {c: fit for c in checks if (fit := _fit(matrix, there, c)) is not None}
        self.fitted = list(fits)
        self.bias = np.array([fit.intercept_[0] for fit in fits.values()])
        self.weights = np.vstack([fit.coef_[0] for fit in fits.values()])
        self.kept = np.sort(np.argsort(-np.abs(self.weights).max(axis=0))[:most])
        gone = np.ones(len(self.names), dtype=bool)
        gone[self.kept] = False
        self.weights[:, gone] = 0.0

    def scores(self, counted: Counted, which: Sequence[int]) -> Mapping[str, Numbers]:
        """The score of each of these sentences for each check."""
        found = counted.rows[which] @ self.weights.T + self.bias
        nothing = np.full(len(which), -_NEVER)
        return {
            check: found[:, self.fitted.index(check)] if check in self.fitted else nothing
            for check in self.checks
        }

    def judge(self, bounds: Mapping[str, Bounds]) -> Mapping[str, object]:
        """The judge that this fit is, as its file has it; small weights are left out."""
        said = {str(self.names[n]): list(self._said(n)) for n in self.kept}
        return {
            "checks": self.fitted,
            "bias": [round(float(bias), 2) for bias in self.bias],
            "raised": [round(bounds[check].raised, 2) for check in self.fitted],
            "dropped": [round(bounds[check].dropped, 2) for check in self.fitted],
            "weights": {name: said[name] for name in sorted(said) if said[name]},
        }

    def _said(self, feature: int) -> Iterator[int]:
        """By turns a check's number and what a feature says for it, in tenths."""
        for number, weight in enumerate(self.weights[:, feature]):
            tenths = round(10 * weight)
            if abs(tenths) >= _SMALL:
                yield from (number, tenths)


def _fit(
    matrix: csr_matrix, sentences: Sequence[Sentence], check: str
) -> LogisticRegression | None:
    """The fit of one check; None where too few sentences have its fault."""
    known = [n for n, s in enumerate(sentences) if check in s.labels]
    if sum(sentences[n].labels[check] for n in known) < _FEWEST:
        return None
    fit = LogisticRegression(
        C=_STRENGTH, solver="liblinear", class_weight={False: 1.0, True: _FAULTY}, max_iter=500,
        random_state=0, tol=0.01,
    )  # fmt: skip
    return fit.fit(matrix[known], [sentences[n].labels[check] for n in known])


def bounds(
    counted: Counted, checks: Sequence[str], most: int, blockers: Set[str]
) -> Mapping[str, Bounds]:
    """The bounds of each check, set on sentences whose hand the fit has not learnt from.

    How many faults are found is asked of the marked sentences alone, from which no detector was learnt;
    how many are raised in vain of the other texts too, in which faults are as rare as they are.
    """
    sentences = counted.sentences
    folds = _folds(sentences, _alone(sentences, checks))
    tried: list[Sentence] = []
    scores: dict[str, list[float]] = {check: [] for check in checks}
    for fold in range(_FOLDS):
        there = [n for n, at in enumerate(folds) if at == fold]
        others = [n for n, at in enumerate(folds) if at != fold]
        for check, found in Model(counted, others, checks, most).scores(counted, there).items():
            scores[check].extend(found)
        tried.extend(sentences[n] for n in there)
    weights = _weights(sentences)
    signs = dict.fromkeys(weights, _RARE)  # which whole texts are not labelled for
    return {
        check: _bounds(
            tried,
            np.array(scores[check]),
            check,
            weights=signs if check in SIGNS else weights,
            vain=_VAIN_OF_A_BLOCKER if check in blockers else _VAIN,
        )
        for check in checks
    }


def _weights(sentences: Sequence[Sentence]) -> Mapping[str, float]:
    """What a sentence counts, by hand, where faults were marked; the other hands are left out."""
    marked = Counter(s.hand for s in sentences if s.marked)
    written = Counter(s.hand for s in sentences)
    return {
        hand: 1.0 if faulty < _SELDOM * written[hand] else _RARE for hand, faulty in marked.items()
    }


def _alone(sentences: Sequence[Sentence], checks: Sequence[str]) -> Set[str]:
    """The hands that alone have the faults of some check: these cannot be held out whole."""
    hands = [{s.hand for s in sentences if s.labels.get(check)} for check in checks]
    return {hand for found in hands if len(found) == 1 for hand in found}


def _folds(sentences: Sequence[Sentence], alone: Set[str]) -> Sequence[int]:
    """The fold in which each sentence is held out: with all of its hand, or with its text."""
    hands = sorted({s.hand for s in sentences})
    return [
        (crc32(s.whole.encode()) if s.hand in alone else hands.index(s.hand)) % _FOLDS
        for s in sentences
    ]


def _bounds(
    sentences: Sequence[Sentence],
    scores: Numbers,
    check: str,
    *,
    weights: Mapping[str, float],
    vain: float,
) -> Bounds:
    known = [n for n, s in enumerate(sentences) if check in s.labels]
    true = np.array([sentences[n].labels[check] for n in known], dtype=bool)
    seen = np.array([check in sentences[n].raised for n in known], dtype=bool)
    ours = np.array([sentences[n].hand in weights for n in known], dtype=bool)
    weight = np.array([weights.get(sentences[n].hand, 1.0) for n in known])
    score = scores[known]
    counts = np.where(ours | ~true, weight, 0.0) * np.where(true, 1.0, vain)
    raised = _cut(score[~seen], true[~seen], counts[~seen], _NEVER)
    dropped = _cut(score[seen & ours], true[seen & ours], counts[seen & ours], -_NEVER)
    after = np.where(seen, score >= dropped, score >= raised)
    return Bounds(
        raised, dropped, _counted(seen[ours], true[ours]), _counted(after[ours], true[ours]),
        int((~seen & (score >= raised) & ~true & ~ours).sum()),
    )  # fmt: skip


def _cut(score: Numbers, true: NDArray[np.bool_], counts: Numbers, otherwise: float) -> float:
    """The bound above which raising does the most good: one fault found for less than one in vain."""
    if not len(score):
        return otherwise
    order = np.argsort(-score)
    gain = np.cumsum(np.where(true[order], 1.0, -1.0) * counts[order])
    best = int(np.argmax(gain))
    if gain[best] <= 0:
        return float(score[order][0]) + 1.0 if otherwise > 0 else _NEVER
    if best + 1 == len(score):
        return float(score[order][best]) - 0.5
    return float(score[order][best] + score[order][best + 1]) / 2


def _counted(raised: NDArray[np.bool_], true: NDArray[np.bool_]) -> tuple[int, int, int]:
    return int((raised & true).sum()), int((raised & ~true).sum()), int((~raised & true).sum())
