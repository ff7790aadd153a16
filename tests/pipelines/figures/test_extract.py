import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.figures.extract import EXTRACTOR_VERSION, extract, to_gold
from schemas.figure import Section

ANSWER = (
    "Près de 6 millions de demandes ont été déposées en 2018. Depuis, le nombre de visites a été multiplié par 4 alors "
    "que les appels ont augmenté de 30 %. Aujourd'hui, près de 120 agents répondent. Le délai moyen est de 2 à 4 jours "
    "pour les envois courants, formant plus de 80 % des dossiers, et de 15 jours pour les autres."
)
WORDS = st.sampled_from(
    ["un", "deux", "mille", "cent", "3", "1 200", "%", "euros", "de", "à", "et", "sur", "par", "-", "/", "(", ")", ",",
     "ans", "moitié", "tiers", "plus de", "contre", "en 2016", "millions", "h", "30", "demi", "dizaine", "le",
     "12 mars", "°", "+", "passer", "augmenté", "agents", ".", "zéro", "0", "€", "−", "½", "fois plus", "pour 100",
     "multiplié par", "doublé"]
)  # fmt: skip


def test_an_answer_is_read_whole() -> None:
    figures = extract(ANSWER, Section.ANSWER)
    found = [(f.value, f.low, f.high, f.unit, f.approx, f.direction) for f in figures]
    assert found == [
        (6e6, None, None, None, "about", None),
        (4, None, None, "x", None, "up"),
        (30, None, None, "%", None, "up"),
        (120, None, None, None, "about", None),
        (None, 2, 4, "d", None, None),
        (80, None, None, "%", "min", None),
        (15, None, None, "d", None, None),
    ]
    assert {figure.section for figure in figures} == {Section.ANSWER}


def test_a_figure_explains_itself() -> None:
    figure = extract("Rien avant. Le prix est de 3 à 5 euros. Rien après.")[0]
    assert figure.sentence == "Le prix est de 3 à 5 euros."
    assert figure.rule == "range:cardinal+money"


def test_offsets_count_code_points_of_the_text_given() -> None:
    text = "🙂 L’été : 40 °C, puis 3\u202f500 €."
    assert [text[figure.start : figure.end] for figure in extract(text)] == ["40 °C", "3\u202f500 €"]


def test_a_line_ends_a_sentence() -> None:
    assert [figure.value for figure in extract("Total 12\n500 communes")] == [12, 500]


def test_gold_is_the_figure_without_its_explanation() -> None:
    gold = to_gold(extract("Près de 250 agents.")[0])
    assert gold == {
        "start": 8, "end": 11, "text": "250", "kind": "count", "value": 250, "low": None, "high": None, "unit": None,
        "approx": "about", "direction": None, "per": None, "subject": "agents",
    }  # fmt: skip


def test_the_version_is_said() -> None:
    assert EXTRACTOR_VERSION


@given(text=st.text(max_size=300))
@example(text="٣ % de ³ ½ １２ €")
@example(text="9" * 5000 + " €")
@example(text="1e99 euros, 1e-9 euros")
@example(text="-" * 50 + "1/" * 50)
@example(text="un demi- deux et demi/ la moitié-")
def test_any_text_is_read_without_error(text: str) -> None:
    check(text)


@given(text=st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", ""])).map("".join), max_size=60).map("".join))
@example(text="35 € 000 taux")
@example(text="un sur zéro")
@example(text="deux doublé sur mille")
@example(text="1 euro un cent 95")
@example(text="3 pour 100 trente-six %")
@example(text="2 à 450 et 684 Md€")
@example(text="jusque 3 euros, 5 euros")
def test_any_order_of_the_words_of_figures_is_read_without_error(text: str) -> None:
    check(text)


def check(text: str) -> None:
    """Every figure is a slice of the text, in order, apart from the next, with a value or with bounds."""
    last = 0
    for figure in extract(text):
        assert figure.text == text[figure.start : figure.end] != ""
        assert last <= figure.start
        assert (figure.value is None) == (figure.low is not None and figure.high is not None)
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
        last = figure.end


@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_figures_do_not_depend_on_the_text_around_their_lines(text: str) -> None:
    alone = [figure.value for figure in extract("Près de 250 agents répondent.")]
    around = extract(f"{text}\n\nPrès de 250 agents répondent.")
    assert [figure.value for figure in around][-1:] == alone


@pytest.mark.parametrize(
    "text",
    [
        "1" * 10**6,
        " " * 10**6,
        "cent " * 200_000,
        "\n" * 10**6,
        "123 " * 250_000,
        "!" + " " * 10**6,
        "(" * 10**6,
        "a" * 10**6,
    ],
    ids=["digits", "spaces", "cent", "lines", "groups", "end and spaces", "brackets", "one word"],
)
def test_endless_repetition_ends(text: str) -> None:
    assert len(extract(text)) < 10


def test_decomposed_letters_read_as_composed_ones() -> None:
    text = "La moitié des élèves a gagné près de 3 degrés Celsius."
    composed, decomposed = extract(text), extract(unicodedata.normalize("NFD", text))
    assert [(f.value, f.unit, f.approx) for f in composed] == [(f.value, f.unit, f.approx) for f in decomposed]
