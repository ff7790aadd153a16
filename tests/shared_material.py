"""Real material kept beside the checkout; tests that need it skip by name where it is absent."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


def shared(path: str) -> Path:
    """The file or folder of that name in the shared material; skips the test where it is not there."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"shared material '{path}' is not beside the checkout")
    return found
