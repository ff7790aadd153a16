"""Counting values, as both engines are asked and answer: the aggregations of tantivy are those of Elasticsearch."""

from typing import Any, Final

from pipelines.search.backend import Digest
from schemas.errors import SearchError

_MOST_COUNTED: Final = 60_000
"""Values of a field: tantivy refuses to count more than 65,000, Elasticsearch more than 65,536."""

CHECKS: Final[dict[str, Any]] = {"checks": {"sum": {"field": "check"}}}
"""The sum of the checks of what is counted."""

Aggregation = dict[str, Any]


def each_value(field: str) -> Aggregation:
    """Asks how many documents have each value of a field."""
    return {"terms": {"field": field, "size": _MOST_COUNTED}}


def each_block() -> Aggregation:
    """Asks for the digest of each block of questions."""
    return each_value("block") | {"aggs": CHECKS}


def counts_of(counted: Aggregation) -> dict[str, int]:
    """The values of a facet's field with their numbers of documents; raises SearchError where they are too many."""
    if counted["sum_other_doc_count"]:
        raise SearchError(f"a facet has more than {_MOST_COUNTED} values and cannot be counted")
    return {str(bucket["key"]): bucket["doc_count"] for bucket in counted["buckets"]}


def digests_of(counted: Aggregation) -> dict[str, Digest]:
    """The digest of each block that has documents; raises SearchError where they are too many."""
    if counted["sum_other_doc_count"]:
        raise SearchError(f"the index has more than {_MOST_COUNTED} blocks of questions and cannot be compared")
    return {block["key"]: (block["doc_count"], int(block["checks"]["value"])) for block in counted["buckets"]}
