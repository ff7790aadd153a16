"""One question as a person at a terminal sees it."""

from datetime import date

from pipelines.delays.ministers import Ministers
from pipelines.search.language.phrases import Language
from questarium.cli.output import out
from questarium.cli.showing import print_question
from questarium.queries.show import as_json
from schemas.figure import Figure, FigureKind, Section
from schemas.question import EventKind
from schemas.text_table import TextTable
from tests.records import a_question, event

TEXT = "Avant.\nAn | Agents\n2018 | 250\nAprès."
TABLE = TextTable(
    section=Section.QUESTION,
    start=7,
    end=29,
    header_rows=1,
    header_columns=1,
    rows=(("An", "Agents"), ("2018", "250")),
)
FIGURE = Figure(
    start=26, end=29, text="250", kind=FigureKind.COUNT, value=250, low=None, high=None, unit=None,
    section=Section.QUESTION,
)  # fmt: skip


def shown(text: str, *tables: TextTable, language: Language = Language.EN) -> list[str]:
    asked = a_question(
        12,
        event(EventKind.PUBLISHED, date(2018, 10, 2)),
        event(EventKind.RENEWED, date(2019, 4, 2)),
        question=text,
        tables=tables,
        figures=(FIGURE,),
    )
    with out.capture() as captured:
        print_question(as_json(asked, date(2020, 1, 1), Ministers(())), language)
    return captured.get().splitlines()


def test_a_table_is_drawn_in_its_place() -> None:
    lines = shown(TEXT, TABLE)
    at = lines.index("Avant.")
    assert [line.strip("│┃ ").split() for line in lines[at + 2 : at + 5 : 2]] == [
        ["An", "│", "Agents"],
        ["2018", "│", "250"],
    ]
    assert lines[at + 6] == "Après."


def test_a_text_may_be_a_table_alone() -> None:
    lines = shown(TEXT[7:29], TABLE.model_copy(update={"start": 0, "end": 22}))
    assert any(line.strip("│ ").split() == ["2018", "│", "250"] for line in lines)


def test_a_question_is_told_in_english_or_in_french() -> None:
    english, french = shown(TEXT), shown(TEXT, language=Language.FR)
    assert english[-1] == "Due 2018-12-02, 456 days on 2020-01-01, 395 days late; 1 renewals."
    assert (
        french[-1]
        == "Échéance le 2018-12-02, 456 jours écoulés le 2020-01-01, 395 jours de retard ; renouvellements : 1."
    )
    assert "  2019-04-02  renouvelée" in french
    assert "  2019-04-02  renewed" in english
    assert "Question" in french
