"""Reviewed corrections: read strictly, applied to what is published, never beyond it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipelines.normalise.corrections import FIELDS, read_corrections, versions_of
from pipelines.normalise.question import normalise
from pipelines.normalise.reference import bundled_reference
from schemas.correction import Correction
from schemas.errors import UsageError
from schemas.figure import Section
from schemas.question import EventKind, PrintedEvent, Question, RawQuestion
from schemas.text_table import TextTable
from tests.pipelines.normalise.revisions import ANSWERED, PUBLISHED, a_revision, printed

ID = "fr-an-15-QE-4321"
ASKED, ANSWER = printed(EventKind.PUBLISHED, PUBLISHED, page=12), printed(EventKind.ANSWERED, ANSWERED, page=6092)


def line(field: str, value: str | None, was: str | None = None) -> Correction:
    return Correction(question=ID, field=field, value=value, was=was, source="erratum, JO of 08/01/2019")


def question(revision: RawQuestion, *corrections: Correction) -> Question:
    bundled = bundled_reference()
    reference = replace(bundled, corrections=corrections)
    return normalise([revision, a_revision(3, partial=True, title="Vieux", rubric=None)], reference)


def events(*more: PrintedEvent) -> RawQuestion:
    return a_revision(1, ASKED, *more)


class TestFields:
    def test_a_field_takes_the_value_and_shows_both(self) -> None:
        got = question(a_revision(), line("title", "Sources vives"))
        assert got.title == "Sources vives"
        (shown,) = got.corrections
        assert (shown.published, shown.value, shown.applied) == ("Sources taries", "Sources vives", True)
        assert got.flags == ()

    def test_what_is_derived_follows(self) -> None:
        got = question(a_revision(), line("ministry_asked", "Justice"), line("ministry_assigned", "Justice"))
        assert (got.ministry_asked_id, got.ministry_assigned_id) == ("justice", "justice")

    def test_nothing_is_a_value_too(self) -> None:
        assert question(a_revision(), line("rubric", None)).rubric is None

    def test_it_applies_only_while_the_source_shows_what_it_was_written_against(self) -> None:
        got = question(a_revision(), line("title", "Sources vives", was="Sources sales"))
        assert (got.title, got.flags) == ("Sources taries", ("stale_correction",))
        assert [each.applied for each in got.corrections] == [False]

    def test_the_asker(self) -> None:
        got = question(a_revision(), line("author.group", "NI", was="Groupe du Lac"), line("author.name", "Ada Lac"))
        assert got.author is not None
        assert (got.author.group, got.author.name, got.author.civility) == ("NI", "Ada Lac", "Mme")
        without = question(a_revision(author=None), line("author.name", "Ada Lac"))
        assert without.author is not None

    def test_a_corrected_text_has_no_tables_of_the_text_that_was(self) -> None:
        table = TextTable(section=Section.QUESTION, start=0, end=5, header_rows=0, header_columns=0, rows=(("a", "b"),))
        got = question(a_revision(question="a | b", tables=(table,)), line("question", "Le texte."))
        assert (got.question, got.tables) == ("Le texte.", ())

    def test_a_text_that_was_taken_down_does_not_come_back(self) -> None:
        got = question(a_revision(taken_down=True, title=None), line("title", "Sources vives"), line("rubric", "eaux"))
        assert (got.title, got.rubric) == ("Vieux", "eaux")


class TestEvents:
    def test_a_day(self) -> None:
        got = question(events(ANSWER), line("answered.date", "2020-09-15"))
        assert got.dates(EventKind.ANSWERED) == (date(2020, 9, 15),)
        assert got.corrections[0].published == "2020-09-08"

    def test_one_of_several(self) -> None:
        renewed = [printed(EventKind.RENEWED, date(2019, month, 7)) for month in (5, 10)]
        got = question(events(*renewed), line("renewed.date", "2019-10-22", was="2019-10-07"))
        assert got.dates(EventKind.RENEWED) == (date(2019, 5, 7), date(2019, 10, 22))
        unsure = question(events(*renewed), line("renewed.date", "2019-10-22"))
        assert unsure.flags == ("stale_correction",)

    def test_one_that_is_missing_and_one_that_never_was(self) -> None:
        added = question(events(), line("answered.date", "2020-09-15"), line("answered.page", "6100"))
        assert [(each.date, each.page) for each in added.events if each.kind == EventKind.ANSWERED] == [
            (date(2020, 9, 15), 6100)
        ]
        gone = question(events(ANSWER), line("answered.date", None, was="2020-09-08"))
        assert gone.dates(EventKind.ANSWERED) == ()

    def test_a_page(self) -> None:
        got = question(events(ANSWER), line("answered.page", "6100", was="6092"))
        assert [each.page for each in got.events if each.kind == EventKind.ANSWERED] == [6100]


class TestFile:
    def test_lines(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.yaml"
        path.write_text(
            f"- {{question: {ID}, field: answered.date, was: 2020-09-08, value: 2020-09-15, source: JO, "
            f"reviewed: 2026-11-26}}\n- {{question: {ID}, field: answered.page, value: 6100, source: JO}}\n",
            "utf-8",
        )
        first, second = read_corrections(path)
        assert (first.value, first.was, first.reviewed) == ("2020-09-15", "2020-09-08", date(2026, 11, 26))
        assert (second.value, second.was) == ("6100", None)
        assert versions_of([first, second]).keys() == {ID}
        assert versions_of([first]) != versions_of([second])

    @pytest.mark.parametrize("content", [None, "", "# nothing yet\n", "[]"])
    def test_no_corrections(self, tmp_path: Path, content: str | None) -> None:
        path = tmp_path / "corrections.yaml"
        if content is not None:
            path.write_text(content, "utf-8")
        assert read_corrections(path) == []

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            ("- {", "cannot be read as YAML"),
            ("question: x", "field"),
            ("- 12", "correction 1"),
            ("- {question: 15-1, field: title, value: x, source: y}", "names no question"),
            (f"- {{question: {ID}, field: colour, value: x, source: y}}", "there is no field 'colour'"),
            (f"- {{question: {ID}, field: title, value: x}}", "source"),
            (f"- {{question: {ID}, field: title, value: x, source: ' '}}", "needs its source"),
            (f"- {{question: {ID}, field: answered.date, value: 8 May, source: y}}", "'8 May' is no day"),
            (f"- {{question: {ID}, field: title, value: x, source: y, colour: z}}", "colour"),
        ],
    )
    def test_a_line_that_is_none_is_refused_with_its_reason(self, tmp_path: Path, content: str, told: str) -> None:
        path = tmp_path / "corrections.yaml"
        path.write_text(content, "utf-8")
        with pytest.raises(UsageError, match=told):
            read_corrections(path)

    def test_every_field_has_a_name(self) -> None:
        assert {"title", "author.group", "answered.date", "lapsed.reason"} <= set(FIELDS)
