"""Writing to Elasticsearch in bulk: every document is accepted, known to be newer there, or returned with its reason.

The id and the version are the document's own, so that a request applied twice changes nothing, and `external_gte`
keeps a lower version from replacing a higher one.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any, Final

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from pipelines.search.backend import Rejected
from pipelines.search.documents import flattened
from pipelines.search.elastic.mapping import to_source
from schemas.search import SearchDocument

_CHUNK: Final = 500
_CHUNK_BYTES: Final = 16_000_000  # well below what a server takes (http.max_content_length)
_THREADS: Final = 2  # so that the server works while the next chunk is made
_RETRIES: Final = 8  # of what the server was too busy to take, waiting 1, 2, 4 … 30 s
_BUSY: Final = (429, 502, 503, 504)
_FINE: Final = frozenset({200, 201, 409})  # 409: a newer version is there

_Action = dict[str, Any]
_Answer = dict[str, dict[str, Any]]  # operation → its result


class BulkWriter:
    """Writes to one alias; `accepted` are the ids that are there now, `rejected` what was refused."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self._client = client.options(request_timeout=120, max_retries=3, retry_on_timeout=True)
        self._alias = alias
        self.accepted: set[str] = set()
        self.rejected: list[Rejected] = []

    def put(self, documents: Iterable[SearchDocument]) -> None:
        """Write these documents."""
        self._send(self._index_actions(documents))

    def put_newer(self, documents: Iterable[SearchDocument]) -> None:
        """Write those of these documents that the index has not, or has in an older or in another form."""
        self.put(self._newer(documents))

    def remove(self, questions: Iterable[str]) -> None:
        """Take out those of these questions that are there, at the versions they have.

        The server remembers a deletion for a minute; with a version of its own making it would refuse the question's
        return for as long.
        """
        waiting = iter(questions)
        while batch := list(islice(waiting, _CHUNK)):
            held = self._held(sorted(set(batch)))
            self._send(self._action("delete", question, version) for question, version in held.items())

    def _send(self, actions: Iterable[_Action]) -> None:
        waiting = iter(actions)
        sent: deque[Future[list[_Answer]]] = deque()
        with ThreadPoolExecutor(_THREADS) as threads:
            while chunk := list(islice(waiting, _CHUNK)):
                sent.append(threads.submit(self._send_chunk, chunk))
                if len(sent) > _THREADS:
                    self._note_all(sent.popleft().result())
            for future in sent:
                self._note_all(future.result())

    def _send_chunk(self, chunk: list[_Action]) -> list[_Answer]:
        """Send one chunk, again what the server is too busy for; an answer for each action."""
        answers = streaming_bulk(
            self._client,
            chunk,
            chunk_size=_CHUNK,
            max_chunk_bytes=_CHUNK_BYTES,
            max_retries=_RETRIES,
            initial_backoff=1,
            max_backoff=30,
            retry_on_status=_BUSY,
            raise_on_error=False,
            require_alias=True,
        )
        return [answer for _, answer in answers]

    def _note_all(self, answers: list[_Answer]) -> None:
        for answer in answers:
            ((operation, result),) = answer.items()
            self._note(operation, result)

    def _note(self, operation: str, result: dict[str, Any]) -> None:
        if result["status"] not in _FINE:
            self.rejected.append(Rejected(result["_id"], _reason(result.get("error"))))
        elif operation == "index":
            self.accepted.add(result["_id"])

    def _newer(self, documents: Iterable[SearchDocument]) -> Iterator[SearchDocument]:
        waiting = iter(documents)
        while batch := list(islice(waiting, _CHUNK)):
            held = self._held(sorted({document.id for document in batch}))
            hashes = self._hashes(sorted({each.id for each in batch if held.get(each.id) == each.version}))
            yield from (each for each in batch if _is_newer(each, held.get(each.id), hashes.get(each.id)))

    def _index_actions(self, documents: Iterable[SearchDocument]) -> Iterator[_Action]:
        for flat in flattened(documents, self.rejected):
            yield self._action("index", flat.id, flat.version) | {"_source": to_source(flat)}

    def _action(self, operation: str, question: str, version: int) -> _Action:
        return {
            "_op_type": operation,
            "_index": self._alias,
            "_id": question,
            "version": version,
            "version_type": "external_gte",
        }

    def _held(self, questions: list[str]) -> dict[str, int]:
        """The versions of those that are there; their texts, which cost most, are not read for that."""
        found = self._client.mget(index=self._alias, ids=questions, source=False)
        return {each["_id"]: each["_version"] for each in found["docs"] if each["found"]}

    def _hashes(self, questions: list[str]) -> dict[str, str]:
        """The content hashes of those that are there."""
        if not questions:
            return {}
        found = self._client.mget(index=self._alias, ids=questions, source_includes=["content_hash"])
        return {each["_id"]: each["_source"]["content_hash"] for each in found["docs"] if each["found"]}


def _is_newer(document: SearchDocument, version: int | None, content_hash: str | None) -> bool:
    """Whether a document is newer than, or another than, what is there; None for nothing."""
    return version is None or version < document.version or content_hash not in (None, document.content_hash)


def _reason(error: Any) -> str:
    """Elasticsearch's reason, with what caused it."""
    if not isinstance(error, dict):
        return str(error)
    cause = error.get("caused_by")
    return f"{error.get('reason')}" + (f" ({_reason(cause)})" if cause else "")
