"""From revisions to the question."""

import itertools
from datetime import date

import pytest

from pipelines.normalise.question import normalise
from pipelines.normalise.reference import bundled_reference
from schemas.figure import Section
from schemas.identity import QuestionKey
from schemas.question import EventKind, PrintedAuthor, Question, RawQuestion, ReassignmentCause, Status
from schemas.text_table import TextTable
from tests.pipelines.normalise.revisions import ANSWERED, PUBLISHED, a_revision, printed

ASKED = printed(EventKind.PUBLISHED, PUBLISHED, page=12)
ANSWER = printed(EventKind.ANSWERED, ANSWERED, page=6092)


def question(*revisions: RawQuestion) -> Question:
    return normalise(revisions, bundled_reference())


class TestBase:
    def test_the_newest_complete_revision_counts(self) -> None:
        got = question(
            a_revision(1, title="Ancien"), a_revision(3, title="Coupé", partial=True), a_revision(2, title="Neuf")
        )
        assert (got.title, got.source_url, got.flags) == ("Neuf", "https://x.example/2", ())

    def test_what_it_does_not_show_is_filled_by_the_next(self) -> None:
        got = question(
            a_revision(3, rubric=None, heading=None),
            a_revision(2, rubric="eaux", heading="sources"),
            a_revision(1, rubric="anciennes eaux", heading="anciennes sources"),
        )
        assert (got.rubric, got.heading) == ("eaux", "sources")

    def test_the_answer_of_a_cut_revision_is_not_lost(self) -> None:
        got = question(a_revision(1), a_revision(2, ASKED, ANSWER, answer="Douze.", partial=True))
        assert (got.answer, got.status, got.flags) == ("Douze.", Status.ANSWERED, ())

    def test_tables_go_with_their_text(self) -> None:
        table = TextTable(section=Section.QUESTION, start=0, end=5, header_rows=0, header_columns=0, rows=(("a", "b"),))
        shown = a_revision(1, question="a | b", tables=(table,))
        assert question(shown, a_revision(2, question="a | b")).tables == (table,)
        assert question(shown, a_revision(2, question="Autre texte.")).tables == ()

    def test_a_reprint_fills_and_does_not_overrule(self) -> None:
        reprint = a_revision(9, format="nosdeputes_text", ministry_asked="Ministère de la justice", answer="Douze.")
        got = question(a_revision(1), reprint)
        assert (got.ministry_asked, got.answer) == ("Intérieur", "Douze.")

    def test_captures_are_newest_first(self) -> None:
        got = question(a_revision(1), a_revision(3, partial=True), a_revision(2))
        assert got.captures == ("capture-03", "capture-02", "capture-01")

    def test_any_order_gives_the_same(self) -> None:
        revisions = [
            a_revision(1, partial=True, title=None),
            a_revision(2, ASKED, printed(EventKind.RENEWED, date(2019, 5, 28))),
            a_revision(3, ASKED, ANSWER, answer="Douze."),
            a_revision(4, printed(EventKind.PUBLISHED), rubric=None, format="an_text_d"),
        ]
        assert len({question(*some).model_dump_json() for some in itertools.permutations(revisions)}) == 1

    @pytest.mark.parametrize("revisions", [(), (a_revision(), a_revision(key=QuestionKey.parse("fr-an-15-QE-1")))])
    def test_revisions_of_one_question_only(self, revisions: tuple[RawQuestion, ...]) -> None:
        with pytest.raises(ValueError, match="exactly one question"):
            question(*revisions)


class TestEvents:
    def test_oldest_first_undated_last(self) -> None:
        got = question(
            a_revision(
                1,
                printed(EventKind.LAPSED, reason="caduque"),
                ANSWER,
                printed(EventKind.RENEWED, date(2020, 4, 7)),
                printed(EventKind.RENEWED, date(2019, 5, 28)),
                ASKED,
            )
        )
        assert [(event.kind.value, event.date) for event in got.events] == [
            ("published", PUBLISHED),
            ("renewed", date(2019, 5, 28)),
            ("renewed", date(2020, 4, 7)),
            ("answered", ANSWERED),
            ("lapsed", None),
        ]

    def test_on_one_day_in_the_order_of_the_procedure(self) -> None:
        day = date(2020, 7, 7)
        kinds = [EventKind.ANSWERED, EventKind.SIGNALLED, EventKind.REASSIGNED, EventKind.PUBLISHED]
        got = question(a_revision(1, *(printed(kind, day) for kind in kinds)))
        assert [event.kind for event in got.events] == list(reversed(kinds))

    def test_each_is_known_since_the_first_capture_that_shows_it(self) -> None:
        renewed = printed(EventKind.RENEWED, date(2019, 5, 28))
        got = question(a_revision(3, ASKED, renewed, ANSWER), a_revision(1), a_revision(2, ASKED, renewed))
        assert [(event.kind.value, event.capture_id, event.known_at.day) for event in got.events] == [
            ("published", "capture-01", 1),
            ("renewed", "capture-02", 2),
            ("answered", "capture-03", 3),
        ]

    def test_a_kind_that_the_base_does_not_show_comes_from_the_others(self) -> None:
        renewed = printed(EventKind.RENEWED, date(2019, 5, 28))
        got = question(a_revision(2, ASKED, ANSWER, format="an_text_d"), a_revision(1, ASKED, renewed))
        assert got.dates(EventKind.RENEWED) == (date(2019, 5, 28),)

    def test_a_kind_that_the_base_shows_is_not_mixed_with_older_readings(self) -> None:
        old, new = printed(EventKind.RENEWED, date(2019, 5, 27)), printed(EventKind.RENEWED, date(2019, 5, 28))
        got = question(a_revision(2, ASKED, new), a_revision(1, ASKED, old))
        assert got.dates(EventKind.RENEWED) == (date(2019, 5, 28),)

    def test_an_undated_event_gives_way_to_a_dated_one(self) -> None:
        undated = a_revision(2, printed(EventKind.PUBLISHED), printed(EventKind.ANSWERED), answer="Douze.")
        got = question(undated, a_revision(1, ASKED, ANSWER))
        assert [(event.date, event.page) for event in got.events] == [(PUBLISHED, 12), (ANSWERED, 6092)]

    def test_a_page_is_filled_by_a_revision_that_shows_it(self) -> None:
        got = question(a_revision(2, printed(EventKind.PUBLISHED, PUBLISHED)), a_revision(1))
        assert got.events[0].page == 12

    def test_nothing_printed_is_lost(self) -> None:
        recalled = printed(EventKind.RECALLED, related="02111")
        corrected = printed(EventKind.CORRECTED, date(2018, 10, 9), page=3, corrects="question")
        got = question(a_revision(1, ASKED, recalled, corrected))
        assert {(e.kind.value, e.related, e.corrects, e.page) for e in got.events[1:]} == {
            ("recalled", "02111", None, None),
            ("corrected", None, "question", 3),
        }


class TestAttributions:
    def steps(self, *events: EventKind | tuple[EventKind, date | None], **more: str | None) -> list[tuple[object, ...]]:
        shown = [printed(*each) if isinstance(each, tuple) else printed(each) for each in events]
        got = question(a_revision(1, ASKED, *shown, **more))
        return [(each.ministry, each.ministry_id, each.date, each.cause) for each in got.attributions]

    def test_asked_and_not_moved(self) -> None:
        assert self.steps() == [("Intérieur", "interieur", PUBLISHED, None)]

    def test_each_reassignment_is_a_step_and_those_between_are_unknown(self) -> None:
        first, last = date(2019, 1, 8), date(2020, 7, 7)
        got = self.steps((EventKind.REASSIGNED, last), (EventKind.REASSIGNED, first), ministry_assigned="Justice")
        assert got == [
            ("Intérieur", "interieur", PUBLISHED, None),
            (None, None, first, ReassignmentCause.UNKNOWN),
            ("Justice", "justice", last, ReassignmentCause.UNKNOWN),
        ]

    def test_a_reassignment_that_is_not_shown(self) -> None:
        got = self.steps(ministry_assigned="Justice")
        assert got[1:] == [("Justice", "justice", None, ReassignmentCause.UNKNOWN)]

    def test_the_same_ministry_spelled_otherwise_is_no_reassignment(self) -> None:
        assert len(self.steps(ministry_assigned="Ministère de l'intérieur")) == 1

    def test_only_the_answering_ministry_is_shown(self) -> None:
        got = self.steps(ministry_asked=None, ministry_assigned=None, ministry_answered="Justice")
        assert got == [("Justice", "justice", None, ReassignmentCause.UNKNOWN)]

    def test_only_the_ministry_asked_is_shown(self) -> None:
        assert self.steps(ministry_assigned=None) == [("Intérieur", "interieur", PUBLISHED, None)]

    def test_no_ministry_is_shown(self) -> None:
        assert self.steps(ministry_asked=None, ministry_assigned=None) == []

    def test_a_reassignment_that_names_its_ministry(self) -> None:
        sent = printed(EventKind.REASSIGNED, ministry="Ministère de la justice")
        got = question(a_revision(1, ASKED, sent, ministry_assigned="Ministère de la justice"))
        assert [each.ministry for each in got.attributions] == ["Intérieur", "Ministère de la justice"]


class TestAuthor:
    def test_reading_order(self) -> None:
        got = question(a_revision(author=PrintedAuthor(name="LE VAL Jean Louis", civility="M.", surname_first=True)))
        assert got.author is not None
        assert (got.author.name, got.author.civility) == ("Jean Louis Le Val", "M.")

    def test_group_and_seat_from_another_revision(self) -> None:
        got = question(a_revision(2, author=PrintedAuthor(name="Ada Martin")), a_revision(1))
        assert got.author is not None
        assert (got.author.group, got.author.constituency) == ("Groupe du Lac", "Savoie")

    def test_none_shown(self) -> None:
        assert question(a_revision(author=None)).author is None


class TestFlags:
    @pytest.mark.parametrize(
        ("revision", "flags"),
        [
            (a_revision(), ()),
            (a_revision(partial=True), ("partial",)),
            (a_revision(term_inferred=True), ("term_inferred",)),
            (a_revision(ministry_assigned="Lacs et marais"), ("unknown_ministry",)),
            (a_revision(ministry_asked="Lacs et marais"), ("unknown_ministry",)),
            (a_revision(1, ASKED, printed(EventKind.ANSWERED, date(2018, 10, 1))), ("dates_out_of_order",)),
            (a_revision(1, ASKED, printed(EventKind.RENEWED, date(2018, 10, 1))), ("dates_out_of_order",)),
            (a_revision(1, ASKED, ANSWER, printed(EventKind.SIGNALLED, date(2020, 9, 9))), ("dates_out_of_order",)),
            (a_revision(1, ASKED, printed(EventKind.LAPSED, date(2018, 10, 1))), ("dates_out_of_order",)),
            (a_revision(1, ASKED, ANSWER, printed(EventKind.RENEWED, ANSWERED)), ()),
            (a_revision(1, ASKED, printed(EventKind.CLOSED_OTHER, reason="doublon")), ("unknown_motive",)),
        ],
    )
    def test_flag(self, revision: RawQuestion, flags: tuple[str, ...]) -> None:
        assert question(revision).flags == flags

    def test_an_unknown_ministry_keeps_its_label(self) -> None:
        got = question(a_revision(ministry_asked="Lacs et marais", ministry_assigned="Lacs et marais"))
        assert (got.ministry_asked, got.ministry_asked_id) == ("Lacs et marais", None)
        assert [each.ministry for each in got.attributions] == ["Lacs et marais"]

    def test_a_term_shown_once_is_not_inferred(self) -> None:
        assert question(a_revision(2, term_inferred=True), a_revision(1)).flags == ()


def test_a_group_that_was_formed_after_the_question_is_flagged() -> None:
    later = PrintedAuthor(name="Ada Martin", group="Agir ensemble")  # since May 2020
    assert "later_group" in question(a_revision(1, author=later)).flags
    assert "later_group" not in question(a_revision(1, author=later.model_copy(update={"group": "NI"}))).flags
