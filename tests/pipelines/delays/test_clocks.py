"""The clocks of one question."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.delays.as_of import as_of
from pipelines.delays.clocks import delay
from pipelines.delays.deadlines import answer_due, bundled_rules
from pipelines.delays.ministers import Ministers
from schemas.figure import Figure, FigureKind, Section
from schemas.identity import QuestionType
from schemas.people import Tenure
from schemas.question import Attribution, Event, EventKind, Question, ReassignmentCause, Status
from schemas.text_table import TextTable
from tests.records import KNOWN_AT, a_question, event

RULES = bundled_rules()
PUBLISHED, ANSWERED = date(2018, 10, 2), date(2020, 9, 8)
HISTORY = (
    event(EventKind.PUBLISHED, PUBLISHED, page=8678),
    event(EventKind.RENEWED, date(2019, 5, 28)),
    event(EventKind.RENEWED, date(2019, 10, 22)),
    event(EventKind.RENEWED, date(2020, 4, 7)),
    event(EventKind.REASSIGNED, date(2020, 7, 7)),
    event(EventKind.ANSWERED, ANSWERED, page=6092),
)


@pytest.fixture
def answered() -> Question:
    figure = Figure(
        start=0, end=3, text="250", kind=FigureKind.COUNT, value=250, low=None, high=None, unit=None,
        section=Section.ANSWER,
    )  # fmt: skip
    table = TextTable(
        section=Section.ANSWER, start=0, end=11, header_rows=0, header_columns=0, rows=(("250 agents.", ""),)
    )
    return a_question(
        12526, *HISTORY, answer="250 agents.", ministry_answered="Intérieur", figures=(figure,), tables=(table,)
    )


def test_an_answered_question_has_three_clocks(answered: Question) -> None:
    found = delay(answered, date(2026, 1, 1), RULES)
    assert (found.due_date, found.rule) == (date(2018, 12, 2), "fr-an-2014")
    assert (found.answered_in_days, found.days_late, found.days_since_reassignment, found.renewals) == (707, 646, 63, 3)
    assert not found.overdue


@pytest.mark.parametrize(
    ("day", "elapsed", "late", "overdue", "renewals", "since"),
    [
        (date(2018, 12, 2), 61, 0, False, 0, None),
        (date(2018, 12, 3), 62, 1, True, 0, None),
        (date(2019, 1, 1), 91, 30, True, 0, None),
        (date(2020, 7, 6), 643, 582, True, 3, None),
        (date(2020, 7, 8), 645, 584, True, 3, 1),
    ],
)
def test_a_past_day_knows_nothing_of_later_events(
    answered: Question, day: date, elapsed: int, late: int, overdue: bool, renewals: int, since: int | None
) -> None:
    found = delay(answered, day, RULES)
    assert (found.days_elapsed, found.days_late, found.overdue) == (elapsed, late, overdue)
    assert (found.renewals, found.days_since_reassignment, found.answered_in_days) == (renewals, since, None)


def test_a_past_day_has_no_answer_and_nothing_of_it(answered: Question) -> None:
    seen = as_of(answered, date(2020, 7, 6))
    assert seen is not None
    assert (seen.status, seen.answer, seen.ministry_answered) == (Status.PENDING, None, None)
    assert (seen.figures, seen.tables) == ((), ())
    assert len(seen.attributions) == 1
    assert as_of(answered, date(2018, 10, 1)) is None
    assert as_of(answered, ANSWERED) == answered


@pytest.mark.parametrize(
    ("published", "due"),
    [
        (date(2012, 7, 3), date(2012, 8, 3)),  # one month until the resolution of 2014
        (date(2014, 12, 9), date(2015, 1, 9)),  # adopted, not yet let through
        (date(2014, 12, 16), date(2015, 2, 16)),
        (date(2018, 12, 31), date(2019, 2, 28)),  # end of month clipped
        (date(2019, 12, 31), date(2020, 2, 29)),
    ],
)
def test_the_rule_is_that_of_the_day_of_publication(published: date, due: date) -> None:
    assert answer_due("fr-an", QuestionType.QE, published, RULES) == due


def test_the_month_on_request_is_shown_beside_the_headline() -> None:
    found = delay(a_question(1, event(EventKind.PUBLISHED, date(2012, 7, 3))), date(2012, 8, 10), RULES)
    assert (found.due_date, found.extended_due_date) == (date(2012, 8, 3), date(2012, 9, 3))


def test_oral_questions_and_unknown_days_have_no_deadline() -> None:
    assert answer_due("fr-an", QuestionType.QOSD, PUBLISHED, RULES) is None
    assert answer_due("fr-an", QuestionType.QE, None, RULES) is None
    assert answer_due("xx-nowhere", QuestionType.QE, PUBLISHED, RULES) is None
    found = delay(a_question(1, event(EventKind.PUBLISHED, None)), date(2020, 1, 1), RULES)
    assert (found.due_date, found.days_elapsed, found.days_late, found.overdue) == (None, None, None, False)


def test_a_signalled_question_has_ten_days_of_its_own() -> None:
    signalled = event(EventKind.SIGNALLED, date(2019, 6, 4))
    question = a_question(1, event(EventKind.PUBLISHED, date(2019, 1, 8)), signalled)
    found = delay(question, date(2019, 6, 20), RULES)
    assert (found.signalled_due_date, found.signalled_days_late) == (date(2019, 6, 14), 6)


def test_a_lapsed_question_stops_its_clock_and_is_not_overdue() -> None:
    lapsed = event(EventKind.LAPSED, date(2022, 6, 21), reason="fin de mandat")
    found = delay(a_question(1, event(EventKind.PUBLISHED, date(2022, 1, 11)), lapsed), date(2023, 1, 1), RULES)
    assert (found.overdue, found.answered_in_days, found.days_elapsed) == (False, None, 161)


def test_an_undated_closing_had_happened_when_it_was_captured() -> None:
    question = a_question(1, event(EventKind.PUBLISHED, date(2020, 1, 7)), event(EventKind.LAPSED, None))
    before, after = as_of(question, date(2020, 6, 1)), as_of(question, KNOWN_AT.date())
    assert before is not None
    assert after is not None
    assert (before.status, after.status) == (Status.PENDING, Status.LAPSED)


_KINDS = st.sampled_from([kind for kind in EventKind if kind != EventKind.PUBLISHED])
_DAYS = st.dates(date(2014, 1, 7), date(2022, 6, 21))


@given(st.lists(st.tuples(_KINDS, _DAYS), max_size=8), _DAYS, _DAYS)
def test_cutting_twice_is_cutting_once(history: list[tuple[EventKind, date]], one: date, other: date) -> None:
    events: list[Event] = [event(kind, day) for kind, day in history]
    question = a_question(1, event(EventKind.PUBLISHED, date(2014, 1, 7)), *events)
    first = as_of(question, max(one, other))
    assert first is not None
    assert as_of(first, min(one, other)) == as_of(question, min(one, other))


MINISTERS = Ministers(
    [
        Tenure(
            person="Ada Lac",
            office=office,
            ministry_id=id_,
            portfolio=portfolio,
            first_day=first,
            last_day=last,
        )
        for office, id_, portfolio, first, last in [
            ("Intérieur", "interieur", "interieur", date(2017, 6, 22), date(2018, 10, 16)),
            ("Intérieur et lacs", "interieur-lacs", "interieur", date(2018, 10, 17), None),
        ]
    ]
    + [
        Tenure(
            person="Bob Étang",
            office="Intérieur",
            ministry_id="interieur",
            portfolio="interieur",
            first_day=date(2020, 7, 7),
            last_day=None,
        )
    ]
)


def test_the_clock_of_the_person_runs_from_the_appointment(answered: Question) -> None:
    found = delay(answered, date(2026, 1, 1), RULES, MINISTERS)
    assert (found.minister, found.minister_since, found.days_with_minister) == ("Bob Étang", date(2020, 7, 7), 63)


def test_a_minister_who_stays_under_a_new_government_goes_on_counting() -> None:
    step = Attribution(
        ministry="Intérieur et lacs",
        ministry_id="interieur-lacs",
        date=date(2018, 10, 17),
        cause=ReassignmentCause.NEW_GOVERNMENT,
    )
    question = a_question(1, event(EventKind.PUBLISHED, date(2018, 10, 2)), event(EventKind.REASSIGNED, step.date))
    moved = question.model_copy(update={"attributions": (question.attributions[0], step)})
    found = delay(moved, date(2018, 11, 2), RULES, MINISTERS)
    assert (found.minister, found.minister_since) == ("Ada Lac", date(2017, 6, 22))
    assert (found.days_with_minister, found.days_since_reassignment) == (31, 16)


def test_a_transfer_restarts_the_clock_of_the_person() -> None:
    step = Attribution(
        ministry="Intérieur", ministry_id="interieur", date=date(2021, 2, 2), cause=ReassignmentCause.TRANSFER
    )
    question = a_question(1, event(EventKind.PUBLISHED, date(2020, 10, 6)), event(EventKind.REASSIGNED, step.date))
    moved = question.model_copy(update={"attributions": (question.attributions[0], step)})
    assert delay(moved, date(2021, 2, 12), RULES, MINISTERS).days_with_minister == 10


def test_nobody_is_named_where_the_registry_knows_nobody_or_two(answered: Question) -> None:
    assert delay(answered, date(2026, 1, 1), RULES).minister is None
    assert delay(answered, date(2019, 3, 1), RULES, MINISTERS).days_with_minister is None


def test_a_past_day_has_the_flags_of_that_day() -> None:
    closing = event(EventKind.CLOSED_OTHER, date(2019, 5, 7), reason="éclipse")
    strange = Attribution(ministry="Lacs", ministry_id=None, date=date(2019, 3, 5), cause=ReassignmentCause.UNKNOWN)
    asked = a_question(1, event(EventKind.PUBLISHED, PUBLISHED), event(EventKind.REASSIGNED, strange.date), closing)
    flags = ("partial", "unknown_ministry", "unknown_motive")
    question = asked.model_copy(update={"attributions": (asked.attributions[0], strange), "flags": flags})

    def seen(day: date) -> tuple[str, ...]:
        found = as_of(question, day)
        return found.flags if found else ()

    assert seen(date(2019, 3, 4)) == ("partial",)
    assert seen(date(2019, 3, 5)) == ("partial", "unknown_ministry")
    assert seen(date(2019, 5, 7)) == flags
