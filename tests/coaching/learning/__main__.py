"""`make judge`: learns from the labelled texts and writes `playbooks/coaching/judge/*.json`."""

import json
import sys
from dataclasses import replace
from pathlib import Path

from bot.content.coaching import default_coaching
from bot.content.playbooks import home
from bot.core.words import LANGUAGES
from tests.coaching.learning.fitting import Model, bounds
from tests.coaching.learning.texts import SIGNS, made_from, sentences

_MOST = 30_000  # features that are kept
CHECKS = (
    "promise.certainty", "timing.withhold", "cause.blame_shift", "remedy.personal_gift",
    "tone.minimise", "tone.defensive", "cause.names_person", "status.contradicts_slip",
    "plan.customer_action_undated", "plan.quality_shortcut", "remedy.vague",
    "remedy.contract_change_informal", "legal.liability_admission", "disclose.confidential",
    "impact.unfounded_denial", "remedy.unauthorised", "tone.hollow_apology",
    "cause.vague", "impact.vague", "tone.overwrought", "cause.speculation", "status.vague",
    "cause.force_majeure_bare", *SIGNS,
)  # fmt: skip


def main(into: Path) -> None:
    """Writes one file a language, and how each check does on hands that were not learnt from."""
    known = list(sentences(replace(default_coaching(), judges={}), CHECKS))
    for language in LANGUAGES:
        own = [s for s in known if s.language == language]
        limits = bounds(own, CHECKS, _MOST)
        sys.stdout.write(f"{language}: {len(own)} sentences\n")
        for check in CHECKS:
            b = limits[check]
            edges = f"raised {b.raised:.2f} dropped {b.dropped:.2f}, {b.in_vain} in vain elsewhere"
            sys.stdout.write(f"  {check:32} {b.before} -> {b.after}  {edges}\n")
        for name in ("before", "after"):
            hit, alarm, miss = (sum(getattr(b, name)[n] for b in limits.values()) for n in range(3))
            sys.stdout.write(
                f"  {name}: F1 {2 * hit / (2 * hit + alarm + miss):.3f} {hit, alarm, miss}\n"
            )
        judge = Model(own, CHECKS, _MOST).judge(limits)
        judge = {"made_from": made_from(language), **judge}
        text = json.dumps(judge, ensure_ascii=False, separators=(",", ":"))
        (into / f"{language}.json").write_text(text.replace("],", "],\n"), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else home() / "coaching" / "judge")
