import pytest

from pipelines.figures.extract import extract
from schemas.units import in_base


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("km", "m", 1000),
        ("h", "s", 3600),
        ("har", "m2", 10_000),
        ("1", "%", 100),
        ("EUR", "EUR", 1),
        ("person", "person", 1),
    ],
)
def test_a_unit_has_its_base(unit: str, base: str, factor: float) -> None:
    assert in_base(unit) == (base, factor)


def test_francs_are_euros_at_the_irrevocable_rate() -> None:
    (figure,) = extract("Le prix est de 655,957 francs.")
    assert (figure.unit, figure.value, figure.base_unit) == ("FRF", 655.957, "EUR")
    assert figure.base_low == figure.base_high == pytest.approx(100)


def test_a_range_has_its_bounds_in_the_base_unit() -> None:
    (figure,) = extract("Il faut de 3 à 5 km de câble.")
    assert (figure.base_low, figure.base_high, figure.base_unit) == (3000, 5000, "m")
