"""The table of forms brought up: what came is put in its place, what went is taken out, and all others only move.

An increment changes the numbers of many forms, but few come or go; a table made anew takes a second.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from operator import sub
from typing import TypeVar

from pipelines.search.analysis import fold
from pipelines.search.forms import FormTable

_T = TypeVar("_T")
_Edit = tuple[int, int, Sequence[_T]]
"""What is from a place to before another becomes these."""


def with_counts(table: FormTable, counts: Mapping[str, int], lemmas_of: Callable[[str], tuple[str, ...]]) -> FormTable:
    """The table once these forms are in so many documents, as it would be made anew.

    Only the lemmas of new forms are asked for.
    """
    forms = _Change.of(table.forms, {form: documents > 0 for form, documents in counts.items()})
    words = [sorted({*lemmas_of(form)}) for form in forms.come]
    lost = Counter(number for place in forms.gone for number in _lemmas_at(table, place))
    more = Counter(chain.from_iterable(words))
    left = {table.lemmas[number]: _size(table, number) > times for number, times in lost.items()}
    lemmas = _Change.of(table.lemmas, left | dict.fromkeys(more, True))
    numbers = lemmas.new_places(more)
    by_form = [[numbers[word] for word in each] for each in words]
    counted = {form: documents for form, documents in counts.items() if documents > 0}
    return FormTable(
        forms=forms.edited(table.forms, forms.come),
        counts=forms.edited(_with(table.counts, forms.items, counted), [counted[form] for form in forms.come]),
        order=_order(table, forms),
        lemmas=lemmas.edited(table.lemmas, lemmas.come),
        starts=_starts(table, lemmas, lost, more),
        groups=_groups(table, forms, lemmas, by_form),
        offsets=_sums(forms.edited(_sizes(table.offsets), [len(each) for each in by_form])),
        memberships=_memberships(table, forms, lemmas, by_form),
    )


@dataclass(frozen=True)
class _Change:
    """What goes out of a sorted list, by place, and what comes into it, in order."""

    items: Sequence[str]
    gone: list[int]
    come: list[str]

    @classmethod
    def of(cls, items: Sequence[str], held: Mapping[str, bool]) -> "_Change":
        """The change after which the list has those of these that are held, and has the others no more."""
        known = {each: at for each in held if (at := bisect_left(items, each)) < len(items) and items[at] == each}
        gone = sorted(at for each, at in known.items() if not held[each])
        return cls(items, gone, sorted(each for each, is_held in held.items() if is_held and each not in known))

    @cached_property
    def at(self) -> list[int]:
        """The old places before which the new ones come."""
        return [bisect_left(self.items, each) for each in self.come]

    @cached_property
    def moved(self) -> list[int]:
        """Old place → new place; what is gone has no meaning here."""
        steps = [0] * (len(self.items) + 1)
        for place in self.at:
            steps[place] += 1
        for place in self.gone:
            steps[place + 1] -= 1
        return [place + step for place, step in enumerate(accumulate(steps))]

    @cached_property
    def come_to(self) -> list[int]:
        """The new places of what comes."""
        return [at - bisect_left(self.gone, at) + before for before, at in enumerate(self.at)]

    def new_places(self, items: Iterable[str]) -> dict[str, int]:
        """The new places of some that are held."""
        come = dict(zip(self.come, self.come_to, strict=True))
        return {each: come[each] if each in come else self.moved[bisect_left(self.items, each)] for each in items}

    def edited(self, values: Sequence[_T], new: Sequence[_T]) -> list[_T]:
        """What stands beside the list, with what stands beside the new ones."""
        edits: list[_Edit[_T]] = [(place, place + 1, ()) for place in self.gone]
        return _edited(values, [*edits, *((at, at, (each,)) for at, each in zip(self.at, new, strict=True))])


def _edited(values: Sequence[_T], edits: Iterable[_Edit[_T]]) -> list[_T]:
    """The values after the edits, of which those of one place are in order; what comes in stands before what goes."""
    result, last = list[_T](), 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        result += values[last:start]
        result += new
        last = end
    result += values[last:]
    return result


def _order(table: FormTable, forms: _Change) -> list[int]:
    def key(place: int) -> tuple[str, int]:
        return fold(table.forms[place]), place

    gone = [bisect_left(table.order, key(place), key=key) for place in forms.gone]
    come = sorted((fold(form), to, at) for form, to, at in zip(forms.come, forms.come_to, forms.at, strict=True))
    edits: list[_Edit[int]] = [(rank, rank + 1, ()) for rank in gone]
    for letters, to, at in come:
        rank = bisect_left(table.order, (letters, at), key=key)
        edits.append((rank, rank, (to,)))
    return _edited([forms.moved[place] for place in table.order], edits)


def _memberships(table: FormTable, forms: _Change, lemmas: _Change, by_form: Sequence[Sequence[int]]) -> list[int]:
    edits: list[_Edit[int]] = [(table.offsets[place], table.offsets[place + 1], ()) for place in forms.gone]
    edits += [(table.offsets[at], table.offsets[at], each) for at, each in zip(forms.at, by_form, strict=True)]
    return _edited([lemmas.moved[number] for number in table.memberships], edits)


def _groups(table: FormTable, forms: _Change, lemmas: _Change, by_form: Sequence[Sequence[int]]) -> list[int]:
    edits = list[_Edit[int]]()
    for place in forms.gone:
        for number in _lemmas_at(table, place):
            rank = bisect_left(table.groups, place, table.starts[number], table.starts[number + 1])
            edits.append((rank, rank + 1, ()))
    new = dict(zip(lemmas.come_to, lemmas.at, strict=True))
    come = zip(by_form, forms.come_to, forms.at, strict=True)
    for number, to, at in sorted((number, to, at) for each, to, at in come for number in each):
        if number in new:
            rank = table.starts[new[number]]
        else:
            old = bisect_right(lemmas.moved, number) - 1
            rank = bisect_left(table.groups, at, table.starts[old], table.starts[old + 1])
        edits.append((rank, rank, (to,)))
    return _edited([forms.moved[place] for place in table.groups], edits)


def _starts(table: FormTable, lemmas: _Change, lost: Mapping[int, int], more: Mapping[str, int]) -> list[int]:
    sizes = _sizes(table.starts)
    for number, times in lost.items():
        sizes[number] -= times
    come = frozenset(lemmas.come)
    for lemma, times in more.items():
        if lemma not in come:
            sizes[bisect_left(table.lemmas, lemma)] += times
    return _sums(lemmas.edited(sizes, [more[lemma] for lemma in lemmas.come]))


def _with(values: Sequence[int], items: Sequence[str], new: Mapping[str, int]) -> list[int]:
    """The values beside some items in the place of those that they had."""
    changed = list(values)
    for each, value in new.items():
        at = bisect_left(items, each)
        if at < len(items) and items[at] == each:
            changed[at] = value
    return changed


def _lemmas_at(table: FormTable, place: int) -> Sequence[int]:
    return table.memberships[table.offsets[place] : table.offsets[place + 1]]


def _size(table: FormTable, number: int) -> int:
    return table.starts[number + 1] - table.starts[number]


def _sizes(bounds: Sequence[int]) -> list[int]:
    return list(map(sub, bounds[1:], bounds))


def _sums(sizes: Iterable[int]) -> list[int]:
    return list(accumulate(sizes, initial=0))
