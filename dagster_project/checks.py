"""Checks: what must hold after each asset, each proven able to fail by a test.

They read the ledger, the dataset and the index themselves, so that they would notice a stage that lies. Each asset
yields its own checks, since a check apart from a partitioned asset cannot know the partition.
"""

from datetime import date
from typing import Any, Final

import dagster as dg

from pipelines.flow.reconciling import index_difference
from pipelines.flow.watching import (
    fallen_counts,
    issues,
    layout_alarms,
    missing_from_dataset,
    number_states,
    out_of_order,
    unknown_labels,
)
from schemas.identity import TermKey
from schemas.settings import Settings
from schemas.tables import UNPLACED

NUMBERS: Final = dg.AssetCheckSpec(
    "every_number_accounted_for", asset="captures", description="Every number of the term has a final state."
)
QUESTIONS: Final = dg.AssetCheckSpec(
    "archive_is_in_dataset", asset="questions", description="Every archived question is a row or in quarantine."
)
DATES: Final = dg.AssetCheckSpec(
    "dates_in_order",
    asset="questions",
    description="No question is answered, renewed or signalled before it was published, nor renewed after its answer.",
)
MINISTRIES: Final = dg.AssetCheckSpec(
    "ministries_known", asset="questions", description="The registry knows every ministry that the questions name."
)
COUNTS: Final = dg.AssetCheckSpec(
    "row_counts_never_fall", asset="questions", description="A data version has no fewer questions than the one before."
)
LAYOUTS: Final = dg.AssetCheckSpec(
    "pages_show_what_they_showed",
    asset="questions",
    description="No field is filled two points less often than in the last 5,000 pages; at most 0.5 % is set aside.",
)
ISSUE: Final = dg.AssetCheckSpec(
    "issue_on_time",
    asset="questions",
    description="The source was asked since the JO's last weekly issue was due; a week without one is no failure.",
)
INDEX: Final = dg.AssetCheckSpec(
    "index_is_dataset", asset="search_index", description="The index holds exactly the questions of the data version."
)


QUESTION_CHECKS: Final = (QUESTIONS, DATES, MINISTRIES, COUNTS, LAYOUTS, ISSUE)


def every_number_accounted_for(settings: Settings, partition: str, *, finished: bool) -> dg.AssetCheckResult:
    """Pending and failed numbers are counted; none may be left, and the run must have come to its own end."""
    counts = number_states(settings, TermKey.parse(partition))
    passed = finished and not (counts.pending or counts.failed)
    return dg.AssetCheckResult(passed=passed, check_name=NUMBERS.name, metadata=counts.model_dump())


def archive_is_in_dataset(settings: Settings, partition: str) -> dg.AssetCheckResult:
    """The difference of the two sets, which must be empty; captures of no term have no questions."""
    missing = [] if partition == UNPLACED else missing_from_dataset(settings, TermKey.parse(partition))
    first = ", ".join(missing[:20])
    return dg.AssetCheckResult(
        passed=not missing, check_name=QUESTIONS.name, metadata={"missing": len(missing), "first": first}
    )


def questions_hold(settings: Settings, partition: str, *, today: date) -> list[dg.AssetCheckResult]:
    """All checks of the questions of one partition; captures of no term have no questions, and hold."""
    if partition == UNPLACED:
        return [dg.AssetCheckResult(passed=True, check_name=spec.name) for spec in QUESTION_CHECKS]
    term = TermKey.parse(partition)
    return [
        archive_is_in_dataset(settings, partition),
        dates_in_order(settings, term),
        ministries_known(settings, term),
        row_counts_never_fall(settings, term),
        pages_show_what_they_showed(settings, partition),
        issue_on_time(settings, term, today),
    ]


def dates_in_order(settings: Settings, term: TermKey) -> dg.AssetCheckResult:
    """The questions whose days contradict each other, as published."""
    found = out_of_order(settings, term)
    metadata: dict[str, Any] = {"out_of_order": len(found), "first": ", ".join(found[:20])}
    return _warning(DATES, passed=not found, metadata=metadata)


def ministries_known(settings: Settings, term: TermKey) -> dg.AssetCheckResult:
    """The labels that the registry does not know; they are kept as published."""
    labels = unknown_labels(settings, term)
    first = "; ".join(f"{label} ({count})" for label, count in list(labels.items())[:20])
    return _warning(MINISTRIES, passed=not labels, metadata={"unknown": len(labels), "first": first})


def row_counts_never_fall(settings: Settings, term: TermKey) -> dg.AssetCheckResult:
    """The tables that have fewer rows than in the data version before."""
    fallen = fallen_counts(settings, term)
    metadata = {name: f"{before} before, {now} now" for name, (before, now) in fallen.items()}
    return dg.AssetCheckResult(passed=not fallen, check_name=COUNTS.name, metadata=metadata)


def pages_show_what_they_showed(settings: Settings, partition: str) -> dg.AssetCheckResult:
    """A layout that has changed reads without an error, and with less in it."""
    found = layout_alarms(settings, partition)
    metadata: dict[str, Any] = {"alarms": len(found), "first": "; ".join(found[:20])}
    return dg.AssetCheckResult(passed=not found, check_name=LAYOUTS.name, metadata=metadata)


def issue_on_time(settings: Settings, term: TermKey, today: date) -> dg.AssetCheckResult:
    """The last issue, the last one expected by that day, and the last day the source was asked."""
    found = issues(settings, term, today)
    metadata: dict[str, Any] = {
        "last_issue": str(found.last),
        "expected": str(found.expected),
        "looked": str(found.looked),
        "missed": found.missed,
    }
    return dg.AssetCheckResult(passed=found.on_time, check_name=ISSUE.name, metadata=metadata)


def _warning(spec: dg.AssetCheckSpec, *, passed: bool, metadata: dict[str, Any]) -> dg.AssetCheckResult:
    """What the source published so is no failure of ours: it is shown, and stops nothing."""
    return dg.AssetCheckResult(
        passed=passed, check_name=spec.name, metadata=metadata, severity=dg.AssetCheckSeverity.WARN
    )


def index_is_dataset(settings: Settings) -> dg.AssetCheckResult:
    """Compared by counts and content hashes, block by block; what the engine refused is in quarantine, and shown."""
    found = index_difference(settings)
    return dg.AssetCheckResult(passed=found.same, check_name=INDEX.name, metadata=found.counts)
