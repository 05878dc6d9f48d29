"""`make judge`: learns from the labelled texts and writes `playbooks/coaching/judge/*.json`."""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from bot.content.coaching import default_coaching
from bot.content.playbooks import home
from bot.core.words import LANGUAGES, Language
from tests.coaching.learning.fitting import Counted, Model, bounds
from tests.coaching.learning.texts import SIGNS, made_from, sentences

_MOST = 45_000  # features that are kept
CHECKS = (
    "promise.certainty", "timing.withhold", "cause.blame_shift", "remedy.personal_gift",
    "tone.minimise", "tone.defensive", "cause.names_person", "status.contradicts_slip",
    "plan.customer_action_undated", "plan.quality_shortcut", "remedy.vague",
    "remedy.contract_change_informal", "legal.liability_admission", "disclose.confidential",
    "impact.unfounded_denial", "remedy.unauthorised", "tone.hollow_apology",
    "cause.vague", "impact.vague", "tone.overwrought", "cause.speculation", "status.vague",
    "cause.force_majeure_bare", *SIGNS,
)  # fmt: skip


def learnt(language: Language) -> tuple[str, str]:
    """The judge of a language as its file has it, and how each check does on unlearnt hands."""
    coaching = default_coaching()
    known = sentences(replace(coaching, judges={}), CHECKS)
    blockers = {c for c, one in coaching.check_of.items() if one.severity == "blocker"}
    own = Counted([s for s in known if s.language == language])
    limits = bounds(own, CHECKS, _MOST, blockers)
    told = [f"{language}: {len(own.sentences)} sentences"]
    for check in CHECKS:
        b = limits[check]
        edges = f"raised {b.raised:.2f} dropped {b.dropped:.2f}, {b.in_vain} in vain elsewhere"
        told.append(f"  {check:32} {b.before} -> {b.after}  {edges}")
    for name in ("before", "after"):
        hit, alarm, miss = (sum(getattr(b, name)[n] for b in limits.values()) for n in range(3))
        told.append(f"  {name}: F1 {2 * hit / (2 * hit + alarm + miss):.3f} {hit, alarm, miss}")
    judge = Model(own, range(len(own.sentences)), CHECKS, _MOST).judge(limits)
    judge = {"made_from": made_from(language), **judge}
    text = json.dumps(judge, ensure_ascii=False, separators=(",", ":"))
    return "\n".join(told), text.replace("],", "],\n")


def main(into: Path) -> None:
    """Writes one file a language."""
    with ProcessPoolExecutor(len(LANGUAGES)) as pool:
        for language, (told, judge) in zip(LANGUAGES, pool.map(learnt, LANGUAGES), strict=True):
            sys.stdout.write(f"{told}\n")
            (into / f"{language}.json").write_text(judge, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else home() / "coaching" / "judge")
