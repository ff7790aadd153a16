"""The open-data zip: hashed question by question, read as an official list, and resumed where it broke."""

import json
import subprocess
import time
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.verify import verify
from questarium.replica.faults import Faults, FileFault
from questarium.replica.files import ServedFile
from questarium.replica.oral import oral_path
from questarium.replica.server import Replica, serve
from schemas.capture import MEMBER_MARK, NumberState
from schemas.identity import QuestionKey, QuestionType
from spiders import download
from spiders.opendata import OpenDataSpider, OralSpider
from tests.spiders.crawling import TERM, command, crawl, states
from tests.spiders.offline import Offline
from tests.spiders.zips import OPEN_DATA, document, questions_zip, zipped

HELD = (1, 2, 4, 5, 6, 8)


def collected(site: Offline, archive: Path, file: ServedFile | None) -> tuple[str | None, dict[str, int]]:
    """Why the run is not whole, and what came of the questions."""
    if file is not None:
        site.site.files[OPEN_DATA] = file
    spider = site.run(OpenDataSpider, archive)
    return spider.incomplete, dict(spider.tally)


def bodies(archive: Path, number: int) -> list[bytes]:
    with Archive.open(archive) as opened:
        key = QuestionKey.parse(f"{TERM}-QE-{number}")
        return [opened.read(ref).body for ref in opened.revisions(key)]


def test_each_question_is_a_capture_and_the_list_is_evidence(tmp_path: Path) -> None:
    assert collected(Offline(), tmp_path, questions_zip(HELD)) == (None, {"unchanged": 0, "new": len(HELD)})
    assert bodies(tmp_path, 4) == [document(4)]
    found = states(tmp_path)
    assert [number for number, each in found.items() if each.state is NumberState.ARCHIVED] == list(HELD)
    with Archive.open(tmp_path) as archive:
        (file,) = archive.bulk_files("opendata", TERM)
    for number in (3, 7):
        assert (found[number].state, found[number].reason) == (NumberState.NEVER_PUBLISHED, "not_in_list")
        assert found[number].evidence == (file.citation,)
    assert (file.members, file.highest) == (len(HELD), 8)
    assert not verify(tmp_path).problems
    assert list((tmp_path / download.FOLDER).iterdir()) == []


def test_a_second_run_costs_one_conditional_request(tmp_path: Path) -> None:
    site = Offline()
    collected(site, tmp_path, questions_zip(HELD))
    assert collected(site, tmp_path, None) == (None, {"unchanged": len(HELD)})
    assert [status for _, _, status in site.log] == [206, 304]


def test_checksums_change_without_any_change_of_content(tmp_path: Path) -> None:
    site, first, second = Offline(), questions_zip(HELD, day=1), questions_zip(HELD, day=2)
    assert first.body != second.body
    collected(site, tmp_path, first)
    assert collected(site, tmp_path, second) == (None, {"unchanged": len(HELD)})
    with Archive.open(tmp_path) as archive:
        assert archive.count_captures() == len(HELD)


def test_a_changed_question_is_a_new_revision(tmp_path: Path) -> None:
    site = Offline()
    collected(site, tmp_path, questions_zip(HELD))
    files = {f"json/QANR5L15QE{n}.json": document(n, version=2 if n == 4 else 1) for n in (*HELD, 9)}
    assert collected(site, tmp_path, zipped(files, day=3)) == (None, {"unchanged": 5, "changed": 1, "new": 1})
    assert bodies(tmp_path, 4) == [document(4), document(4, version=2)]


def test_one_document_of_all_questions_is_cut_up(tmp_path: Path) -> None:
    questions = [json.loads(document(number))["question"] for number in HELD]
    whole = json.dumps({"questionsEcrites": {"question": questions}}).encode()
    assert collected(Offline(), tmp_path, zipped({"Questions_ecrites_XV.json": whole}))[1]["new"] == len(HELD)
    assert json.loads(bodies(tmp_path, 8)[0]) == {"question": questions[-1]}


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (None, "missing"),
        (zipped({}), "unknown_format"),
        (zipped({"readme.txt": b"Licence ouverte"}), "empty"),
        (ServedFile(b"<html>maintenance</html>", "text/html"), "unknown_format"),
        (ServedFile(questions_zip(HELD).body[:-30]), "damaged_archive"),
        (zipped({"bomb.json": bytes(30 << 20)}), "too_big"),
    ],
)
def test_what_is_no_list_says_nothing_of_any_number(file: ServedFile | None, reason: str, tmp_path: Path) -> None:
    incomplete, tally = collected(Offline(), tmp_path, file)
    assert (incomplete, tally.get("new", 0)) == (reason, int(reason == "empty"))
    assert states(tmp_path) == {}
    assert list((tmp_path / download.FOLDER).iterdir()) == []


def test_a_member_that_is_no_question_is_kept_for_the_parsers_to_refuse(tmp_path: Path) -> None:
    odd = {"readme.txt": b"Licence ouverte", "cut.json": b'{"question": [{"uid": "QANR5L15QE7"'}
    files = odd | {"json/1.json": document(1)}
    assert collected(Offline(), tmp_path, zipped(files)) == (None, {"unchanged": 0, "new": 3})
    with Archive.open(tmp_path) as archive:
        kept = {ref.url.partition(MEMBER_MARK)[2]: archive.read(ref).body for ref in archive.captures()}
    assert kept == {"readme.txt/0": odd["readme.txt"], "QANR5L15QE7": odd["cut.json"], "QANR5L15QE1": document(1)}


def test_a_list_that_has_shrunk_says_nothing_either(tmp_path: Path) -> None:
    site = Offline()
    collected(site, tmp_path, questions_zip(range(1, 31)))
    assert collected(site, tmp_path, questions_zip([*range(1, 20), 40], day=2))[0] == "shrunken"
    assert {each.state for each in states(tmp_path).values()} == {NumberState.ARCHIVED}


def test_pages_fill_in_what_the_zip_lacks(tmp_path: Path) -> None:
    with serve(20) as replica:
        corpus = replica.site.corpus
        real = [question.key.number for question in corpus]
        absent = sorted(set(range(1, corpus.highest + 1)) - set(real))
        left_out = real[3]
        replica.site.files[OPEN_DATA] = questions_zip([number for number in real if number != left_out])
        crawl(replica, tmp_path, spider="opendata")
        replica.log.clear()
        pages = crawl(replica, tmp_path)
        paths = {hit.path for hit in replica.log if "/q15" in hit.path}
    assert (pages.code, pages.report["new"]) == (0, 1)
    assert paths == {f"/q15/15-{number}QE.htm" for number in (left_out, *absent)}
    found = states(tmp_path)
    assert found[left_out].state is NumberState.ARCHIVED
    for number in absent:
        assert (found[number].state, found[number].reason) == (NumberState.NEVER_PUBLISHED, "http_404, not_in_list")
        assert len(found[number].evidence) == 2


def test_trouble_on_the_way_is_waited_out(tmp_path: Path) -> None:
    with serve(0) as replica:
        replica.site.files[OPEN_DATA] = questions_zip(range(1, 61), padding=60_000)
        replica.faults = Faults(files={OPEN_DATA: FileFault.SHORT}, times=2)
        result = crawl(replica, tmp_path, spider="opendata")
    assert (result.code, result.report["new"]) == (0, 60)


def test_a_killed_download_goes_on_where_it_broke(tmp_path: Path) -> None:
    with serve(0) as replica:
        replica.site.files[OPEN_DATA] = questions_zip(range(1, 181), padding=60_000)
        line = command(replica, tmp_path, "--delay", "0.3", spider="opendata")
        with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while _asked(replica).count(206) < 2 and process.poll() is None:
                time.sleep(0.02)
            time.sleep(0.2)  # the second piece is kept as soon as it is there
            process.kill()
        kept = sum(part.stat().st_size for part in (tmp_path / download.FOLDER).glob("*.part"))
        before = len(_asked(replica))
        assert crawl(replica, tmp_path, spider="opendata").report["new"] == 180
        size = len(replica.site.files[OPEN_DATA].body)
        assert kept >= 4 << 20
        assert len(_asked(replica)) - before == -(-(size - kept) // (4 << 20))


def _asked(replica: Replica) -> list[int]:
    return [hit.status for hit in replica.log if hit.path == OPEN_DATA]


def test_oral_questions_come_from_zips_of_their_own(tmp_path: Path) -> None:
    site = Offline()
    site.site.files[oral_path(15, QuestionType.QG)] = oral_file("QG", (1, 3))
    site.site.files[oral_path(15, QuestionType.QOSD)] = oral_file("QOSD", (1, 2))
    spider = site.run(OralSpider, tmp_path)
    assert (spider.incomplete, spider.tally["new"]) == (None, 4)
    with Archive.open(tmp_path) as archive:
        found = {str(each.question): each.state for each in archive.numbers(TERM)}
        counted = archive.counts(TERM)
        files = archive.bulk_files("opendata", TERM)
    assert found == {
        "fr-an-15-QG-1": NumberState.ARCHIVED,
        "fr-an-15-QG-2": NumberState.NEVER_PUBLISHED,
        "fr-an-15-QG-3": NumberState.ARCHIVED,
        "fr-an-15-QOSD-1": NumberState.ARCHIVED,
        "fr-an-15-QOSD-2": NumberState.ARCHIVED,
    }
    assert (counted.final, files) == (0, [])  # nothing follows for the written questions


def test_a_site_without_one_of_them_has_the_other(tmp_path: Path) -> None:
    site = Offline()
    site.site.files[oral_path(15, QuestionType.QOSD)] = oral_file("QOSD", (1,))
    spider = site.run(OralSpider, tmp_path)
    assert (spider.incomplete, spider.tally["new"]) == ("missing", 1)


def oral_file(type_: str, numbers: tuple[int, ...]) -> ServedFile:
    return zipped({f"json/{n}.json": document(n).replace(b"L15QE", f"L15{type_}".encode()) for n in numbers})
