"""Captures: one fetched response, as it came, and what the ledger says of each number of a term."""

from datetime import datetime
from enum import StrEnum

from schemas.identity import QuestionKey, TermKey
from schemas.record import Record

MEMBER_MARK = "!/"
"""Between the address of a file that holds many documents and the name of one: `…/questions.zip!/QANR5L17QE7`.

As in the `jar:` addresses of Java. No fragment (`#`), since replay tools look an address up without it.
"""


class Fetched(Record):
    """A response before it is archived: what a spider or an import hands to the archive.

    `body` is the decoded payload (no transfer or content encoding left). `question` is the question that was asked
    for, where the fetcher knows it; a listing or an unidentified file has none. `fetched_at` is in UTC.
    """

    source: str  # the spider's name, or `import`
    url: str
    fetched_at: datetime
    status: int
    media_type: str  # as declared, parameters included: text/html; charset=ISO-8859-1
    body: bytes
    question: QuestionKey | None = None
    etag: str | None = None
    last_modified: str | None = None


class CaptureRef(Record):
    """Where a capture lies: one row of the ledger.

    `capture_id` is made of the address and the payload alone, so that the same bytes from the same address have the
    same id wherever and whenever they were captured. `sequence` grows with every capture of this archive that is new
    or became current again. `questions` are those it shows: the one it was asked for, or all that its reading found
    (a weekly file of the JO holds hundreds), in their order.
    """

    capture_id: str
    sequence: int
    source: str
    url: str
    digest: str  # sha256 of the payload, hexadecimal
    media_type: str
    status: int
    first_seen: datetime
    last_seen: datetime
    questions: tuple[QuestionKey, ...] = ()
    warc_file: str
    offset: int  # bytes, of the compressed record
    length: int  # bytes, of the compressed record
    taken_down: bool = False  # its payload is gone

    @property
    def question(self) -> QuestionKey | None:
        """The one question it shows; None when it shows none, or several."""
        return self.questions[0] if len(self.questions) == 1 else None


class Capture(Record):
    """A capture with its payload: the input of the parsers."""

    ref: CaptureRef
    body: bytes


class Validators(Record):
    """What a conditional request sends back (RFC 9110 §13)."""

    etag: str | None
    last_modified: str | None


class NumberState(StrEnum):
    """What is known of one number of a term; each number from 1 to the highest has exactly one state.

    The ledger keeps all but `withdrawn`, which only reading can tell: to the ledger such a number is archived.
    """

    ARCHIVED = "archived"
    NOT_FOUND = "not_found"  # the site says that it has none (404 or 410 seen)
    NEVER_PUBLISHED = "never_published"  # an official list of the term, which goes beyond it, does not have it
    WITHDRAWN = "withdrawn"  # the source has it, as withdrawn before it was published
    TAKEN_DOWN = "taken_down"  # archived once; its texts were removed for good, and it is never asked for again
    FAILED = "failed"  # the site answered, and the answer is no question page
    PENDING = "pending"  # not fetched yet, or to be tried again


class NumberRecord(Record):
    """The state of one number with its reason and evidence.

    `evidence` holds what shows it: ids of captures (of a 404, of the page), and bulk files as `address sha256:…`.
    """

    question: QuestionKey
    state: NumberState
    reason: str | None = None
    url: str | None = None
    tries: int = 0
    next_try: datetime | None = None
    updated: datetime
    evidence: tuple[str, ...] = ()


BULK_MARK = " sha256:"
"""What tells a bulk file from a capture among the evidence of a number."""


class BulkFile(Record):
    """A file of many questions that was read to its end: an official list of what its source has.

    The file itself is not kept: each question in it is a capture of its own. `read_at` is when it was fetched,
    `seen` when the site last said that it has not changed.
    """

    url: str
    source: str
    term: TermKey | None  # None where it is of no single term
    sha256: str
    size: int  # bytes
    members: int  # questions, or files, that it holds
    highest: int  # number of a question in it; 0 where it has none
    etag: str | None = None
    last_modified: str | None = None
    read_at: datetime
    seen: datetime

    @property
    def citation(self) -> str:
        """How the file is named as evidence."""
        return f"{self.url}{BULK_MARK}{self.sha256}"


class TermCounts(Record):
    """How many numbers of a term are in each state."""

    archived: int = 0
    not_found: int = 0
    never_published: int = 0
    taken_down: int = 0
    failed: int = 0
    pending: int = 0

    @property
    def final(self) -> int:
        """Numbers whose fate is known."""
        return self.archived + self.not_found + self.never_published + self.taken_down
