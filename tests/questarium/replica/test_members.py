"""What the replica renders of members is read back, and tells who asked each question."""

import io
import zipfile
from datetime import datetime

from pipelines.normalise.author import asked_by
from pipelines.normalise.groups import bundled_groups
from pipelines.normalise.people import Members
from pipelines.parse.read import read
from questarium.replica.corpus import Corpus
from questarium.replica.members import members_paths, members_zip
from schemas.people import People
from schemas.question import EventKind, PrintedAuthor
from spiders.sites import bulk_url
from tests.pipelines.parse.captures import a_capture

CORPUS = Corpus(60, 3)
BASE = "http://127.0.0.1:1"


def read_back() -> People:
    body = members_zip((CORPUS.at(place) for place in range(60)), made=datetime(2026, 8, 19, 1, 11))  # noqa: DTZ001
    results = []
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            results.append(read(a_capture(archive.read(name), media_type="application/json")))
    assert [each.quarantined for each in results if each.quarantined] == []
    return People(
        members=tuple(one for each in results for one in each.people.members),
        mandates=tuple(one for each in results for one in each.people.mandates),
        organs=tuple(one for each in results for one in each.people.organs),
    )


def test_an_id_alone_tells_name_group_and_seat() -> None:
    members, groups = Members(read_back()), bundled_groups()
    for question in (CORPUS.at(place) for place in range(60)):
        told, key = question.author, question.key.term_key
        published = next(each.date for each in question.events if each.kind is EventKind.PUBLISHED)
        found = asked_by([PrintedAuthor(name=None, source_id=told.source_id)], key, published, members, groups)
        assert found.author is not None
        assert (found.author.name, found.author.civility, found.author.group) == (told.name, told.civility, told.group)
        assert found.author.constituency is not None
        assert found.author.constituency.startswith(f"{told.constituency} (")


def test_the_paths_are_those_the_spider_asks_for() -> None:
    key = CORPUS.term
    asked = [bulk_url("members", kind, key, BASE).removeprefix(BASE) for kind in ("history", "active")]
    assert members_paths(key.term) == asked
