"""Reading as a whole: the seed, truncation, identity, disguised error pages, encodings."""

import re
from datetime import date

import pytest

from pipelines.parse.read import read
from schemas.identity import QuestionType
from schemas.question import EventKind
from tests.pipelines.parse.captures import FIXTURES, a_capture, fixture_capture, only, reasons
from tests.pipelines.parse.pages import all_bodies, body
from tests.shared_material import shared

URL = "https://questions.assemblee-nationale.fr/q15/15-4321QE.htm"
HTML = "text/html; charset=utf-8"
WHOLE = "an_html_c/answered_renewed_reassigned"


class TestSeed:
    @pytest.fixture
    def text(self) -> str:
        return shared("data/seed/q15_15-12526QE.txt").read_text("utf-8")

    def test_every_event(self, text: str) -> None:
        question = only(read(a_capture(text)))
        assert {(each.kind.value, each.date, each.page) for each in question.events} == {
            ("published", date(2018, 10, 2), 8678),
            ("answered", date(2020, 9, 8), 6092),
            ("reassigned", date(2020, 7, 7), None),
            ("renewed", date(2019, 5, 28), None),
            ("renewed", date(2019, 10, 22), None),
            ("renewed", date(2020, 4, 7), None),
        }

    def test_texts_are_whole(self, text: str) -> None:
        question = only(read(a_capture(text)))
        asked, answered = text.split("Texte de la question\n\n")[1].split("\n\nTexte de la réponse\n\n")
        assert question.question == asked
        assert question.answer == answered.strip()

    def test_is_complete(self, text: str) -> None:
        result = read(a_capture(text))
        assert result.quarantined == ()
        assert not only(result).partial

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_any_encoding_reads_the_same(self, text: str, encoding: str) -> None:
        plain = text.replace("\n", "\r\n").encode(encoding)
        assert only(read(a_capture(plain, media_type="text/plain"))) == only(read(a_capture(text)))


class TestTruncation:
    def test_a_cut_page_is_never_taken_for_a_whole_one(self) -> None:
        content = body(WHOLE)
        whole = read(a_capture(content, URL, HTML))
        end = content.index(b"</html>")
        for length in range(end):
            result = read(a_capture(content[:length], URL, HTML))
            assert not result.questions, length
            assert len(result.quarantined) == 1
        assert read(a_capture(content[: end + 7], URL, HTML)) == whole

    def test_a_text_cut_inside_a_character_is_reported(self) -> None:
        content = body("an_text_c/unanswered").rstrip() + "é".encode()
        assert "truncated" in reasons(read(a_capture(content[:-1])))


class TestIdentity:
    @pytest.mark.parametrize("name", ["15-999QE", "14-4321QE", "15-4321QG"])
    def test_another_question_than_the_one_asked_for(self, name: str) -> None:
        term, rest = name.split("-")
        number, type_ = re.fullmatch(r"(\d+)(\w+)", rest).groups()  # type: ignore[union-attr]
        asked = f"fr-an-{term}-{type_}-{number}"
        result = read(a_capture(body(WHOLE), f"https://x.example/q/{name}.htm", HTML, asked))
        assert (result.questions, reasons(result)) == ((), ["wrong_question"])

    def test_another_parliament_than_the_one_asked_for(self) -> None:
        result = read(a_capture(body("senat_text/answered"), "https://x.example/q", question="fr-an-13-QE-3308"))
        assert reasons(result) == ["wrong_question"]

    def test_the_page_counts_when_nothing_was_asked_for(self) -> None:
        result = read(a_capture(body(WHOLE), "file:///depot/15-999QE.htm", HTML))
        assert str(only(result).key) == "fr-an-15-QE-4321"
        assert reasons(result) == ["address_mismatch"]

    @pytest.mark.parametrize(
        "name",
        [
            "an_html_a/renewed_reassigned_signalled",
            "an_html_b/answered_reassigned",
            "an_html_c/answered_renewed_reassigned",
            "an_html_tags/answered",
        ],
    )
    def test_a_page_names_its_question_itself(self, name: str) -> None:
        asked = fixture_capture(FIXTURES / name)
        question = only(read(a_capture(asked.body, "https://x.example/q", HTML)))
        assert (question.key, question.term_inferred) == (asked.ref.question, False)

    def test_what_was_asked_for_names_a_page_that_shows_no_number(self) -> None:
        result = read(a_capture(body("an_text_a/no_identity"), "https://x.example/q", question="fr-an-11-QE-5"))
        assert str(only(result).key) == "fr-an-11-QE-5"

    def test_the_year_turns_at_the_first_issue_of_a_term(self) -> None:
        text = body("senat_text/lapsed").decode().replace("30/06/2022", "07/07/2022")
        question = only(read(a_capture(text, "https://x.example/qSEQ220700001.html")))
        assert (question.key.term, question.term_inferred) == (16, True)


DISGUISED = [
    "<html><head><title>503 Service Unavailable</title></head><body><h1>Service Unavailable</h1></body></html>",
    "<html><head><title>500</title></head><body></body></html>",
    "The page cannot be found",
    "The system cannot find the file specified.",
    "Aucun résultat ne correspond à votre recherche",
    "Error 503 Service Unavailable",
    "<html><body><h1>Page introuvable</h1><nav>Question N° 4321</nav><p>Elle n'existe pas.</p></body></html>",
    "<html><body><p>Site en maintenance. Merci de revenir plus tard.</p></body></html>",
    "<html><body><form>captcha</form><p>Please complete the CAPTCHA</p></body></html>",
    "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>",
    "<html><body><h1>Accès restreint</h1></body></html>",
    "<html><body><h1>403 Forbidden</h1></body></html>",
    "<html><body><h1>429 Too Many Requests</h1></body></html>",
    "<html><body><p>Request Rejected. Your support ID is 12345</p></body></html>",
    "<html><body><h2>Identifiez-vous</h2><input name=user></body></html>",
    "<html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>",
    "<html><body>Une erreur est survenue : erreur interne</body></html>",
    "<html><body></body></html>",
    "<html><head><title>Question N° 4321</title></head><body><div id='root'></div></body></html>",
    '<html><body><section class="question_header"><div>Question N°</div></section><section class="question_answer">'
    "<h3>Texte de la question</h3></section></body></html>",
    '<html><body><section class="question_header"><div>Question N° 4321</div><div>Question écrite</div></section>'
    '<section class="question_answer"><h3>Texte de la question</h3><p></p></section></body></html>',
]


@pytest.mark.parametrize("page", DISGUISED)
def test_a_disguised_error_page_is_no_question(page: str) -> None:
    result = read(a_capture(page, URL, HTML, "fr-an-15-QE-4321"))
    assert result.questions == ()
    (refused,) = result.quarantined
    assert refused.part is None
    assert refused.reason in {"error_page", "empty_template", "unknown_format"}
    assert str(refused.question) == "fr-an-15-QE-4321"


class TestEncodings:
    @pytest.mark.parametrize("declared", ["utf-8", "ISO-8859-1", "windows-1252", "x-unknown", ""])
    @pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
    def test_what_is_declared_does_not_matter(self, encoding: str, declared: str) -> None:
        page = body(WHOLE).decode().replace("charset=utf-8", f"charset={declared}")
        question = only(read(a_capture(page.encode(encoding), URL, f"text/html; charset={declared}")))
        assert question.title == "Sources taries"
        assert question.ministry_asked == "Eaux et forêts"
        assert question.question == only(read(a_capture(body(WHOLE), URL, HTML))).question

    @pytest.mark.parametrize("middle", ["cp1252", "latin-1"])
    def test_encoded_twice(self, middle: str) -> None:
        text = body("an_text_c/answered_with_history").decode()
        twice = text.encode().decode(middle)
        assert only(read(a_capture(twice))) == only(read(a_capture(text)))

    def test_a_stray_byte_is_reported(self) -> None:
        content = body("an_text_c/answered_with_history").replace("réponse".encode(), b"r\xe9ponse")
        result = read(a_capture(content))
        assert only(result).answer is not None
        assert reasons(result) == ["mixed_encoding"]

    def test_a_replacement_character_of_the_source_is_reported(self) -> None:
        text = body("an_text_c/answered_with_history").decode().replace("relevés", "relev\ufffds")
        assert reasons(read(a_capture(text))) == ["replacement_character"]


def test_the_same_bytes_read_the_same() -> None:
    for content in all_bodies():
        assert read(a_capture(content, URL, HTML)) == read(a_capture(content, URL, HTML))


def test_types_are_those_of_the_page() -> None:
    question = only(read(a_capture(body("an_html_c/oral_without_debate"), "https://x.example/", HTML)))
    assert question.key.type == QuestionType.QOSD


def test_a_layout_without_dates_shows_undated_events() -> None:
    question = only(read(a_capture(body("an_text_a/both_texts"), "file:///depot/12-746QE.txt")))
    assert [(each.kind, each.date) for each in question.events] == [
        (EventKind.PUBLISHED, None),
        (EventKind.ANSWERED, None),
    ]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><body><p>Une page sans rien</p>", "truncated"),
        ("<html><body><p>Une page sans rien</p></body></html>", "unknown_format"),
        ("<html><body><h1>403 Forbidden</h1>", "error_page"),
    ],
)
def test_why_a_page_of_no_layout_is_refused(page: str, reason: str) -> None:
    """One that is cut may have had its labels further down."""
    assert reasons(read(a_capture(page, "https://x.example/q", HTML))) == [reason]
