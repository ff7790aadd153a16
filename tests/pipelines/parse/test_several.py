"""A page text with several questions one after another, and pages of one question that show other numbers."""

from collections.abc import Callable

import pytest

from pipelines.parse.read import ParseResult, read
from tests.pipelines.parse.captures import a_capture

SITE = "https://exemple.fr/questions-sur-l-eau"


def old(number: int, text: str, *, title: str = "FICHE QUESTION\n") -> str:
    return f"""{title}12ème législature
Question N° : {number}  de  M.   Des Prés Guy ( Union des rives - Val-des-Lacs ) QE
Ministère interrogé :  eaux et forêts
Ministère attributaire :  eaux et forêts
Question publiée au JO le :  30/08/2005  page :  8080
Rubrique :  eau
Tête d'analyse :  sources
Analyse :  débit
Texte de la QUESTION : {text}
Texte de la REPONSE :
UDR 12 Val-des-Lacs N
"""


def closed(number: int, text: str) -> str:
    return f"""15ème législature
Question N° {number}
de M. Guy Des Prés (Union des rives - Val-des-Lacs )
Question écrite
Ministère interrogé > Eaux et forêts
Ministère attributaire > Eaux et forêts
Rubrique > eau
Titre > Sources
Question publiée au JO le : 13/03/2018 page : 2069
Texte de la question
{text}
"""


def dyn(number: int, text: str) -> str:
    return f"""Question écrite n° {number} :
Sources taries

15e Législature

Question de : M. Guy Des Prés
Val-des-Lacs (2e circonscription) - Union des rives

{text}

Données clés

Auteur : M. Guy Des Prés

Type de question : Question écrite

Rubrique : Eau

Ministère interrogé : Eaux et forêts

Ministère répondant : Eaux et forêts

Date :
Question publiée le 13 mars 2018

partager
"""


def reading(text: str, url: str = SITE) -> ParseResult:
    return read(a_capture(text, url))


@pytest.mark.parametrize("page", [old, closed, dyn])
@pytest.mark.parametrize("between", ["", "\n", "\n______________________________\n\n"])
def test_each_is_a_question_of_its_own(page: Callable[[int, str], str], between: str) -> None:
    texts = {number: f"M. Guy Des Prés demande combien de sources ont tari en {number}." for number in (4711, 4712, 13)}
    result = reading(between.join(page(number, text) for number, text in texts.items()))
    assert {question.key.number: question.question for question in result.questions} == texts
    assert [question.answer for question in result.questions] == [None, None, None]
    assert not any(question.partial for question in result.questions)
    assert result.quarantined == ()


def test_an_address_of_one_of_them_names_none_of_the_others() -> None:
    page = old(4711, "Combien de sources ont tari ?") + old(4712, "Et combien coulent ?")
    result = reading(page, "https://questions.assemblee-nationale.fr/q12/12-4711QE.htm")
    assert [question.key.number for question in result.questions] == [4711, 4712]


def test_one_whose_number_is_cut_off_is_set_aside_and_the_other_read() -> None:
    cut = old(4711, "Combien de sources ont tari ?").partition("QE\n")[2]
    result = reading(cut + old(4712, "Et combien coulent ?", title=""))
    assert [(question.key.number, question.question) for question in result.questions] == [
        (4712, "Et combien coulent ?")
    ]
    assert [(each.reason, each.part) for each in result.quarantined] == [("no_identity", "question 1")]


@pytest.mark.parametrize(
    "text",
    [
        "Il rappelle sa question :\nQuestion N° 4712\nqui n'a pas eu de réponse.",
        "Il rappelle sa question :\nQuestion écrite n° 4712 :\nsources taries, sans réponse.",
    ],
)
@pytest.mark.parametrize("page", [old, closed, dyn])
def test_a_number_within_a_text_begins_no_other(page: Callable[[int, str], str], text: str) -> None:
    result = reading(page(4711, text))
    assert [question.key.number for question in result.questions] == [4711]
    assert result.questions[0].question == text


@pytest.mark.parametrize("page", [old, closed, dyn])
def test_numbers_of_a_menu_begin_no_other(page: Callable[[int, str], str]) -> None:
    result = reading("Accueil\nQuestion N° 4710\nQuestion N° 4709\n" + page(4711, "Combien de sources ont tari ?"))
    assert [question.key.number for question in result.questions] == [4711]


@pytest.mark.parametrize("kept", ["Rubrique :", "Ministère attributaire :", "Question publiée au JO"])
def test_one_that_is_cut_before_its_text_is_told_and_leaks_into_no_other(kept: str) -> None:
    cut = old(4712, "Et combien coulent ?").partition(kept)[0]
    result = reading(old(4711, "Combien de sources ont tari ?") + "_______________\n\n" + cut)
    assert [(question.key.number, question.partial) for question in result.questions] == [(4711, False), (4712, True)]
    assert result.questions[0].answer is None
    assert ("truncated", "question") in {(each.reason, each.part) for each in result.quarantined}


def test_one_that_is_cut_below_its_number_leaks_into_no_other() -> None:
    cut = old(4712, "Et combien coulent ?").partition("Ministère interrogé")[0]
    result = reading(old(4711, "Combien de sources ont tari ?") + cut)
    assert [question.key.number for question in result.questions if not question.partial] == [4711]
    assert result.questions[0].answer is None


@pytest.mark.parametrize("row", ["UDR 12 Val-des-Lacs N", "UDR12Val-des-LacsN", "UDR12REP_PUBVal-des-LacsO"])
def test_what_stands_below_the_hidden_row_is_reported_and_no_text(row: str) -> None:
    page = old(4711, "Combien de sources ont tari ?").replace("REPONSE :\n", "REPONSE : Trois ont tari.\n")
    note = "NB : même réponse à la question de Mme Ada Martin\n————————\n"
    result = reading(page.replace("UDR 12 Val-des-Lacs N", row) + note)
    assert result.questions[0].answer == "Trois ont tari."
    assert [(each.reason, each.part) for each in result.quarantined] == [("unknown_label", "foot")]


def test_bold_as_spip_writes_it_is_no_part_of_a_page() -> None:
    page = closed(4711, "Combien de sources ont tari ?")
    bold = page.replace("Question N°", "{{Question N°").replace("eau\n", "eau}}\n")
    result = reading("{Parues au JO :}\n" + bold.replace("Texte de la question", "{{Texte de la question}}"))
    assert [question.question for question in result.questions] == ["Combien de sources ont tari ?"]
    assert (result.questions[0].rubric, result.quarantined) == ("eau", ())
