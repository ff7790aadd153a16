"""The comparison of sources: what is alike by rule, what a source could not know, and why a reading stands."""

from datetime import date

import pytest

from pipelines.normalise.alike import are_alike
from pipelines.normalise.question import normalise
from pipelines.normalise.reference import bundled_reference
from pipelines.normalise.trust import bundled_sources
from pipelines.parse.read import TEXT_LAYOUTS
from schemas.comparison import Disagreement
from schemas.question import EventKind, PrintedAuthor, PrintedEvent, Question, RawQuestion
from tests.pipelines.normalise.revisions import PUBLISHED, a_revision, printed

ASKED = printed(EventKind.PUBLISHED, PUBLISHED, page=12)
RENEWED = printed(EventKind.RENEWED, date(2019, 5, 28))
SOURCES = bundled_sources()


def page(day: int = 1, *events: PrintedEvent, **more: object) -> RawQuestion:
    return a_revision(day, *(events or (ASKED,)), **more)


def data(day: int = 1, *events: PrintedEvent, **more: object) -> RawQuestion:
    return a_revision(day, *(events or (ASKED,)), format="an_open_data", capture_id=f"data-{day:02}", **more)


def made(*revisions: RawQuestion) -> Question:
    return normalise(revisions, bundled_reference())


def only(question: Question) -> Disagreement:
    (found,) = question.disagreements
    return found


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("title", "Sources  taries", "sources taries."),
        ("title", "Droit à l’eau – bilan", "Droit à l'eau - bilan"),
        ("question", "30\xa0% des\nsources", "30 % des sources"),
        ("question", "« oui\u202f» : non", "«oui» : non"),
        ("author.name", "Le Nay Jacques", "Jacques LE NAY"),
        ("author.name", "Hélène Aïn", "Helene Ain"),
        ("author.civility", "M.", "M"),
        ("author.constituency", "Yonne (1re circonscription)", "Yonne"),
        ("ministry_asked", "Ministère de l'intérieur", "Intérieur"),
    ],
)
def test_alike_by_a_declared_rule(field: str, one: str, other: str) -> None:
    assert are_alike(one, other, SOURCES.fields[field], bundled_reference().ministries)


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("title", "Sources taries", "Source tarie"),
        ("question", "12 sources", "13 sources"),
        ("question", "Sources", "sources"),
        ("author.name", "Ada Martin", "Ada Morin"),
        ("author.constituency", "Yonne (1re circonscription)", "Orne (1re circonscription)"),
        ("ministry_asked", "Intérieur", "Justice"),
    ],
)
def test_not_alike(field: str, one: str, other: str) -> None:
    assert not are_alike(one, other, SOURCES.fields[field], bundled_reference().ministries)


class TestWhatIsNoDisagreement:
    def test_revisions_of_one_source_are_history(self) -> None:
        question = made(page(1), page(2, title="Autre titre"), page(3, format="an_html_d", title="Encore un autre"))
        assert (question.title, question.comparisons, question.disagreements) == ("Encore un autre", (), ())

    def test_what_a_source_does_not_show(self) -> None:
        assert made(page(), data(title=None, author=None)).disagreements == ()

    def test_an_event_after_the_other_capture(self) -> None:
        later = printed(EventKind.RENEWED, date(2021, 3, 9))
        assert made(page(2), data(16, ASKED, later)).disagreements == ()

    def test_a_ministry_of_after_the_other_capture(self) -> None:
        sent = printed(EventKind.REASSIGNED, date(2021, 3, 9))
        question = made(page(2), data(16, ASKED, sent, ministry_assigned="Justice"))
        assert (question.disagreements, question.ministry_assigned) == ((), "Justice")

    def test_the_silence_of_a_source_that_does_not_tell(self) -> None:
        assert made(page(1, format="an_html_d"), data(1, ASKED, RENEWED)).disagreements == ()

    def test_an_undated_event_beside_a_dated_one(self) -> None:
        bare = page(1, printed(EventKind.PUBLISHED), format="an_text_a")
        assert made(bare, data()).disagreements == ()

    def test_parts_of_the_weekly_files_speak_together(self) -> None:
        answered = printed(EventKind.ANSWERED, date(2020, 9, 8), page=6092)
        asked = page(1, ASKED, format="dila", ministry_assigned=None)
        told = page(2, printed(EventKind.PUBLISHED), answered, format="dila", answer="Oui.", question=None)
        question = made(asked, told, data(2, ASKED, answered, answer="Oui."))
        (compared,) = question.comparisons
        assert question.disagreements == ()
        assert {"published", "published.page", "answered", "answered.page", "question", "answer"} <= set(
            compared.agreed
        )


class TestWhyAReadingStands:
    def test_the_order_of_trust(self) -> None:
        question = made(page(9, rubric="mer"), data(1))
        assert (question.rubric, only(question).chosen, only(question).rule) == ("eau", "open_data", "trust")

    def test_a_whole_capture_before_a_damaged_one(self) -> None:
        question = made(page(rubric="mer"), data(partial=True))
        assert (question.rubric, only(question).chosen, only(question).rule) == ("mer", "page", "complete")

    def test_of_what_changes_the_later_capture(self) -> None:
        question = made(page(9, ASKED, RENEWED, ministry_assigned="Justice"), data(1, ASKED, ministry_assigned="Santé"))
        rules = {each.field: (each.chosen, each.rule) for each in question.disagreements}
        assert rules == {"ministry_assigned": ("page", "newest"), "renewed": ("page", "shown")}
        assert question.ministry_assigned == "Justice"

    def test_on_one_day_the_order_of_trust(self) -> None:
        question = made(page(ministry_assigned="Justice"), data(ministry_assigned="Santé"))
        assert (question.ministry_assigned, only(question).rule) == ("Santé", "trust")

    def test_what_one_source_tells_stands_against_silence(self) -> None:
        question = made(page(1, ASKED, RENEWED), data())
        found = only(question)
        assert (found.field, found.value, found.other_value) == ("renewed", None, '["renewed 2019-05-28"]')
        assert (found.chosen, found.rule) == ("page", "shown")
        assert RENEWED.date in question.dates(EventKind.RENEWED)

    def test_one_closing_of_two_readings(self) -> None:
        withdrawn = printed(EventKind.WITHDRAWN, date(2020, 1, 7))
        lapsed = printed(EventKind.LAPSED, date(2020, 1, 7), reason="Fin de mandat")
        question = made(page(1, ASKED, withdrawn), data(1, ASKED, lapsed))
        assert [event.kind for event in question.events] == [EventKind.PUBLISHED, EventKind.LAPSED]
        assert only(question).field == "closed"

    def test_a_group_that_the_xml_view_dates_late(self) -> None:
        late = PrintedAuthor(name="Ada Martin", group="Groupe de la Mer")
        question = made(page(), a_revision(2, ASKED, format="an_xml", capture_id="view", author=late))
        assert question.author is not None
        assert (question.author.group, only(question).chosen) == ("Groupe du Lac", "page")

    def test_a_reprint_overrules_nobody(self) -> None:
        question = made(page(), a_revision(20, ASKED, format="nosdeputes_text", capture_id="r", rubric="mer"))
        assert (question.rubric, only(question).chosen) == ("eau", "page")


def test_every_format_has_a_source() -> None:
    known = {name for source in SOURCES.sources.values() for name in source.formats}
    assert set(TEXT_LAYOUTS) <= known
    assert {"an_open_data", "an_xml", "dila", "senat_xml", "an_html_c"} <= known


def test_an_address_for_people_before_one_in_a_file_of_many() -> None:
    assert made(page(url="https://x.example/q"), data(9, url="https://d.example/q.zip!/a")).source_url.endswith("/q")
