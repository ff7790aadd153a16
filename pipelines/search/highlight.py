"""Highlight: the best passages of a question's texts, with the places of what was searched.

Ours, by the offsets of the tokens: equal for every engine. Marks come from the query language (`Reading.marks`); what
is excluded by the query is never marked. A passage is plain text with offsets, and beside it the same as safe HTML.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from pipelines.search.analysis import Words
from pipelines.search.engine_query import Accents, AnyForm, Mark, Near, Phrase, TextField
from pipelines.search.markup import marked_html
from pipelines.search.occurrences import near_places, phrases
from schemas.search import Highlight

_SENTENCE_ENDS = ".!?…\n"
_FEW_PAIRS = 20  # of places, that are looked at one by one
_LOOK_BACK = 40  # characters within which a passage may begin earlier, at a sentence


class Place(NamedTuple):
    """One marked stretch of a text: offsets, and which of the marks it is (for variety between passages)."""

    start: int
    end: int
    mark: int


@dataclass(frozen=True)
class _Passage:
    start: int
    end: int
    places: tuple[Place, ...]

    @property
    def worth(self) -> tuple[int, int]:
        """Different marks count before repeated ones."""
        return len({place.mark for place in self.places}), len(self.places)


def highlight(
    texts: Mapping[str, str | None], marks: Iterable[Mark], *, passages: int = 3, width: int = 160
) -> tuple[Highlight, ...]:
    """The passages of `texts` (section → text) that hold marks: of each text the best `passages`, best first.

    The title is one passage, whole. A passage is about `width` characters and never cuts a word or a mark.
    """
    wanted = tuple(marks)
    found: list[Highlight] = []
    for section, text in texts.items():
        marked = find(text, section, wanted) if text and wanted else []
        if not text or not marked:
            continue
        if section == TextField.TITLE:
            chosen = [_Passage(0, len(text), tuple(marked))]
        else:
            chosen = _best(_passages(text, marked, width), passages)
        found.extend(_shown(section, text, passage) for passage in chosen)
    return tuple(found)


def find(text: str, section: str, marks: Iterable[Mark]) -> list[Place]:
    """All places of the marks in one text, in order, without overlap: a phrase hides the words in it."""
    read = Words(text)
    found = [
        Place(start, end, number)
        for number, mark in enumerate(marks)
        if section in mark.texts
        for start, end in _spans(mark, read)
    ]
    kept: list[Place] = []
    for place in sorted(found, key=lambda place: (place.start, -place.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
        elif place.end > kept[-1].end:
            kept[-1] = kept[-1]._replace(end=place.end)
    return kept


def _spans(mark: Mark, read: Words) -> Iterable[tuple[int, int]]:
    """Where each place of a mark begins and ends."""
    match mark:
        case AnyForm():
            return read.spans_of(mark.forms)
        case Phrase():
            return _phrase_spans(mark, read)
        case Near():
            return _near_spans(mark, read)


def _phrase_spans(phrase: Phrase, read: Words) -> Iterable[tuple[int, int]]:
    """Each place of the phrase: one that has a single form at each of its places is sought as it stands."""
    words = tuple(form for forms in phrase.positions for form in forms)
    if words and len(words) == len(phrase.positions):
        spans = read.spans_side_by_side(words, folded=phrase.accents is Accents.FOLDED)
        if spans is not None:
            return spans
    return ((read.span(first)[0], read.span(last)[1]) for first, last in phrases(phrase, read))


def _near_spans(near: Near, read: Words) -> list[tuple[int, int]]:
    """Both sides of each pair that is near enough, one by one."""
    words = [read.spans_of(forms) for forms in (*near.left, *near.right)]
    if not all(words):
        return []
    if len(words) == 2 and len(words[0]) * len(words[1]) <= _FEW_PAIRS:
        pairs = [pair for pair in product(*words) if _are_near(near, pair, read)]
        return sorted({side for pair in pairs for side in pair})
    sides = {side for pair in near_places(near, read) for side in pair}
    return [(read.span(side.first)[0], read.span(side.last)[1]) for side in sorted(sides)]


def _are_near(near: Near, pair: Sequence[tuple[int, int]], read: Words) -> bool:
    """Whether two words are near enough, told by those between them alone: most texts are not read as a whole."""
    first, second = min(pair), max(pair)
    if first == second or (near.ordered and first != pair[0]):
        return False
    return read.few_within(first[1], second[0], near.between)


def _passages(text: str, places: list[Place], width: int) -> list[_Passage]:
    """Passages around the marks, from left to right, that do not overlap."""
    found: list[_Passage] = []
    at = 0
    while at < len(places):
        floor = found[-1].end if found else 0
        start = _start(text, places[at].start, floor, width)
        within = [places[at]]
        while at + len(within) < len(places) and places[at + len(within)].end <= start + width:
            within.append(places[at + len(within)])
        end = _end(text, max(within[-1].end, start + width), places, at + len(within))
        found.append(_Passage(start, end, tuple(within)))
        at += len(within)
    return found


def _start(text: str, mark: int, floor: int, width: int) -> int:
    """Where to begin so that the mark stands in the first third: at a sentence if one begins near, else at a word."""
    earliest = max(floor, mark - width // 3)
    sentence = max(text.rfind(end, max(floor, earliest - _LOOK_BACK), mark) for end in _SENTENCE_ENDS)
    begin = sentence + 1 if sentence >= 0 else earliest
    if sentence < 0:
        while floor < begin < mark and not text[begin - 1].isspace():
            begin += 1
    while begin < mark and text[begin].isspace():
        begin += 1
    return begin


def _end(text: str, wanted: int, places: list[Place], following: int) -> int:
    """Where to stop: at the end of a word, before the next mark."""
    limit = places[following].start if following < len(places) else len(text)
    end = min(wanted, limit)
    while end < limit and not text[end].isspace():
        end += 1
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end


def _best(found: list[_Passage], number: int) -> list[_Passage]:
    return sorted(found, key=lambda passage: (-passage.worth[0], -passage.worth[1], passage.start))[:number]


def _shown(section: str, text: str, passage: _Passage) -> Highlight:
    shift = passage.start
    marks = tuple((place.start - shift, place.end - shift) for place in passage.places)
    shown = text[passage.start : passage.end]
    return Highlight(section=section, text=shown, marks=marks, html=marked_html(shown, marks))
