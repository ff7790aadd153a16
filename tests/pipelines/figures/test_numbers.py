import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.figures.extract import extract
from tests.pipelines.figures.reading import one, values

UNITS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
SCALES = ((10**12, "billion"), (10**9, "milliard"), (10**6, "million"))


def spell_below_100(number: int) -> str:
    if number <= 16:
        return UNITS[number]
    if number < 20:
        return f"dix-{UNITS[number - 10]}"
    if 70 <= number < 80:
        return "soixante et onze" if number == 71 else f"soixante-{spell_below_100(number - 60)}"
    if number >= 80:
        return "quatre-vingts" if number == 80 else f"quatre-vingt-{spell_below_100(number - 80)}"
    ten, unit = number - number % 10, number % 10
    if not unit:
        return TENS[ten]
    return f"{TENS[ten]} et un" if unit == 1 else f"{TENS[ten]}-{UNITS[unit]}"


def spell_below_1000(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return spell_below_100(rest)
    head = "cent" if hundreds == 1 else f"{UNITS[hundreds]} cent{'' if rest else 's'}"
    return f"{head} {spell_below_100(rest)}" if rest else head


def spell(number: int) -> str:
    """A number below 10^15 as French writes it."""
    if number == 0:
        return "zéro"
    words: list[str] = []
    for scale, name in SCALES:
        count, number = divmod(number, scale)
        if count:
            words.append(f"{spell_below_1000(count)} {name}{'s' if count > 1 else ''}")
    thousands, rest = divmod(number, 1000)
    if thousands:
        spelled = re.sub("(cent|vingt)s$", r"\1", spell_below_1000(thousands))
        words.append("mille" if thousands == 1 else f"{spelled} mille")
    if rest:
        words.append(spell_below_1000(rest))
    return " ".join(words)


def grouped(number: int, separator: str) -> str:
    return f"{number:,}".replace(",", separator)


whole_numbers = st.one_of(
    st.integers(0, 1000), st.integers(0, 10**6), st.integers(0, 10**15 - 1), st.sampled_from([10**n for n in range(15)])
)


@given(number=whole_numbers, separator=st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", "."]))
def test_digits_in_groups_read_back(number: int, separator: str) -> None:
    assert one(f"Le budget atteint {grouped(number, separator)} euros cette fois.").value == number


@given(number=whole_numbers)
def test_plain_digits_read_back(number: int) -> None:
    assert one(f"Le budget atteint {number} euros cette fois.").value == number


@given(number=whole_numbers, capital=st.booleans(), hyphens=st.booleans())
def test_words_read_back(number: int, capital: bool, hyphens: bool) -> None:
    words = spell(number)
    if hyphens:  # the spelling of 1990
        words = words.replace(" ", "-")
    euros = "euros" if number < 10**6 or number % 10**6 else "d'euros"
    figure = one(f"Montant : {words.upper() if capital else words} {euros} cette fois.")
    assert figure.value == number


SWISS = {70: "septante", 80: "huitante", 90: "nonante"}


def spell_swiss(number: int) -> str:
    """A number below 100 as the Swiss say it."""
    ten, unit = number - number % 10, number % 10
    if ten not in SWISS:
        return spell_below_100(number)
    return SWISS[ten] if not unit else f"{SWISS[ten]}{' et ' if unit == 1 else '-'}{UNITS[unit]}"


@given(thousands=st.integers(0, 99), rest=st.integers(1, 99))
@example(thousands=90, rest=10)
def test_swiss_words_read_back(thousands: int, rest: int) -> None:
    words = f"{spell_swiss(thousands)} mille {spell_swiss(rest)}" if thousands > 1 else spell_swiss(rest)
    value = thousands * 1000 + rest if thousands > 1 else rest
    assert one(f"Soit un prix de {words} francs cette fois.").value == value


@given(
    millions=st.integers(1, 999),
    thousands=st.integers(1, 999),
    written=st.sampled_from(["{} millions {} euros", "{} M {} €"]),
)
def test_digits_around_a_scale_word_read_back(millions: int, thousands: int, written: str) -> None:
    text = (
        f"Le montant atteint {written.replace(' M ', ' millions ').format(millions, grouped(thousands * 1000, ' '))}."
    )
    assert one(text).value == millions * 10**6 + thousands * 1000


@given(
    tenths=st.integers(1, 9999),
    unit=st.sampled_from([("k€", 10**3), ("M€", 10**6), ("Md€", 10**9), ("M d'euros", 10**6)]),
)
def test_amounts_with_a_letter_for_their_scale_read_back(tenths: int, unit: tuple[str, int]) -> None:
    figure = one(f"Le coût est de {tenths // 10},{tenths % 10} {unit[0]} en tout.")
    assert figure.unit == "EUR"
    assert figure.value == pytest.approx(tenths / 10 * unit[1])


@given(number=st.integers(0, 10**9 - 1), cents=st.integers(1, 99))
def test_decimals_read_back(number: int, cents: int) -> None:
    figure = one(f"Le coût est de {grouped(number, ' ')},{cents:02d} euros.")
    assert figure.value == pytest.approx(number + cents / 100)


@given(tenths=st.integers(1, 9999), scale=st.sampled_from([(10**6, "millions"), (10**9, "milliards")]))
def test_digits_with_a_scale_word_read_back(tenths: int, scale: tuple[int, str]) -> None:
    written = f"{tenths // 10},{tenths % 10}"
    assert one(f"Un effort de {written} {scale[1]} d'euros.").value == pytest.approx(tenths / 10 * scale[0])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("soixante-dix-huit élèves", 78),
        ("septante-huit élèves", 78),
        ("huitante et un élèves", 81),
        ("quatre vingt dix neuf élèves", 99),
        ("dix-neuf cent soixante-treize francs", 1973),
        ("10 mille visiteurs", 10_000),
        ("deux mille milliards d'euros", 2e12),
        ("3 millions et demi de visiteurs", 3.5e6),
        ("1 million 200 000 visiteurs", 1.2e6),
        ("cinq virgule zéro deux kilomètres", 5.02),
        ("1,234,567.5 euros", 1_234_567.5),
        ("6.700,54 euros", 6700.54),
        ("un demi-litre", 0.5),
        ("trois demi-journées", 1.5),
        ("deux douzaines d'œufs", 24),
        ("une bonne dizaine de milliers de personnes", 10_000),
        ("½ tonne", 0.5),
        ("1/4 de litre", 0.25),
    ],
)
def test_a_number_is_read_in_its_form(text: str, value: float) -> None:
    assert one(f"Il y a {text} ici.").value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Un tiers des agents est parti.", 1 / 3),
        ("La moitié des agents est partie.", 0.5),
        ("Les trois quarts du budget y passent.", 0.75),
        ("Le quart des communes est touché.", 0.25),
        ("Les deux cinquièmes de la somme restent dus.", 0.4),
    ],
)
def test_a_fraction_is_a_ratio(text: str, value: float) -> None:
    figure = one(text)
    assert (figure.kind, figure.unit) == ("ratio", "1")
    assert figure.value == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "Le tiers payant est généralisé.",
        "Un tiers de confiance garde la clé.",
        "Un cinquième rapport est attendu.",
        "Le vingt-cinquième congrès se tient à Lille.",
        "Il a payé la moitié-moitié.",
        "Plusieurs centaines et des milliers de gens sont venus.",
    ],
)
def test_what_looks_like_a_fraction_or_a_collective_is_none(text: str) -> None:
    assert extract(text) == ()


def test_collectives_are_about_so_many() -> None:
    figure = one("Une centaine d'agents ont répondu.")
    assert (figure.value, figure.approx, figure.subject) == (100, "about", "agents")


def test_number_words_side_by_side_are_several_numbers() -> None:
    assert values("Les notes cinquante, soixante, trente.") == [(50, None), (60, None), (30, None)]


def test_a_recital_of_number_words_is_no_quantity() -> None:
    assert extract("cent " * 100) == ()


@pytest.mark.parametrize(
    ("text", "value", "approx"),
    [
        ("Plus du quart vit hors de la commune.", 1 / 4, "min"),
        ("Seuls les élèves du lycée, dont un tiers loge à l'internat, sont servis.", 1 / 3, None),
        ("Moins du sixième des crédits a été engagé.", 1 / 6, "max"),
        ("La redevance est égale au dixième du loyer.", 1 / 10, None),
        ("Près des deux tiers des gares ferment tôt.", 2 / 3, "about"),
        ("Un tiers sont des retraités.", 1 / 3, None),
    ],
)
def test_a_share_after_an_article_that_hides_it(text: str, value: float, approx: str | None) -> None:
    figure = extract(text)[0]
    assert (figure.unit, figure.approx) == ("1", approx)
    assert figure.value == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "Un tiers est intervenu au contrat.",
        "La généralisation du tiers payant est reportée.",
        "Le dixième de la liste est élu.",
        "Près du tiers de confiance, nul n'est tenu.",
    ],
)
def test_a_third_party_and_a_tenth_place_are_no_shares(text: str) -> None:
    assert extract(text) == ()


def test_a_long_chain_of_digits_joined_by_hyphens_is_no_quantity() -> None:
    assert values("Le code " + "-".join("123456789" * 6) + " vaut 12 euros.") == [(12, "EUR")]
