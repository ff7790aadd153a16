"""Every number of a term accounted for: its state, why, and what shows it; and which source lacks what another has.

The highest number is the highest that anyone knows of: the site's search (through the ledger), the official list in
the open data, the issues of the JO, the pages seen. Read from the ledger and, for questions withdrawn before they
were published, from the data version.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from pipelines.archive.archive import Archive
from pipelines.dataset.read import connect
from pipelines.dataset.store import Dataset
from schemas.capture import NumberRecord, NumberState
from schemas.identity import QuestionType, TermKey
from schemas.record import Record
from schemas.settings import Settings

SOURCES = {"pages": "assemblee", "open data": "opendata", "JO": "dila"}
"""What is compared, and the source of its captures in the archive."""

_OTHER = "other"  # files and web archives that were imported
_NOT_FETCHED = (NumberState.PENDING, NumberState.FAILED)


class Gap(Record):
    """One number without a published question in the archive.

    `evidence` holds ids of captures and citations of official lists; a number that is not fetched has none.
    """

    number: int
    state: NumberState
    reason: str | None
    evidence: tuple[str, ...]
    url: str | None


class TermGaps(Record):
    """All numbers of a term, 1 to `highest`: `states` adds up to it.

    `highest_by` says who knows of which highest number; `archived` names the numbers that the archive has, in ranges.
    """

    term: str
    highest: int
    highest_by: dict[str, int]
    states: dict[str, int]
    not_fetched: int
    archived: tuple[str, ...]
    gaps: tuple[Gap, ...]


class Difference(Record):
    """One number that some of the sources have and others lack; None where nothing of the source was collected."""

    number: int
    has: dict[str, bool | None]
    state: NumberState


class Reconciliation(Record):
    """How many numbers each source has, and every number that one has and another lacks."""

    term: str
    highest: int
    counts: dict[str, int]
    in_all: int
    differences: tuple[Difference, ...]


def gaps(settings: Settings, term: TermKey) -> TermGaps:
    """Account for every written question's number of a term; raises ArchiveError."""
    with Archive.open(settings.archive_dir) as archive:
        records = _records(archive, term)
        seen = _numbers_by_source(archive, term)
        listed = max((file.highest for file in archive.bulk_files(SOURCES["open data"], term)), default=0)
    highest_by = {name: max(numbers, default=0) for name, numbers in seen.items()}
    highest_by["open data"] = max(highest_by["open data"], listed)
    highest_by["ledger"] = max(records, default=0)
    return account(str(term), highest_by, records, _withdrawn_before_publication(settings, term))


def account(
    term: str, highest_by: Mapping[str, int], records: Mapping[int, NumberRecord], withdrawn: Mapping[int, str]
) -> TermGaps:
    """One state for each number from 1 to the highest that anyone knows of.

    Args:
        term: its key.
        highest_by: the highest number that each source knows of.
        records: what the ledger says, by number.
        withdrawn: those archived as withdrawn before publication, with the capture that says so.
    """
    highest = max(highest_by.values(), default=0)
    states: Counter[str] = Counter()
    archived: list[int] = []
    found: list[Gap] = []
    for number in range(1, highest + 1):
        gap = _gap(number, records.get(number), withdrawn.get(number))
        states[gap.state if gap else NumberState.ARCHIVED] += 1
        if gap:
            found.append(gap)
        else:
            archived.append(number)
    return TermGaps(
        term=term,
        highest=highest,
        highest_by=dict(highest_by),
        states={str(state): states[state] for state in NumberState},
        not_fetched=sum(states[state] for state in _NOT_FETCHED),
        archived=tuple(ranges(archived)),
        gaps=tuple(found),
    )


def reconcile(settings: Settings, term: TermKey) -> Reconciliation:
    """Compare the numbers of the sources that were collected; raises ArchiveError."""
    with Archive.open(settings.archive_dir) as archive:
        records = _records(archive, term)
        seen = _numbers_by_source(archive, term)
    if not seen[_OTHER]:
        del seen[_OTHER]
    collected = [name for name, numbers in seen.items() if numbers]
    everything = set[int]().union(*seen.values())
    differing = [number for number in sorted(everything) if not all(number in seen[name] for name in collected)]
    return Reconciliation(
        term=str(term),
        highest=max([*everything, *records], default=0),
        counts={name: len(numbers) for name, numbers in seen.items()},
        in_all=len(everything) - len(differing),
        differences=tuple(
            Difference(
                number=number,
                has={name: number in numbers if numbers else None for name, numbers in seen.items()},
                state=records[number].state if number in records else NumberState.PENDING,
            )
            for number in differing
        ),
    )


def ranges(numbers: Iterable[int]) -> Iterator[str]:
    """Ascending numbers as `1-24`, `26`, `28-99`."""
    for _, run in groupby(enumerate(numbers), key=lambda entry: entry[1] - entry[0]):
        members = [number for _, number in run]
        yield f"{members[0]}-{members[-1]}" if len(members) > 1 else str(members[0])


def _gap(number: int, record: NumberRecord | None, withdrawn: str | None) -> Gap | None:
    """What there is instead of a published question; None when it is archived."""
    if withdrawn is not None:
        state = NumberState.WITHDRAWN
        url = record.url if record else None
        return Gap(number=number, state=state, reason="before_publication", evidence=(withdrawn,), url=url)
    if record is None:
        return Gap(number=number, state=NumberState.PENDING, reason="never_asked", evidence=(), url=None)
    if record.state is NumberState.ARCHIVED:
        return None
    reason = record.reason or "never_asked"
    return Gap(number=number, state=record.state, reason=reason, evidence=record.evidence, url=record.url)


def _records(archive: Archive, term: TermKey) -> dict[int, NumberRecord]:
    return {
        record.question.number: record for record in archive.numbers(term) if record.question.type is QuestionType.QE
    }


def _numbers_by_source(archive: Archive, term: TermKey) -> dict[str, set[int]]:
    """The written questions that each source has shown."""
    names = {source: name for name, source in SOURCES.items()}
    seen: dict[str, set[int]] = {name: set() for name in [*SOURCES, _OTHER]}
    for ref in archive.captures(term=term):
        if ref.status == 200:
            shown = {key.number for key in ref.questions if key.term_key == term and key.type is QuestionType.QE}
            seen[names.get(ref.source, _OTHER)] |= shown
    return seen


def _withdrawn_before_publication(settings: Settings, term: TermKey) -> dict[int, str]:
    """Numbers whose question has an end and no publication, with the newest capture that shows it."""
    version = Dataset.open(settings.dataset_dir).current
    if version is None:
        return {}
    sql = (
        "SELECT number, captures[1] FROM questions WHERE partition = $1 AND type = 'QE'"
        " AND published_date IS NULL AND answered_date IS NULL AND status IN ('withdrawn', 'lapsed')"
    )
    with connect(version) as connection:
        return {number: capture or "" for number, capture in connection.execute(sql, [str(term)]).fetchall()}
