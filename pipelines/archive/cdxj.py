"""The index of a web archive as replay tools read it: CDXJ lines, in compressed blocks with an index of their own.

A line is the sort key of an address, a moment, and where the record lies (https://specs.webrecorder.net/cdxj/0.1.0/);
the blocks and the index of the blocks are those of ZipNum, as WACZ files have them.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from pipelines.archive.surt import surt
from pipelines.archive.warc import target_uri

INDEX: Final = "index.cdx.gz"
BLOCK_INDEX: Final = "index.idx"

_BLOCK = 1024  # lines
REVISIT: Final = "warc/revisit"


@dataclass(frozen=True)
class Place:
    """One record to be found: what it answered to, when, and where it lies (bytes of the compressed file)."""

    url: str
    at: datetime
    mime: str  # media type without parameters, or REVISIT
    status: int | None
    digest: str  # sha256, hexadecimal
    warc_file: str
    offset: int
    length: int


def line(place: Place) -> str:
    """The line of a record, with its end."""
    url = target_uri(place.url)
    said = {
        "url": url,
        "mime": place.mime,
        "status": str(place.status) if place.status is not None else None,
        "digest": f"sha256:{place.digest}",
        "length": str(place.length),
        "offset": str(place.offset),
        "filename": place.warc_file,
    }
    values = json.dumps({name: value for name, value in said.items() if value is not None})
    return f"{surt(url)} {place.at.astimezone(UTC):%Y%m%d%H%M%S} {values}\n"


def index(lines: Iterable[str]) -> tuple[bytes, bytes]:
    """The compressed index of these lines and the index of its blocks."""
    content, blocks = bytearray(), [_header()]
    for block in _blocks(sorted(lines)):
        packed = gzip.compress("".join(block).encode(), mtime=0)
        key, moment, _ = block[0].split(" ", 2)
        place = {
            "offset": len(content),
            "length": len(packed),
            "digest": f"sha256:{hashlib.sha256(packed).hexdigest()}",
        }
        blocks.append(f"{key} {moment} {json.dumps(place | {'filename': INDEX})}\n")
        content += packed
    return bytes(content), "".join(blocks).encode()


def _header() -> str:
    return f"!meta 0 {json.dumps({'format': 'cdxj-gzip-1.0', 'filename': INDEX})}\n"


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(lines)
    while block := list(islice(remaining, _BLOCK)):
        yield block
