"""The registry of parliamentary groups."""

import json
from datetime import date

import pytest

from pipelines.normalise.groups import bundled_groups
from schemas.identity import TermKey
from tests.shared_material import shared


@pytest.mark.parametrize(
    ("term", "label", "abbreviation"),
    [
        ("fr-an-14", "Les Républicains", "LES-REP"),
        ("fr-an-14", "les républicains", "LES-REP"),
        ("fr-an-17", "RN", "RN"),
        ("fr-an-8", "Rassemblement pour la République", "RPR"),
        ("fr-an-13", "Union pour un Mouvement Populaire", "UMP"),
        ("fr-senat-15", "Les Républicains-R", "Les Républicains"),
        ("fr-senat-8", "RPR", "RPR"),
    ],
)
def test_a_label_or_an_abbreviation_is_known_in_its_term(term: str, label: str, abbreviation: str) -> None:
    assert {group.abbreviation for group in bundled_groups().groups(TermKey.parse(term), label)} == {abbreviation}


@pytest.mark.parametrize(("term", "label"), [("fr-an-13", "Les Républicains"), ("fr-an-15", "Groupe du Lac")])
def test_a_label_of_another_term_is_unknown(term: str, label: str) -> None:
    assert bundled_groups().groups(TermKey.parse(term), label) == ()


def test_a_group_formed_later_is_told() -> None:
    groups, term = bundled_groups(), TermKey.parse("fr-an-14")
    assert groups.came_later(term, "Les Républicains", date(2014, 1, 7))
    assert not groups.came_later(term, "Les Républicains", date(2016, 1, 5))
    assert not groups.came_later(term, "Groupe du Lac", date(2014, 1, 7))


def test_the_groups_of_the_real_material_are_known() -> None:
    record = json.loads(next(shared("data/an_opendata_json").glob("*.json")).read_text("utf-8"))["question"]
    group = record["auteur"]["groupe"]
    for name in (group["abrege"], group["developpe"]):
        assert bundled_groups().groups(TermKey.parse("fr-an-17"), name)
