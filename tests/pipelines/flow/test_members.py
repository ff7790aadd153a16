"""Files of members on the road: imported, built, and joined with the questions of their term."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.dataset.read import connect, question
from pipelines.dataset.store import Dataset
from pipelines.flow.building import partitions, refresh_after_members, refresh_questions
from pipelines.flow.importing import import_paths
from questarium.queries.show import show
from schemas.question import Question
from schemas.settings import Settings
from schemas.tables import UNPLACED

NOW = datetime(2022, 3, 1, 7, 0, tzinfo=UTC)
PAGE = """15ème législature

Question N° 77
de Mme Ada Martin (Agir ensemble - Savoie )
Question écrite
Ministère interrogé > Intérieur
Ministère attributaire > Intérieur

Rubrique > administration

Titre > Guichets fermés

Question publiée au JO le : 02/10/2018 page : 8678

Texte de la question

Mme Ada Martin demande combien de guichets ont fermé depuis 2015.
"""


def mandate(id_: str, kind: str, organ: str, first: str, last: str | None, **more: object) -> dict[str, object]:
    return {
        "uid": id_, "acteurRef": more.pop("member", "PA1"), "typeOrgane": kind, "organes": {"organeRef": organ},
        "legislature": more.pop("term", "15"), "dateDebut": first, "dateFin": last,
        "infosQualite": {"libQualite": more.pop("quality", "Membre")}, **more,
    }  # fmt: skip


def member(id_: str, first: str, last: str, *mandates: dict[str, object]) -> dict[str, object]:
    identity = {"civ": "Mme", "prenom": first, "nom": last}
    return {"acteur": {"uid": id_, "etatCivil": {"ident": identity}, "mandats": {"mandat": list(mandates)}}}


def organ(id_: str, kind: str, label: str, first: str) -> dict[str, object]:
    return {
        "organe": {
            "uid": id_, "codeType": kind, "libelle": label, "libelleAbrege": label, "legislature": "15",
            "viMoDe": {"dateDebut": first, "dateFin": None},
        }
    }  # fmt: skip


SEAT = {"lieu": {"departement": "Savoie", "numCirco": "1"}}
DOCUMENTS = {
    "acteur/PA1.json": member(
        "PA1", "Ada", "Martin",
        mandate("PM1", "GP", "PO1", "2017-06-27", "2020-05-26"),
        mandate("PM2", "GP", "PO2", "2020-05-27", None),
        mandate("PM3", "ASSEMBLEE", "PO0", "2017-06-21", None, election=SEAT),
    ),
    "acteur/PA2.json": member(
        "PA2", "Éva", "Rivière",
        mandate("PM4", "MINISTERE", "PO3", "2018-09-01", None, member="PA2", term=None, quality="Ministre"),
    ),
    "organe/PO1.json": organ("PO1", "GP", "La République en Marche", "2017-06-27"),
    "organe/PO2.json": organ("PO2", "GP", "Agir ensemble", "2020-05-27"),
    "organe/PO3.json": organ("PO3", "MINISTERE", "Intérieur", "2018-09-01"),
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A question, built before anybody knew of its asker."""
    found = Settings(home=tmp_path / "home")
    page = tmp_path / "15-77QE.txt"
    page.write_text(PAGE, "utf-8")
    import_paths(found, [page], now=NOW, on_progress=lambda _: None)
    refresh_questions(found, "fr-an-15", now=NOW)
    return found


def stored(settings: Settings) -> Question:
    version = Dataset.open(settings.dataset_dir).current
    assert version is not None
    found = question(version, "fr-an-15-QE-77")
    assert found is not None
    return found


def bring(settings: Settings, folder: Path, documents: dict[str, dict[str, object]]) -> None:
    for name, document in documents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document), "utf-8")
    report = import_paths(settings, [folder], now=NOW, on_progress=lambda _: None)
    assert report.complete
    for partition in partitions(settings):
        refresh_questions(settings, partition, now=NOW)


def test_members_come_into_the_dataset_and_into_the_questions(settings: Settings, tmp_path: Path) -> None:
    before = stored(settings)
    assert before.author is not None
    assert (before.author.group, before.author.source_id, before.flags) == ("Agir ensemble", None, ("later_group",))
    bring(settings, tmp_path / "amo", DOCUMENTS)
    author = stored(settings).author
    assert author is not None
    assert (author.group, author.source_id) == ("La République en Marche", "PA1")
    version = Dataset.open(settings.dataset_dir).current
    assert version is not None
    assert version.partition_counts(UNPLACED) | {"captures": 5, "members": 2, "mandates": 4, "organs": 3} == (
        version.partition_counts(UNPLACED)
    )
    with connect(version) as connection:
        causes = connection.execute("SELECT DISTINCT cause FROM changes WHERE change = 'changed'").fetchall()
    assert causes == [("registry",)]


def test_a_rebuild_without_news_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    bring(settings, tmp_path / "amo", DOCUMENTS)
    name = Dataset.open(settings.dataset_dir).current
    for partition in partitions(settings):
        assert not refresh_questions(settings, partition, now=NOW).commit.is_new
    assert Dataset.open(settings.dataset_dir).current == name


def test_a_later_file_of_one_member_leaves_the_others(settings: Settings, tmp_path: Path) -> None:
    bring(settings, tmp_path / "amo", DOCUMENTS)
    renamed = {"acteur/PA2.json": member("PA2", "Éva", "Étang")}
    bring(settings, tmp_path / "later", renamed)
    version = Dataset.open(settings.dataset_dir).current
    assert version is not None
    with connect(version) as connection:
        names = connection.execute("SELECT last_name FROM members ORDER BY id").fetchall()
    assert names == [("Martin",), ("Étang",)]


def test_a_mandate_in_a_ministry_overrules_the_registry(settings: Settings, tmp_path: Path) -> None:
    day = date(2018, 10, 20)
    told = show(settings, "fr-an-15-QE-77", as_of=None, today=day)["delay"]
    assert (told["minister"], told["minister_since"]) == ("Christophe Castaner", "2018-10-17")
    assert told["minister_source"] == "bundled"
    bring(settings, tmp_path / "amo", DOCUMENTS)
    told = show(settings, "fr-an-15-QE-77", as_of=None, today=day)["delay"]
    assert (told["minister"], told["minister_since"], told["days_with_minister"]) == ("Éva Rivière", "2018-09-01", 18)
    assert told["minister_source"] == "amo"


def test_a_term_is_built_after_the_members_who_ask_in_it(settings: Settings, tmp_path: Path) -> None:
    for name, document in DOCUMENTS.items():
        path = tmp_path / "amo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document), "utf-8")
    import_paths(settings, [tmp_path / "amo"], now=NOW, on_progress=lambda _: None)
    refresh_after_members(settings, "fr-an-15", now=NOW)
    author = stored(settings).author
    assert author is not None
    assert author.source_id == "PA1"
