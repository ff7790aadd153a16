"""The governments and who held which office."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from pipelines.normalise.governments import Governments, bundled_governments
from pipelines.normalise.registry import bundled_registry
from schemas.people import Government, Tenure

SINCE_2007 = [
    "Fillon I", "Fillon II", "Fillon III", "Ayrault I", "Ayrault II", "Valls I", "Valls II", "Cazeneuve", "Philippe I",
    "Philippe II", "Castex", "Borne", "Attal", "Barnier", "Bayrou", "Lecornu I", "Lecornu II",
]  # fmt: skip


def holders(ministry: str, day: date) -> list[str]:
    id_ = bundled_registry().ministry_id(ministry)
    return [each.person for each in bundled_governments().tenures if each.ministry_id == id_ and each.covers(day)]


def test_every_government_since_2007_has_its_ministers() -> None:
    governments = bundled_governments()
    staffed = {each.government for each in governments.tenures if each.office not in ("Premier ministre",)}
    assert [each.name for each in governments.governments if each.id in staffed] == SINCE_2007


def test_every_office_is_a_ministry_with_a_portfolio() -> None:
    assert [each.office for each in bundled_governments().tenures if each.ministry_id is None] == []
    registry = bundled_registry()
    assert [
        each.beside for each in bundled_governments().tenures if each.beside and not registry.ministry(each.beside)
    ] == []


@pytest.mark.parametrize(
    ("ministry", "day", "person"),
    [
        ("Intérieur", date(2020, 9, 8), "Gérald Darmanin"),
        ("Intérieur", date(2025, 5, 13), "Bruno Retailleau"),
        ("Ministère de la défense", date(2014, 4, 3), "Jean-Yves Le Drian"),
        ("Budget, comptes publics et fonction publique", date(2008, 1, 1), "Éric Woerth"),
        ("Transports", date(2019, 8, 1), None),
        ("Premier ministre", date(1989, 4, 13), "Michel Rocard"),
        ("Première ministre", date(2023, 1, 1), "Élisabeth Borne"),
        ("Premier ministre", date(2026, 3, 1), "Sébastien Lecornu"),
        ("Culture", date(2026, 3, 1), "Catherine Pégard"),
        ("Santé et prévention", date(2023, 12, 25), None),
        ("Écologie, développement durable et énergie", date(2013, 7, 2), "Delphine Batho"),
    ],
)
def test_who_held_what(ministry: str, day: date, person: str | None) -> None:
    assert holders(ministry, day) == ([person] if person else [])


def test_one_office_has_one_holder_at_a_time() -> None:
    """Two secretaries of State beside one minister may share the label of their offices."""
    by_office: defaultdict[str, list[Tenure]] = defaultdict(list)
    for each in bundled_governments().tenures:
        by_office[each.office].append(each)
    for office, tenures in by_office.items():
        ordered = sorted(tenures, key=lambda each: each.first_day)
        for one, following in pairwise(ordered):
            assert one.last_day is not None, office
            assert one.last_day < following.first_day, office


def test_governments_follow_each_other_without_a_gap() -> None:
    governments = bundled_governments()
    for one, following in pairwise(governments.governments):
        assert governments.on(following.composition) == following
        assert governments.on(following.composition - timedelta(days=1)) == one
    assert governments.on(date(1980, 1, 1)) is None


@pytest.mark.parametrize(
    ("day", "ministry", "changed"),
    [
        (date(2020, 7, 5), "interieur", False),
        (date(2020, 7, 6), "interieur", True),  # signed
        (date(2020, 7, 15), None, True),  # the next weekly issue may date it
        (date(2020, 7, 16), None, False),
        (date(2020, 7, 3), "premier-ministre", True),
        (date(2018, 10, 17), "interieur", True),  # a new minister under the same government
        (date(2018, 10, 17), "armees", False),  # where nobody was named
        (date(2019, 3, 5), "interieur", False),
    ],
)
def test_days_of_change(day: date, ministry: str | None, changed: bool) -> None:
    assert bundled_governments().changed_on(day, [ministry]) == changed


def test_governments_out_of_order_are_refused() -> None:
    one = Government(id="a", name="A", premier="X", appointed=date(2000, 1, 1), composition=date(2000, 1, 2))
    with pytest.raises(ValueError, match="not in the order"):
        Governments([one, one], [], "v")
    backwards = Tenure(
        person="X",
        office="Eau",
        ministry_id=None,
        portfolio=None,
        first_day=date(2001, 1, 2),
        last_day=date(2001, 1, 1),
    )
    with pytest.raises(ValueError, match="is before"):
        Governments([one], [backwards], "v")
