"""Search: the document that is indexed, the request, and the answer; the same for every engine."""

from datetime import date
from enum import StrEnum

from schemas.figure import Figure
from schemas.record import Record


class SearchDocument(Record):
    """One question as the engines index it; every value comes from the dataset.

    `version` is the sequence of the question's newest change: an engine never lets a lower one replace a higher one.
    `content_hash` is the hash of everything else here, by which index and dataset are compared.
    """

    id: str
    version: int
    content_hash: str
    parliament: str
    term: int
    type: str
    number: int
    title: str | None
    heading: str | None
    rubric: str | None
    question: str | None
    answer: str | None
    author: str | None
    group: str | None
    constituency: str | None
    ministry_asked: str | None
    ministry_asked_id: str | None
    ministry_assigned: str | None
    ministry_assigned_id: str | None
    ministry_answered: str | None
    ministry_answered_id: str | None
    portfolios: tuple[str, ...]  # fields of the ministry in charge, that survive reshuffles
    status: str
    ever: tuple[str, ...]  # kinds of the events it has had
    published_date: date | None
    due_date: date | None
    answered_date: date | None
    closed_date: date | None
    renewed_dates: tuple[date, ...]
    signalled_dates: tuple[date, ...]
    delay_days: int | None
    renewals: int
    figures: tuple[Figure, ...]
    tables: int  # tables in its texts
    source_id: str | None


class Shown(Record):
    """What an index keeps of a question to show it at once, word for word as the dataset has it."""

    id: str
    title: str | None
    question: str | None
    answer: str | None
    author: str | None
    ministry: str | None  # the one in charge
    published_date: date | None
    answered_date: date | None
    status: str


class Alert(Record):
    """Something new about a question that a saved query matches; each is made once, and its number never comes again.

    `kind` is `matched`, `overdue`, or the kind of an event (`answered`, `renewed`, …); `day` is that of the JO, for an
    overdue question the first one on which it is late. The title is the one of today.
    """

    number: int
    name: str  # of the saved query
    question: str
    kind: str
    day: date | None
    data_version: str
    made: date
    title: str | None = None


class Sort(StrEnum):
    """Orders of the hits; ties are broken by the question's key, unknown values come last."""

    RELEVANCE = "relevance"
    PUBLISHED = "published"  # oldest first
    PUBLISHED_DESC = "-published"
    ANSWERED = "answered"
    ANSWERED_DESC = "-answered"
    DELAY = "delay"
    DELAY_DESC = "-delay"
    NUMBER = "number"
    NUMBER_DESC = "-number"
    FIGURES = "figures"  # fewest first
    FIGURES_DESC = "-figures"


FACETS: tuple[str, ...] = (
    "ministry",
    "portfolio",
    "group",
    "author",
    "rubric",
    "year",
    "status",
    "term",
    "type",
    "figures",
    "table",
)
"""The facets every engine counts.

`ministry` is the ministry in charge, `portfolio` each of its fields, `year` that of publication; `figures` and `table`
say whether the question has any (yes, no).
"""


class FacetValue(Record):
    """One value of a facet with its number of questions."""

    value: str
    count: int


class QueryWarning(Record):
    """What was odd in a query, where (offsets of characters), and what may be meant."""

    code: str
    message: str
    message_fr: str
    start: int
    end: int
    suggestion: str | None = None


class Form(Record):
    """One form a word was expanded to, with the number of questions that have it."""

    form: str
    count: int


class ExpandedWord(Record):
    """One word of the query: the forms that are searched and the near ones left out.

    Of the many forms of a pattern the most frequent are in `forms`; as many as `more` are searched beside them.
    """

    word: str
    forms: tuple[Form, ...]
    left_out: tuple[Form, ...] = ()
    more: int = 0


class Understood(Record):
    """What was understood: the query in its normal form, one sentence in each language, the forms of each word."""

    normalised: str
    fr: str
    en: str
    words: tuple[ExpandedWord, ...] = ()


class Origin(Record):
    """Where a result comes from: the query as typed and as understood, the data version, the day, the licence.

    The normalised query on the same data version gives the same result (days late and relative dates counted from
    `as_of`). Such a result has every hit: it is `partial` never.
    """

    query: str
    understood: Understood
    did_you_mean: str | None
    warnings: tuple[QueryWarning, ...]
    data_version: str
    as_of: date
    licence: str
    partial: bool = False


class Highlight(Record):
    """A passage of one text; `marks` are offsets into `text` (start, end), in order.

    `html` is the passage escaped, with its marks as `<mark>`, and no other element.
    """

    section: str  # title, question or answer
    text: str
    marks: tuple[tuple[int, int], ...]
    html: str


class Hit(Record):
    """One question found."""

    id: str
    score: float | None
    title: str | None
    author: str | None
    ministry: str | None
    published_date: date | None
    answered_date: date | None
    status: str
    url: str
    highlights: tuple[Highlight, ...]


class SearchResult(Record):
    """The answer to one query; `partial` says that the engine could not look everywhere.

    `as_of` is the day from which days late and relative dates were counted, `did_you_mean` the query put right where a
    word, a field or a value of it is unknown.
    """

    query: str
    understood: Understood
    did_you_mean: str | None
    as_of: date
    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    warnings: tuple[QueryWarning, ...]
    data_version: str
    partial: bool = False
