import pytest

from pipelines.figures.rendering import readable
from tests.pipelines.figures.reading import one


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        (
            "près de 3,1 milliards d'euros par an",
            "environ 3,1 milliards d'euros par an",
            "about 3.1 billion euros per year",
        ),
        ("une hausse de 12,5 %", "hausse de 12,5 %", "up by 12.5%"),
        ("entre 3 et 5 agents", "entre 3 et 5", "between 3 and 5"),
        ("deux fois plus", "2 fois", "2 times"),
        ("un tiers des élèves", "33,3 %", "33.3%"),
        ("1,5 million de francs", "1,5 million de francs", "1.5 million francs"),
        ("moins de 2 500 km", "au plus 2 500 kilomètres", "at most 2,500 kilometres"),
        ("une baisse d'environ 3 %", "baisse d'environ 3 %", "down by about 3%"),
        ("120 g/km", "120 g/km", "120 g/km"),
        ("0,17 euro par heure", "0,17 euro par heure", "0.17 euro per hour"),
    ],
)
def test_a_figure_is_said_in_both_languages(text: str, french: str, english: str) -> None:
    figure = one(text)
    assert readable(figure, "fr").replace("\u202f", " ") == french
    assert readable(figure, "en") == english
