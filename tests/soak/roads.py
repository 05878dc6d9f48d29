"""The ways from both fakes to whichever servers live; they note what was acknowledged."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from bot.engine.errors import CandorError, Conflict, StoreUnavailable, TooMany
from bot.platforms.lark.app import PATH
from tests.platforms.lark.fake.envelopes import Envelope, Envelopes
from tests.platforms.lark.fake.pushes import Attempt
from tests.platforms.lark.fake.webhook import Webhook
from tests.platforms.slack.fake.sending import Answer, Delivery, HttpLine

MARK = re.compile(r"zq[a-z]+\d+x\d+")  # a word that stands for one thing that somebody wrote
SORROWS = tuple(
    words
    for error in (CandorError, Conflict, StoreUnavailable, TooMany)
    for words in (error.sentence.en, error.sentence.zh)
)
Addresses = Callable[[], list[str]]


@dataclass
class Kept:
    """What the platforms had an answer for: by its mark, whose it is."""

    acknowledged: set[str] = field(default_factory=set)
    deliveries: int = 0
    refused: Counter[str] = field(default_factory=Counter)  # by the reason
    doubled: int = 0
    twice: int = 0  # how many of the next deliveries are made once more

    def note(self, sent: object, reason: str) -> None:
        """One delivery, and why it was not acknowledged; nothing where it was."""
        self.deliveries += 1
        if reason:
            self.refused[reason] += 1
        else:
            self.acknowledged |= set(MARK.findall(json.dumps(sent, ensure_ascii=False)))

    def again(self) -> bool:
        """Whether this delivery is made once more."""
        if self.twice == 0:
            return False
        self.twice -= 1
        self.doubled += 1
        return True


def why_not(answer: Answer) -> str:
    """Why it is not acknowledged; nothing where it is. A command is never made again, so that Slack
    has an answer even where nothing could be saved: the person reads that.
    """
    if not answer.ok:
        return answer.reason or f"status {answer.status}"
    said = json.dumps(answer.json, ensure_ascii=False)
    return "told that it is not taken in" if any(each in said for each in SORROWS) else ""


class SlackRoad:
    """Any server, each time."""

    def __init__(self, addresses: Addresses, secret: str, kept: Kept, chance: Random) -> None:
        self._addresses = addresses
        self._secret = secret
        self._kept = kept
        self._chance = chance
        self._lines: dict[str, HttpLine] = {}

    async def carry(self, delivery: Delivery) -> Answer:
        """One delivery; the first good answer counts where there are two."""
        answer = await self._once(delivery)
        if self._kept.again():
            second = await self._once(delivery.again(1, "http_timeout"))
            return answer if answer.ok else second
        return answer

    async def close(self) -> None:
        """Hang up."""
        for line in self._lines.values():
            await line.close()

    async def _once(self, delivery: Delivery) -> Answer:
        there = self._addresses()
        if not there:
            return Answer(0, reason="connection_failed")
        url = f"{self._chance.choice(there)}/slack/events"
        line = self._lines.setdefault(url, HttpLine(url, self._secret))
        answer = await line.carry(delivery)
        self._kept.note(delivery.payload, why_not(answer))
        return answer


class LarkRoad:
    """The same for pushes, over HTTP; it lives in the fake's own thread."""

    url = ""

    def __init__(
        self,
        addresses: Addresses,
        envelopes: Envelopes,
        now: Callable[[], datetime],
        key: str,
        kept: Kept,
        chance: Random,
    ) -> None:
        self._addresses = addresses
        self._envelopes = envelopes
        self._now = now
        self._key = key
        self._kept = kept
        self._chance = chance
        self._hooks: dict[str, Webhook] = {}

    async def carry(self, envelope: Envelope) -> Attempt:
        """One push, or two of the same."""
        attempt = await self._once(envelope)
        if self._kept.again():
            second = await self._once(envelope)
            return attempt if not attempt.fault else second
        return attempt

    async def close(self) -> None:
        """Hang up."""
        for hook in self._hooks.values():
            await hook.close()

    async def _once(self, envelope: Envelope) -> Attempt:
        there = self._addresses()
        if not there:
            return Attempt("", self._now(), fault="nobody is there")
        url = f"{self._chance.choice(there)}{PATH}"
        if url not in self._hooks:
            self._hooks[url] = Webhook(self._envelopes, self._now, url, self._key)
        attempt = await self._hooks[url].carry(envelope)
        self._kept.note(envelope, attempt.fault)
        return attempt
