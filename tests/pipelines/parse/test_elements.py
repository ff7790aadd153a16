"""The tree of a page, against the one that BeautifulSoup makes with lxml."""

import random
import re

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from pipelines.parse.elements import DEEPEST, Element, strings, text_of, tree_of
from schemas.errors import ParseError
from tests.pipelines.parse.pages import all_bodies, damaged

_BLANKS = re.compile(r"\s+")
WORDLESS = ("script", "style", "template", "rt", "rp")
"""Elements whose strings are no words to BeautifulSoup."""


def ours(element: Element) -> list[object]:
    """Words and elements; the strings around a comment are two."""
    found: list[object] = [element.text] if element.text else []
    for child in element:
        if isinstance(child.tag, str):
            found.append((child.tag, [] if child.tag in WORDLESS else ours(child)))
        found += [child.tail] if child.tail else []
    return found


def theirs(html: str) -> list[object]:
    """Their tree; what follows a `</html>` stands beside it there, and in it here."""
    soup = BeautifulSoup(html, "lxml")
    first, *others = soup.find_all("html", recursive=False) or [soup]
    for each in others:
        first.append(each)
    return plain(first)


def plain(tag: Tag) -> list[object]:
    """Their tree without comments and the like; strings of blanks alone are as long as they were."""
    return [
        (child.name, [] if child.name in WORDLESS else plain(child)) if isinstance(child, Tag) else str(child)
        for child in tag.contents
        if isinstance(child, Tag) or type(child) is NavigableString
    ]


def blanks_alike(tree: list[object]) -> list[object]:
    """Strings that follow each other as one; their parser shortens blanks that it is handed alone, ours does not."""
    alike: list[object] = []
    for each in tree:
        if isinstance(each, tuple):
            alike.append((each[0], blanks_alike(each[1])))
        else:
            before = str(alike.pop()) if alike and isinstance(alike[-1], str) else ""
            alike.append(_BLANKS.sub(" ", f"{before}{each}"))
    return alike


class TestTree:
    @pytest.mark.parametrize(
        "html",
        [
            "",
            "words alone",
            "<p>one<p>two<!-- no words -->three",
            "<b>bold<i>both</b>slanted</i>",
            "</div></p>closed and never opened",
            "<table><tr><td>1<td colspan=2>2 &amp; 3</table>",
            "<ruby>kana<rp>(<rt>how <b>it</b> sounds</rt></ruby>after",
            "<script>no()</script><template><p>no</p></template>yes",
            "\ufeff<html><body>after a mark</body></html>tail",
        ],
    )
    def test_of_small_pages(self, html: str) -> None:
        assert blanks_alike(ours(tree_of(html))) == blanks_alike(theirs(html))

    def test_of_damaged_pages(self) -> None:
        chance = random.Random(1)
        bodies = [body for body in all_bodies() if body.lstrip().lower().startswith((b"<!doctype html", b"<html"))]
        assert len(bodies) > 20
        for _ in range(100):
            html = damaged(chance.choice(bodies), chance.choice(bodies), chance).decode("cp1252", "ignore")
            html = html.replace("\x00", "")
            assert blanks_alike(ours(tree_of(html))) == blanks_alike(theirs(html))

    def test_of_what_nobody_can_read(self) -> None:
        with pytest.raises(ParseError, match="no HTML parser"):
            tree_of("<p>said\ud800</p>")

    def test_of_what_follows_the_page(self) -> None:
        tree = tree_of("<html><p>one</p></html>two<p>three</p>")
        assert text_of(tree) == "onetwothree"

    @pytest.mark.parametrize("tag", ["div", "b"])
    def test_of_a_page_deeper_than_its_parser_reads(self, tag: str) -> None:
        assert text_of(tree_of(f"<{tag}>" * (DEEPEST - 2) + "word")) == "word"
        for before in ("", "<p>x</p>" * 9):
            with pytest.raises(ParseError, match="levels deep"):
                tree_of(before + f"<{tag}>" * DEEPEST + "word")

    def test_of_a_page_with_many_elements_side_by_side(self) -> None:
        assert text_of(tree_of("<p>word</p>" * DEEPEST)) == "word" * DEEPEST


def test_strings_of_an_element_and_all_within_it() -> None:
    row = tree_of("<table><tr><!-- none -->x<td>a </td> <th>b <b>c</b></th></tr></table>").find(".//tr")
    assert row is not None
    assert list(strings(row)) == ["", "x", " ", ""]
    assert text_of(row) == "xabc"
