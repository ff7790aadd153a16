"""Answers for files: whole or in parts, under conditions, and wrong where a fault says so (RFC 9110 §13, §14)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import format_datetime

from questarium.replica.faults import FileFault
from questarium.replica.site import Answer

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True)
class Reply:
    """What is written to the connection; `breaks_off` when the body is shorter than announced."""

    status: int
    body: bytes
    headers: dict[str, str]
    breaks_off: bool = False


def file_reply(file: Answer, asked: Mapping[str, str], fault: FileFault | None, turn: int) -> Reply:
    """The answer to a request for a file.

    Args:
        file: that is there.
        asked: the headers of the request.
        fault: what goes wrong.
        turn: a number that differs with each request.
    """
    etag = f'"{turn}"' if fault is FileFault.NOISY else file.etag
    headers = {"Content-Type": file.media_type, "ETag": etag, "Accept-Ranges": "bytes"}
    if file.last_modified and fault is not FileFault.NOISY:
        headers["Last-Modified"] = format_datetime(file.last_modified, usegmt=True)
    if fault is FileFault.UNAVAILABLE:
        return Reply(503, b"", {"Retry-After": "0"})
    if file.unchanged_for(asked.get("If-None-Match"), asked.get("If-Modified-Since")):
        return Reply(304, b"", headers)
    reply = _part(file.body, asked, headers, fault)
    if fault is FileFault.SHORT:
        half = reply.body[: len(reply.body) // 2]
        return Reply(reply.status, half, {**reply.headers, "Content-Length": str(len(reply.body))}, breaks_off=True)
    return reply


def _part(body: bytes, asked: Mapping[str, str], headers: dict[str, str], fault: FileFault | None) -> Reply:
    wanted = _RANGE.fullmatch(asked.get("Range") or "")
    stated = asked.get("If-Range")
    same = stated is None or stated in {headers["ETag"], headers.get("Last-Modified")}
    if wanted is None or not same or fault is FileFault.NO_PARTS:
        return Reply(200, body, headers)
    first, last = _bounds(wanted, len(body))
    if first > last or fault is FileFault.REFUSED_PART:
        return Reply(416, b"", {**headers, "Content-Range": f"bytes */{len(body)}"})
    if fault is FileFault.WRONG_PART:
        first = last = max(0, first - 1)
    place = {"Content-Range": f"bytes {first}-{last}/{len(body)}"}
    return Reply(206, body[first : last + 1], {**headers, **place})


def _bounds(wanted: re.Match[str], size: int) -> tuple[int, int]:
    """First and last byte; the first is beyond the last where there is nothing of it."""
    first, last = wanted.groups()
    if not first:
        return max(0, size - int(last or 0)), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)
