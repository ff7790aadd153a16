"""Scores of read figures against annotated ones: how many are found, right, qualified right, about the right thing.

One annotated and one read figure make a pair when they overlap, the pairs that agree in value, unit and kind first.
Figures annotated as optional count neither way. Four F1 scores, each stricter than the last: *detection* (a pair),
*exact* (value, unit and kind right), *qualified* (approximation, direction and denominator too), *record* (the subject
shares a word too).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from schemas.record import Record
from schemas.units import in_base

FigureData = Mapping[str, Any]
"""One figure of a line of JSON: start, end, kind, value, low, high, unit, approx, direction, per, subject."""

_NO_QUANTITIES = frozenset(("date", "year", "time", "ordinal", "reference"))
_TOLERANCE = 1e-3
_CALENDAR = {"mo": 1.0, "quarter": 3.0, "a": 12.0}  # months do not convert to days
_STEM = 6  # letters of a word that must agree for two subjects to share it
_SMALL_WORDS = frozenset(
    ("de", "des", "du", "la", "le", "les", "et", "en", "aux", "au", "un", "une", "pour", "dans", "par", "sur", "sans",
     "dont", "qui", "que", "est", "ont")
)  # fmt: skip


class Score(Record):
    """One score: precision, recall and their harmonic mean, 0 to 1."""

    precision: float
    recall: float
    f1: float


class KindScore(Record):
    """The exact score of one kind of figure."""

    annotated: int
    read: int
    exact: Score


class Mistake(Record):
    """One figure read wrongly, not at all, or where there is none; `what` says which part of it."""

    doc: str
    what: str
    context: str
    annotated: str | None
    read: str | None
    rule: str | None


class Report(Record):
    """The scores, by kind, and the mistakes, the most frequent sort first."""

    annotated: int
    read: int
    detection: Score
    exact: Score
    qualified: Score
    record: Score
    kinds: dict[str, KindScore]
    confusion: dict[str, int]
    mistakes: tuple[Mistake, ...]


class _Pair(NamedTuple):
    annotated: FigureData
    read: FigureData

    @property
    def is_exact(self) -> bool:
        same = self.annotated["kind"] == self.read.get("kind")
        return same and _same_quantity(self.annotated, self.read)

    def wrong_parts(self) -> list[str]:
        """The parts that differ, the weightiest first; none of them where the whole record is right."""
        if not self.is_exact:
            return ["value, unit or kind"]
        parts = [name for name in ("approx", "direction", "per") if self.annotated[name] != self.read.get(name)]
        return parts if parts or _shares_word(self.annotated["subject"], self.read.get("subject")) else ["subject"]


def score(documents: Iterable[tuple[str, str, Sequence[FigureData], Sequence[FigureData]]]) -> Report:
    """The report over documents: name, text, annotated figures, read figures."""
    counts: Counter[str] = Counter()
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    mistakes: list[Mistake] = []
    for doc, text, annotated, read in documents:
        quantities = [figure for figure in read if figure.get("kind") not in _NO_QUANTITIES]
        pairs = _pairs(annotated, quantities)
        _count(annotated, quantities, pairs, counts, kinds)
        mistakes += _mistakes(doc, text, annotated, quantities, pairs)
    return _report(counts, kinds, mistakes)


def _pairs(annotated: Sequence[FigureData], read: Sequence[FigureData]) -> dict[int, int]:
    """Annotated figure → read figure, by place; each in one pair at most."""
    candidates = sorted(
        (not _Pair(one, other).is_exact, -_overlap(one, other), place, at)
        for place, one in enumerate(annotated)
        for at, other in enumerate(read)
        if _overlap(one, other) > 0
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, place, at in candidates:
        if place not in pairs and at not in taken:
            pairs[place] = at
            taken.add(at)
    return pairs


def _count(
    annotated: Sequence[FigureData],
    read: Sequence[FigureData],
    pairs: Mapping[int, int],
    counts: Counter[str],
    kinds: Mapping[str, Counter[str]],
) -> None:
    for figure in _counted_reads(annotated, read, pairs):
        counts["read"] += 1
        kinds[figure["kind"]]["read"] += 1
    for place, figure in enumerate(annotated):
        if figure.get("optional"):
            continue
        counts["annotated"] += 1
        kinds[figure["kind"]]["annotated"] += 1
        if place in pairs:
            pair = _Pair(figure, read[pairs[place]])
            wrong = pair.wrong_parts()
            counts["detection"] += 1
            counts["exact"] += pair.is_exact
            kinds[figure["kind"]]["exact"] += pair.is_exact
            counts["qualified"] += pair.is_exact and wrong in ([], ["subject"])
            counts["record"] += not wrong


def _counted_reads(
    annotated: Sequence[FigureData], read: Sequence[FigureData], pairs: Mapping[int, int]
) -> list[FigureData]:
    """The read figures that count: not those paired with an optional one, nor alone over one."""
    partner = {at: place for place, at in pairs.items()}
    optional = [figure for figure in annotated if figure.get("optional")]
    kept = []
    for at, figure in enumerate(read):
        if at in partner:
            passes = bool(annotated[partner[at]].get("optional"))
        else:
            passes = any(_overlap(other, figure) > 0 for other in optional)
        if not passes:
            kept.append(figure)
    return kept


def _mistakes(
    doc: str, text: str, annotated: Sequence[FigureData], read: Sequence[FigureData], pairs: Mapping[int, int]
) -> list[Mistake]:
    paired = {id(read[at]) for at in pairs.values()}
    found = [
        _mistake(doc, text, "none there", None, figure)
        for figure in _counted_reads(annotated, read, pairs)
        if id(figure) not in paired
    ]
    for place, figure in enumerate(annotated):
        if figure.get("optional"):
            continue
        if place not in pairs:
            found.append(_mistake(doc, text, "not found", figure, None))
        else:
            other = read[pairs[place]]
            found += [_mistake(doc, text, part, figure, other) for part in _Pair(figure, other).wrong_parts()]
    return found


def _mistake(doc: str, text: str, what: str, annotated: FigureData | None, read: FigureData | None) -> Mistake:
    place = annotated or read or {}
    context = text[max(0, place["start"] - 40) : place["end"] + 30].replace("\n", " ")
    parts = ("value", "unit", "kind") if what not in ("approx", "direction", "per", "subject") else (what,)
    said = [None if figure is None else _said(figure, parts) for figure in (annotated, read)]
    return Mistake(
        doc=doc,
        what=what,
        context=context,
        annotated=said[0],
        read=said[1],
        rule=None if read is None else read.get("rule"),
    )


def _said(figure: FigureData, parts: Iterable[str]) -> str:
    shown = {name: figure.get(name) for name in parts}
    if "value" in shown and shown["value"] is None:
        shown["value"] = f"{figure.get('low')}..{figure.get('high')}"
    return " ".join("–" if value is None else str(value) for value in shown.values())


def _report(counts: Counter[str], kinds: Mapping[str, Counter[str]], mistakes: list[Mistake]) -> Report:
    sorts = Counter(_sort_of(mistake) for mistake in mistakes)
    by_sort = sorted(mistakes, key=lambda mistake: (-sorts[_sort_of(mistake)], _sort_of(mistake)))
    return Report(
        annotated=counts["annotated"],
        read=counts["read"],
        detection=_f1(counts["detection"], counts),
        exact=_f1(counts["exact"], counts),
        qualified=_f1(counts["qualified"], counts),
        record=_f1(counts["record"], counts),
        kinds={
            kind: KindScore(annotated=held["annotated"], read=held["read"], exact=_f1(held["exact"], held))
            for kind, held in sorted(kinds.items(), key=lambda item: -item[1]["annotated"])
        },
        confusion=dict(sorts.most_common()),
        mistakes=tuple(by_sort),
    )


def _sort_of(mistake: Mistake) -> str:
    """What a mistake has in common with others: the wrong part, and the kinds or labels taken for each other."""
    if mistake.what in ("approx", "direction", "per"):
        return f"{mistake.what}: {mistake.annotated} read as {mistake.read}"
    if mistake.what == "value, unit or kind":
        return " read as ".join((said or "").split()[-1] for said in (mistake.annotated, mistake.read))
    kind = (mistake.annotated or mistake.read or "").split()[-1] if mistake.what != "subject" else ""
    return f"{mistake.what} {kind}".strip()


def _f1(right: int, counts: Counter[str]) -> Score:
    precision = right / counts["read"] if counts["read"] else 0.0
    recall = right / counts["annotated"] if counts["annotated"] else 0.0
    both = precision + recall
    return Score(precision=precision, recall=recall, f1=2 * precision * recall / both if both else 0.0)


def _overlap(one: FigureData, other: FigureData) -> int:
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def _same_quantity(one: FigureData, other: FigureData) -> bool:
    (dimension, values), (other_dimension, other_values) = _quantity(one), _quantity(other)
    return dimension == other_dimension and all(map(_close, values, other_values))


def _quantity(figure: FigureData) -> tuple[str | None, list[float | None]]:
    """The dimension of a figure, and its value and bounds in it; currencies are told apart, shares may be in %."""
    unit, values = figure.get("unit"), [figure.get(name) for name in ("value", "low", "high")]
    if figure.get("kind") == "count":
        return None, values
    if figure.get("kind") == "ratio" and unit == "%":
        return "1", _scaled(values, 0.01)
    if unit in _CALENDAR:
        return "calendar", _scaled(values, _CALENDAR[unit])
    if figure.get("kind") in ("money", "percentage", "ratio") or unit in ("%", "1"):
        return unit, values
    base, factor = in_base(unit)
    return base, _scaled(values, factor)


def _scaled(values: Sequence[float | None], factor: float) -> list[float | None]:
    return [None if value is None else value * factor for value in values]


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None or not one or not other:
        return one == other
    return abs(one - other) <= _TOLERANCE * max(abs(one), abs(other))


def _shares_word(one: str | None, other: str | None) -> bool:
    """Whether two subjects have a word in common, by its first letters; an annotation without subject asks for none."""
    return not one or not _stems(one).isdisjoint(_stems(other or ""))


def _stems(subject: str) -> set[str]:
    words = (word.strip(".,;()«»").lower() for word in subject.replace("'", " ").replace("’", " ").split())
    return {word[:_STEM] for word in words if len(word) > 1 and word not in _SMALL_WORDS}
