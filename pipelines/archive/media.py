"""What kind of content a file holds, told from its first bytes, or else from its name."""

import mimetypes
import re

HEAD = 1024
"""Bytes looked at to tell what a file holds."""

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SIGNS = (  # how a content begins, blanks and byte order mark aside → media type
    (re.compile(rb"<!doctype html|<html|<head|<body", re.IGNORECASE), "text/html"),
    (re.compile(rb"<\?xml[^>]*\?>\s*(?:<!doctype html|<html)", re.IGNORECASE), "application/xhtml+xml"),
    (re.compile(rb"<\?xml"), "application/xml"),
    (re.compile(rb"[{\[]\s*[\"{\[\]}\d-]"), "application/json"),
    (re.compile(rb"%PDF-"), "application/pdf"),
    (re.compile(rb"PK\x03\x04"), "application/zip"),
    (re.compile(rb"\x1f\x8b"), "application/gzip"),
)


def guess_media_type(body: bytes, name: str) -> str:
    """Media type of a file from its content, or else from its name."""
    head = body[:HEAD]
    for mark in _BOMS:
        head = head.removeprefix(mark)
    head = head.lstrip()
    for sign, media_type in _SIGNS:
        if sign.match(head):
            return media_type
    guessed, _ = mimetypes.guess_type(name)
    if guessed is not None and guessed.startswith("text/"):
        return guessed
    return "application/octet-stream" if b"\0" in head else guessed or "text/plain"
