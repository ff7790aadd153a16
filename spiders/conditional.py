"""Asking only for what has changed since (RFC 9110 §13.1): the headers made of what a site said last."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

CONDITIONS: Final = ("If-None-Match", "If-Modified-Since")


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The headers for these validators.

    A day that is still to come is no validator: a site that believes it would say for years that nothing has changed.
    """
    dated = None if last_modified and _is_to_come(last_modified) else last_modified
    return {name: value for name, value in zip(CONDITIONS, (etag, dated), strict=True) if value}


def _is_to_come(date: str) -> bool:
    """Whether an HTTP date lies ahead; one that is none does not (servers compare it as it is written)."""
    try:
        read = parsedate_to_datetime(date)
    except ValueError:
        return False
    return (read if read.tzinfo else read.replace(tzinfo=UTC)) > datetime.now(UTC)
