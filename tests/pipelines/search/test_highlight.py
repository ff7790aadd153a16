from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.search.analysis import Words
from pipelines.search.engine_query import Accents, AnyForm, Mark, Near, Phrase, TextField
from pipelines.search.highlight import find, highlight
from pipelines.search.language.understand import understand
from pipelines.search.occurrences import near_places
from pipelines.search.vocabulary import Vocabulary
from schemas.search import Highlight
from tests.pipelines.search.nasty_corpus import document


def marked(found: Highlight) -> list[str]:
    return [found.text[start:end] for start, end in found.marks]


def marks_of(query: str, text: str) -> list[str]:
    vocabulary = Vocabulary.build([document(1, text)])
    reading = understand(query, vocabulary, today=date(2020, 1, 1))
    return [word for found in highlight({"question": text}, reading.marks) for word in marked(found)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("hôpital", "L’HOPITAL et les hôpitaux.", ["HOPITAL", "hôpitaux"]),
        ('"droit à l\'eau"', "le Droit à l’eau et l'eau", ["Droit à l’eau"]),
        ('"eau de"', "un bateau de bois, l'eau de mer, l'eau des", ["eau de"]),
        ("garde-à-vue", "une garde à vue, la garde, la vue", ["garde à vue"]),
        ("18000", "18\u00a0000 euros, 18 autres", ["18\u00a0000"]),
        ("L. 121-1", "L'avis sur l'article L. 121-1, l'article R. 121-1.", ["L. 121-1"]),
        ("L. 12-3", "L'article L123-4 et l'article L. 12-3.", ["L. 12-3"]),
        ("l'« État stratège »", "l’« État stratège » et l'État", ["État stratège"]),
        ("de 120 à 160 euros", "de 120 à 160 euros", ["120", "160", "euros"]),
        ("eau SAUF pollution", "eau et air", ["eau"]),
        ("eau OU -pollution", "eau et pollution", ["eau"]),
        ("lits PROCHE/1 hôpital", "lits d'hôpital, et puis au loin des lits", ["lits", "hôpital"]),
        ("ferm*", "la fermeture des fermes", ["fermeture", "fermes"]),
        ('="retraité"', "la retraite du retraité", ["retraité"]),
        ("titre:eau", "eau", []),
        ("auteur:eau", "eau", []),
        ("ANTS", "l'agence nationale des titres sécurisés (ANTS)", ["agence nationale des titres sécurisés", "ANTS"]),
    ],
)
def test_marks_what_was_searched(query: str, text: str, expected: list[str]) -> None:
    assert marks_of(query, text) == expected


def test_the_title_is_shown_whole_and_texts_in_passages() -> None:
    body = ("mot " * 100 + "eau claire. ") * 6
    found = highlight({"title": "L'eau des villes", "question": body, "answer": None}, [AnyForm(("eau",))])
    html = "L&#x27;<mark>eau</mark> des villes"
    assert found[0] == Highlight(section="title", text="L'eau des villes", marks=((2, 5),), html=html)
    assert [each.section for each in found] == ["title", "question", "question", "question"]
    assert all(len(each.text) < 200 for each in found)


def test_the_best_passage_comes_first() -> None:
    text = "eau " + "rien " * 80 + "eau air " + "rien " * 80 + "eau eau"
    found = highlight({"question": text}, [AnyForm(("eau",)), AnyForm(("air",))], passages=2)
    assert [marked(each) for each in found] == [["eau", "air"], ["eau", "eau"]]


def test_a_mark_longer_than_a_passage_stays_whole() -> None:
    words = " ".join(f"w{number}" for number in range(100))
    phrase = Phrase(tuple((word,) for word in words.split()), Accents.FOLDED)
    found = highlight({"question": f"avant {words} après"}, [phrase])
    assert marked(found[0]) == [words]


def test_marks_that_overlap_are_one() -> None:
    marks = [Phrase((("un",), ("deux",)), Accents.FOLDED), Phrase((("deux",), ("trois",)), Accents.FOLDED)]
    assert [place[:2] for place in find("un deux trois", "question", marks)] == [(0, 13)]


def test_what_comes_before_a_mark_is_a_third_of_its_passage() -> None:
    (found,) = highlight({"question": "mot " * 100 + "eau" + " mot" * 100}, [AnyForm(("eau",))], width=120)
    assert found.marks == ((40, 43),)


TEXT = st.text(st.sampled_from("ab éà.'’-\n!?œ\u0301") | st.characters(exclude_categories=["Cs"]), max_size=400)
SIDES = st.sets(st.sampled_from(["a", "b", "aa", "é"]), min_size=1)
MARKS: list[Mark] = [
    AnyForm(("a", "é")),
    Phrase((("a", "b"), ("a", "é")), Accents.FOLDED),
    Near((("a",),), (("b",),), 2, ordered=False),
    AnyForm(("ab",), (TextField.ANSWER,)),
]


@given(text=TEXT, width=st.integers(1, 200), passages=st.integers(1, 4))
def test_any_text_has_marks_in_order_inside_their_passages(text: str, width: int, passages: int) -> None:
    found = highlight({"question": text, "title": text}, MARKS, passages=passages, width=width)
    assert len([each for each in found if each.section == "question"]) <= passages
    for each in found:
        assert each.text in text
        assert each.marks
        assert all(start < end <= len(each.text) for start, end in each.marks)
        assert all(one[1] <= two[0] for one, two in zip(each.marks, each.marks[1:], strict=False))


@given(
    text=st.text("aab é.-_\u0301", max_size=60),
    left=SIDES,
    right=SIDES,
    between=st.integers(0, 3),
    ordered=st.booleans(),
)
@example(text="b\u0301a_a\u0301", left={"a"}, right={"a", "b"}, between=0, ordered=False)
def test_near_words_are_those_of_the_text_read_as_a_whole(
    text: str, left: set[str], right: set[str], between: int, ordered: bool
) -> None:
    near = Near((tuple(sorted(left)),), (tuple(sorted(right)),), between, ordered=ordered)
    read = Words(text)
    whole = {side for pair in near_places(near, read) for side in pair}
    assert [place[:2] for place in find(text, "question", [near])] == [read.span(side.first) for side in sorted(whole)]
