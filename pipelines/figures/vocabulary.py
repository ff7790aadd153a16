"""The vocabulary: the YAML files of `vocabulary/`, checked, folded and ready to look words up in.

The files are for people to edit; nothing here knows a French word. A misspelt key in a file fails when it is loaded.
Rules look into them a hundred times a figure: they are dataclasses, whose fields are found quicker than a model's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Generic, TypeVar

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from pipelines.figures.data import read_yaml
from pipelines.figures.tokens import fold, key, words_of
from schemas.figure import Approximation, Direction

Label = TypeVar("Label")
TableT = TypeVar("TableT")

_STRICT = ConfigDict(extra="forbid")


@dataclass(config=_STRICT, frozen=True, slots=True)
class NumberWords:
    """`numbers.yaml`."""

    units: dict[str, int]
    tens: dict[str, int]
    hundred: frozenset[str]
    thousand: frozenset[str]
    scales: dict[str, float]
    collectives: dict[str, int]
    denominators: dict[str, float]
    ordinals: dict[str, float]
    ordinal_names: dict[str, float]
    halves: frozenset[str]
    fraction_signs: dict[str, float]
    not_fractions_before: frozenset[str]
    before_fractions: frozenset[str]
    small_adjectives: frozenset[str]


@dataclass(config=_STRICT, frozen=True, slots=True)
class Qualifiers:
    """`qualifiers.yaml`."""

    before: dict[Approximation, tuple[str, ...]]
    after: dict[Approximation, tuple[str, ...]]
    distant: dict[Approximation, frozenset[str]]
    after_names: frozenset[str]
    distant_links: frozenset[str]
    setting: frozenset[str]
    setters: frozenset[str]
    fillers: frozenset[str]
    carriers: frozenset[str]
    neither: tuple[str, ...]
    gathering: frozenset[str]
    centres: frozenset[str]
    dear: frozenset[str]
    bounds: frozenset[str]


@dataclass(config=_STRICT, frozen=True, slots=True)
class Changes:
    """`changes.yaml`."""

    amount: dict[Direction, tuple[str, ...]]
    fixed: tuple[str, ...]
    transitive: dict[Direction, tuple[str, ...]]
    counted: dict[Direction, frozenset[str]]
    balanced: frozenset[str]
    posts: frozenset[str]
    passive: dict[Direction, frozenset[str]]
    passive_auxiliaries: frozenset[str]
    ending: frozenset[str]
    reduced_passive: frozenset[str]
    withdrawn: frozenset[str]
    after: dict[Direction, tuple[str, ...]]
    levels: frozenset[str]
    raising: frozenset[str]
    by_share: frozenset[str]
    level_nouns: frozenset[str]
    level_blockers: frozenset[str]
    reflexive_levels: tuple[str, ...]
    spans: frozenset[str]
    earlier: tuple[str, ...]
    then: frozenset[str]
    now: frozenset[str]
    was: frozenset[str]
    equating: frozenset[str]
    equating_ties: frozenset[str]
    arrivals: tuple[str, ...]
    before_objects: frozenset[str]
    negations: frozenset[str]


@dataclass(config=_STRICT, frozen=True, slots=True)
class Denominators:
    """`denominators.yaml`."""

    units: dict[str, str]
    adjectives: dict[str, str]
    adverbs: dict[str, str]
    nouns: frozenset[str]
    blockers: frozenset[str]
    inner: frozenset[str]
    not_by: frozenset[str]


@dataclass(config=_STRICT, frozen=True, slots=True)
class Exclusions:
    """`exclusions.yaml`."""

    months: frozenset[str]
    weekdays: frozenset[str]
    named: frozenset[str]
    always_named: frozenset[str]
    reference_letters: frozenset[str]
    year_words: frozenset[str]
    singular_articles: frozenset[str]
    clock_before: frozenset[str]
    clock_parts: frozenset[str]
    timed: frozenset[str]
    length_words: frozenset[str]
    spans_of_time: frozenset[str]
    ordinal_endings: frozenset[str]
    of_currencies: tuple[str, ...]
    joiners: frozenset[str]
    idioms: tuple[str, ...]
    titled: frozenset[str]
    naming_headers: frozenset[str]


@dataclass(config=_STRICT, frozen=True, slots=True)
class Contexts:
    """`contexts.yaml`."""

    money: frozenset[str]
    sums: frozenset[str]
    shares: frozenset[str]
    compared: frozenset[str]
    ratios: frozenset[str]
    counted_points: frozenset[str]
    indexed: frozenset[str]
    rated: frozenset[str]
    heat: frozenset[str]
    lengths: dict[str, str]
    loose_units: dict[str, str]


@dataclass(config=_STRICT, frozen=True, slots=True)
class Grammar:
    """`grammar.yaml`."""

    determiners: frozenset[str]
    prepositions: frozenset[str]
    pronouns: frozenset[str]
    demonstratives: frozenset[str]
    feminine_endings: frozenset[str]
    masculine_endings: frozenset[str]
    feminine_nouns: frozenset[str]
    masculine_nouns: frozenset[str]
    conjunctions: frozenset[str]
    adverbs: frozenset[str]
    verbs: frozenset[str]
    introductions: frozenset[str]
    circumstances: frozenset[str]
    auxiliaries: frozenset[str]
    impersonal: frozenset[str]
    suiting: frozenset[str]
    needing: frozenset[str]
    stating: frozenset[str]
    giving: frozenset[str]
    supporting: frozenset[str]
    before_verbs: frozenset[str]
    addressing: frozenset[str]
    participles: frozenset[str]
    nouns_in_ait: frozenset[str]
    nouns_like_infinitives: frozenset[str]
    carriers: frozenset[str]
    telling_carriers: frozenset[str]
    telling_adjectives: frozenset[str]
    counters: frozenset[str]
    measuring_carriers: frozenset[str]
    counting_nouns: frozenset[str]
    limit_nouns: frozenset[str]
    set_nouns: frozenset[str]
    set_objects: frozenset[str]
    time_nouns: frozenset[str]
    lasting_nouns: frozenset[str]
    ordinal_pronouns: frozenset[str]
    leading_nouns: frozenset[str]
    judging: frozenset[str]
    terms: frozenset[str]
    rule_texts: frozenset[str]
    actors: frozenset[str]
    titles: frozenset[str]
    clause_words: frozenset[str]
    clause_openers: frozenset[str]
    contrasts: frozenset[str]
    before_lengths_of_time: frozenset[str]
    before_noun_adjectives: frozenset[str]
    inner_adjectives: frozenset[str]


class Phrases(Generic[Label]):
    """Phrases of one or more words, each with a label; finds the longest that ends or starts at a place.

    `openings` are the words that they start with, `endings` those they end with.
    """

    def __init__(self, labelled: Mapping[Label, Iterable[str]]) -> None:
        self._labels: dict[tuple[str, ...], Label] = {}
        for label, phrases in labelled.items():
            for phrase in phrases:
                keys = tuple(map(key, words_of(phrase)))
                self._labels[keys] = label
                if keys[-1] == "a":  # jusqu'à, jusqu'au
                    self._labels[*keys[:-1], "au"] = label
        self._words = frozenset(word for keys in self._labels for word in keys)
        self._by_first = _lengths(self._labels, 0)
        self.openings = self._by_first.keys()
        self._by_last = _lengths(self._labels, -1)
        self.endings = self._by_last.keys()

    def covers(self, keys: list[str], place: int, reach: int) -> bool:
        """Whether that token is part of a phrase that starts at most `reach` tokens before it."""
        if keys[place] not in self._words:
            return False
        for start in range(max(0, place - reach), place + 1):
            found = self.at(keys, start) if keys[start] in self._by_first else None
            if found is not None and found[1] > place:
                return True
        return False

    def before(self, keys: list[str], end: int) -> tuple[Label, int] | None:
        """The label and the start of the longest phrase that ends before the token `end`."""
        for length in self._by_last.get(keys[end - 1], ()) if end > 0 else ():
            label = self._labels.get(tuple(keys[end - length : end])) if length <= end else None
            if label is not None:
                return label, end - length
        return None

    def at(self, keys: list[str], start: int) -> tuple[Label, int] | None:
        """The label and the end of the longest phrase that starts with the token `start`."""
        for length in self._by_first.get(keys[start], ()) if start < len(keys) else ():
            end = start + length
            label = self._labels.get(tuple(keys[start:end])) if end <= len(keys) else None
            if label is not None:
                return label, end
        return None


def _lengths(phrases: Iterable[tuple[str, ...]], place: int) -> dict[str, tuple[int, ...]]:
    """By the word at that place, how long the phrases are, the longest first."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        lengths[phrase[place]].add(len(phrase))
    return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}


class Stems:
    """Words by their beginning: `augment*` holds augmente and augmentation, `cru` only itself."""

    def __init__(self, words: Iterable[str]) -> None:
        folded = [fold(word) for word in words]
        self._whole = frozenset(word for word in folded if not word.endswith("*"))
        self._stems = tuple(word[:-1] for word in folded if word.endswith("*"))

    def __contains__(self, word: str) -> bool:
        """Whether that folded word is one of them."""
        return word in self._whole or word.startswith(self._stems)


@cache
def numbers() -> NumberWords:
    """The number words."""
    return _load("numbers", NumberWords)


@cache
def qualifiers() -> Qualifiers:
    """The words of approximation."""
    return _load("qualifiers", Qualifiers)


@cache
def changes() -> Changes:
    """The words of change."""
    return _load("changes", Changes)


@cache
def denominators() -> Denominators:
    """The words a figure is counted by."""
    return _load("denominators", Denominators)


@cache
def exclusions() -> Exclusions:
    """The words that make a number no quantity."""
    return _load("exclusions", Exclusions)


@cache
def contexts() -> Contexts:
    """The words that imply a unit."""
    return _load("contexts", Contexts)


@cache
def grammar() -> Grammar:
    """The small words of French."""
    return _load("grammar", Grammar)


@lru_cache(maxsize=1 << 16)
@cache
def function_words() -> frozenset[str]:
    """Determiners, prepositions, pronouns, conjunctions and common adverbs, folded."""
    words = grammar()
    return words.determiners | words.prepositions | words.pronouns | words.conjunctions | words.adverbs


def is_function_word(folded: str) -> bool:
    """Whether a folded word is one of them."""
    return folded in function_words()


@cache
def cardinal_words() -> dict[str, tuple[str, float]]:
    """Every word of a cardinal, its part in the grammar and its value."""
    words = numbers()
    kinds: dict[str, tuple[str, float]] = {}
    for kind, table in (("unit", words.units), ("ten", words.tens), ("scale", words.scales)):
        kinds |= {word: (kind, float(value)) for word, value in table.items()}
    kinds |= dict.fromkeys(words.hundred, ("hundred", 100.0))
    return kinds | dict.fromkeys(words.thousand, ("thousand", 1000.0))


@cache
def number_words() -> frozenset[str]:
    """Every word that may start a number."""
    words = numbers()
    nouns = (*words.collectives, *words.halves, *words.fraction_signs, "tiers", "quart", "demi", "demie")
    return frozenset((*cardinal_words(), *nouns))


@cache
def first_words() -> frozenset[str]:
    """The words that a number in words may start with, "dixième" of "un dixième" among them."""
    return number_words().union(numbers().denominators)


@cache
def written_number_words() -> frozenset[str]:
    """The number words as they are written, accents and all."""
    tables = read_yaml("numbers")
    assert isinstance(tables, dict)
    named = ("units", "tens", "hundred", "thousand", "scales", "collectives", "denominators", "halves")
    return frozenset(word.lower() for name in named for word in tables[name])


def _load(name: str, shape: type[TableT]) -> TableT:
    return TypeAdapter(shape).validate_python(_folded(read_yaml(name)))


def _folded(data: object) -> object:
    if isinstance(data, dict):
        return {fold(name): _folded(value) for name, value in data.items()}
    return (
        [_folded_phrase(phrase) for phrase in data] if isinstance(data, list) else data
    )  # a lone value is a unit's code


def _folded_phrase(phrase: str) -> str:
    """Each word for itself: a few words keep their accent (dès, où)."""
    return " ".join(fold(word) for word in phrase.split(" "))
