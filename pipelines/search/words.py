"""Small data about French words: stop words, elisions, acronyms with their spelling.

The lists themselves are in `data/words.yaml` and `data/acronyms.yaml`, for anyone to complete.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.search.analysis import fold, folded_tokens

DATA = Path(__file__).parent / "data"

Spelling = tuple[str, ...]
"""The folded tokens of a spelt-out name, stop words included."""


@cache
def read_data(name: str) -> dict[str, Any]:
    """One of the package's own data files, read once: not to be changed."""
    text = (DATA / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 (strings only: "no" is a name)
    return loaded


@cache
def stop_words() -> frozenset[str]:
    """Plain forms that are ignored in a query unless it has nothing else."""
    return frozenset(read_data("words.yaml")["stop_words"].split())


@cache
def elisions() -> frozenset[str]:
    """Folded words that are taken off before an apostrophe."""
    return frozenset(read_data("words.yaml")["elisions"].split())


@cache
def small_words() -> frozenset[str]:
    """Stop words and elisions: what links the words of a name, in a spelling or between hyphens."""
    return stop_words() | elisions()


@cache
def folded_small_words() -> frozenset[str]:
    """The tokens of the small words as they stand in a folded text."""
    return frozenset(token for word in small_words() for token in folded_tokens(word))


@cache
def compounds() -> dict[str, str]:
    """Folded letters of a compound in one word → the compound with its hyphen (`plateforme` → plate-forme)."""
    return {fold(compound.replace("-", "")): compound for compound in read_data("words.yaml")["compounds"].split()}


@cache
def spellings() -> dict[str, tuple[Spelling, ...]]:
    """Folded acronym → its spellings (`ants` → agence nationale des titres sécurisés)."""
    entries: dict[str, str | list[str]] = read_data("acronyms.yaml")["acronyms"]
    return {_one_token(acronym): _spellings_of(spelt) for acronym, spelt in entries.items()}


@cache
def spelt_as_printed() -> dict[Spelling, str]:
    """A spelling → as the data have it, with its accents and apostrophes, for people to read."""
    entries: dict[str, str | list[str]] = read_data("acronyms.yaml")["acronyms"]
    options = (option for spelt in entries.values() for option in ([spelt] if isinstance(spelt, str) else spelt))
    return {folded_tokens(option): option for option in options}


@cache
def group_names() -> dict[str, tuple[Spelling, ...]]:
    """Folded abbreviation of a political group → its names (`lfi` → la france insoumise)."""
    entries: dict[str, str | list[str]] = read_data("acronyms.yaml")["groups"]
    return {_one_token(short): _spellings_of(names) for short, names in entries.items()}


@cache
def acronyms_by_content() -> dict[Spelling, tuple[str, ...]]:
    """Spelling without its stop words → acronyms, by which spelt-out words in a query are recognised."""
    found: dict[Spelling, tuple[str, ...]] = {}
    for acronym, options in spellings().items():
        for option in options:
            key = content_of(option)
            found[key] = (*found.get(key, ()), acronym)
    return found


@cache
def acronyms_starting() -> frozenset[str]:
    """The first folded words of all spellings: a quick way to see that no acronym is spelt out."""
    return frozenset(spelling[0] for spelling in acronyms_by_content())


def content_of(tokens: Spelling) -> Spelling:
    """The folded tokens without small words."""
    return tuple(token for token in tokens if token not in folded_small_words())


def _one_token(acronym: str) -> str:
    return "".join(folded_tokens(acronym))


def _spellings_of(spelt: str | list[str]) -> tuple[Spelling, ...]:
    return tuple(folded_tokens(option) for option in ([spelt] if isinstance(spelt, str) else spelt))
