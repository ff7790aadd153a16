"""How often Python looks for garbage while a build works: seldom, for what it makes is kept or goes by itself."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

ALLOCATED: Final = 20_000
"""Objects made between two looks: Python's 700 cost a tenth of the reading of captures, and more than half of an
increment of the vocabulary, whose objects are all looked at again and again."""


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for garbage seldom while this lasts."""
    before = gc.get_threshold()
    gc.set_threshold(ALLOCATED, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
