"""What questions are normalised by, as one value: bundled registries, members of the Assemblée's files, corrections."""

import hashlib
from dataclasses import dataclass, field
from functools import cache

from pipelines.normalise.corrections import TEXTS
from pipelines.normalise.governments import Governments, bundled_governments
from pipelines.normalise.groups import Groups, bundled_groups
from pipelines.normalise.people import Members
from pipelines.normalise.registry import Registry, bundled_registry
from pipelines.normalise.trust import Sources, bundled_sources
from schemas.correction import Correction
from schemas.identity import QuestionKey
from schemas.people import People

RULES_VERSION = "2"
"""Changes when the same readings are normalised otherwise by the same registries."""


@dataclass(frozen=True)
class Reference:
    """The registries together; `version` changes when any that is bundled does. Corrections are reviewed by people."""

    ministries: Registry
    governments: Governments
    groups: Groups
    sources: Sources = field(default_factory=bundled_sources)
    corrections: tuple[Correction, ...] = ()
    members: Members = field(default_factory=lambda: Members(People()))

    def corrections_of(self, key: QuestionKey, *, with_texts: bool) -> list[Correction]:
        """The reviewed corrections of one question, in the order of their file; those of its texts where it has any."""
        own = [each for each in self.corrections if each.question == str(key)]
        return own if with_texts else [each for each in own if each.field not in TEXTS]

    @property
    def version(self) -> str:
        """What identifies this state of the bundled ones; members have versions by term."""
        parts = (
            RULES_VERSION,
            self.ministries.version,
            self.governments.version,
            self.groups.version,
            self.sources.version,
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@cache
def bundled_reference() -> Reference:
    """The registries that come with the project."""
    return Reference(bundled_registry(), bundled_governments(), bundled_groups())
