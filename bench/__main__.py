"""Measure everything, and print one table: `python -m bench`."""

from bench import (
    coaching,
    drafts,
    forecast,
    lark_ack,
    postgres,
    scale,
    slack_ack,
    start,
    trackers,
    turns,
)
from bench.table import machine, markdown

# a part has `rows()`
PARTS = (turns, drafts, coaching, start, forecast, slack_ack, lark_ack, postgres, scale, trackers)

if __name__ == "__main__":
    print(machine())
    print()
    print(markdown(row for part in PARTS for row in part.rows()))
