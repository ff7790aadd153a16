"""Changes of the layout (reliability promise C3): each is read right or reported; none makes a field silently empty."""

import pytest

from pipelines.parse.read import read
from schemas.question import RawQuestion
from tests.pipelines.parse.captures import OF_THE_CAPTURE, a_capture
from tests.pipelines.parse.pages import body

URL = "https://questions.assemblee-nationale.fr/q15/15-4321QE.htm"
HTML = "text/html; charset=utf-8"
PAGE = body("an_html_c/answered_renewed_reassigned").decode()
DATES = '<div class="question_publish_date">'
HEADER = '<section class="question_header">'
AUTHOR = '<span>de <a href="/deputes/1">Mme&nbsp;Ada Martin</a> ( Groupe du Lac - Haute-Savoie )</span>'
ASKED = '<div class="question_col50"><span>Ministère interrogé &gt;</span> Eaux et forêts</div>'
PUBLISHED = '<div>Question publiée au JO le : <span class="question_big_content">02/10/2018</span> page : 12</div>'
CHANGES = {
    "rubric renamed": ("Rubrique", "Thématique"),
    "title renamed": ("Titre", "Intitulé"),
    "ministry asked renamed": ("Ministère interrogé", "Ministère saisi"),
    "ministry assigned renamed": ("Ministère attributaire", "Ministère chargé"),
    "publication renamed": ("Question publiée au JO le", "Parution de la question"),
    "answer date renamed": ("Réponse publiée au JO le", "Parution de la réponse"),
    "reassignment renamed": ("Date de changement d'attribution", "Réattribuée le"),
    "renewal renamed": ("Date de renouvellement", "Renouvelée une fois le"),
    "question heading renamed": ("Texte de la question", "Énoncé"),
    "answer heading renamed": ("Texte de la réponse", "Réponse du ministre"),
    "labels in English": ("Rubrique &gt;", "Topic &gt;"),
    "labels in capitals": ("Rubrique", "RUBRIQUE"),
    "another separator": ("&gt;", ":"),
    "a third separator": ("&gt;", "›"),
    "no separator": ("Rubrique &gt;", "Rubrique"),
    "author without article": ("<span>de ", "<span>"),
    "author removed": (AUTHOR, ""),
    "rubric removed": ('<div class="question_col33"><p><span>Rubrique &gt;</span> eau</p></div>', ""),
    "ministry removed": (ASKED, ""),
    "publication removed": (PUBLISHED, ""),
    "dates in words": ("02/10/2018", "2 octobre 2018"),
    "dates in ISO": ("02/10/2018", "2018-10-02"),
    "dates of another kind": ("02/10/2018", "10.2018"),
    "number renamed": ("Question N°", "Demande"),
    "number with a colon": ("Question N° 4321", "Question N° : 4321"),
    "number with a type": ("Question N° 4321", "Question N° 4321QE"),
    "sections become articles": ("section", "article"),
    "divisions become lists": ("<div", "<ul"),
    "headings become bold": ("h3", "b"),
    "headings become paragraphs": ("h3", "p"),
    "a banner in the head": (DATES, "<div>Nouveau site</div>" + DATES),
    "a new dated label": (DATES, DATES + "<div>Date de relance: 01/02/2019</div>"),
    "answer in another place": ("<div><h3>Texte de la réponse", "</section><section><div><h3>Texte de la réponse"),
    "texts before the head": (HEADER, "<p>Texte libre</p>" + HEADER),
}


def raw(page: str) -> tuple[RawQuestion | None, bool]:
    result = read(a_capture(page, URL, HTML))
    return (result.questions[0] if result.questions else None), bool(result.quarantined)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_read_right_or_reported(change: str) -> None:
    before, after = CHANGES[change]
    assert before in PAGE
    whole, _ = raw(PAGE)
    got, reported = raw(PAGE.replace(before, after))
    assert whole is not None
    if not reported:
        assert got is not None
        assert got.model_dump(exclude=OF_THE_CAPTURE) == whole.model_dump(exclude=OF_THE_CAPTURE)


@pytest.mark.parametrize(
    "change", ["labels in capitals", "another separator", "dates in words", "sections become articles"]
)
def test_a_change_that_is_only_dress_is_read_right(change: str) -> None:
    before, after = CHANGES[change]
    assert raw(PAGE.replace(before, after)) == raw(PAGE)
