"""Every hit in files for other programs, read back as those programs read them."""

import csv
import json
import re
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from questarium.exports.delimited import write_csv
from questarium.exports.references import write_bibtex
from questarium.exports.rows import COLUMNS, Row
from questarium.exports.spreadsheet import write_xlsx
from questarium.queries.asked import ask
from questarium.queries.export import Exported, Format, export
from schemas.errors import UsageError
from schemas.search import Sort
from schemas.settings import Settings
from tests.questarium.queries.corpus import QUESTIONS, TODAY

_BY_ID = {each.id: each for each in QUESTIONS}


def write(corpus: Settings, target: Path, kind: Format, query: str = "*", sort: Sort = Sort.PUBLISHED) -> Exported:
    return export(ask(corpus, query, today=TODAY), target, kind=kind, sort=sort)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_has_every_hit_in_order_and_no_formula(corpus: Settings, tmp_path: Path) -> None:
    written = write(corpus, tmp_path / "hits.csv", Format.CSV)
    rows = read_csv(tmp_path / "hits.csv")
    assert written.questions == len(rows) == len(QUESTIONS)
    assert list(rows[0]) == list(COLUMNS)
    assert [row["id"] for row in rows] == [f"fr-an-15-QE-{n}" for n in (1, 2, 3, 4, 6, 7, 8, 9, 10, 5)]
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0")) for row in rows for cell in row.values())
    assert {row["id"]: row["question"].removeprefix("'") for row in rows} == {
        id_: each.question or "" for id_, each in _BY_ID.items()
    }


def test_the_same_export_is_the_same_bytes(corpus: Settings, tmp_path: Path) -> None:
    for kind in (Format.CSV, Format.JSONL, Format.IRAMUTEQ, Format.TEI):
        for name in ("one", "two"):
            write(corpus, tmp_path / name, kind, query="hôpital")
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_file_beside_says_what_it_is(corpus: Settings, tmp_path: Path) -> None:
    written = write(corpus, tmp_path / "hits.csv", Format.CSV, query="l'hôpital", sort=Sort.DELAY_DESC)
    about = json.loads((tmp_path / "hits.csv.about.json").read_text("utf-8"))
    assert about["questions"] == written.questions == len(read_csv(tmp_path / "hits.csv"))
    assert (about["format"], about["sort"]) == ("csv", "-delay")
    assert about["origin"]["query"] == "l'hôpital"
    assert about["origin"]["understood"]["normalised"] == "hôpital"
    assert about["origin"]["data_version"] == "v000001"
    assert about["origin"]["as_of"] == TODAY.isoformat()
    assert "Licence Ouverte" in about["origin"]["licence"]


def test_json_lines_and_parquet_keep_texts_and_types(corpus: Settings, tmp_path: Path) -> None:
    write(corpus, tmp_path / "hits.jsonl", Format.JSONL)
    write(corpus, tmp_path / "hits.parquet", Format.PARQUET, query="hôpital OU loup")
    lines = [json.loads(line) for line in (tmp_path / "hits.jsonl").read_text("utf-8").split("\n") if line]
    assert {line["id"]: (line["question"], line["answer"]) for line in lines} == {
        id_: (each.question, each.answer) for id_, each in _BY_ID.items()
    }
    table = pq.read_table(tmp_path / "hits.parquet")
    assert table.column_names == list(COLUMNS)
    assert str(table.schema.field("published_date").type) == "date32[day]"
    assert table.schema.metadata[b"normalised"].decode() == "hôpital OU loup"
    assert table.num_rows == 9


def test_iramuteq_lines_begin_where_they_must(corpus: Settings, tmp_path: Path) -> None:
    write(corpus, tmp_path / "corpus.txt", Format.IRAMUTEQ)
    blocks = (tmp_path / "corpus.txt").read_text("utf-8").strip("\n").split("\n\n")
    heads = [line for line in "\n".join(blocks).split("\n") if line.startswith("****")]
    assert len(heads) == len(QUESTIONS)
    assert all(re.fullmatch(r"\*{4}(?: \*[a-z]+_[\w-]+)+", head) for head in heads)
    assert re.search(r"\*legislature_15 .*\*annee_2018 .*\*statut_answered$", heads[0])
    assert any("*groupe_Groupe-A-b *auteur_Éva-Ñandú " in head for head in heads)
    assert all("*" not in line for line in "\n".join(blocks).split("\n") if not line.startswith("****"))
    assert (tmp_path / "corpus.txt").read_text("utf-8").count("\n") == 3 * len(QUESTIONS)


def test_txm_has_a_text_for_each_line_of_its_table(corpus: Settings, tmp_path: Path) -> None:
    target = tmp_path / "corpus"
    write(corpus, target, Format.TXM)
    write(corpus, target, Format.TXM, query="loup")  # an export takes the place of an earlier one
    rows = read_csv(target / "metadata.csv")
    assert next(iter(rows[0])) == "id"
    assert all(name.isascii() for name in rows[0])
    assert (
        {row["id"] for row in rows}
        == {path.stem for path in target.glob("*.txt")}
        == {"fr-an-15-QE-6", "fr-an-15-QE-7", "fr-an-15-QE-8"}
    )


def test_tei_is_well_formed_and_keeps_every_word(corpus: Settings, tmp_path: Path) -> None:
    write(corpus, tmp_path / "corpus.xml", Format.TEI)
    root = etree.parse(tmp_path / "corpus.xml").getroot()
    name = {"t": "http://www.tei-c.org/ns/1.0"}
    texts = root.findall("t:TEI", name)
    assert len(texts) == len(QUESTIONS)
    words = " ".join(" ".join(map(str, text.itertext())) for text in root.iterfind(".//t:body", name))
    assert "<script>alert(1)</script> & hôpital" in words


def test_a_spreadsheet_holds_texts_as_texts_and_long_ones_whole(corpus: Settings, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        assert write(corpus, tmp_path / name, Format.XLSX).questions == len(QUESTIONS)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
        about = book.read("xl/worksheets/sheet1.xml").decode()
        assert b"2000-01-01T00:00:00Z" in book.read("docProps/core.xml")  # not the second in which it is written
    assert "<f>" not in sheet
    assert sheet.count("<row ") == len(QUESTIONS) + 1
    assert "=HYPERLINK" in sheet
    assert "v000001" in about
    long = _row(question="é" * 70_000)
    assert write_xlsx(tmp_path / "long.xlsx", [long], {}) == 1
    with zipfile.ZipFile(tmp_path / "long.xlsx") as book:
        assert book.read("xl/worksheets/sheet2.xml").decode().count("é") == 70_000
    with pytest.raises(ValueError, match="CSV"):
        write_xlsx(tmp_path / "longer.xlsx", [_row(question="é" * 200_000)], {})


def _row(**values: Any) -> Row:
    return {**dict.fromkeys(COLUMNS), **values}


def test_references_are_whole_and_escaped(corpus: Settings, tmp_path: Path) -> None:
    write(corpus, tmp_path / "hits.bib", Format.BIBTEX)
    write(corpus, tmp_path / "hits.ris", Format.RIS)
    bibtex, ris = ((tmp_path / f"hits.{ending}").read_text("utf-8") for ending in ("bib", "ris"))
    assert bibtex.count("@misc{") == ris.count("TY  - GOVDOC") == ris.count("ER  - ") == len(QUESTIONS)
    assert "  howpublished = {Assemblée nationale, 15e législature, question écrite n° 7}," in bibtex
    assert "DA  - 2018/01/30/" in ris
    out = StringIO()
    write_bibtex(out, [_row(id="x", title="50 % & {plus}_^", parliament="uk", term=1, type="QE", number=2)])
    assert r"title = {50 \% \& \{plus\}\_\^{}}" in out.getvalue()


def test_a_folder_of_other_things_is_left_alone(corpus: Settings, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="other things"):
        write(corpus, tmp_path / "mine", Format.TXM)
    with pytest.raises(UsageError, match="cannot be written"):
        write(corpus, tmp_path / "mine" / "thesis.txt" / "x.csv", Format.CSV)
    assert [each.name for each in tmp_path.rglob("*")] == ["mine", "thesis.txt"]


@given(st.text())
def test_no_text_is_a_formula_and_none_is_lost(text: str) -> None:
    file = StringIO(newline="")
    write_csv(file, ["text"], [[text]])
    file.seek(0)
    ((_,), (cell,)) = [row or [""] for row in csv.reader(file)]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))
    assert cell == text or (cell == f"'{text}" and text[0] in "=+-@\t\r\0")
