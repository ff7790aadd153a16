"""What questions are normalised by, as one value: ministries and governments."""

import hashlib
from dataclasses import dataclass
from functools import cache

from pipelines.normalise.governments import Governments, bundled_governments
from pipelines.normalise.registry import Registry, bundled_registry


@dataclass(frozen=True)
class Reference:
    """The registries together; `version` changes when any of them does."""

    ministries: Registry
    governments: Governments

    @property
    def version(self) -> str:
        """What identifies this state of all of them."""
        parts = (self.ministries.version, self.governments.version)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@cache
def bundled_reference() -> Reference:
    """The registries that come with the project."""
    return Reference(bundled_registry(), bundled_governments())
