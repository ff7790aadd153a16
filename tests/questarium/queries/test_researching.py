"""What is made of every hit, on both engines: the same, by construction, and as the texts say."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines.dataset.rows import question_rows
from pipelines.dataset.store import Dataset, PartitionUpdate
from pipelines.flow.indexing import refresh_index
from questarium.queries.asked import Asked, ask
from questarium.queries.counting import count
from questarium.queries.kwic import kwic
from questarium.queries.similar import similar
from questarium.queries.suggesting import suggestions
from questarium.queries.trend import Dated, Period, trend
from questarium.queries.words import collocates, significant_terms
from schemas.errors import UnknownQuestionError
from schemas.question import EventKind
from schemas.search import Sort
from schemas.settings import Settings
from tests.questarium.queries.corpus import NOW, QUESTIONS, TODAY
from tests.records import a_question, event


def asked(corpus: Settings, query: str) -> Asked:
    return ask(corpus, query, today=TODAY)


def test_kwic_has_a_line_for_every_occurrence_also_without_a_title(corpus: Settings) -> None:
    lines = list(kwic(asked(corpus, "hôpital"), left=3, right=3, sort=Sort.PUBLISHED))
    texts = [text or "" for each in QUESTIONS for text in (each.title, each.question, each.answer)]
    assert len(lines) == sum(len(re.findall(r"(?i)\bh[oô]pita(?:l|ux)\b", text)) for text in texts) == 15
    untitled = [line for line in lines if line.id == "fr-an-15-QE-2"]
    assert [(line.field, line.left, line.node, line.right) for line in untitled] == [
        ("question", "fermeture de l'", "hôpital", ""),
        ("answer", "fermeture de l'", "hôpital", "est reportée. Un"),
        ("answer", "plan pour l'", "hôpital", "de proximité suivra"),
    ]
    days = [line.date or date.max for line in lines]
    assert days == sorted(days)


def test_a_result_says_of_what_it_is(corpus: Settings) -> None:
    origin = asked(corpus, "hôpital fermture publiée:>=-2ans").origin
    assert (origin.data_version, origin.as_of, origin.partial) == ("v000001", TODAY, False)
    assert origin.understood.normalised == "hôpital fermture publiée:>=2018-06-15"
    assert origin.did_you_mean == "hôpital fermeture publiée:>=-2ans"
    assert "Licence Ouverte" in origin.licence


def test_a_trend_has_its_denominator_and_no_gaps(corpus: Settings) -> None:
    found = trend(asked(corpus, "hôpital"), by=Period.MONTH, dated=Dated.PUBLISHED)
    points = {point.period: (point.hits, point.questions) for point in found.points}
    assert [point.period for point in found.points] == [f"2018-{month:02}" for month in range(1, 13)] + ["2019-01"]
    assert points["2018-04"] == (2, 3)
    assert points["2018-03"] == (0, 0)
    assert points["2018-12"] == (0, 1)
    assert (found.hits, found.undated) == (6, 1)
    assert sum(point.questions for point in found.points) == sum(bool(each.events) for each in QUESTIONS)


@pytest.mark.parametrize(
    ("by", "periods"),
    [(Period.YEAR, ["2018", "2019"]), (Period.WEEK, ["2018-W05", "2018-W06", "2018-W14", "2019-W01", "2019-W02"])],
)
def test_a_trend_by_year_and_by_iso_week(corpus: Settings, by: Period, periods: list[str]) -> None:
    found = trend(asked(corpus, "*"), by=by, dated=Dated.PUBLISHED)
    assert set(periods) <= {point.period for point in found.points}
    assert all(one.period < other.period for one, other in pairwise(found.points))
    assert all(point.share in (1.0, None) for point in found.points)


def test_a_trend_by_the_day_of_the_answer(corpus: Settings) -> None:
    found = trend(asked(corpus, "hôpital"), by=Period.MONTH, dated=Dated.ANSWERED)
    assert [(point.period, point.hits, point.questions) for point in found.points] == [("2019-03", 3, 3)]
    assert found.undated == 3


def test_answers_and_texts_are_counted_once(corpus: Settings) -> None:
    found = count(asked(corpus, "hôpital"))
    assert (found.questions, found.answered, found.distinct_answers, found.distinct_questions) == (6, 3, 2, 5)
    nothing = count(asked(corpus, "xyzzy"))
    assert (nothing.questions, nothing.answered, nothing.distinct_answers, nothing.distinct_questions) == (0, 0, 0, 0)


def test_only_the_formula_that_opens_a_text_is_left_out_of_the_comparison(tmp_path: Path) -> None:
    """Texts without a formula are not cut in their middle: what stands before counts."""
    long = "Un mot. " * 60
    rows = [
        question_rows(
            a_question(
                number, event(EventKind.PUBLISHED, date(2018, 1, 2)), question=f"{beginning} {long} sur le loup."
            ),
            due_date=None,
        )
        for number, beginning in enumerate(("Le berger attend.", "La vallée est vide."), start=1)
    ]
    settings = Settings(home=tmp_path, elasticsearch_url=None)
    Dataset.open(settings.dataset_dir).commit({"fr-an-15": PartitionUpdate(rows, [], [])}, now=NOW)
    refresh_index(settings, now=NOW)
    assert count(asked(settings, "loup")).distinct_questions == 2


def test_collocates_and_terms(corpus: Settings) -> None:
    near = collocates(asked(corpus, "hôpital"), left=3, right=3, limit=10, every_word=False)
    assert near.counted == 15
    assert {"fermeture", "plan"} <= {word.word for word in near.words}
    assert "hôpital" not in {word.word for word in near.words}
    every = collocates(asked(corpus, "hôpital"), left=3, right=3, limit=10, every_word=True)
    assert "l" in {word.word for word in every.words}
    marking = significant_terms(asked(corpus, "loup"), limit=2, every_word=False)
    assert {word.word for word in marking.words} == {"alpages", "loup"}
    assert (marking.counted, marking.words[0].inside, marking.words[0].total) == (3, 3, 3)


def test_similar_questions(corpus: Settings) -> None:
    found = similar(corpus, "fr-an-15-QE-7", limit=2)
    assert [each.id for each in found.questions] == ["fr-an-15-QE-8", "fr-an-15-QE-6"]
    assert found.questions[0].likeness > found.questions[1].likeness > 0
    assert "prédation" in found.questions[0].words
    with pytest.raises(UnknownQuestionError):
        similar(corpus, "fr-an-15-QE-99", limit=2)


def test_suggestions(corpus: Settings) -> None:
    found = suggestions(corpus, "loup alpag", limit=3, today=TODAY)
    assert [each.query for each in found.suggestions] == ["loup alpages"]
    assert (found.did_you_mean, found.warnings) == (None, ())
    assert suggestions(corpus, "lup", limit=3, today=TODAY).did_you_mean == "loup"
