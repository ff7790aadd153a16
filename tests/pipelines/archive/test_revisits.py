"""Revisits of a web archive: which document each is brought back to, and what of the fetch is its own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipelines.archive.archive import Archive, ArchiveWriter
from pipelines.archive.revisits import Revisits
from pipelines.archive.web_archives import SkippedRecords, WebDocument, WebRevisit
from tests.pipelines.archive.pages import START, page, url

FILE = Path("crawl.warc.gz")
REVISIT = WebRevisit(
    path=FILE,
    url=url(7),
    fetched_at=page(7, day=2).fetched_at,
    names=("sha1:A", "<urn:1>"),
    digest="sha1:A",
    target=None,
    target_at=None,
    status=200,
    media_type="text/html; charset=latin-1",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[ArchiveWriter]:
    with Archive.open_for_writing(tmp_path, source="import", now=START) as archive:
        yield archive


def met(archive: ArchiveWriter, digest: str | None = "sha1:A", *, name: str = "<urn:1>") -> Revisits:
    """An import that has met the page of question 1 under that name."""
    fetched = page(1)
    revisits = Revisits(archive)
    revisits.learn(WebDocument(fetched, (name,), digest), archive.append(fetched))
    return revisits


def test_the_content_is_the_document_s_and_the_rest_is_its_own(archive: ArchiveWriter) -> None:
    (again,) = met(archive).resolve([REVISIT])
    assert again == page(7, day=2, source="import", body=page(1).body, media_type=REVISIT.media_type, question=None)


@pytest.mark.parametrize("said", [{"status": 304}, {"status": None}, {"media_type": None}])
def test_a_media_type_that_is_not_said_of_the_content_is_the_document_s(
    archive: ArchiveWriter, said: dict[str, Any]
) -> None:
    (again,) = met(archive).resolve([replace(REVISIT, **said)])
    assert (again.media_type, again.status) == (page(1).media_type, 200)


@pytest.mark.parametrize(("theirs", "its"), [("sha1:A", None), (None, "sha1:A"), (None, None)])
def test_a_digest_that_one_lacks_is_no_objection(archive: ArchiveWriter, theirs: str | None, its: str | None) -> None:
    assert list(met(archive, theirs).resolve([replace(REVISIT, digest=its)]))


def test_another_digest_is_another_document(archive: ArchiveWriter) -> None:
    revisits = met(archive, "sha1:B")
    assert list(revisits.resolve([REVISIT])) == []
    assert revisits.unresolved() == [SkippedRecords(FILE, {"revisit of a document that is in none of these files": 1})]


def test_a_document_of_an_earlier_import_is_found_by_its_address_and_moment(archive: ArchiveWriter) -> None:
    archive.append(page(1))
    there = replace(REVISIT, target=url(1), target_at=START)
    (again,) = Revisits(archive).resolve([there])
    assert again.body == page(1).body


@pytest.mark.parametrize("lacking", ["target", "target_at"])
def test_an_address_without_a_moment_or_the_other_way_round_leads_nowhere(archive: ArchiveWriter, lacking: str) -> None:
    archive.append(page(1))
    place: dict[str, Any] = {"target": url(1), "target_at": START, lacking: None}
    there = replace(REVISIT, **place)
    assert list(Revisits(archive).resolve([there])) == []


def test_what_waits_is_tried_again_at_the_end_and_once(archive: ArchiveWriter) -> None:
    revisits = Revisits(archive)
    assert list(revisits.resolve([REVISIT])) == []
    fetched = page(1)
    revisits.learn(WebDocument(fetched, ("sha1:A",), "sha1:A"), archive.append(fetched))
    assert [each.body for each in revisits.resolve_waiting()] == [fetched.body]
    assert revisits.unresolved() == []
    assert list(revisits.resolve_waiting()) == []
