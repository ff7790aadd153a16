"""The state on a past day, asked in SQL, is the one of the pure functions."""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dataset.rows import question_rows
from pipelines.dataset.store import Dataset, PartitionUpdate
from pipelines.delays.as_of import as_of
from pipelines.delays.clocks import delay
from pipelines.delays.deadlines import answer_due, bundled_rules
from pipelines.delays.statistics import Standing, tally
from questarium.queries.delays import Grouping, Since, delay_list, delay_table
from questarium.queries.overdue import overdue_list
from schemas.errors import UsageError
from schemas.question import EventKind, Question
from schemas.settings import Settings
from tests.records import a_question, event

RULES = bundled_rules()
_KINDS = st.sampled_from([kind for kind in EventKind if kind != EventKind.PUBLISHED])
_DAYS = st.dates(date(2017, 6, 27), date(2022, 6, 21))
_HISTORIES = st.tuples(
    st.none() | _DAYS, st.lists(st.tuples(_KINDS, st.none() | _DAYS), max_size=5), st.sampled_from(["Santé", "Travail"])
)


def _questions(histories: list[tuple[date | None, list[tuple[EventKind, date | None]], str]]) -> list[Question]:
    return [
        a_question(
            number,
            event(EventKind.PUBLISHED, published),
            *(event(kind, day) for kind, day in events),
            ministry=ministry,
        )
        for number, (published, events, ministry) in enumerate(histories, start=1)
    ]


def _home(folder: Path, questions: list[Question]) -> Settings:
    found = Settings(home=folder)
    rows = [question_rows(q, due_date=_due(q)) for q in questions]
    update = PartitionUpdate(changed=rows, captures=[], quarantine=[], causes={}, inputs={})
    Dataset.open(found.dataset_dir).commit({"fr-an-15": update}, now=datetime.now(UTC))
    return found


def _due(question: Question) -> date | None:
    published = next(iter(question.dates(EventKind.PUBLISHED)), None)
    return answer_due(question.key.parliament, question.type, published, RULES)


def _standing(question: Question, day: date) -> Standing | None:
    seen = as_of(question, day)
    if seen is None or not seen.dates(EventKind.PUBLISHED):
        return None
    answered = next(iter(seen.dates(EventKind.ANSWERED)), None)
    return Standing(seen.ministry_assigned, seen.status, _due(question), answered)


@settings(max_examples=12, deadline=None)
@given(histories=st.lists(_HISTORIES, min_size=1, max_size=25), day=_DAYS | st.just(date(2021, 3, 1)))
def test_sql_and_pure_functions_agree(
    histories: list[tuple[date | None, list[tuple[EventKind, date | None]], str]],
    day: date,
) -> None:
    questions = _questions(histories)
    with tempfile.TemporaryDirectory() as folder:
        found = _home(Path(folder), questions)
        table = delay_table(found, by=Grouping.MINISTRY, term=None, day=day)
        overdue = overdue_list(found, term=None, ministry=None, day=day, limit=None)
    standings = [standing for each in questions if (standing := _standing(each, day))]
    assert list(table.rows) == tally(standings, day)
    assert sum(table.excluded.values()) == sum(not each.dates(EventKind.PUBLISHED) for each in questions)
    late = {q.id: delay(q, day, RULES).days_late for q in questions if as_of(q, day) and delay(q, day, RULES).overdue}
    assert {each.id: each.days_late for each in overdue.questions} == late
    assert [each.due_date for each in overdue.questions] == sorted(each.due_date for each in overdue.questions)


class TestMinisters:
    """Intérieur: Castaner from 17/10/2018, Darmanin from 07/07/2020; one question each, and one that was inherited."""

    DAY = date(2020, 12, 1)

    @pytest.fixture
    def home(self, tmp_path: Path) -> Settings:
        return _home(
            tmp_path,
            [
                a_question(
                    1, event(EventKind.PUBLISHED, date(2019, 1, 8)), event(EventKind.ANSWERED, date(2019, 2, 5))
                ),
                a_question(2, event(EventKind.PUBLISHED, date(2020, 9, 1))),
                a_question(3, event(EventKind.PUBLISHED, date(2020, 6, 2))),
                a_question(
                    4, event(EventKind.PUBLISHED, date(2020, 6, 2)), event(EventKind.REASSIGNED, date(2020, 7, 7))
                ),
                a_question(5, event(EventKind.PUBLISHED, date(2018, 10, 9)), ministry="Lacs"),
            ],
        )

    def test_an_answer_is_its_ministers(self, home: Settings) -> None:
        table = delay_table(home, by=Grouping.MINISTER, term=None, day=self.DAY)
        rows = {row.group: (row.answered, row.published, row.answered_rate) for row in table.rows}
        assert rows == {"Christophe Castaner": (1, 1, 100.0), "Gérald Darmanin": (0, 4, 0.0)}
        assert table.definition_text.endswith("or holds it on the day.")

    def test_since_the_appointment(self, home: Settings) -> None:
        table = delay_table(home, by=Grouping.MINISTER, term=None, day=self.DAY, since=Since.APPOINTMENT)
        assert {row.group: row.published for row in table.rows} == {"Christophe Castaner": 1, "Gérald Darmanin": 2}
        assert table.excluded == {"received before the minister's appointment": 2}

    @pytest.mark.parametrize(
        ("cell", "numbers"), [("published", [2, 4]), ("overdue", [2, 4]), ("answered", []), ("waiting", [2, 4])]
    )
    def test_every_number_opens_its_list(self, home: Settings, cell: str, numbers: list[int]) -> None:
        found = delay_list(
            home,
            by=Grouping.MINISTER,
            term=None,
            day=self.DAY,
            since=Since.APPOINTMENT,
            group="Gérald Darmanin",
            cell=cell,
        )
        assert found.questions == tuple(f"fr-an-15-QE-{number}" for number in numbers)

    def test_what_cannot_be_asked(self, home: Settings) -> None:
        with pytest.raises(UsageError, match="--by minister"):
            delay_table(home, by=Grouping.MINISTRY, term=None, day=self.DAY, since=Since.APPOINTMENT)
        with pytest.raises(UsageError, match="counts no questions"):
            delay_list(home, by=Grouping.MINISTRY, term=None, day=self.DAY, group=None, cell="answered_rate")
