import pytest

from pipelines.figures.loose import extract_loose


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("première", 1),
        ("le second tour", 2),
        ("11e", 11),
        ("la 74ème", 74),
        ("vingt et unième", 21),
        ("soixante-dix-septième", 77),
        ("quatre-vingtième", 80),
        ("quatre-vingt-onzieme", 91),
        ("nonante-troisième", 93),
        ("deux cent cinquième", 205),
        ("mille deux cent trentième", 1230),
        ("millionième", 1e6),
    ],
)
def test_an_ordinal_is_read(text: str, value: float) -> None:
    assert value in [figure.value for figure in extract_loose(text) if figure.kind == "ordinal"]


@pytest.mark.parametrize("text", ["unième", "le 4 bis", "n° 3", "la 2,5e", "deux mille"])
def test_what_is_no_ordinal(text: str) -> None:
    assert not [figure for figure in extract_loose(text) if figure.kind == "ordinal"]
