"""How long a data version takes to write and to read: one term of 45,000 questions, five events and ten figures each.

Prints one line per measure; run alone for steady numbers: `python -m benchmarks.bench_dataset [QUESTIONS]`.
"""

import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pipelines.dataset.read import changed_since, connect, iter_questions, query, question, questions
from pipelines.dataset.rows import Row, Rows, question_rows
from pipelines.dataset.store import Dataset, PartitionUpdate
from schemas.figure import Figure, FigureKind, Section
from schemas.identity import QuestionKey, QuestionType
from schemas.question import Attribution, Author, Event, EventKind, Question

TERM = "fr-an-15"
NOW = datetime(2024, 1, 2, tzinfo=UTC)
WORDS = [f"mot{number}" for number in range(20_000)]


def main(count: int) -> None:
    """Commit the term four times and read it back."""
    root = Path(tempfile.mkdtemp(prefix="questarium-bench-"))
    try:
        measure(Dataset.open(root), count)
    finally:
        shutil.rmtree(root)


def measure(dataset: Dataset, count: int) -> None:
    """Writers, then readers."""
    with timed(f"making {count} questions and their rows, to be subtracted below"):
        assert sum(1 for _ in rows(range(1, count + 1))) == count
    with timed("commit: the whole term for the first time"):
        dataset.commit({TERM: update(rows(range(1, count + 1)), count)}, now=NOW)
    with timed("commit: the whole term again, nothing changed"):
        assert not dataset.commit({TERM: update(rows(range(1, count + 1)), count)}, now=NOW).is_new
    with timed("commit: a week, one question in 90 renewed"):
        assert dataset.commit({TERM: update(rows(range(1, count, 90), renewed=True), count)}, now=NOW).is_new
    with timed("commit: a parser fix, every title changed"):
        dataset.commit({TERM: update(rows(range(1, count + 1), title="corrigé"), count)}, now=NOW)
    size = sum(path.stat().st_size for path in dataset.root.rglob("*") if path.is_file())
    print(f"{size / 1e6:10.1f} MB on disk, four versions")
    read(dataset, count)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:10.0f} MB at most in memory")


def read(dataset: Dataset, count: int) -> None:
    """Each reader once."""
    version = dataset.current
    assert version is not None
    with timed("open SQL"):
        connection = connect(version)
    for sql in (
        "SELECT count(*) FROM questions",
        "SELECT ministry_assigned, median(delay_days), count(*) FROM questions GROUP BY ALL",
        "SELECT count(*) FROM texts WHERE question ILIKE '%mot77 %'",
        "SELECT title FROM questions WHERE id = 'fr-an-15-QE-12526'",
    ):
        with timed(f"SQL: {sql}"):
            query(connection, sql)
    with timed("one question by id"):
        question(version, f"{TERM}-QE-{count // 2}")
    with timed("1,000 questions by id"):
        assert len(questions(version, [f"{TERM}-QE-{number}" for number in range(1, count, max(1, count // 1000))]))
    with timed("all questions, one after the other"):
        assert sum(1 for _ in iter_questions(version)) == count
    with timed("what changed since the first version"):
        changed_since(version, dataset.versions()[0])


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long it took."""
    start = time.perf_counter()
    yield
    print(f"{(time.perf_counter() - start) * 1000:10.1f} ms  {what}", flush=True)


def rows(numbers: Iterable[int], *, renewed: bool = False, title: str = "Titre") -> Iterator[Rows]:
    """The rows of these questions, made one by one as a build does."""
    return (question_rows(made(number, renewed=renewed, title=title), due_date=None) for number in numbers)


def update(changed: Iterable[Rows], count: int) -> PartitionUpdate:
    """The rows with the captures of the whole term."""
    captures: list[Row] = [
        {
            "capture_id": f"{number:020x}",
            "partition": TERM,
            "question": f"{TERM}-QE-{number}",
            "source": "assemblee",
            "url": f"https://example.org/q15/15-{number}QE.htm",
            "digest": f"{number:064x}",
            "media_type": "text/html",
            "status": 200,
            "first_seen": NOW,
            "warc_file": "assemblee.warc.gz",
            "offset": number * 9000,
        }
        for number in range(1, count + 1)
    ]
    return PartitionUpdate(changed=changed, captures=captures, quarantine=[], inputs={"sequence": str(count)})


def made(number: int, *, renewed: bool, title: str) -> Question:
    """A question of about 3 kB, the same for the same number."""
    draw = random.Random(number)
    asked = date(2017, 7, 4) + timedelta(days=7 * (number * 250 // 45_000))
    days = [asked, *(asked + timedelta(days=90 * step) for step in range(1, 5))]
    kinds = [EventKind.PUBLISHED, EventKind.RENEWED, EventKind.RENEWED, EventKind.REASSIGNED, EventKind.ANSWERED]
    kinds += [EventKind.CORRECTED] if renewed else []
    capture = f"{number:020x}"
    return Question(
        key=QuestionKey(parliament="fr-an", term=15, type=QuestionType.QE, number=number),
        source_id=f"QANR5L15QE{number}",
        source_url=f"https://example.org/q15/15-{number}QE.htm",
        author=Author(name=f"Ada Martin {number % 577}", civility="Mme", group="Groupe du Lac"),
        ministry_asked=f"Ministère {number % 30}",
        ministry_asked_id=f"m{number % 30}",
        ministry_answered=None,
        ministry_answered_id=None,
        attributions=(Attribution(ministry=f"Ministère {number % 30}", ministry_id=f"m{number % 30}", date=asked),),
        rubric=f"rubrique {number % 60}",
        heading=None,
        title=f"{title} {number}",
        events=tuple(
            Event(kind=kind, date=day, page=number % 9000, capture_id=capture, known_at=NOW)
            for kind, day in zip(kinds, [*days, *days], strict=False)
        ),
        question=" ".join(draw.choices(WORDS, k=200)),
        answer=" ".join(draw.choices(WORDS, k=280)),
        figures=tuple(figure(step, draw) for step in range(10)),
        captures=(capture,),
    )


def figure(step: int, draw: random.Random) -> Figure:
    """One figure with a sentence of its own."""
    return Figure(
        start=step * 100,
        end=step * 100 + 9,
        text="18 000 km",
        kind=FigureKind.MEASURE,
        value=float(draw.randrange(100_000)),
        low=None,
        high=None,
        unit="km",
        sentence=" ".join(draw.choices(WORDS, k=15)),
        section=Section.ANSWER,
        rule="measure",
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 45_000)
