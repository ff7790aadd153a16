from pipelines.search.engine_query import Accents, Phrase
from pipelines.search.highlight import highlight
from pipelines.search.markup import marked_html


def test_nothing_but_marks_is_an_element() -> None:
    assert marked_html('<a> "R&D" <b>', [(5, 8), (10, 13)]) == (
        "&lt;a&gt; &quot;<mark>R&amp;D</mark>&quot; <mark>&lt;b&gt;</mark>"
    )
    assert marked_html("<script>", []) == "&lt;script&gt;"


def test_what_stands_between_the_words_of_a_mark_is_escaped() -> None:
    (found,) = highlight({"question": "la R&D <b>"}, [Phrase((("r",), ("d",)), Accents.FOLDED)])
    assert found.html == "la <mark>R&amp;D</mark> &lt;b&gt;"
