"""The forms of all texts, with their words: one flat table, quick to read from a file and light to hold.

Which forms there are, in how many documents, of which lemmas, and which fold alike or match a pattern. What a typed
word stands for is decided in `vocabulary.py`.
"""

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, islice, takewhile
from typing import Self

from pipelines.search.analysis import fold

_LAST_LETTER = "\U0010ffff"
_STEP = 64


@dataclass(frozen=True)
class FormTable:
    """Flat lists.

    `forms` are sorted, `counts` stand beside them, `order` are the places of the forms sorted by folded form. `lemmas`
    are sorted; the places of the forms of `lemmas[n]` are `groups[starts[n]:starts[n + 1]]`, and the lemmas of
    `forms[n]` are numbered `memberships[offsets[n]:offsets[n + 1]]`.
    """

    forms: list[str]
    counts: list[int]
    order: list[int]
    lemmas: list[str]
    starts: list[int]
    groups: list[int]
    offsets: list[int]
    memberships: list[int]

    @classmethod
    def of(cls, counts: Mapping[str, int], lemmas_of: Callable[[str], tuple[str, ...]]) -> Self:
        """The table of forms with their numbers of documents; forms without any are left out."""
        forms = sorted(form for form, documents in counts.items() if documents > 0)
        words = [lemmas_of(form) for form in forms]
        lemmas = sorted(frozenset(chain.from_iterable(words)))
        numbers = {lemma: number for number, lemma in enumerate(lemmas)}
        by_form = [
            [numbers[each[0]]] if len(each) == 1 else sorted({*map(numbers.__getitem__, each)}) for each in words
        ]
        memberships = list(chain.from_iterable(by_form))
        places = [place for place, each in enumerate(by_form) for _ in each]  # of the form of each membership
        sizes = Counter(memberships)
        return cls(
            forms=forms,
            counts=[counts[form] for form in forms],
            order=sorted(range(len(forms)), key=[fold(form) for form in forms].__getitem__),
            lemmas=lemmas,
            starts=list(accumulate((sizes[number] for number in range(len(lemmas))), initial=0)),
            groups=[places[at] for at in sorted(range(len(places)), key=memberships.__getitem__)],
            offsets=list(accumulate(map(len, by_form), initial=0)),
            memberships=memberships,
        )

    def count(self, form: str) -> int:
        """The number of documents that have this form."""
        place = _found(self.forms, form)
        return 0 if place is None else self.counts[place]

    def lemmas_of(self, place: int) -> tuple[str, ...]:
        """The lemmas of the form at a place."""
        return tuple(
            [self.lemmas[number] for number in self.memberships[self.offsets[place] : self.offsets[place + 1]]]
        )

    def of_lemma(self, lemma: str) -> Sequence[int]:
        """The places of the forms of a lemma."""
        number = _found(self.lemmas, lemma)
        return () if number is None else self.groups[self.starts[number] : self.starts[number + 1]]

    def folding_to(self, folded: str) -> Iterator[int]:
        """The places of the forms with these folded letters."""
        return takewhile(lambda place: fold(self.forms[place]) == folded, self._from(folded))

    def with_folded_prefix(self, prefix: str) -> Sequence[int]:
        """The places of the forms that begin with these folded letters."""
        return self.order[self._rank(prefix) : self._rank(prefix + _LAST_LETTER)]

    def matching(self, pattern: str, cap: int) -> tuple[tuple[str, ...], bool]:
        """The forms whose folded letters match `*` and `?`, and whether only the `cap` most frequent were kept."""
        found = list(islice(self._places_matching(pattern), cap + 1))
        return tuple(self.forms[place] for place in sorted(found[:cap])), len(found) > cap

    def _from(self, folded: str) -> Iterator[int]:
        return (self.order[rank] for rank in range(self._rank(folded), len(self.order)))

    def _rank(self, folded: str) -> int:
        """The rank, in the order of folded forms, of the first that is not before these letters."""
        after = bisect_left(self._landmarks, folded) * _STEP
        between = max(0, after - _STEP), min(after, len(self.order))
        return bisect_left(self.order, folded, *between, key=lambda place: fold(self.forms[place]))

    def _places_matching(self, pattern: str) -> Iterator[int]:
        """Most frequent first, then in order; only the forms that begin with the pattern's first letters are looked at.

        Where it begins with none, all are, but no further than is asked: a pattern that many match is soon through.
        """
        literal = re.split(r"[*?]", pattern, maxsplit=1)[0]
        first, last = self._rank(literal), self._rank(literal + _LAST_LETTER)
        if not literal:
            yield from self._by_count.matching(_line_pattern(pattern), first, last)
        elif pattern == literal + "*":
            yield from self._frequent_first(self.order[first:last])
        else:
            yield from self._frequent_first(self._in_order.matching(_line_pattern(pattern), first, last))

    def _frequent_first(self, places: Iterable[int]) -> list[int]:
        return sorted(sorted(places), key=self.counts.__getitem__, reverse=True)

    @cached_property
    def _landmarks(self) -> list[str]:
        """Every so many folded forms, in order: looking among them first is quicker than folding at each step."""
        return [fold(self.forms[place]) for place in self.order[::_STEP]]

    @cached_property
    def _in_order(self) -> "_Lines":
        return _Lines.of(self.order, self.forms)

    @cached_property
    def _by_count(self) -> "_Lines":
        return _Lines.of(self._frequent_first(range(len(self.forms))), self.forms)


@dataclass(frozen=True)
class _Lines:
    """Folded forms in some order, each between two line breaks, so that one search finds all that match."""

    places: Sequence[int]
    text: str
    breaks: Sequence[int]  # where the line break before each form is, and the last one

    @classmethod
    def of(cls, places: Sequence[int], forms: Sequence[str]) -> Self:
        text = "\n" + "".join(f"{fold(forms[place])}\n" for place in places)
        return cls(places, text, array("L", (found.start() for found in re.finditer("\n", text))))

    def matching(self, line: re.Pattern[str], first: int, last: int) -> Iterator[int]:
        """The places of the forms that match, of those numbered `first` to before `last`, in order."""
        for found in line.finditer(self.text, self.breaks[first], self.breaks[last] + 1):
            yield self.places[bisect_left(self.breaks, found.start())]


def _found(items: list[str], item: str) -> int | None:
    place = bisect_left(items, item)
    return place if place < len(items) and items[place] == item else None


def _line_pattern(pattern: str) -> re.Pattern[str]:
    """A whole line that matches, from the line break before it.

    Each piece between stars is taken at its first place and never moved, so that matching stays linear.
    """
    first, *others = (re.escape(piece).replace(r"\?", "[^\n]") for piece in re.split(r"\*+", pattern))
    if not others:
        return re.compile(f"\n{first}(?=\n)")
    middle = "".join(f"(?>[^\n]*?{piece})" for piece in others[:-1])
    return re.compile(f"\n{first}{middle}[^\n]*{others[-1]}(?=\n)")
