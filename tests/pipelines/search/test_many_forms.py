"""Patterns near each other stand for hundreds of forms: both engines take them all, and find what the texts say."""

from itertools import product

import pytest

from pipelines.search.backend import SearchBackend
from pipelines.search.engine_query import And, AnyForm, EngineQuery, Near, Not, Or, Phrase
from pipelines.search.language.fitting import MAX_FORMS_SIDE_BY_SIDE, between_kept, fits, forms_kept, with_marks
from pipelines.search.language.understand import Reading, understand
from pipelines.search.vocabulary import Vocabulary
from schemas.search import SearchDocument, Sort
from tests.pipelines.search.nasty_corpus import TODAY, document
from tests.pipelines.search.oracle import matches

_STEMS = ["".join(letters) for letters in product("bdfgklmprv", "aeiou", "bdfgklmprv")]  # 500 words, no two alike


def _documents() -> list[SearchDocument]:
    """Fifty questions, each with ten words in -ance and ten in -esse, every other one far apart."""
    found = []
    for number in range(50):
        stems = _STEMS[number * 10 : number * 10 + 10]
        between = " puis " * (4 * (number % 2))
        found.append(document(number + 1, f"{between}".join(f" {stem}ance {stem}esse " for stem in stems)))
    return found


DOCUMENTS = _documents()
VOCABULARY = Vocabulary.build(DOCUMENTS)


def read(query: str) -> Reading:
    return understand(query, VOCABULARY, today=TODAY)


@pytest.mark.parametrize(
    "query",
    [
        "*ance PROCHE/0 *esse",
        "*esse AVANT/0 *ance",
        "*ance AVANT/3 *ance",
        "*ance-*esse",
        " PROCHE/1 ".join(["*ance", "*esse"] * 4),
        "*a* PROCHE/2 *e",
        "(" + " OU ".join(f'"{a}ance {a}esse"' for a in _STEMS[:20]) + ") PROCHE/9 (puis OU *ance)",
        "(" + " OU ".join(f'"{a}ance {a}esse"' for a in _STEMS[:20]) + ") PROCHE/5 "
        "(" + " OU ".join(f'"{a}ance {a}esse"' for a in _STEMS[9:29]) + ")",
    ],
)
def test_both_engines_take_every_form(engine: SearchBackend, query: str) -> None:
    asked = read(query).engine
    assert engine.rebuild(DOCUMENTS, "v1") == []
    for sort in (Sort.NUMBER, Sort.RELEVANCE):
        answer = engine.search(asked, sort=sort, offset=0, limit=100)
        assert sorted(answer.ids) == sorted(each.id for each in DOCUMENTS if matches(asked, each))


def test_a_beginning_of_hundreds_of_forms_finds_them_all_and_no_others(engine: SearchBackend) -> None:
    ends = (*_STEMS[:60], "", "1", "é", "œ", "ß", "αβγ", "中", "_")
    words = [f"{start}{end}" for start in ("pré", "pre", "PRÊ", "prœ", "pri", "apre") for end in ends]
    documents = [document(number + 1, word) for number, word in enumerate(words)]
    asked = understand("pré*", Vocabulary.build(documents), today=TODAY).engine
    assert isinstance(asked, AnyForm)
    assert len(asked.forms) > 2 * len(_STEMS[:60])
    assert engine.rebuild(documents, "v1") == []
    answer = engine.search(asked, sort=Sort.NUMBER, offset=0, limit=len(documents))
    assert set(answer.ids) == {each.id for each in documents if matches(asked, each)}


def test_where_there_are_too_many_the_most_frequent_are_kept_and_it_is_said() -> None:
    reading = read("*a* PROCHE/2 *e")
    assert [odd.code for odd in reading.warnings] == ["forms_cut"]
    assert isinstance(reading.engine, Near)
    assert len(reading.engine.left[0]) + len(reading.engine.right[0]) <= MAX_FORMS_SIDE_BY_SIDE
    assert reading.marks == (reading.engine,)


def test_a_pattern_beside_a_word_loses_no_form() -> None:
    reading = read("*ance PROCHE/2 puis")
    assert isinstance(reading.engine, Near)
    assert len(reading.engine.left[0]) == len(_STEMS)
    assert reading.warnings == ()


def test_choices_that_multiply_beyond_measure_are_searched_without_nearness() -> None:
    many = "(" + " OU ".join(f'"{a}ance {a}esse"' for a in _STEMS[:20]) + ")"
    reading = read(f"{many} PROCHE/5 {many}")
    assert [odd.code for odd in reading.warnings] == ["too_many_places"]


@pytest.mark.parametrize(
    ("left", "right", "each", "kept"),
    [
        (300, 300, 1, None),
        (301, 300, 1, 300),
        (10, 1000, 1, 590),
        (1000, 1000, 1, 300),
        (5, 1000, 10_000, 595),
        (5, 1000, 100_000, 75),
        (6, 1000, 100_000, 60),
        (1000, 1000, 100_000, 15),
        (40, 60, 100_000, None),
    ],
)
def test_each_place_gets_an_equal_share_of_what_the_small_ones_leave(
    left: int, right: int, each: int, kept: int | None
) -> None:
    """Of forms that stand in few documents each, and of those that stand in many."""
    first, second = (tuple(f"f{number}" for number in range(size)) for size in (left, right))
    assert forms_kept(Near((first,), (second,), 1, ordered=False), lambda _form: each) == kept


def near(between: int, *, ordered: bool = False) -> Near:
    return Near((("code",), ("pénal",)), (("article",),), between, ordered)


@pytest.mark.parametrize(
    ("query", "each", "kept"),
    [
        (near(10), 10_000, None),
        (near(10), 1_000_000, None),
        (near(10), 2_000_000, 5),
        (near(5), 2_000_000, None),
        (near(10, ordered=True), 2_000_000, None),
        (Or((near(10), Not(And((near(2), near(1)))))), 1_000_000, 3),
        (near(10), 100_000_000, 0),
        (Near((("code",),), (("article",),), 100, ordered=False), 100_000_000, None),
    ],
)
def test_frequent_words_side_by_side_are_sought_less_far_from_others(
    query: EngineQuery, each: int, kept: int | None
) -> None:
    """A word alone is sought at all distances at once, words side by side at one after the other."""
    assert between_kept(query, lambda _form: each) == kept


def test_only_words_side_by_side_come_closer() -> None:
    alone = Near((("code",),), (("article",),), 100, ordered=False)
    query = Or((near(10), Not(near(2)), alone))
    (told,) = fits(query, lambda _form: 1_500_000)
    assert told[:2] == ("between_cut", 3)
    assert with_marks(query, told[2]) == Or((near(3), Not(near(2)), alone))


def test_words_side_by_side_count_too() -> None:
    reading = read("*a*-*e*")
    assert isinstance(reading.engine, Phrase)
    assert sum(map(len, reading.engine.positions)) <= MAX_FORMS_SIDE_BY_SIDE
