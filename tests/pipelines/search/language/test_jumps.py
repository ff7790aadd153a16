import pytest

from pipelines.search.language.jumps import named
from pipelines.search.language.normal import written


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("15-12526", "législature:15 n°:12526"),
        ("15-12526QE", "législature:15 n°:12526 type:QE"),
        ("15-12526 QE", "législature:15 n°:12526 type:QE"),
        ("15-QE-12526", "législature:15 n°:12526 type:QE"),
        ("QE 15-12526", "législature:15 n°:12526 type:QE"),
        ("15–12 526", "législature:15 n°:12526"),
        ("n° 12526", "n°:12526"),
        ("n°12.526", "n°:12526"),
        ("N° 12\u202f526", "n°:12526"),
        ("n. 12526", "n°:12526"),
        ("numéro 12526", "n°:12526"),
        ("#12526", "n°:12526"),
        ("QE 12526", "n°:12526 type:QE"),
        ("qe12526", "n°:12526 type:QE"),
        ("12526 QE", "n°:12526 type:QE"),
        ("QE n° 12 526", "n°:12526 type:QE"),
        ("question 12526", "n°:12526"),
        ("Question écrite n° 12526", "n°:12526 type:QE"),
        ("question orale 64", "n°:64 (type:QOSD OU type:QG)"),
        ("question orale sans  débat n° 64", "n°:64 type:QOSD"),
        ("Question au Gouvernement n° 64", "n°:64 type:QG"),
        ("question écrite n° 12526 de la XVe législature", "législature:15 n°:12526 type:QE"),
        ("n° 12526 (15e législature)", "législature:15 n°:12526"),
        ("QG n° 3, 16ème législature", "législature:16 n°:3 type:QG"),
        ("fr-an-15-qe-12526", "id:fr-an-15-QE-12526"),
        ("QANR5L15QE12526", "source:QANR5L15QE12526"),
        ("qSEQ890304169", "source:qSEQ890304169"),
        ("https://questions.example.org/q15/15-12526QE.htm", "législature:15 n°:12526 type:QE"),
        ("https://www.example.org/dyn/15/questions/QANR5L15QE12526", "source:QANR5L15QE12526"),
        (" n° 2018 ", "n°:2018"),
    ],
)
def test_a_question_is_named_in_any_spelling(text: str, normal: str) -> None:
    found = named(text)
    assert found is not None
    assert written(found) == normal


@pytest.mark.parametrize(
    "text",
    [
        "12526",
        "12 526",
        "83-634",
        "n° 83-634",
        "n° 2018-702",
        "15-20",
        "question 2018",
        "QE",
        "question",
        "15-12526 loup",
    ],
)
def test_numbers_laws_years_and_words_are_no_questions(text: str) -> None:
    assert named(text) is None
