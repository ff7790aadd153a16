"""The commands that keep: export, takedown, backup, restore, verify, prune, as a person runs them."""

from pathlib import Path

from pipelines.flow.backing_up import back_up
from pipelines.flow.building import refresh_questions
from pipelines.flow.importing import import_paths
from questarium.replica.corpus import synthetic
from questarium.replica.layouts import question_page
from schemas.settings import Settings
from tests.pipelines.archive.pages import START
from tests.whole.command import Command


def pages(folder: Path, how_many: int) -> list[str]:
    folder.mkdir(exist_ok=True)
    made = []
    for each in synthetic(how_many, seed=9):
        (folder / f"{each.key}.html").write_bytes(question_page(each))
        made.append(str(each.key))
    return made


def test_from_import_to_restore(tmp_path: Path) -> None:
    questarium = Command(tmp_path / "home")
    ids = pages(tmp_path / "pages", 6)
    assert questarium("import", str(tmp_path / "pages")).code == 0
    assert questarium("build").code == 0
    exported = questarium("export-archive", str(tmp_path / "all.wacz"), "--json")
    assert (exported.code, exported.json["records"]) == (0, 6)
    taken = questarium("takedown", ids[0], "--reason", "names a private person", "--json")
    assert (taken.code, taken.json["captures"]) == (0, 1)
    assert questarium("build").code == 0
    assert "Taken down" in questarium("show", ids[0]).out
    assert questarium("prune", "--keep", "1", "--json").json == {"dropped": ["v000001"]}
    assert questarium("backup", str(tmp_path / "copy"), "--json").json["data_versions"] == 1


def test_from_restore_to_a_ledger_made_again(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    ids = pages(tmp_path / "pages", 6)
    import_paths(settings, [tmp_path / "pages"], now=START, on_progress=lambda _: None)
    refresh_questions(settings, "fr-an-15", now=START)
    back_up(settings, tmp_path / "copy")
    restored = Command(tmp_path / "restored")
    assert restored("restore", str(tmp_path / "copy")).code == 0
    for path in (restored.home / "archive").glob("ledger.sqlite*"):
        path.unlink()
    made = restored("verify", "--rebuild-ledger", "--json")
    assert (made.code, made.json["problems"], made.json["dataset"], made.json["records"]) == (0, [], [], 7)
    assert restored("show", ids[1], "--json").code == 0
    version = next((restored.home / "dataset" / "files" / "texts").iterdir())
    version.write_bytes(b"damaged")
    damaged = restored("verify")
    assert damaged.code == 4
    assert "is damaged" in damaged.err
