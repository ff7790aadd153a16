"""Issues of the JO: found in the listings, taken once, each file in them a capture of its own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse

from pipelines.archive.archive import Archive
from questarium.replica.files import ServedFile
from schemas.capture import MEMBER_MARK
from spiders.dila import DilaSpider, issues_listed
from spiders.members import MembersSpider
from spiders.sites import bulk_url
from tests.spiders.crawling import TERM
from tests.spiders.offline import BASE, Offline
from tests.spiders.zips import tarred, zipped

HOME = "/OPENDATA/Questions-Reponses/AN/"
NOW = datetime(2022, 7, 1, tzinfo=UTC)


def issue(year: int, number: int) -> tuple[str, ServedFile]:
    name = f"ANQ{year}{number:04d}"
    files = {
        f"REDIF_{name}.xml": f"<REDIF n='{name}'/>".encode(),
        f"XML1JO_AN{number}.xml": f"<XML1JO n='{name}'/>".encode(),
    }
    return f"{name}.taz", tarred(files)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Offline:
    """Two past years and the current one, seen in the summer after the term's end."""
    monkeypatch.setattr(DilaSpider, "now", staticmethod(lambda: NOW))
    offline = Offline()
    for folder, year, count in (("2016", 2016, 2), ("2021", 2021, 3), ("Annee_en_cours", 2022, 6)):
        for number in range(1, count + 1):
            name, file = issue(year, number)
            offline.site.files[f"{HOME}{folder}/{name}"] = file
    return offline


def fetched(site: Offline) -> list[str]:
    return [path.rpartition("/")[2] for path, _, _ in site.log if path.endswith(".taz")]


def test_the_issues_of_the_years_of_the_term(site: Offline, tmp_path: Path) -> None:
    spider = site.run(DilaSpider, tmp_path)
    assert (spider.incomplete, spider.tally["new"]) == (None, 18)
    wanted = [f"ANQ2021000{n}.taz" for n in (1, 2, 3)] + [f"ANQ2022000{n}.taz" for n in (1, 2, 3, 4, 5, 6)]
    assert fetched(site) == wanted
    with Archive.open(tmp_path) as archive:
        assert [each.url.rpartition("/")[2] for each in archive.bulk_files("dila", TERM)] == wanted
        bodies = {ref.url.partition(MEMBER_MARK)[2]: archive.read(ref).body for ref in archive.captures()}
    assert bodies["REDIF_ANQ20220006.xml"] == b"<REDIF n='ANQ20220006'/>"


def test_later_only_the_latest_issues_are_looked_at_again(site: Offline, tmp_path: Path) -> None:
    site.run(DilaSpider, tmp_path)
    site.log.clear()
    name, file = issue(2022, 7)
    site.site.files[f"{HOME}Annee_en_cours/{name}"] = file
    spider = site.run(DilaSpider, tmp_path)
    assert (spider.tally["new"], spider.tally["unchanged"]) == (2, 6)
    statuses = {path.rpartition("/")[2]: status for path, _, status in site.log if path.endswith(".taz")}
    assert statuses == {f"ANQ2022000{n}.taz": 206 if n == 7 else 304 for n in (4, 5, 6, 7)}


def test_a_closed_term_is_left_alone(site: Offline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.run(DilaSpider, tmp_path)
    monkeypatch.setattr(DilaSpider, "now", staticmethod(lambda: datetime(2023, 7, 1, tzinfo=UTC)))
    site.log.clear()
    assert site.run(DilaSpider, tmp_path).incomplete is None
    assert fetched(site) == []


def test_no_issue_where_some_were_expected_is_no_success(site: Offline, tmp_path: Path) -> None:
    for path in list(site.site.files):
        if path.startswith(HOME):
            del site.site.files[path]
    assert site.run(DilaSpider, tmp_path).incomplete == "missing"
    site.site.files[f"{HOME}Annee_en_cours/readme.txt"] = ServedFile(b"")
    assert site.run(DilaSpider, tmp_path / "other").incomplete == "no_issue"


def test_a_damaged_issue_is_told_and_the_others_come(site: Offline, tmp_path: Path) -> None:
    path = f"{HOME}Annee_en_cours/ANQ20220002.taz"
    whole, site.site.files[path] = site.site.files[path], ServedFile(site.site.files[path].body[:600])
    spider = site.run(DilaSpider, tmp_path)
    assert (spider.incomplete, spider.tally["new"]) == ("damaged_archive", 16)
    site.site.files[path] = whole
    healed = site.run(DilaSpider, tmp_path)
    assert (healed.incomplete, healed.tally["new"]) == (None, 2)


@pytest.mark.parametrize(
    "line",
    [
        '<img src="/icons/compressed.gif" alt="[ ]"> <a href="ANQ20260010.taz">ANQ20260010.taz</a>  2026-03-10  1.2M',
        "<tr><td><A HREF=ANQ20260010.taz>ANQ20260010.taz</A></td></tr>",
        "<a href='/OPENDATA/Questions-Reponses/AN/2026/ANQ20260010.taz'>x</a>",
    ],
)
def test_listings_as_servers_write_them(line: str) -> None:
    page = f'<html><a href="../">Parent</a> <a href="SEQ20260010.taz">s</a> <a href="ANQ20250001.taz">o</a> {line}'
    response = HtmlResponse("http://127.0.0.1/", body=page.encode(), encoding="utf-8")
    assert issues_listed(response, range(2026, 2027)) == ["ANQ20260010.taz"]


def test_members_are_one_capture_each(tmp_path: Path) -> None:
    site = Offline()
    path = bulk_url("members", "history", TERM, BASE).removeprefix(BASE)
    people = {f"json/acteur/PA{n}.json": f'{{"acteur": {n}}}'.encode() for n in (1, 2)}
    site.site.files[path] = zipped(people | {"json/organe/PO1.json": b'{"organe": 1}'})
    spider = site.run(MembersSpider, tmp_path)
    assert (spider.incomplete, spider.tally["new"]) == (None, 3)
    assert site.run(MembersSpider, tmp_path).tally == {}  # seen today
    with Archive.open(tmp_path) as archive:
        assert {
            ref.url.partition(MEMBER_MARK)[2]: archive.read(ref).body for ref in archive.captures()
        }.items() >= people.items()
        assert {ref.source for ref in archive.captures()} == {"members"}
