"""Markup or the text of a page."""

import pytest

from pipelines.parse.detect import is_markup

TAGS = "<div>a</div>"


@pytest.mark.parametrize("text", ["<p>Question</p>", " \n<!doctype html>", f"Texte brut, puis une page : {TAGS * 5}"])
def test_markup(text: str) -> None:
    assert is_markup(text)


@pytest.mark.parametrize(
    "text",
    [
        "Question n° 7",
        f"Un texte qui parle de balises : {TAGS * 4}",
        "Un texte avec des balises d'autre chose : " + "<x>a</x>" * 9,
    ],
)
def test_text(text: str) -> None:
    assert not is_markup(text)
