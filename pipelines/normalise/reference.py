"""What questions are normalised by, as one value: the registries of ministries, governments and groups."""

import hashlib
from dataclasses import dataclass
from functools import cache

from pipelines.normalise.governments import Governments, bundled_governments
from pipelines.normalise.groups import Groups, bundled_groups
from pipelines.normalise.registry import Registry, bundled_registry


@dataclass(frozen=True)
class Reference:
    """The registries together; `version` changes when any of them does."""

    ministries: Registry
    governments: Governments
    groups: Groups

    @property
    def version(self) -> str:
        """What identifies this state of all of them."""
        parts = (self.ministries.version, self.governments.version, self.groups.version)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@cache
def bundled_reference() -> Reference:
    """The registries that come with the project."""
    return Reference(bundled_registry(), bundled_governments(), bundled_groups())
