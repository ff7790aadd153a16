"""Causes of reassignments, derived from the registries."""

from datetime import date

import pytest

from pipelines.normalise.attributions import DECREE, attributions
from pipelines.normalise.reference import bundled_reference
from schemas.question import EventKind, PrintedEvent, ReassignmentCause
from tests.pipelines.normalise.revisions import printed

UNKNOWN, TRANSFER, NEW_GOVERNMENT = (
    ReassignmentCause.UNKNOWN,
    ReassignmentCause.TRANSFER,
    ReassignmentCause.NEW_GOVERNMENT,
)


def moved(day: date | None, ministry: str | None = None, issue_type: str | None = None) -> PrintedEvent:
    return printed(EventKind.REASSIGNED, day, ministry=ministry, issue_type=issue_type)


def causes(
    asked: str | None, assigned: str | None, *events: PrintedEvent, published: date = date(2018, 10, 2)
) -> list[ReassignmentCause | None]:
    history = [printed(EventKind.PUBLISHED, published), *events]
    return [step.cause for step in attributions(asked, assigned, history, bundled_reference())]


@pytest.mark.parametrize(
    ("asked", "assigned", "day", "cause"),
    [
        ("Intérieur", "Intérieur", date(2020, 7, 7), NEW_GOVERNMENT),
        ("Intérieur", "Intérieur", date(2020, 7, 6), NEW_GOVERNMENT),  # the day of the signature
        ("Solidarités et santé", "Santé et prévention", date(2022, 5, 21), NEW_GOVERNMENT),
        ("Éducation nationale", "Éducation nationale et jeunesse", date(2018, 10, 17), NEW_GOVERNMENT),
        ("Économie et finances", "Économie, finances et relance", date(2020, 7, 14), NEW_GOVERNMENT),  # next issue
        ("Intérieur", "Justice", date(2020, 2, 4), TRANSFER),
        ("Intérieur", "Justice", date(2020, 7, 7), TRANSFER),
        ("Solidarités et santé", "Travail", date(2019, 2, 5), TRANSFER),
        ("Intérieur", "Intérieur", date(2018, 10, 9), UNKNOWN),  # no change since it was asked
        ("Armées", "Armées", date(2019, 4, 2), UNKNOWN),  # somebody was named, and not to this ministry
        ("Intérieur", "Citoyenneté", date(2021, 2, 2), UNKNOWN),  # the same portfolio, and no change
        ("Intérieur", "Lacs et marais", date(2020, 7, 7), UNKNOWN),
        ("Lacs et marais", "Ministère des lacs et des marais", date(2020, 7, 7), NEW_GOVERNMENT),  # the same, unknown
    ],
)
def test_one_reassignment(asked: str, assigned: str, day: date, cause: ReassignmentCause) -> None:
    assert causes(asked, assigned, moved(day)) == [None, cause]


def test_a_ministry_takes_over_from_itself_by_decree_only() -> None:
    defence = moved(date(2014, 4, 3), "Minsitère de la défense", DECREE)
    assert causes("Défense", "Défense", defence, published=date(2014, 1, 7)) == [None, NEW_GOVERNMENT]


def test_a_decree_of_a_day_the_registry_does_not_know_is_a_change_of_name() -> None:
    renamed = moved(date(1999, 3, 1), "Éducation nationale, recherche et technologie", DECREE)
    assert causes("Éducation nationale", None, renamed, published=date(1999, 1, 4)) == [None, NEW_GOVERNMENT]


def test_a_decree_can_move_a_field_to_another_portfolio() -> None:
    assert causes("Numérique", None, moved(date(2019, 3, 12), "Culture", DECREE)) == [None, TRANSFER]


def test_a_ministry_that_came_later_tells_the_cause_of_a_reassignment_without_a_day() -> None:
    assert causes("Solidarités et santé", "Santé et prévention", published=date(2022, 1, 11)) == [None, NEW_GOVERNMENT]
    assert causes("Intérieur", "Justice") == [None, UNKNOWN]


def test_a_ministry_in_between_that_is_not_shown() -> None:
    first, second = moved(date(2020, 7, 7)), moved(date(2022, 5, 21))
    assert causes("Intérieur", "Intérieur", first, second) == [None, NEW_GOVERNMENT, NEW_GOVERNMENT]
    assert causes("Intérieur", "Justice", first, second) == [None, UNKNOWN, UNKNOWN]
    assert causes("Intérieur", "Intérieur", moved(date(2019, 2, 5)), second) == [None, UNKNOWN, UNKNOWN]


def test_several_ministries_that_are_shown() -> None:
    to_justice, back = moved(date(2019, 2, 5), "Justice"), moved(date(2020, 7, 7), "Justice")
    assert causes("Intérieur", None, to_justice, back) == [None, TRANSFER, NEW_GOVERNMENT]


def test_without_the_ministry_asked_every_step_has_a_cause() -> None:
    assert causes(None, "Intérieur", moved(date(2020, 7, 7))) == [UNKNOWN]
    assert causes(None, "Intérieur") == [UNKNOWN]
