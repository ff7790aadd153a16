"""The tree of plain elements, against the one that BeautifulSoup makes with lxml."""

import random

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from pipelines.parse.elements import Element, tree_of
from schemas.errors import ParseError
from tests.pipelines.parse.pages import all_bodies, damaged


def ours(element: Element) -> list[object]:
    return [child if isinstance(child, str) else (child.name, ours(child)) for child in element.contents]


def theirs(tag: Tag) -> list[object]:
    """Their tree without comments and the like; strings of blanks alone are as long as they were."""
    return [
        (child.name, theirs(child)) if isinstance(child, Tag) else str(child)
        for child in tag.contents
        if isinstance(child, Tag) or type(child) is NavigableString
    ]


def blanks_alike(tree: list[object]) -> list[object]:
    """Their parser shortens strings of blanks alone, ours does not; to a reader both are one blank."""
    return [
        (each[0], blanks_alike(each[1])) if isinstance(each, tuple) else " " if str(each).isspace() else each
        for each in tree
    ]


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
        assert blanks_alike(ours(tree_of(html))) == blanks_alike(theirs(BeautifulSoup(html, "lxml")))

    def test_of_damaged_pages(self) -> None:
        chance = random.Random(1)
        bodies = [body for body in all_bodies() if body.lstrip().lower().startswith((b"<!doctype html", b"<html"))]
        assert len(bodies) > 20
        for _ in range(100):
            html = damaged(chance.choice(bodies), chance.choice(bodies), chance).decode("cp1252", "ignore")
            html = html.replace("\x00", "")
            assert blanks_alike(ours(tree_of(html))) == blanks_alike(theirs(BeautifulSoup(html, "lxml")))

    def test_of_what_lxml_refuses(self) -> None:
        tree = tree_of("<p>said<!-- not --><b>loud</b>\ud800</p>")
        assert [element.name for element in tree.within(("p", "b"))] == ["p", "b"]
        assert tree.text() == "saidloud\ud800"

    def test_of_what_nobody_can_read(self) -> None:
        with pytest.raises(ParseError, match="no HTML parser"):
            tree_of("\ud800&#x110000000;")


def test_attributes_parents_and_children() -> None:
    tree = tree_of("<table><tr><td rowspan='2'>a</td><th>b <b>c</b></th></tr></table>")
    row = next(tree.within(("tr",)))
    assert [cell.attributes for cell in row.children(("td", "th"))] == [{"rowspan": "2"}, {}]
    assert [cell.name for cell in row.children(("th",))] == ["th"]
    assert all(cell.parent is row for cell in row.children(("td", "th")))
    assert list(row.strings()) == ["a", "b ", "c"]
    assert row.text() == "abc"
