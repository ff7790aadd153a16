"""What each address of the replica answers when nothing is wrong; no network here."""

import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from questarium.replica.bulk import BulkFiles
from questarium.replica.corpus import Corpus, SyntheticQuestion
from questarium.replica.files import ServedFile, served
from questarium.replica.layouts import Layout, media_type, question_page
from questarium.replica.pages import PAGE_SIZE, listing_page, notice_page


@dataclass(frozen=True)
class Answer:
    """A response before faults, conditions and encodings."""

    status: int
    body: bytes
    media_type: str = "text/html; charset=utf-8"
    last_modified: datetime | None = None

    @property
    def etag(self) -> str:
        """Changes with the body."""
        return f'"{zlib.crc32(self.body):08x}-{len(self.body):x}"'

    def unchanged_for(self, if_none_match: str | None, if_modified_since: str | None) -> bool:
        """Whether a conditional request needs no body (RFC 9110 §13.2)."""
        if if_none_match is not None:
            return self.etag in if_none_match
        if if_modified_since is None or self.last_modified is None:
            return False
        try:
            return self.last_modified <= parsedate_to_datetime(if_modified_since)
        except ValueError:
            return False


class Site:
    """The site on a day; `as_of` None shows the whole history. All attributes may change while it is served.

    `files` are served at their paths, beside the pages; with `bulk`, so are the bulk files of the corpus.
    """

    def __init__(self, corpus: Corpus, as_of: date | None = None, layout: Layout = Layout.SECTIONS) -> None:
        self.corpus = corpus
        self.as_of = as_of
        self.layout = layout
        self.files: dict[str, ServedFile] = {}
        self.bulk = False
        self._bulk: tuple[Corpus, date | None, BulkFiles] | None = None

    @property
    def total(self) -> int:
        """How many questions are published."""
        return self.corpus.published_until(self.as_of) if self.as_of else self.corpus.count

    def question(self, number: int) -> SyntheticQuestion | None:
        """The question of that number as its page reads on the day."""
        found = self.corpus.by_number(number)
        return found.as_of(self.as_of) if found and self.as_of else found

    def page(self, number: int) -> Answer:
        """The page of that number, or the site's own 404."""
        question = self.question(number)
        if question is None:
            return missing()
        days = [event.date for event in question.events if event.date]
        changed = datetime.combine(max(days), datetime.min.time(), UTC)
        return Answer(200, question_page(question, self.layout), media_type(self.layout), changed)

    def listing(self, offset: int) -> Answer:
        """One page of search results, newest number first."""
        first = self.total - 1 - offset
        questions = [self.corpus.at(place) for place in range(first, max(first - PAGE_SIZE, -1), -1)]
        rows = [shown for question in questions if (shown := question.as_of(self.as_of or date.max))]
        return Answer(200, listing_page(rows, term=self.corpus.term.term, total=self.total, offset=offset))

    def file(self, path: str) -> Answer | None:
        """The file at that path, None where there is none."""
        found = served(self.files, path) or (served(self._bulk_files(), path) if self.bulk else None)
        return Answer(200, found.body, found.media_type, found.made) if found else None

    def _bulk_files(self) -> BulkFiles:
        if self._bulk is None or self._bulk[:2] != (self.corpus, self.as_of):
            shown = [self.question(self.corpus.at(place).key.number) for place in range(self.total)]
            questions = [each for each in shown if each]
            days = [event.date for each in questions for event in each.events if event.date]
            day = self.as_of or max(days, default=date.today())  # noqa: DTZ011  no file shows it
            self._bulk = (self.corpus, self.as_of, BulkFiles(self.corpus.term.term, questions, day))
        return self._bulk[2]


def missing() -> Answer:
    """The site's 404."""
    return Answer(404, notice_page("Page introuvable", "La page demandée n'existe pas."))
