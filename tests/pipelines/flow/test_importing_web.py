"""Web archives into the archive: dates are those of the captures, revisits find their documents."""

import base64
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.verify import verify
from pipelines.flow.importing import ImportReport, import_paths
from schemas.settings import Settings
from tests.pipelines.archive.foreign import info, response
from tests.pipelines.archive.pages import START

PAGE = "https://questions.assemblee-nationale.fr/q15/15-1QE.htm"
OTHER = "https://www.assemblee-nationale.fr/q15/15-1QE.htm"
FIRST, SECOND = b"<html>first</html>", b"<html>second</html>"


def digest(body: bytes) -> str:
    return f"sha1:{base64.b32encode(hashlib.sha1(body).digest()).decode()}"


def document(body: bytes, date: str, name: str = "<urn:uuid:1>", *, address: str = PAGE) -> bytes:
    headers = {"WARC-Payload-Digest": digest(body), "WARC-Record-ID": name}
    return response(body, address=address, date=date, headers=headers)


def revisit(date: str, headers: dict[str, str], *, address: str = PAGE, status: str = "200 OK") -> bytes:
    return response(b"", kind="revisit", date=date, headers=headers, address=address, status=status)


def imported(tmp_path: Path, *files: bytes) -> tuple[Settings, ImportReport]:
    settings = Settings(home=tmp_path)
    paths = []
    for number, content in enumerate(files):
        paths.append(tmp_path / f"{number}.warc.gz")
        paths[-1].write_bytes(info() + content)
    return settings, import_paths(settings, paths, now=START, on_progress=lambda _: None)


def history(settings: Settings, url: str = PAGE) -> list[tuple[bytes, str, str]]:
    """Bodies of an address with the days on which they were first and last seen, in the order of the former."""
    with Archive.open(settings.archive_dir) as archive:
        refs = sorted((ref for ref in archive.captures() if ref.url == url), key=lambda ref: ref.first_seen)
        assert verify(settings.archive_dir).problems == ()
        return [(archive.read(ref).body, f"{ref.first_seen:%F}", f"{ref.last_seen:%F}") for ref in refs]


def test_captures_keep_their_dates_in_whatever_order_they_come(tmp_path: Path) -> None:
    newer, older = document(SECOND, "2021-05-01T00:00:00Z"), document(FIRST, "2019-05-01T00:00:00Z")
    settings, report = imported(tmp_path, newer + older)
    assert report.unreadable == []
    assert history(settings) == [(FIRST, "2019-05-01", "2019-05-01"), (SECOND, "2021-05-01", "2021-05-01")]
    with Archive.open(settings.archive_dir) as archive:
        current = archive.captured_at(PAGE, datetime(2021, 5, 1, tzinfo=UTC))
        assert current is not None
        assert archive.read(current).body == SECOND


REFERENCES = {
    "digest": {"WARC-Payload-Digest": digest(FIRST)},
    "record": {"WARC-Refers-To": "<urn:uuid:1>"},
    "place": {"WARC-Refers-To-Target-URI": f"<{PAGE}>", "WARC-Refers-To-Date": "2019-05-01T00:00:00Z"},
}


@pytest.mark.parametrize("reference", REFERENCES.values(), ids=REFERENCES.keys())
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("files", [1, 2])
def test_a_revisit_is_a_visit_of_its_document(
    tmp_path: Path, reference: dict[str, str], order: int, files: int
) -> None:
    records = [document(FIRST, "2019-05-01T00:00:00Z"), revisit("2020-05-01T00:00:00Z", reference)][::order]
    settings, report = imported(tmp_path, *(records if files == 2 else [b"".join(records)]))
    assert (report.unreadable, report.captures) == ([], 2)
    assert history(settings) == [(FIRST, "2019-05-01", "2020-05-01")]


def test_a_revisit_finds_the_document_of_an_earlier_import(tmp_path: Path) -> None:
    imported(tmp_path, document(FIRST, "2019-05-01T00:00:00Z"))
    settings, _ = imported(tmp_path, revisit("2020-05-01T00:00:00Z", REFERENCES["place"]))
    assert history(settings) == [(FIRST, "2019-05-01", "2020-05-01")]


def test_a_revisit_at_another_address_is_a_capture_there(tmp_path: Path) -> None:
    again = revisit("2020-05-01T00:00:00Z", REFERENCES["digest"], address=OTHER)
    settings, _ = imported(tmp_path, document(FIRST, "2019-05-01T00:00:00Z") + again)
    assert history(settings, OTHER) == [(FIRST, "2020-05-01", "2020-05-01")]


def test_a_304_is_a_visit_too(tmp_path: Path) -> None:
    again = revisit("2020-05-01T00:00:00Z", REFERENCES["place"], status="304 Not Modified")
    settings, _ = imported(tmp_path, document(FIRST, "2019-05-01T00:00:00Z") + again)
    assert history(settings) == [(FIRST, "2019-05-01", "2020-05-01")]


def test_a_revisit_of_something_else_is_counted_and_never_given_another_s_content(tmp_path: Path) -> None:
    """The record of that name has another digest than the revisit: some crawlers use names twice."""
    wrong = {"WARC-Payload-Digest": digest(SECOND), "WARC-Refers-To": "<urn:uuid:1>"}
    settings, report = imported(
        tmp_path, document(FIRST, "2019-05-01T00:00:00Z") + revisit("2020-05-01T00:00:00Z", wrong)
    )
    assert history(settings) == [(FIRST, "2019-05-01", "2019-05-01")]
    reasons = [reason for skipped in report.skipped for reason in skipped.reasons]
    assert sum("revisit" in reason for reason in reasons) == 1


def test_the_same_import_twice_brings_nothing(tmp_path: Path) -> None:
    content = document(FIRST, "2019-05-01T00:00:00Z") + revisit("2020-05-01T00:00:00Z", REFERENCES["digest"])
    settings, _ = imported(tmp_path, content)
    with Archive.open(settings.archive_dir) as archive:
        before = archive.last_sequence()
    _, report = imported(tmp_path, content)
    with Archive.open(settings.archive_dir) as archive:
        assert archive.last_sequence() == before
    assert (report.new, report.unchanged) == (0, 2)
