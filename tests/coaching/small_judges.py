"""Judges that know a handful of features, so that no test hangs on what was learnt."""

from collections.abc import Mapping
from dataclasses import replace

from bot.content.coaching import default_coaching
from bot.core.coaching.judge import Judge, middle, packed
from bot.core.coaching.rubric import Coaching
from bot.core.words import LANGUAGES

CHECKS = (
    "remedy.personal_gift","timing.withhold", "tone.minimise", "cause.blame_shift", "plan.customer_action_undated",
          "disclose.confidential", "remedy.unauthorised", "cause.speculation",
          "impact.unfounded_denial", "status.contradicts_slip", "own.part",
          "cause.force_majeure_bare", "cause.names_person", "promise.certainty",
          "remedy.contract_change_informal", "status.vague")  # fmt: skip
NEVER, ALWAYS = 99.0, -99.0


def judge_of(
    weights: Mapping[str, Mapping[str, int]],
    raised: Mapping[str, float] | None = None,
    dropped: Mapping[str, float] | None = None,
) -> Judge:
    """A judge that knows a few features, by check."""
    numbered = {
        feature: {CHECKS.index(one): tenths for one, tenths in said.items()}
        for feature, said in weights.items()
    }
    return Judge(
        CHECKS,
        (0.0,) * len(CHECKS),
        tuple((raised or {}).get(one, NEVER) for one in CHECKS),
        tuple((dropped or {}).get(one, ALWAYS) for one in CHECKS),
        {f: middle(len(CHECKS)) + packed(said) for f, said in numbered.items()},
    )


def with_judge(judge: Judge) -> Coaching:
    """The rules that come with Candor, with one judge for both languages."""
    return replace(default_coaching(), judges=dict.fromkeys(LANGUAGES, judge), judged={})
