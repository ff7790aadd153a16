"""The table of delays."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipelines.delays.statistics import Standing, tally
from schemas.question import Status

DAY = date(2025, 5, 13)


def test_a_published_table_is_reproduced() -> None:
    # 47 answered of 601 received on 13/05/2025: 7.82 %
    old, young = DAY - timedelta(days=100), DAY + timedelta(days=10)
    standings = (
        [Standing("Intérieur", Status.ANSWERED, old, old - timedelta(days=3))] * 12
        + [Standing("Intérieur", Status.ANSWERED, old, old + timedelta(days=3))] * 35
        + [Standing("Intérieur", Status.PENDING, old, None)] * 500
        + [Standing("Intérieur", Status.PENDING, young, None)] * 50
        + [Standing("Intérieur", Status.WITHDRAWN, old, None)] * 4
    )
    (row,) = tally(standings, DAY)
    assert (row.published, row.answered, row.waiting, row.overdue) == (601, 47, 550, 500)
    assert (row.due, row.in_time, row.withdrawn) == (551, 12, 4)
    assert round(100 * row.answered / row.published, 2) == 7.82


def test_the_day_itself_is_still_in_time() -> None:
    (row,) = tally([Standing("X", Status.PENDING, DAY, None)], DAY)
    assert (row.due, row.overdue) == (0, 0)


_STANDINGS = st.builds(
    Standing,
    group=st.sampled_from(["A", "B", None]),
    status=st.sampled_from(Status),
    due_date=st.none() | st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    answered_date=st.none() | st.dates(date(2025, 1, 1), date(2025, 5, 13)),
)


@given(st.lists(_STANDINGS, max_size=60))
def test_nothing_leaves_the_denominator(standings: list[Standing]) -> None:
    rows = tally(standings, DAY)
    assert sum(row.published for row in rows) == len(standings)
    for row in rows:
        assert row.published == row.answered + row.waiting + row.withdrawn + row.lapsed + row.other
        assert row.in_time <= min(row.due, row.answered)
        assert row.overdue <= min(row.due, row.waiting)
