"""The registry of ministries."""

import csv
import json
import re

import pytest
from bs4 import BeautifulSoup

from pipelines.normalise.registry import Ministry, Registry, bundled_registry
from pipelines.parse.read import read
from tests.pipelines.parse.captures import a_capture
from tests.shared_material import shared


@pytest.mark.parametrize(
    ("label", "id_"),
    [
        ("Intérieur", "interieur"),
        ("intérieur", "interieur"),
        ("Ministère de l'intérieur", "interieur"),
        ("Ministère de l’Intérieur", "interieur"),
        ("Économie, finances et relance", "economie-finances-relance"),
        ("Ministère de l'économie, des finances et de la relance", "economie-finances-relance"),
        ("Secrétariat d'État aux Relations avec le Parlement", "relations-avec-parlement"),
        ("Ministère d'État, ministère de la transition écologique et solidaire", "transition-ecologique-solidaire"),
        ("Ministère délégué auprès du ministre de l'économie, chargé de l'industrie", "industrie"),
        ("Première ministre", "premier-ministre"),
        ("Outre-mers", "outre-mer"),
        ("Minsitère de la défense", "defense"),
        ("Mme la ministre déléguée auprès du ministre de l'intérieur, chargée de la citoyenneté", "citoyennete"),
        ("Secrétariat d'État, auprès du Premier ministre, chargé du numérique", "numerique"),
        ("Ministère chargé des transports auprès du ministre d'État, ministre de l'écologie", "transports"),
        ("Secrétariat d'Etat à l'emploi, auprès de la ministre de l'économie", "emploi"),
        ("Secrétariat d'État auprès du Premier ministre, porte-parole du Gouvernement", "porte-parole-gouvernement"),
        ("Armées (Mme la SE auprès de la ministre)", "armees-mme-se-aupres-ministre"),
        ("Secrétariat d'État auprès de la ministre des armées", "armees-mme-se-aupres-ministre"),
        ("Défense (S.E.)", "defense-aupres"),
        (
            "Transition écologique et solidaire (M. Lecornu, SE auprès du ministre d'État)",
            "transition-ecologique-solidaire-aupres-lecornu",
        ),
        (
            "PME, commerce, artisanat, tourisme et pouvoir d'achat",
            "petites-moyennes-entreprises-commerce-artisanat-tourisme-pouvoir-achat",
        ),
    ],
)
def test_a_label_has_its_id(label: str, id_: str) -> None:
    assert bundled_registry().ministry_id(label) == id_


@pytest.mark.parametrize(
    "label",
    [
        "",
        "Lacs et marais",
        "Lacs (SE)",
        "Secrétariat d'État auprès du ministre des lacs",
        "Intérieurs",
        "Ministère",
        "Intérieur et marais",
        "Intérieur / Marais",
        None,
    ],
)
def test_an_unknown_label_is_not_guessed(label: str | None) -> None:
    assert bundled_registry().ministry_id(label) is None


def test_of_two_ministries_in_one_string_the_first_counts() -> None:
    registry = bundled_registry()
    label = "Ministère du travail / Santé et prévention"
    assert registry.ministry_id(label) == "travail"
    assert registry.portfolios(label) == {"travail", "sante"}
    assert registry.same(label, "Travail / Ministère de la santé et de la prévention")
    assert not registry.same(label, "Travail")
    assert not registry.same(label, "Travail / Culture")


def test_a_portfolio_survives_reshuffles() -> None:
    registry = bundled_registry()
    labels = ("Affaires sociales et santé", "Solidarités et santé", "Santé et prévention")
    assert [found.portfolio for label in labels if (found := registry.ministry(label))] == [
        "solidarites",
        "solidarites",
        "sante",
    ]


def test_a_ministry_holds_the_portfolios_of_all_its_fields() -> None:
    registry = bundled_registry()
    assert registry.portfolios("Solidarités et santé") == {"solidarites", "sante"}
    assert registry.portfolios("Intérieur (MD)") == {"interieur"}
    assert registry.portfolios("Lacs") == set()


def test_every_ministry_of_the_senats_search_form_is_known() -> None:
    """Compounds of several ministries in one line, and two misprints, stay unknown."""
    page = BeautifulSoup(shared("data/senat_search_html/question_search_result_20160403.html").read_bytes(), "lxml")
    options = page.select("select#ministere option[value], select#ministereAncien option[value]")
    labels = {" ".join(option.get_text().split()) for option in options} - {""}
    unknown = sorted(label for label in labels if bundled_registry().ministry(label) is None)
    assert len(labels) > 200
    assert len(unknown) <= 9, unknown


def test_every_label_of_the_real_material_is_known() -> None:
    labels: set[str] = set()
    with shared("data/an_qosd_csv/qosd15_open.csv").open(encoding="utf-8", newline="") as file:
        labels |= {row["ministere_interrogem"] for row in csv.DictReader(file)}
    for path in shared("data/an_expected_json").glob("*.json"):
        record = json.loads(path.read_text("utf-8"))
        labels |= {record["ministere_interroge"], record["ministere_attributaire"]}
    for path in shared("data/an_xml").glob("*.xml"):
        labels |= set(re.findall(r"<(?:ABREGE|DEVELOPPE)>([^<]+)</", path.read_text("utf-8"))) - {"REP_PUB"}
    for path in shared("data/an_opendata_json").glob("*.json"):
        record = json.loads(path.read_text("utf-8"))["question"]
        labels |= {record["minInt"]["abrege"], record["minInt"]["developpe"]}
    assert {label for label in labels if bundled_registry().ministry(label) is None} == set()


def test_the_version_is_that_of_the_content() -> None:
    version = bundled_registry().version
    assert len(version) == 12
    assert int(version, 16)


def test_two_ministries_under_one_label_are_refused() -> None:
    one, other = Ministry("a", "Lacs", "eau"), Ministry("b", "Marais", "eau")
    with pytest.raises(ValueError, match="two ministries"):
        Registry({one: ["Lacs"], other: ["Marais", "Ministère des lacs"]}, "v")


def test_every_ministry_of_the_real_page_texts_is_known() -> None:
    """Labels behind `Ministère …` of the visible texts, in every layout, and those of the official figures."""
    labels: set[str] = set()
    for line in shared("data/page_text_layouts.jsonl").read_text("utf-8").splitlines():
        page = json.loads(line)
        text = re.sub(r"\{text of \d+ characters\}", "Le texte de la question.", page["visible_text"])
        for question in read(a_capture(text, page["url"])).questions:
            shown = (question.ministry_asked, question.ministry_assigned, question.ministry_answered)
            labels |= {label for label in shown if label}
    with shared("data/official_stats_text/figures.csv").open(encoding="utf-8", newline="") as file:
        told = [row["period"].partition(" ministry ")[2] for row in csv.DictReader(file)]
    labels |= {name.partition(" (")[0] for name in told if name}
    assert len(labels) > 10
    assert {label for label in labels if bundled_registry().ministry(label) is None} == set()
