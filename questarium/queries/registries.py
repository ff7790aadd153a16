"""What the registries know of the labels that were collected: how many, in which term, and which they do not know."""

from collections.abc import Iterable, Iterator
from typing import Final

from pipelines.dataset.manifest import Version
from pipelines.dataset.read import connect
from pipelines.dataset.store import Dataset
from pipelines.delays.deadlines import bundled_rules
from pipelines.flow.watching import MINISTRY_LABELS
from pipelines.normalise.governments import bundled_governments
from pipelines.normalise.groups import bundled_groups
from pipelines.normalise.registry import bundled_registry
from schemas.identity import TermKey
from schemas.people import PeopleSource
from schemas.record import Record
from schemas.settings import Settings
from schemas.terms import registry_of_terms, term

_GROUPS: Final = """
SELECT partition, author_group, count(*) FROM questions WHERE author_group IS NOT NULL
GROUP BY ALL ORDER BY partition, count(*) DESC, author_group
"""
_MOTIVES: Final = """
SELECT partition, reason, count(DISTINCT id), bool_and(kind != 'closed_other') FROM events
WHERE kind IN ('withdrawn', 'lapsed', 'converted', 'closed_other') AND reason IS NOT NULL
GROUP BY ALL ORDER BY partition, count(DISTINCT id) DESC, reason
"""


class UnknownLabel(Record):
    """One label that a registry does not know, with the number of questions that show it."""

    label: str
    questions: int


class Coverage(Record):
    """The labels of one kind in one term; `known_share` is the share of labels known, 1 where there are none."""

    term: str
    kind: str  # ministry, group, motive or term
    labels: int
    known: int
    known_share: float
    unknown: tuple[UnknownLabel, ...]


class RegistriesReport(Record):
    """What the registries hold, as numbers of their lines, and how far they cover the current data version."""

    data_version: str | None
    held: dict[str, int]
    coverage: tuple[Coverage, ...]

    @property
    def complete(self) -> bool:
        """Every label is known."""
        return not any(each.unknown for each in self.coverage)


def registries(settings: Settings) -> RegistriesReport:
    """The report; before the first build it holds no coverage. Raises DatasetError."""
    version = Dataset.open(settings.dataset_dir).current
    return RegistriesReport(
        data_version=version.name if version else None,
        held=_held(),
        coverage=tuple(_coverage(version)) if version else (),
    )


def _held() -> dict[str, int]:
    governments = bundled_governments()
    return {
        "terms": sum(len(terms) for terms in registry_of_terms().values()),
        "governments": len(governments.governments),
        "ministries": len(bundled_registry()),
        "ministers": len({each.person for each in governments.tenures}),
        "tenures": sum(each.source == PeopleSource.BUNDLED for each in governments.tenures),
        "groups": len(bundled_groups()),
        "deadlines": len(bundled_rules()),
    }


def _coverage(version: Version) -> Iterator[Coverage]:
    with connect(version) as connection:
        ministries = connection.execute(MINISTRY_LABELS).fetchall()
        groups = connection.execute(_GROUPS).fetchall()
        motives = connection.execute(_MOTIVES).fetchall()
    known_groups = [(*row, bool(bundled_groups().groups(TermKey.parse(row[0]), row[1]))) for row in groups]
    for partition in sorted({row[0] for row in ministries + groups + motives}):
        key = TermKey.parse(partition)
        yield _of(partition, "term", [(partition, partition, 0, term(key) is not None)])
        for kind, rows in (("ministry", ministries), ("group", known_groups), ("motive", motives)):
            yield _of(partition, kind, (row for row in rows if row[0] == partition))


def _of(partition: str, kind: str, rows: Iterable[tuple[str, str, int, bool]]) -> Coverage:
    found = list(rows)
    unknown = tuple(UnknownLabel(label=label, questions=questions) for _, label, questions, known in found if not known)
    known = len(found) - len(unknown)
    share = known / len(found) if found else 1.0
    return Coverage(
        term=partition, kind=kind, labels=len(found), known=known, known_share=round(share, 4), unknown=unknown
    )
