"""The archive keeps universal time whatever the machine's clock shows: its tests run where the two differ."""

import time
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def in_paris() -> Iterator[None]:
    """The local time of most who run this, also in processes that a test starts."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TZ", "Europe/Paris")
        time.tzset()
        yield
    time.tzset()
