"""Who governs, as the pages and tables ask it."""

from pipelines.dataset.manifest import Version
from pipelines.dataset.people import stored_people
from pipelines.delays.ministers import Ministers
from pipelines.normalise.governments import bundled_governments
from pipelines.normalise.registry import bundled_registry
from pipelines.normalise.tenures import KINDS, overruled, tenures_of


def ministers(version: Version | None) -> Ministers:
    """Who held which ministry when: the bundled registry, overruled by the files of members that were collected.

    Raises DatasetError.
    """
    known = tenures_of(stored_people(version, KINDS), bundled_registry())
    return Ministers(overruled(bundled_governments().tenures, known))
