import pytest

from pipelines.figures.cells import header_unit
from pipelines.figures.extract import extract
from schemas.figure import Figure, Section
from schemas.text_table import TextTable


def figures_of(*rows: tuple[str, ...], header_rows: int = 1, header_columns: int = 1) -> dict[str, Figure]:
    """The figures of a table between two sentences, by their words."""
    before, grid = "Voici 3 chiffres :\n", "\n".join(" | ".join(row) for row in rows)
    text = f"{before}{grid}\nSoit 12 communes."
    table = TextTable(
        section=Section.ANSWER,
        start=len(before),
        end=len(before) + len(grid),
        header_rows=header_rows,
        header_columns=header_columns,
        rows=rows,
    )
    found = extract(text, Section.ANSWER, [table])
    assert all(figure.text == text[figure.start : figure.end] for figure in found)
    assert [figure.start for figure in found] == sorted(figure.start for figure in found)
    return {figure.text: figure for figure in found}


def test_a_cell_has_its_headers_and_the_unit_they_say() -> None:
    found = figures_of(
        ("Région", "Crédits (en millions d'euros)", "Taux (%)"), ("Bretagne", "12,5", "40"), ("Corse", "1 200", "5,5")
    )
    credit = found["12,5"]
    assert (credit.value, credit.unit, credit.kind) == (12.5e6, "EUR", "money")
    assert (credit.row_header, credit.column_header) == ("Bretagne", "Crédits (en millions d'euros)")
    assert (found["1 200"].value, found["5,5"].unit, found["5,5"].kind) == (1.2e9, "%", "percentage")
    assert credit.section == Section.ANSWER


def test_prose_around_a_table_is_read_and_its_lines_are_not() -> None:
    found = figures_of(("Ville", "2017", "2018"), ("Lyon", "10", "20"))
    assert list(found) == ["3", "10", "20", "12"]
    assert found["10"].column_header == "2017"


def test_a_cell_with_its_own_unit_keeps_it() -> None:
    found = figures_of(("", "Montant (k€)"), ("Aide", "300 €"), ("Prêt", "300"))
    assert [found["300 €"].value, found["300"].value] == [300, 300_000]


def test_the_unit_may_stand_in_the_corner_or_beside_the_row() -> None:
    assert figures_of(("(en tonnes)", "2018"), ("Blé", "40"))["40"].unit == "t"
    assert figures_of(("", "2018"), ("Part (en %)", "40"))["40"].unit == "%"


def test_years_and_codes_are_names() -> None:
    found = figures_of(("Année", "Code", "Agents"), ("2018", "33000", "45"), header_columns=0)
    assert list(found) == ["3", "45", "12"]


def test_a_sign_in_a_cell_is_a_direction() -> None:
    assert figures_of(("", "Évolution"), ("Blé", "+ 4 %"))["4 %"].direction == "up"


def test_headers_of_several_rows_are_joined() -> None:
    found = figures_of(("", "Dépenses", "Dépenses"), ("", "2017 (M€)", "2018 (M€)"), ("État", "3", "4"), header_rows=2)
    assert found["4"].column_header == "Dépenses / 2018 (M€)"
    assert found["4"].value == 4e6


@pytest.mark.parametrize(
    ("header", "code", "scale"),
    [
        ("Coût en milliers d'euros", "EUR", 1e3),
        ("Surface (ha)", "har", 1),
        ("Durée (en mois)", "mo", 1),
        ("Montant (en €)", "EUR", 1),
        ("Dette, en milliards d'euros", "EUR", 1e9),
        ("%", "%", 1),
    ],
)
def test_a_header_says_its_unit(header: str, code: str, scale: float) -> None:
    found = header_unit(header)
    assert found is not None
    assert found[0] is not None
    assert (found[0].code, found[1]) == (code, scale)


@pytest.mark.parametrize("header", ["Nombre de jours accordés", "Agents", "", "2018"])
def test_a_header_without_a_unit_says_none(header: str) -> None:
    assert header_unit(header) is None
