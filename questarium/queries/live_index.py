"""The live index, opened once for many queries: the engine, its data version and its vocabulary.

What is kept follows the index: when a build, a rollback or a restore moves it on, the next query reads the new one.
"""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pipelines.dataset.store import Version
from pipelines.flow.companions import Companions
from pipelines.flow.indexing import indexed_version, live_state
from pipelines.search.backend import IndexState, SearchBackend
from pipelines.search.engines import open_backend
from pipelines.search.vocabulary import Vocabulary
from questarium.queries.opened import current_version
from schemas.errors import NoDatasetError
from schemas.settings import Settings

_FRESH_S: Final = 1.0  # asking a server which index is live costs as much as a search


@dataclass(frozen=True)
class Snapshot:
    """The index as it is now."""

    state: IndexState
    version: Version
    vocabulary: Vocabulary


class LiveIndex:
    """The index of one data folder; a version that comes while queries run is seen a second later at most."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._clock = clock
        self._looked_at = float("-inf")
        self._snapshot: Snapshot | None = None
        self.backend: SearchBackend = open_backend(settings)

    def now(self, *, answered: str | None = None) -> Snapshot:
        """What is live; raises NoDatasetError before the first build, SearchError.

        `answered` is the index that has just answered: when it is another one than what is known, that is looked up.
        """
        time_s = self._clock()
        moved = answered is not None and self._snapshot is not None and self._snapshot.state.index != answered
        if self._snapshot is None or moved or time_s - self._looked_at >= _FRESH_S:
            self._snapshot = self._look(self._snapshot)
            self._looked_at = time_s
        return self._snapshot

    def _look(self, before: Snapshot | None) -> Snapshot:
        try:
            state = live_state(self._settings, self.backend)
        except NoDatasetError:
            current_version(self._settings)  # where nothing has been built, that is what to say
            raise
        if before is not None and state == before.state:
            return before
        version = indexed_version(self._settings, state)
        if before is not None and before.version.content == version.content:
            return Snapshot(state, version, before.vocabulary)
        vocabulary = Companions.of(self._settings, version.content).vocabulary(version)
        _set_aside(collecting=before is not None)
        return Snapshot(state, version, vocabulary)


def _set_aside(*, collecting: bool) -> None:
    """Take what has been made so far out of every later look for garbage, which takes 200 ms in the midst of a search.

    A process that goes on from index to index must not set garbage aside, too: it is collected before.
    """
    if collecting:
        gc.collect()
    gc.freeze()
