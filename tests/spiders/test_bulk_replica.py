"""The sources of one corpus, collected side by side: what each says of the same questions is in one archive."""

from pathlib import Path

from pipelines.archive.archive import Archive
from pipelines.archive.verify import verify
from questarium.queries.gaps import gaps
from questarium.replica.corpus import Corpus
from questarium.replica.server import serve
from schemas.capture import NumberState
from schemas.settings import Settings
from tests.spiders.crawling import TERM, crawl, states


def test_zip_issues_and_pages_of_one_term(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    sources = ("members", "opendata", "dila", "assemblee")
    with serve(40, bulk=True) as replica:
        corpus = replica.site.corpus
        first = crawl(replica, settings.archive_dir, "--tolerate-missing", spider=sources)
        pages = [hit.path for hit in replica.log if "/q15/" in hit.path]
        replica.log.clear()
        again = crawl(replica, settings.archive_dir, "--tolerate-missing", spider=sources)
        later = [(hit.path, hit.status) for hit in replica.log]
    assert (first.code, first.report["finish"]) == (0, "finished")
    assert len(set(pages)) == corpus.highest - 40  # those that the zip lacks
    assert (again.code, again.report["new"], again.report["changed"]) == (0, 0, 0)
    assert not [path for path, _ in later if "/q15/" in path]
    assert [status for path, status in later if path.endswith(".zip") and "Questions" in path] == [304]
    assert _by_state(settings.archive_dir, corpus) == {
        NumberState.ARCHIVED: 40,
        NumberState.NEVER_PUBLISHED: len(set(pages)),
    }
    account = gaps(settings, TERM)
    assert (account.not_fetched, account.highest) == (0, corpus.highest)
    assert not verify(settings.archive_dir).problems
    with Archive.open(settings.archive_dir) as archive:
        assert {ref.source for ref in archive.captures()} == {"members", "opendata", "dila", "assemblee"}


def _by_state(archive: Path, corpus: Corpus) -> dict[NumberState, int]:
    found = [each.state for each in states(archive).values()]
    assert len(found) == corpus.highest
    return {state: found.count(state) for state in set(found)}
