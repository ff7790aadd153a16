"""Who governs, as the pages and tables ask it."""

from pipelines.delays.ministers import Ministers
from pipelines.normalise.governments import bundled_governments


def ministers() -> Ministers:
    """Who held which ministry when, by the registry that comes with the project."""
    return Ministers(bundled_governments().tenures)
