"""Writing the embedded index: whole into a new version beside the live one, or in part into the live one.

Figures, index and state are committed in this order; a run that dies between them leaves the old `data_version`, and
is simply run again: every document is compared with what is there before it is written.
"""

import os
from collections.abc import Iterable
from typing import Final

import tantivy

from pipelines.search.backend import Rejected
from pipelines.search.documents import SHAPE, Flat, flattened
from pipelines.search.embedded.figures import FiguresWriter, writing_figures
from pipelines.search.embedded.folders import FolderState, IndexFolder, IndexRoot
from pipelines.search.embedded.reader import Reader
from pipelines.search.embedded.schema import create_index, open_index, to_json
from schemas.errors import SearchError
from schemas.search import SearchDocument

_MOST_HEAP: Final = 1_200_000_000  # bytes, shared by the threads: two segments of 250,000 questions with two threads
_LEAST_HEAP: Final = 256_000_000
_UPDATE_HEAP: Final = 50_000_000


def rebuild(root: IndexRoot, documents: Iterable[SearchDocument], data_version: str, content: str) -> list[Rejected]:
    """Build a new version and make it the live one; raises SearchError when it does not hold what it was given."""
    with root.writing():
        folder = root.create()
        with writing_figures(folder.figures, new=True) as figures:
            batch = _Batch(create_index(folder.tantivy), figures, _rebuild_heap(), min(os.cpu_count() or 1, 4))
            for flat in flattened(documents, batch.rejected):
                batch.put(flat, None)
            batch.commit()
        held = Reader(folder).documents()
        if held != len(batch.seen):
            raise SearchError(f"the new index holds {held} documents instead of {len(batch.seen)}; it is not used")
        folder.write_state(FolderState(data_version, held, SHAPE, content))
        root.publish(folder)
    return batch.rejected


def update(
    folder: IndexFolder, changed: Iterable[SearchDocument], removed: Iterable[str], data_version: str, content: str
) -> list[Rejected]:
    """Bring a live version, whose lock the caller holds, to `data_version`."""
    reader = Reader(folder)
    with writing_figures(folder.figures) as figures:
        batch = _Batch(open_index(folder.tantivy), figures, _UPDATE_HEAP, 1)
        for question in removed:
            if reader.stored(question) is not None:
                batch.remove(question)
        for flat in flattened(changed, batch.rejected):
            batch.put(flat, reader.stored(flat.id))
        batch.commit()
    state = FolderState(data_version, Reader(folder).documents(), SHAPE, content)
    if state != folder.state() or batch.written:
        folder.write_state(state)
    return batch.rejected


def _rebuild_heap() -> int:
    """A quarter of the memory: each segment costs every query, and many of them are merged, which costs the build."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(_LEAST_HEAP, min(memory // 4, _MOST_HEAP))


class _Batch:
    """One commit: what was seen, written and refused in it."""

    def __init__(self, index: tantivy.Index, figures: FiguresWriter, heap: int, threads: int) -> None:
        self._writer = index.writer(heap, threads)
        self._figures = figures
        self.seen: dict[str, tuple[int, str]] = {}
        self.written = 0
        self.rejected: list[Rejected] = []

    def put(self, flat: Flat, stored: tuple[int, str] | None) -> None:
        """Write the document unless a newer one, or the very same, is there."""
        there = self.seen.get(flat.id, stored)
        mine = (flat.version, flat.content_hash)
        if there is not None and (there[0] > mine[0] or there == mine):
            self.seen.setdefault(flat.id, there)
            return
        self._write(flat, replaces=there is not None)
        self.seen[flat.id] = mine

    def remove(self, question: str) -> None:
        """Take the question out."""
        self._writer.delete_documents_by_term("id", question)
        self._figures.remove(question)
        self.written += 1

    def commit(self) -> None:
        """Keep what was written, figures first."""
        if self.written:
            self._figures.commit()
            self._writer.commit()
        self._writer.wait_merging_threads()

    def _write(self, flat: Flat, *, replaces: bool) -> None:
        if replaces:
            self._writer.delete_documents_by_term("id", flat.id)
        self._writer.add_json(to_json(flat))
        self._figures.put(flat, replaces=replaces)
        self.written += 1
