"""Corrections on the road: the question alone is read again, and the change log says why it changed."""

from datetime import UTC, datetime
from pathlib import Path

from pipelines.dataset.read import connect
from pipelines.dataset.store import Dataset
from pipelines.flow.building import refresh_questions
from pipelines.flow.importing import import_paths
from questarium.queries.corrections import CorrectionState, list_corrections
from questarium.queries.show import show
from schemas.settings import Settings
from tests.pipelines.flow.test_members import PAGE

NOW = datetime(2022, 3, 1, 7, 0, tzinfo=UTC)
CORRECTION = "- {question: fr-an-15-QE-77, field: title, was: Guichets fermés, value: Guichets ouverts, source: JO}\n"


def test_a_correction_comes_and_goes(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    for number in (77, 78):
        page = tmp_path / f"15-{number}QE.txt"
        page.write_text(PAGE.replace("N° 77", f"N° {number}"), "utf-8")
        import_paths(settings, [page], now=NOW, on_progress=lambda _: None)
    assert refresh_questions(settings, "fr-an-15", now=NOW).captures_read == 2

    settings.corrections_file.write_text(CORRECTION, "utf-8")
    assert [each.state for each in list_corrections(settings)] == [CorrectionState.NOT_BUILT]
    assert refresh_questions(settings, "fr-an-15", now=NOW).captures_read == 1
    shown = show(settings, "fr-an-15-QE-77", as_of=None, today=NOW.date())
    assert shown["title"] == "Guichets ouverts"
    assert [(each["published"], each["source"]) for each in shown["corrections"]] == [("Guichets fermés", "JO")]
    assert [each.state for each in list_corrections(settings)] == [CorrectionState.APPLIED]
    assert not refresh_questions(settings, "fr-an-15", now=NOW).commit.is_new

    settings.corrections_file.unlink()
    assert refresh_questions(settings, "fr-an-15", now=NOW).captures_read == 1
    assert show(settings, "fr-an-15-QE-77", as_of=None, today=NOW.date())["title"] == "Guichets fermés"
    version = Dataset.open(settings.dataset_dir).current
    assert version is not None
    with connect(version) as connection:
        log = connection.execute(
            "SELECT field, cause FROM changes WHERE change = 'changed' ORDER BY sequence"
        ).fetchall()
    assert log == [("title", "correction"), ("corrections", "correction")] * 2


def test_a_correction_whose_source_moved_on_is_shown_as_such(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", corrections=tmp_path / "mine.yaml")
    page = tmp_path / "15-77QE.txt"
    page.write_text(PAGE, "utf-8")
    import_paths(settings, [page], now=NOW, on_progress=lambda _: None)
    settings.corrections_file.write_text(CORRECTION.replace("fermés", "sales"), "utf-8")
    refresh_questions(settings, "fr-an-15", now=NOW)
    shown = show(settings, "fr-an-15-QE-77", as_of=None, today=NOW.date())
    assert (shown["title"], shown["flags"]) == ("Guichets fermés", ["later_group", "stale_correction"])
    assert [each.state for each in list_corrections(settings)] == [CorrectionState.STALE]
