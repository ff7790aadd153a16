import pytest

from pipelines.figures.extract import extract
from pipelines.figures.loose import extract_loose


def loose(text: str) -> list[tuple[float | None, str | None]]:
    return [(figure.value, figure.unit) for figure in extract_loose(text) if figure.kind != "ordinal"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("deux vingt-cinquièmes", 2 / 25),
        ("sept trente et unièmes", 7 / 31),
        ("cent quarante-cinquièmes", 100 / 45),
        ("un et un demi", 1.5),
        ("trois et un huitième", 3.125),
        ("moins de quart de million", 250_000),
        ("1,5^3", 3.375),
        ("2^-2", 0.25),
        ("- 2 3/4", -2.75),
        ("négatif un", -1),
        ("moins 4500000", -4_500_000),
        (",85", 0.85),
        ("quarante 5", 45),
        ("7 cent deux", 702),
        ("4,5 k", 4500),
        ("deux mille sur huit", 250),
    ],
)
def test_a_loose_number_is_read(text: str, value: float) -> None:
    assert [read for read, _ in loose(text)] == [pytest.approx(value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("douze livres", (12, "GBP")),
        ("40 millions de livres", (40e6, "GBP")),
        ("huit pieds", (8, "[ft_i]")),
        ("KWD 17", (17, "KWD")),
        ("9 nok", (9, "NOK")),
        ("huit dinars tunisiens", (8, "TND")),
        ("4 degrés sous zéro", (-4, "deg")),
        ("un demi kilo", (0.5, "kg")),
        ("pendant toute la semaine", (1, "wk")),
        ("pour une semaine entière", (1, "wk")),
        ("une température de 12 degrés", (12, "deg")),
    ],
)
def test_a_unit_is_what_is_written(text: str, expected: tuple[float, str]) -> None:
    assert loose(text) == [expected]


def test_two_bounds_are_one_range() -> None:
    (figure,) = extract_loose("supérieur à 12 et inférieur ou égal à 15")
    assert (figure.low, figure.high, figure.approx) == (12, 15, None)


def test_prose_passes_over_what_is_loose() -> None:
    assert extract("Il a lu neuf livres au premier tour.")[0].unit is None
