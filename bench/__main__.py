"""Measure everything, and print one table: `python -m bench`."""

from bench import coaching, drafts, forecast, lark_ack, slack_ack, start, turns
from bench.table import machine, markdown

PARTS = (turns, drafts, coaching, start, forecast, slack_ack, lark_ack)  # a part has `rows()`

if __name__ == "__main__":
    print(machine())
    print()
    print(markdown(row for part in PARTS for row in part.rows()))
