"""Menus above a question: what is left out of them, and that nothing else changes by it."""

import random

import pytest

from pipelines.parse import html_page
from pipelines.parse.html_page import HtmlPage
from pipelines.parse.labels import printed_labels
from pipelines.parse.markup import visible
from pipelines.parse.menus import LEFT_OUT, shortened
from pipelines.parse.read import ParseResult, read
from questarium.replica.corpus import synthetic
from questarium.replica.layouts import Layout, media_type, question_page
from schemas.errors import ParseError
from tests.pipelines.parse.captures import FIXTURES, a_capture, fixture_capture, only, reasons
from tests.pipelines.parse.menu_pages import SPEAKING, a_menu, link, with_menus
from tests.pipelines.parse.pages import damaged

MARK = f"<!--{LEFT_OUT}-->"
HTML_FORMATS = ("an_html_a", "an_html_tags", "an_html_b", "an_html_c", "an_html_d")
FOLDERS = sorted(path for format_ in HTML_FORMATS for path in (FIXTURES / format_).iterdir())


def item(words: str) -> str:
    return f"<li>{link(words)}</li>\n"


MENU = item("Accueil") + item("Agenda") + item("Contact")


class TestShortened:
    def test_the_first_link_of_a_menu_stays(self) -> None:
        assert shortened(f"<body><ul>{MENU}</ul><p>x</p>") == f"<body><ul>{item('Accueil')}{MARK}</ul><p>x</p>"

    @pytest.mark.parametrize(
        "words", ["L'agenda", "Bo&icirc;te à lettres", "Vie &amp; &eacute;tudes", "Séance en vidéo, 2019"]
    )
    def test_whatever_its_other_links_say(self, words: str) -> None:
        assert words not in shortened(item("Accueil") + item("Contact") + item(words))

    @pytest.mark.parametrize(
        "menu",
        [
            "<LI><A HREF='/a'>Accueil</A></LI><LI><A HREF=/b>Contact</A></LI>",
            '<div class="a b"><a href="/" title="l\'eau">Accueil</a></div><div><a>Contact</a></div>',
            "<p>\n<a href='/'>\nAccueil</a>\n</p>\n<p><a href='/'>Contact</a></p>",
            "<dd><a href='/'>Accueil</a></dd><dd><a href='/'>Contact</a></dd>",
        ],
    )
    def test_however_it_is_written(self, menu: str) -> None:
        assert "Contact" not in shortened(f"<!DOCTYPE html><html><title>x</title><body>{menu}")

    @pytest.mark.parametrize("words", SPEAKING)
    def test_a_link_stays_that_may_say_something_of_a_question(self, words: str) -> None:
        assert words in shortened(MENU + item(words) + MENU)

    @pytest.mark.parametrize("label", [label for label, _ in printed_labels()])
    def test_a_link_stays_that_begins_as_a_label(self, label: str) -> None:
        broken = "".join(char if char.isascii() else "," for char in label)
        references = label.replace("é", "&eacute;").replace("ê", "&ecirc;").replace("ô", "&ocirc;")
        plain = label.translate(str.maketrans("éêô", "eeo"))
        for written in (label, label.upper(), label.capitalize(), plain.upper(), broken, references):
            words = f"{written} x"
            assert words in shortened(MENU + item(words) + MENU)

    @pytest.mark.parametrize(
        "between",
        [
            "<!-- never closed ",
            "<div title='never closed>",
            '<div title="never closed>',
            "<div title=>",
            "<script>",
            "<textarea>",
            "<![CDATA[",
            "<?xml version='1.0'>",
            "< ",
            "<LEG>15",
            "<b\x1chref>",
        ],
    )
    def test_nothing_goes_below_what_is_not_written_as_it_should_be(self, between: str) -> None:
        assert shortened(f"<p>a{between}<ul>{MENU}</ul>") == f"<p>a{between}<ul>{MENU}</ul>"

    @pytest.mark.parametrize(
        "menu",
        [
            item("Accueil"),
            "<li><a>Accueil</a></li><p><a>Contact</a></p>",
            "<li><a>Accueil</a></li><li><a>Contact</a> et <a>Aide</a></li>",
            "<li><a>Accueil</a></li><li>Contact</li>",
            "<li><a>Accueil</a></li><li><a>Ru\x1cbrique</a></li>",
            "<li><a>Accueil</a></li><li><a>Contact<b></a></li>",
            "<li><a>Accueil</a></li><li><a href='x>Contact</a></li>",
        ],
    )
    def test_what_is_no_menu_stays(self, menu: str) -> None:
        assert shortened(menu) == menu


class TestLinesLeftOut:
    def test_what_is_read_begins_below_them(self) -> None:
        page = visible(f"<ul>{item('Accueil')}{MARK}</ul><p>Rubrique</p>")
        assert page.lines == ["Accueil", "Rubrique"]
        page.begin_at(1)
        with pytest.raises(ParseError, match="line 0"):
            page.begin_at(0)

    def test_no_comment_of_a_page_says_so(self) -> None:
        for written in (MARK, f"<!{LEFT_OUT}>", f"<?{LEFT_OUT}>"):
            assert HtmlPage(f"<html><p>a</p>{written}<p>b</p></html>").visible.whole_from == 0


def in_full(content: bytes, url: str, declared: str, patch: pytest.MonkeyPatch) -> ParseResult:
    """The same page, read with all of its menus."""
    with patch.context() as patched:
        patched.setattr(html_page, "shortened", lambda html: html)
        return read(a_capture(content, url, declared))


class TestReading:
    @pytest.mark.parametrize("layout", Layout)
    def test_a_page_is_read_without_its_menus(self, layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
        menu = a_menu(random.Random(1), 200, speaking=0).encode("cp1252", "xmlcharrefreplace")
        pages = [question_page(each, layout).replace(b"<p", menu + b"<p", 1) for each in synthetic(20, seed=3)]
        taken: list[int] = []

        def noted(html: str) -> str:
            taken.append(len(shortened(html)))
            return shortened(html)

        monkeypatch.setattr(html_page, "shortened", noted)
        results = [read(a_capture(page, "", media_type(layout))) for page in pages]
        assert not any(map(reasons, results))
        assert bool(taken) == (layout != Layout.SECTIONS)  # whose own sections mark out what is read
        assert all(size < 7_000 < len(menu) for size in taken)

    def test_links_in_a_text_stay(self) -> None:
        capture = fixture_capture(FIXTURES / "an_html_a" / "answered")
        page = capture.body.replace(b"</td></tr>\n</table>", f"<ul>{MENU}</ul></td></tr>\n</table>".encode(), 1)
        assert page != capture.body
        question = only(read(a_capture(page, capture.ref.url, capture.ref.media_type)))
        assert (question.answer or "").endswith("Accueil\nAgenda\nContact")

    def test_links_below_the_number_are_told(self) -> None:
        capture = fixture_capture(FIXTURES / "an_html_a" / "answered")
        page = capture.body.replace(b"<tr>", f"<tr><td>{MENU}</td></tr><tr>".encode(), 2)
        assert "unknown_label" in reasons(read(a_capture(page, capture.ref.url, capture.ref.media_type)))

    @pytest.mark.parametrize("seed", range(10))
    def test_damaged_pages_are_read_as_they_are_in_full(self, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """2,000 pages of all layouts in all, with menus of every kind anywhere, half of them damaged."""
        chance = random.Random(seed)
        captures = [fixture_capture(folder) for folder in FOLDERS]
        for _ in range(200):
            capture = chance.choice(captures)
            page = with_menus(capture.body, chance)
            if chance.random() < 0.5:
                page = damaged(page, chance.choice(captures).body, chance)
            url, declared = capture.ref.url, capture.ref.media_type
            assert read(a_capture(page, url, declared)) == in_full(page, url, declared, monkeypatch), page
