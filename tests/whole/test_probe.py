"""`questarium probe` on a replica: what it fetches, what it finds, and what it says when a layout is not known."""

import json
from pathlib import Path

from questarium.replica.server import serve
from tests.whole.command import Command


def test_five_pages_politely(tmp_path: Path) -> None:
    with serve(60) as replica:
        newest = replica.site.corpus.highest
        ran = Command(tmp_path)(
            "probe", "pages", "--term", "15", "--base-url", replica.url, "--save", str(tmp_path / "saved"), "--json"
        )
        pages = [hit.path for hit in replica.log if "/q15/" in hit.path]
    assert (ran.code, ran.json["finish"]) == (0, "finished"), ran.err
    assert len(set(pages)) == 5
    assert pages[0] == f"/q15/15-{newest}QE.htm"
    for document in ran.json["documents"]:
        assert (document["format"], document["missing"], document["unknown"]) == ("an_html_c", [], [])
        assert {"author", "rubric", "question", "published date"} <= set(document["found"])
    cases = sorted((tmp_path / "saved" / "an_html_c").iterdir())
    assert len(cases) == len(ran.json["documents"])
    assert {path.name for path in cases[0].iterdir()} == {"input.html", "meta.json", "output.json"}
    assert json.loads((cases[0] / "output.json").read_text("utf-8"))["quarantined"] == []
    assert not (tmp_path / "archive").exists()  # a look is no collecting


def test_the_first_documents_of_a_bulk_file(tmp_path: Path) -> None:
    with serve(40, bulk=True) as replica:
        ran = Command(tmp_path)("probe", "opendata", "--term", "15", "--base-url", replica.url, "--json")
        asked = [hit.path for hit in replica.log]
    assert ran.code == 0, ran.out + ran.err
    assert [document["format"] for document in ran.json["documents"]] == ["an_open_data"] * 5
    assert len(asked) == 2  # robots.txt and the first bytes of the zip
