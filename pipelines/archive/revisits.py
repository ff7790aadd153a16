"""Revisits: fetches of a web archive that met a document stored elsewhere, brought back to that document.

The document may be in the same file, in one read before or after it, or in our archive since an earlier import. What
is found nowhere is counted: it is the date of a visit, and no content is lost with it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.archive.archive import Archive
from pipelines.archive.visits import Visit
from pipelines.archive.web_archives import SkippedRecords, WebDocument, WebRevisit
from schemas.capture import CaptureRef, Fetched

_NOT_HERE = "revisit of a document that is in none of these files"
_NOT_MODIFIED = 304


class Revisits:
    """The documents that an import has met, and the revisits that wait for theirs."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._known: dict[int, tuple[str, str | None]] = {}  # hash of a name → capture id, digest as declared
        self._waiting: list[WebRevisit] = []

    def learn(self, document: WebDocument, visit: Visit) -> None:
        """A document is in the archive now."""
        for name in document.names:
            self._known.setdefault(hash(name), (visit.ref.capture_id, document.digest))

    def resolve(self, revisits: Sequence[WebRevisit]) -> Iterator[Fetched]:
        """What these revisits met; those that met nothing known wait for the end."""
        for revisit in revisits:
            ref = self._met(revisit)
            if ref is None or ref.taken_down:
                self._waiting.append(revisit)
            else:
                yield self._again(revisit, ref)

    def resolve_waiting(self) -> Iterator[Fetched]:
        """What the waiting ones met, now that every file was read."""
        waiting, self._waiting = self._waiting, []
        yield from self.resolve(waiting)

    def unresolved(self) -> list[SkippedRecords]:
        """Those whose document is nowhere, counted by file."""
        counts: Counter[Path] = Counter(revisit.path for revisit in self._waiting)
        return [SkippedRecords(path, {_NOT_HERE: count}) for path, count in counts.items()]

    def _met(self, revisit: WebRevisit) -> CaptureRef | None:
        for name in revisit.names:
            capture_id, digest = self._known.get(hash(name), (None, None))
            if capture_id is not None and (revisit.digest is None or digest in {None, revisit.digest}):
                return self._archive.capture(capture_id)
        if revisit.target is None or revisit.target_at is None:
            return None
        return self._archive.captured_at(revisit.target, revisit.target_at)

    def _again(self, revisit: WebRevisit, ref: CaptureRef) -> Fetched:
        said = revisit.status not in {None, _NOT_MODIFIED}
        return Fetched(
            source="import",
            url=revisit.url,
            fetched_at=revisit.fetched_at,
            status=ref.status,
            media_type=(revisit.media_type if said else None) or ref.media_type,
            body=self._archive.read(ref).body,
        )
