"""The visible texts of real pages: every field of each, the prose replaced by prose of the same length."""

import json
import re

import pytest

from pipelines.parse.read import read
from schemas.question import RawQuestion
from tests.pipelines.parse.captures import a_capture, only
from tests.shared_material import shared


def _prose(found: re.Match[str]) -> str:
    words = "Il demande combien de sources ont tari, et ce que le Gouvernement compte faire. " * 30
    return words[: int(found[1]) - 1].strip().ljust(int(found[1]) - 1, "x") + "."


def _layouts() -> list[dict[str, str]]:
    lines = shared("data/page_text_layouts.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


PARTICIPATION = "Relations avec le Parlement et participation citoyenne"
# question → author, group, constituency, ministry asked, ministry answering or assigned, events
EXPECTED: dict[str, tuple[str | None, str | None, str | None, str | None, str | None, str]] = {
    "14-98355QE": (
        "Guillaume Larrivé",
        "Les Républicains",
        "Yonne (1re circonscription)",
        "Relations avec le Parlement",
        None,
        "published answered:2016-08-16",
    ),
    "14-99052QE": (
        "Marc Le Fur",
        "Les Républicains",
        "Côtes-d'Armor (3e circonscription)",
        None,
        None,
        "published answered:2016-09-27",
    ),
    "17-6287QE": (
        "Marie-France Lorho",
        "Rassemblement National",
        "Vaucluse (4e circonscription)",
        None,
        None,
        "published answered:2025-05-06",
    ),
    "11-73828QE": (None, None, None, None, None, "published"),
    "12-12746QE": (None, None, None, None, None, "published"),
    "13-123657QE": (None, None, None, None, None, "published answered"),
    "13-15537QE": (None, None, None, None, None, "published answered"),
    "15-3828QE": (
        "Naïma Moutchou",
        "La République en Marche",
        "Val-d'Oise (4e circonscription)",
        None,
        None,
        "published",
    ),
    "15-41834QE": (
        "Olivier Falorni",
        "Libertés et Territoires",
        "Charente-Maritime",
        PARTICIPATION,
        PARTICIPATION,
        "published:2021-10-12/7499 answered:2021-11-30/8592",
    ),
    "qSEQ87120275S": (
        "RUFIN Michel",
        "RPR",
        "Meuse",
        None,
        "Affaires européennes",
        "published:1987-12-03 answered:1987-12-19",
    ),
    "qSEQ890304169": (
        "GRUILLOT Georges",
        "RPR",
        "Doubs",
        None,
        "Premier ministre",
        "published:1989-03-30/507 answered:1989-04-13",
    ),
    "qSEQ080203308": (
        "MASSON Jean Louis",
        "NI",
        "Moselle",
        None,
        "Secrétariat d'État aux Relations avec le Parlement",
        "published:2008-02-07/222 answered:2008-04-10/726",
    ),
    "qSEQ180404358": (
        "BONHOMME François",
        "Les Républicains-A",
        "Tarn-et-Garonne",
        None,
        "Ministère de l'intérieur",
        "published:2018-04-12/1702 answered:2018-05-31",
    ),
    "qSEQ220628479": (
        "PAUL Philippe",
        "Les Républicains-R",
        "Finistère",
        None,
        None,
        "published:2022-06-30/3051 lapsed",
    ),
    "15-20984QE": (
        "Charles de la Verpillière",
        None,
        None,
        "Ministère de la transition écologique",
        None,
        "published:2019-07-02 lapsed:2022-06-21",
    ),
}
KEYS = {
    "qSEQ87120275S": "fr-senat-8-QOSD-275",
    "qSEQ890304169": "fr-senat-9-QE-4169",
    "qSEQ080203308": "fr-senat-13-QE-3308",
    "qSEQ180404358": "fr-senat-15-QE-4358",
    "qSEQ220628479": "fr-senat-15-QE-28479",
}


@pytest.mark.parametrize("number", range(len(EXPECTED)))
class TestPageTexts:
    @pytest.fixture
    def line(self, number: int) -> dict[str, str]:
        return _layouts()[number]

    @pytest.fixture
    def question(self, line: dict[str, str]) -> RawQuestion:
        text = re.sub(r"\{text of (\d+) characters\}", _prose, line["visible_text"])
        return only(read(a_capture(text, line["url"])))

    def test_key(self, line: dict[str, str], question: RawQuestion) -> None:
        name = line["question"]
        found = re.fullmatch(r"(\d+)-(\d+)(QE)", name)
        assert str(question.key) == (KEYS[name] if found is None else f"fr-an-{found[1]}-{found[3]}-{found[2]}")

    def test_fields(self, line: dict[str, str], question: RawQuestion) -> None:
        author = question.author
        events = " ".join(
            each.kind + (f":{each.date}" if each.date else "") + (f"/{each.page}" if each.page else "")
            for each in question.events
        )
        assert EXPECTED[line["question"]] == (
            author.name if author else None,
            author.group if author else None,
            author.constituency if author else None,
            question.ministry_asked,
            question.ministry_answered or question.ministry_assigned,
            events,
        )

    def test_texts_are_whole(self, line: dict[str, str], question: RawQuestion) -> None:
        """Each text has the length that the layout says, line breaks between its paragraphs included."""
        lengths = [int(length) for length in re.findall(r"\{text of (\d+) characters\}", line["visible_text"])]
        got = [paragraph for text in (question.question, question.answer) if text for paragraph in text.split("\n")]
        assert [len(paragraph) for paragraph in got] == lengths

    def test_no_more_is_partial_than_what_is_cut(self, line: dict[str, str], question: RawQuestion) -> None:
        shows_only_the_answer = line["question"] == "13-15537QE"
        assert question.partial == (bool(line["cut_short"]) or shows_only_the_answer)
