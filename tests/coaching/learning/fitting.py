"""Fits the judge of one language, and sets its bounds on hands that it has not learnt from."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from bot.core.coaching.judge import SCALE
from tests.coaching.learning.texts import Sentence

_STRENGTH = 30.0  # inverse of regularisation
_FAULTY = 3.0  # what a faulty sentence counts, where most are sound
_LEAST = 2  # sentences in which a feature must stand
_FEWEST = 20  # faulty sentences from which a check is learnt
_SMALL = 6  # tenths; a smaller weight is left out
_FOLDS = 4  # in which hands are held out
_RARE = 0.2  # what a marked sentence counts: among them faults are some five times as frequent
_VAIN = 1.0  # what one raised in vain costs, where a fault found gains 1
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


class Model:
    """A fit over some sentences."""

    def __init__(self, sentences: Sequence[Sentence], checks: Sequence[str], most: int = 0) -> None:
        self.checks = checks
        self.counter = CountVectorizer(
            analyzer=_features, min_df=_LEAST, binary=True, dtype=np.float64
        )
        counts = self.counter.fit_transform(sentences)
        if most and counts.shape[1] > most:
            first = Model(sentences, checks)
            best = np.argsort(-first.worth())[:most]
            names = first.counter.get_feature_names_out()
            self.counter = CountVectorizer(
                analyzer=_features,
                vocabulary=sorted(names[best]), binary=True, dtype=np.float64,
            )  # fmt: skip
            counts = self.counter.fit_transform(sentences)
        self.rarity = TfidfTransformer(norm=None).fit(counts)
        matrix = self._scaled(counts)
        self.fits = {
            check: fit for check in checks if (fit := _fit(matrix, sentences, check)) is not None
        }

    def _scaled(self, counts: csr_matrix) -> csr_matrix:
        return normalize(self.rarity.transform(counts)) * SCALE

    def worth(self) -> Numbers:
        """How much each feature can say at most."""
        weights = np.vstack([fit.coef_[0] for fit in self.fits.values()])
        found: Numbers = np.abs(weights).max(axis=0) * self.rarity.idf_
        return found

    def scores(self, sentences: Sequence[Sentence]) -> Mapping[str, Numbers]:
        """The score of each sentence for each check."""
        matrix = self._scaled(self.counter.transform(sentences))
        nothing = np.full(len(sentences), -_NEVER)
        return {
            check: self.fits[check].decision_function(matrix) if check in self.fits else nothing
            for check in self.checks
        }

    def judge(self, bounds: Mapping[str, Bounds]) -> Mapping[str, object]:
        """The judge that this fit is, as its file has it; small weights are left out."""
        names = self.counter.get_feature_names_out()
        weights = {
            str(names[n]): [round(float(rarity), 2), *self._said(n, rarity)]
            for n, rarity in enumerate(self.rarity.idf_)
        }
        return {
            "checks": list(self.fits),
            "bias": [round(float(fit.intercept_[0]), 2) for fit in self.fits.values()],
            "raised": [round(bounds[check].raised, 2) for check in self.fits],
            "dropped": [round(bounds[check].dropped, 2) for check in self.fits],
            "weights": {name: weights[name] for name in sorted(weights)},
        }

    def _said(self, feature: int, rarity: float) -> Iterator[int]:
        """By turns a check's number and what a feature says for it, in tenths."""
        for number, fit in enumerate(self.fits.values()):
            tenths = round(10 * rarity * fit.coef_[0][feature])
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
        random_state=0,
    )  # fmt: skip
    return fit.fit(matrix[known], [sentences[n].labels[check] for n in known])


def bounds(sentences: Sequence[Sentence], checks: Sequence[str], most: int) -> Mapping[str, Bounds]:
    """The bounds of each check, set on sentences whose hand the fit has not learnt from.

    How many faults are found is asked of the marked sentences alone, from which no detector was learnt;
    how many are raised in vain of the other texts too, in which faults are as rare as they are.
    """
    alone = _alone(sentences, checks)
    folds = _folds(sentences, alone)
    tried: list[Sentence] = []
    scores: dict[str, list[float]] = {check: [] for check in checks}
    for fold in range(_FOLDS):
        there = [s for s, at in zip(sentences, folds, strict=True) if at == fold]
        others = [s for s, at in zip(sentences, folds, strict=True) if at != fold]
        for check, found in Model(others, checks, most).scores(there).items():
            scores[check].extend(found)
        tried.extend(there)
    marked = {s.hand for s in sentences if s.marked}
    return {check: _bounds(tried, np.array(scores[check]), check, marked) for check in checks}


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


def _bounds(sentences: Sequence[Sentence], scores: Numbers, check: str, marked: Set[str]) -> Bounds:
    known = [n for n, s in enumerate(sentences) if check in s.labels]
    true = np.array([sentences[n].labels[check] for n in known], dtype=bool)
    seen = np.array([check in sentences[n].raised for n in known], dtype=bool)
    ours = np.array([sentences[n].hand in marked for n in known], dtype=bool)
    score = scores[known]
    counts = np.where(ours, _RARE, np.where(true, 0.0, 1.0))
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
    gain = np.cumsum(np.where(true[order], 1.0, -_VAIN) * counts[order])
    best = int(np.argmax(gain))
    if gain[best] <= 0:
        return float(score[order][0]) + 1.0 if otherwise > 0 else _NEVER
    if best + 1 == len(score):
        return float(score[order][best]) - 0.5
    return float(score[order][best] + score[order][best + 1]) / 2


def _counted(raised: NDArray[np.bool_], true: NDArray[np.bool_]) -> tuple[int, int, int]:
    return int((raised & true).sum()), int((raised & ~true).sum()), int((~raised & true).sum())
