"""The table of labels."""

import pytest

from pipelines.parse.labels import (
    LONGEST_LABEL_LINE,
    Field,
    Labelled,
    looks_labelled,
    one_label_a_line,
    read_label,
    read_label_line,
)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Ministère interrogé > Intérieur", Field.MINISTRY_ASKED, "Intérieur"),
        ("Ministère interrogé : intérieur", Field.MINISTRY_ASKED, "intérieur"),
        ("MINISTERE INTERROGE:Intérieur", Field.MINISTRY_ASKED, "Intérieur"),
        ("Ministère attributaire | budget |", Field.MINISTRY_ASSIGNED, "budget"),
        ("Tête d’analyse > sources", Field.HEADING, "sources"),
        ("Titre > Eau : que faire ?", Field.TITLE, "Eau : que faire ?"),
        ("Rubrique >", Field.RUBRIC, ""),
        ("Question publiée au JO le : 02/10/2018 page : 8678", Field.PUBLISHED, "02/10/2018 page : 8678"),
        ("Réponse publiée le 6 mai 2025", Field.ANSWERED, "6 mai 2025"),
        ("Date de renouvellement: 28/05/2019", Field.RENEWED, "28/05/2019"),
        ("Erratum de la réponse publié au JO le : 01/02/2019", Field.ANSWER_CORRECTED, "01/02/2019"),
        ("Erratum de la question publiée au JO le : 01/02/2019", Field.QUESTION_CORRECTED, "01/02/2019"),
        ("Texte de la REPONSE :", Field.ANSWER_TEXT, ""),
        ("Texte de la question", Field.QUESTION_TEXT, ""),
        ("Date de clôture : 21 juin 2022", Field.CLOSED, "21 juin 2022"),
    ],
)
def test_a_known_label(line: str, field: Field, value: str) -> None:
    known = read_label(line)
    assert known is not None
    assert (known.field, known.value) == (field, value)


@pytest.mark.parametrize("line", ["", "Avis > favorable", "Il demande le 2 mai 2018", "Questions écrites", "x" * 5000])
def test_any_other_line(line: str) -> None:
    assert read_label(line) is None


def test_a_text_may_begin_as_a_label_does() -> None:
    longest = "Rubrique : ".ljust(LONGEST_LABEL_LINE, "x")
    known = read_label_line(longest)
    assert known is not None
    assert known.field == Field.RUBRIC
    assert read_label_line(f"{longest}x") is None


def test_what_only_looks_labelled() -> None:
    assert looks_labelled("Avis de la commission : favorable") == "Avis de la commission"
    assert looks_labelled("Haute-Savoie") is None


def test_dated_labels_in_one_line() -> None:
    line = (
        "Question publiée au JO le : 02/10/2018 page : 12 Erratum de la réponse publiée au JO le : 01/02/2019 "
        "Date de renouvellement: 28/05/2019"
    )
    assert [read_label(part) for part in one_label_a_line(line)] == [
        Labelled(Field.PUBLISHED, "Question publiée au JO le", "02/10/2018 page : 12"),
        Labelled(Field.ANSWER_CORRECTED, "Erratum de la réponse publiée au JO le", "01/02/2019"),
        Labelled(Field.RENEWED, "Date de renouvellement", "28/05/2019"),
    ]
