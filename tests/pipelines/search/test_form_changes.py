"""A table of forms that is brought up is the one that would be made anew."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.search.form_changes import with_counts
from pipelines.search.forms import FormTable

FORMS = st.text("aàbé", min_size=1, max_size=3)
COUNTS = st.dictionaries(FORMS, st.integers(0, 3))


def words(form: str) -> tuple[str, ...]:
    """One or two words, some of them of several forms."""
    return tuple(dict.fromkeys((form[:1] + "~", form[-1:] + form[:1])))


@given(COUNTS, COUNTS)
def test_forms_come_go_and_change(before: dict[str, int], now: dict[str, int]) -> None:
    brought_up = with_counts(FormTable.of(before, words), now, words)
    assert brought_up == FormTable.of(before | now, words)


def test_only_new_forms_are_looked_up() -> None:
    asked = list[str]()
    table = FormTable.of({"lac": 1, "lacs": 2, "mer": 1}, words)

    def noting(form: str) -> tuple[str, ...]:
        asked.append(form)
        return words(form)

    with_counts(table, {"lac": 5, "mer": 0, "mers": 1}, noting)
    assert asked == ["mers"]
