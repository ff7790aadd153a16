"""A layout that changes is read right or raises an alarm in the very run; never does a field empty without a word."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from pipelines.flow.building import refresh_questions
from pipelines.flow.drift import Fill, alarms, alarms_noted, expected, noted, rolled
from pipelines.flow.watching import layout_alarms
from pipelines.parse.read import ParseResult, read
from questarium.replica.corpus import Corpus, SyntheticQuestion
from questarium.replica.layouts import question_page
from questarium.replica.pages import question_path
from schemas.capture import Fetched
from schemas.settings import Settings
from tests.pipelines.parse.captures import a_capture
from tests.spiders.crawling import tell

NOW = datetime(2026, 11, 24, tzinfo=UTC)
QUESTIONS = list(Corpus(60, 3))
READ = [question for question in QUESTIONS if question.answer][:22]
Mutation = Callable[[str], str]


def swapped(old: str, new: str) -> Mutation:
    return lambda page: page.replace(old, new)


def without(pattern: str) -> Mutation:
    return lambda page: re.sub(pattern, "", page, flags=re.DOTALL)


MUTATIONS: dict[str, Mutation] = {
    "sections are called otherwise": swapped("question_info", "info"),
    "all classes are gone": without(r' class="[^"]*"'),
    "all ids are gone": without(r' id="[^"]*"'),
    "divisions are sections": lambda page: page.replace("<div", "<section").replace("</div", "</section"),
    "paragraphs are divisions": lambda page: page.replace("<p>", "<div>").replace("</p>", "</div>"),
    "headings are smaller": lambda page: page.replace("<h3", "<h5").replace("</h3", "</h5"),
    "labels are bold": lambda page: page.replace("Rubrique", "<b>Rubrique</b>"),
    "colons for arrows": swapped("&gt;", ":"),
    "another colon": swapped("JO le :", "JO le\N{NO-BREAK SPACE}:"),
    "entities for accents": lambda page: page.replace("é", "&eacute;"),
    "a banner at the top": swapped("<body>", "<body><div>Élections : Rubrique du jour</div>"),
    "a box of related questions": swapped("</body>", "<aside>Questions similaires : n° 4, n° 5</aside></body>"),
    "asked ministry renamed": swapped("Ministère interrogé", "Ministère questionné"),
    "assigned ministry renamed": swapped("Ministère attributaire", "Ministère chargé"),
    "rubric renamed": swapped("Rubrique", "Thème"),
    "title renamed": swapped("Titre", "Objet"),
    "publication renamed": swapped("Question publiée au JO le", "Parution"),
    "answer date renamed": swapped("Réponse publiée au JO le", "Réponse donnée le"),
    "question's text renamed": swapped("Texte de la question", "La question"),
    "answer's text renamed": swapped("Texte de la réponse", "La réponse"),
    "labels in English": swapped("Ministère interrogé", "Ministry asked"),
    "rubric gone": without(r'<div class="question_col33"><p><span class="question_label">Rubrique.*?</div>'),
    "asked ministry gone": without(r'<div class="question_col50"><span[^>]*>Ministère interrogé.*?</div>'),
    "author gone": without(r"<div[^>]*question_col80[^>]*>.*?</div>"),
    "dates gone": without(r"\d{2}/\d{2}/\d{4}"),
    "dates in English": lambda page: re.sub(r"(\d{2})/(\d{2})/(\d{4})", r"\3-\2-\1", page),
    "question's text gone": without(r"(?<=Texte de la question)</h3>.*?</div>"),
    "answer's text gone": without(r"(?<=Texte de la réponse)</h3>.*?</div>"),
    "values are attributes": lambda page: re.sub(r"(&gt; </span>)([^<]+)", r'\1<input value="\2">', page),
    "values are missing": lambda page: re.sub(r"(&gt; </span>)[^<]+", r"\1", page),
    "loaded by a script": lambda page: page.partition("<main>")[0] + "<div id=app></div></body></html>",
    "everything twice": lambda page: re.sub(r"<body>(.*)</body>", r"<body>\1\1</body>", page, flags=re.DOTALL),
    "upper case": lambda page: re.sub(r">([^<]+)<", lambda found: f">{found[1].upper()}<", page),
}


def as_read(question: SyntheticQuestion, body: str) -> ParseResult:
    return read(a_capture(body.encode(), f"https://questions.example{question_path(question)}", "text/html"))


def told(result: ParseResult) -> list[tuple[object, ...]]:
    return [
        (q.key, q.author, q.ministry_asked, q.ministry_assigned, q.rubric, q.title, q.events, q.question, q.answer)
        for q in result.questions
    ]


def filled(results: Iterable[ParseResult]) -> Fill:
    fill = Fill()
    for result in results:
        fill.add(result.questions, set_aside=bool(result.quarantined))
    return fill


@pytest.fixture(scope="module")
def true_readings() -> list[ParseResult]:
    return [as_read(question, question_page(question).decode()) for question in READ]


def test_each_change_of_layout_is_read_right_or_alarmed(true_readings: list[ParseResult]) -> None:
    before, silent, right = filled(true_readings), [], 0
    assert alarms(before, filled(true_readings)) == []
    for name, mutate in MUTATIONS.items():
        pages = [question_page(question).decode() for question in READ]
        changed = [mutate(page) for page in pages]
        assert changed != pages, name
        results = [as_read(question, page) for question, page in zip(READ, changed, strict=True)]
        same = [told(result) for result in results] == [told(result) for result in true_readings]
        if same:
            right += 1
        elif not alarms(before, filled(results)):
            silent.append(name)
    tell(len(MUTATIONS), len(MUTATIONS) - len(silent), len(silent), f"({right} read right)")
    assert silent == []


def test_two_points_are_an_alarm_and_less_is_none() -> None:
    before = Fill({"a": {"rubric": (5000, 5000)}})
    assert alarms(before, Fill({"a": {"rubric": (1000, 980)}}, pages=1000)) == []
    (alarm,) = alarms(before, Fill({"a": {"rubric": (1000, 979)}}, pages=1000))
    assert alarm == "a: rubric is filled in 979 of 1000 pages, and before in 5000 of 5000"


def test_half_a_percent_set_aside_is_an_alarm() -> None:
    assert alarms(Fill(), Fill(pages=1000, set_aside=5)) == []
    assert alarms(Fill(), Fill(pages=1000, set_aside=6)) == ["6 of 1000 captures were set aside, in whole or in part"]


def test_what_was_rarely_filled_may_be_empty() -> None:
    before = Fill({"a": {"title": (5000, 100)}})
    assert alarms(before, Fill({"a": {"title": (10, 0)}}, pages=10)) == []
    assert alarms(Fill({"a": {"title": (5, 5)}}), Fill({"a": {"title": (10, 0)}}, pages=10)) == []


def test_the_last_five_thousand_pages_are_the_measure() -> None:
    last = rolled(Fill({"a": {"x": (5000, 5000)}, "b": {"y": (7, 7)}}), Fill({"a": {"x": (1000, 900)}}, pages=1000))
    assert last.fields == {"a": {"x": (5000, 4900)}, "b": {"y": (7, 7)}}


def test_an_alarm_lasts_until_a_run_is_well_again() -> None:
    good, bad = Fill({"a": {"x": (50, 50)}}, pages=50), Fill({"a": {"x": (50, 10)}}, pages=50)
    first = noted({}, [good])
    assert alarms_noted(first) == []
    second = noted(first, [bad])
    assert len(alarms_noted(second)) == 1
    assert noted(second, []) == second
    assert len(alarms_noted(noted(second, [bad]))) == 1
    assert alarms_noted(noted(second, [good])) == []


def test_a_withdrawn_question_need_not_have_its_text(true_readings: list[ParseResult]) -> None:
    for result in true_readings:
        assert all(expected(question)[name] for question in result.questions for name in expected(question))


RUBRIC = "an_html_c: rubric is filled in 0 of 20 pages, and before in 20 of 20"


def test_the_run_in_which_it_happens_is_alarmed(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, workers=1)
    rubric = MUTATIONS["rubric gone"]
    for place in range(3):
        mutate = rubric if place == 1 else str
        chosen = QUESTIONS[place * 20 : place * 20 + 20]
        with Archive.open_for_writing(settings.archive_dir, source="assemblee", now=NOW) as archive:
            archive.append_many([fetched(question, mutate(question_page(question).decode())) for question in chosen])
        refresh_questions(settings, "fr-an-15", now=NOW)
        found = layout_alarms(settings, "fr-an-15")
        assert found[-1:] == ([RUBRIC] if place == 1 else [])


def fetched(question: SyntheticQuestion, page: str) -> Fetched:
    return Fetched(
        source="assemblee",
        url=f"https://questions.example{question_path(question)}",
        fetched_at=NOW,
        status=200,
        media_type="text/html; charset=utf-8",
        body=page.encode(),
        question=question.key,
    )
