"""Python's own garbage collection while a build works."""

import gc

import pytest

from pipelines.flow.garbage import seldom_collecting


def test_python_looks_for_garbage_as_before_when_the_work_has_failed() -> None:
    before = gc.get_threshold()
    within: list[int] = []

    def work() -> None:
        with seldom_collecting():
            within.append(gc.get_threshold()[0])
            raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        work()
    assert within[0] > before[0]
    assert gc.get_threshold() == before
