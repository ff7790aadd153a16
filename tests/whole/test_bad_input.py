"""Garbage in: a clear line each, quarantined and counted; the rest is loaded; never exit 0, never a traceback."""

from pathlib import Path

import pytest

from tests.whole.command import Command

GOOD = """15ème législature

Question N° 77
de Mme Ada Martin (Groupe du Lac - Savoie )
Question écrite
Ministère interrogé > Intérieur
Ministère attributaire > Intérieur

Rubrique > administration

Titre > Guichets fermés

Question publiée au JO le : 02/10/2018 page : 8678

Texte de la question

Mme Ada Martin demande combien de guichets ont fermé depuis 2015.
"""

BAD = {
    "empty.txt": b"",
    "noise.bin": bytes(range(256)) * 40,
    "cut.html": b"<html><head><title>Question</title></head><body><section class='question_header'><div>Questi",
    "letter.txt": b"Madame, Monsieur, voici une lettre qui n'est pas une question.",
    "cut.warc.gz": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x0b\x77\x0c\x72\xd6\x33",
}


def test_each_bad_file_has_its_line_and_the_good_one_is_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    (folder / "15-77QE.txt").write_text(GOOD, "utf-8")
    questarium = Command(tmp_path / "home")
    ran = questarium("import", str(folder), "--json")
    assert ran.code == 3
    for name in BAD:
        assert name in ran.err, name
    assert ran.json["questions"] == ["fr-an-15-QE-77"]
    assert len(ran.json["quarantined"]) + len(ran.json["unreadable"]) == len(BAD)
    assert questarium("build").code == 3
    rows = questarium("sql", "SELECT reason FROM quarantine WHERE part IS NULL", "--json").json
    assert len(rows) == len(ran.json["quarantined"])
    assert questarium("show", "fr-an-15-QE-77", "--json").json["title"] == "Guichets fermés"
    nonsense = questarium("show", "nonsense")
    assert (nonsense.code, "fr-an-15-QE-12526" in nonsense.err) == (2, True)
    assert questarium("status").code == 3
    assert questarium("verify").code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("show", "fr-an-15-QE-1"), 2, "questarium build"),
        (("show", "nonsense"), 2, "questarium build"),
        (("search", "hôpital"), 2, "questarium build"),
        (("build",), 2, "questarium import"),
        (("collect", "fr-xx"), 2, "fr-an-15"),
        (("import", "no-such-file.txt"), 3, "no-such-file.txt"),
        (("delays", "--as-of", "tomorrow"), 2, "YYYY-MM-DD"),
    ],
)
def test_mistakes_are_answered_in_plain_words(tmp_path: Path, words: tuple[str, ...], code: int, said: str) -> None:
    ran = Command(tmp_path / "home")(*words)
    assert (ran.code, said in ran.err) == (code, True), ran.err
