"""Which numbers exist, when they are published and what becomes of each: the skeleton of the synthetic corpus.

Everything here is a function of (seed, place in the corpus) alone, so that question i is the same in a corpus of ten
and of a quarter of a million, and none needs its neighbours in memory. Places are counted from 0; they come in blocks
of 24, and each block uses 25 numbers, of which one was never published.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from math import isqrt
from random import Random

BLOCK = 24
_NUMBERS = BLOCK + 1
_PACE = 17_723  # 258 ** 4 / 250,000: the 250,000th question falls in the 258th issue
_LAST_ISSUE = 258


class Fate(StrEnum):
    """How a question ends, if the term is long enough for it."""

    ANSWERED = "answered"
    PENDING = "pending"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Kinship(StrEnum):
    """Why several questions get one answer."""

    JOINT = "joint"  # different questions on one subject
    CAMPAIGN = "campaign"  # near-identical texts by several deputies


@dataclass(frozen=True)
class Family:
    """Questions of one block that are answered together, in one text and on one day."""

    id: str
    kinship: Kinship
    last_place: int


@dataclass(frozen=True)
class Plan:
    """What is decided of one question before it is written."""

    fate: Fate
    family: Family | None = None


_DECK = (Fate.ANSWERED,) * 17 + (Fate.PENDING,) * 3 + (Fate.LAPSED,) * 2 + (Fate.WITHDRAWN,) * 2


def seeded(seed: int, what: str) -> Random:
    """A generator that always draws the same for the same seed and purpose."""
    return Random(f"{seed}:{what}")  # noqa: S311  a corpus, no secret


def number_of(seed: int, place: int) -> int:
    """The number of the question at that place."""
    block, rest = divmod(place, BLOCK)
    return block * _NUMBERS + rest + 1 + (rest >= _absent(seed, block))


def place_of(seed: int, number: int) -> int | None:
    """The place of that number; None where it was never published."""
    block, rest = divmod(number - 1, _NUMBERS)
    absent = _absent(seed, block)
    if number < 1 or rest == absent:
        return None
    return block * BLOCK + rest - (rest > absent)


def issue_of(place: int) -> int:
    """Weeks from the first issue to the one that publishes the question.

    The pace grows with the number, so that ten questions and 250,000 both spread over the term.
    """
    return min(isqrt(isqrt(place * _PACE)), _LAST_ISSUE)


def published_on(first_issue: date, place: int) -> date:
    """The day of the JO that publishes the question; never earlier than that of the question before."""
    return first_issue + timedelta(weeks=issue_of(place))


def plan_of(seed: int, place: int) -> Plan:
    """What becomes of the question at that place."""
    block, rest = divmod(place, BLOCK)
    return _plans(seed, block)[rest]


@lru_cache(maxsize=1024)
def _absent(seed: int, block: int) -> int:
    """Which of the block's numbers was never published; never its last."""
    return seeded(seed, f"absent:{block}").randrange(BLOCK)


@lru_cache(maxsize=1024)
def _plans(seed: int, block: int) -> tuple[Plan, ...]:
    draw = seeded(seed, f"block:{block}")
    fates = list(_DECK)
    draw.shuffle(fates)
    families = _families(draw, block, [rest for rest, fate in enumerate(fates) if fate is Fate.ANSWERED])
    return tuple(Plan(fate, families.get(rest)) for rest, fate in enumerate(fates))


def _families(draw: Random, block: int, answered: list[int]) -> dict[int, Family]:
    """In each block a joint answer to two to four questions, and in two blocks of three a campaign of three to five."""
    draw.shuffle(answered)
    sizes = [(Kinship.JOINT, draw.randint(2, 4)), (Kinship.CAMPAIGN, draw.choice((0, 3, 5)))]
    found: dict[int, Family] = {}
    for kinship, size in sizes:
        members, answered = answered[:size], answered[size:]
        if members:
            family = Family(f"{kinship}-{block}", kinship, block * BLOCK + max(members))
            found.update(dict.fromkeys(members, family))
    return found
