"""Changes of the layouts (reliability promise C3): each is read right or reported; none makes a field silently empty.

A change that leaves a page as it was says nothing about its layout, and is left out there.
"""

from collections.abc import Iterable

import pytest

from pipelines.parse.read import read
from schemas.question import RawQuestion
from tests.pipelines.parse.captures import FIXTURES, OF_THE_CAPTURE, a_capture, fixture_capture
from tests.pipelines.parse.drifts import DRESS, LABELS, STRUCTURE

PAGES = {
    "an_html_a": "renewed_reassigned_signalled",
    "an_html_tags": "answered",
    "an_html_b": "answered_reassigned",
    "an_html_c": "answered_renewed_reassigned",
    "an_html_d": "question_first",
    "an_text_a": "rows_with_bars",
    "an_text_c": "answered_with_history",
    "an_text_d": "answered",
}
CHANGES = {**LABELS, **DRESS, **STRUCTURE}
NOT_SHOWN = {"a foreword to the question"}  # a text is what the page says: changed words are a changed text


def page_of(format_: str) -> tuple[str, str]:
    """The page of a layout as characters, and its address."""
    capture = fixture_capture(FIXTURES / format_ / PAGES[format_])
    try:
        return capture.body.decode(), capture.ref.url
    except UnicodeDecodeError:
        return capture.body.decode("cp1252"), capture.ref.url


def raw(page: str, url: str) -> tuple[RawQuestion | None, bool]:
    result = read(a_capture(page, url, "text/html; charset=utf-8"))
    return (result.questions[0] if result.questions else None), bool(result.quarantined)


def cases(names: Iterable[str], formats: Iterable[str]) -> list[tuple[str, str]]:
    """Layouts and the changes that touch them."""
    pages = {format_: page_of(format_)[0] for format_ in formats}
    return [(each, name) for each, page in pages.items() for name in sorted(names) if CHANGES[name](page) != page]


@pytest.mark.parametrize(("format_", "change"), cases(CHANGES.keys() - NOT_SHOWN, PAGES))
def test_a_change_is_read_right_or_reported(format_: str, change: str) -> None:
    page, url = page_of(format_)
    whole, _ = raw(page, url)
    got, reported = raw(CHANGES[change](page), url)
    assert whole is not None
    if not reported:
        assert got is not None
        left_out = OF_THE_CAPTURE | {"format"}
        assert got.model_dump(exclude=left_out) == whole.model_dump(exclude=left_out)


@pytest.mark.parametrize(("format_", "change"), cases(DRESS, [name for name in PAGES if "html" in name]))
def test_a_change_of_dress_is_read_right(format_: str, change: str) -> None:
    page, url = page_of(format_)
    assert raw(DRESS[change](page), url) == raw(page, url)


@pytest.mark.parametrize("format_", PAGES)
def test_the_unchanged_page_raises_no_alarm(format_: str) -> None:
    whole, reported = raw(*page_of(format_))
    assert whole is not None
    assert not reported


def test_every_layout_of_pages_is_changed_thirty_times() -> None:
    touched = cases(CHANGES.keys() - NOT_SHOWN, PAGES)
    for format_ in (name for name in PAGES if "html" in name):
        assert sum(each == format_ for each, _ in touched) >= 30, format_
