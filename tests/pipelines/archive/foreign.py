"""WARC files as others write them: with warcio, and with bytes put together by hand."""

import gzip
import io
from collections.abc import Mapping

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2021-03-04T05:06:07Z"
HTML = "<html><body>Question écrite</body></html>".encode()


def response(
    body: bytes,
    *,
    status: str = "200 OK",
    http: Mapping[str, str] | None = None,
    address: str = "https://questions.example/q/1",
    kind: str = "response",
    gzipped: bool = True,
    date: str = DATE,
    headers: Mapping[str, str] | None = None,
    media_type: str = "text/html; charset=UTF-8",
) -> bytes:
    """One record of a crawler's WARC file."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=gzipped)
    http_headers = None
    warc_headers = {"WARC-Date": date, **(headers or {})}
    if kind in {"response", "revisit"}:
        fields = {"Content-Type": media_type, **(http or {})}
        http_headers = StatusAndHeaders(status, list(fields.items()), protocol="HTTP/1.1")
    else:
        warc_headers["Content-Type"] = media_type
    record = writer.create_warc_record(
        address, kind, payload=io.BytesIO(body), http_headers=http_headers, warc_headers_dict=warc_headers
    )
    writer.write_record(record)
    return stream.getvalue()


def info(*, gzipped: bool = True) -> bytes:
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("crawl.warc.gz", {"software": "somebody's crawler"}))
    return stream.getvalue()


def by_hand(block: bytes, *, length: int | None = None, version: str = "WARC/1.0", extra: str = "") -> bytes:
    """An uncompressed response record, with whatever its head may claim."""
    head = (
        f"{version}\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: {DATE}\r\n"
        f"WARC-Target-URI: <https://questions.example/q/1>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"{extra}Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def one_member(*records: bytes) -> bytes:
    """A WARC file that was compressed as a whole."""
    return gzip.compress(b"".join(records))
