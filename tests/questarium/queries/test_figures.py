"""Figures are listed and counted over a data version, in the unit asked for."""

from typing import Any

import pytest

from pipelines.dataset.store import Dataset
from pipelines.figures.extract import extract
from questarium.queries.annotating import sampled_texts
from questarium.queries.figures import FigureFilter, Grouping, find_figures, group_figures
from schemas.figure import Section
from schemas.settings import Settings
from tests.pipelines.dataset.made import commit, numbered

TEXT = "Il y a 3 km de voie, 800 mètres de quai et une hausse de 12 % du trafic. Le coût est de 655,957 francs par an."


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings over a dataset with one question that has figures and one that has none."""
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    question, empty = numbered(1, 2)
    with_figures = question.model_copy(update={"answer": TEXT, "figures": extract(TEXT, Section.ANSWER)})
    commit(Dataset.open(settings.dataset_dir), with_figures, empty)
    return settings


def texts(settings: Settings, **wanted: Any) -> list[str]:
    return [row["text"] for row in find_figures(settings, FigureFilter(**wanted), limit=10).figures]


def test_a_unit_finds_the_other_units_of_its_kind(settings: Settings) -> None:
    assert texts(settings, unit="km") == texts(settings, unit="m") == ["3 km", "800 mètres"]
    assert texts(settings, unit="km", low=1) == ["3 km"]
    assert texts(settings, unit="km", high=1) == ["800 mètres"]
    assert texts(settings, unit="EUR", low=99, high=101) == ["655,957 francs"]


def test_bounds_without_a_unit_are_of_the_number_as_written(settings: Settings) -> None:
    assert texts(settings, low=500) == ["800 mètres", "655,957 francs"]


def test_figures_are_found_by_what_qualifies_them(settings: Settings) -> None:
    assert texts(settings, direction="up") == ["12 %"]
    assert texts(settings, per="a") == ["655,957 francs"]
    assert texts(settings, subject="QUAI") == ["800 mètres"]
    assert texts(settings, kind="measure", section="question") == []


def test_a_figure_is_said_in_both_languages(settings: Settings) -> None:
    (row,) = find_figures(settings, FigureFilter(direction="up"), limit=1).figures
    assert (row["fr"].replace("\u202f", " "), row["en"]) == ("hausse de 12 %", "up by 12%")


def test_the_total_counts_what_the_limit_hides(settings: Settings) -> None:
    found = find_figures(settings, FigureFilter(), limit=1)
    assert (found.total, len(found.figures)) == (4, 1)


def test_figures_are_counted_by_group_with_bounds_where_they_are_alike(settings: Settings) -> None:
    groups = {group["name"]: group for group in group_figures(settings, FigureFilter(), Grouping.KIND, limit=9).groups}
    assert (groups["measure"]["figures"], groups["measure"]["questions"]) == (2, 1)
    assert (groups["measure"]["least"], groups["measure"]["most"], groups["measure"]["base_unit"]) == (800, 3000, "m")
    (all_together,) = group_figures(settings, FigureFilter(), Grouping.MINISTRY, limit=9).groups
    assert (all_together["figures"], all_together["least"]) == (4, None)


def test_texts_are_drawn_from_the_dataset_to_be_annotated(settings: Settings) -> None:
    drawn = dict(sampled_texts(settings, 10))
    assert drawn["fr-an-15-QE-1-r"] == TEXT
    assert list(drawn) == list(dict(sampled_texts(settings, 10)))
