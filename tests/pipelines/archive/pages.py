"""Captures to archive in the tests, written by us and made from a number."""

import random
from datetime import UTC, datetime, timedelta

from schemas.capture import Fetched
from schemas.identity import QuestionKey, TermKey

START = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
TERM = TermKey.parse("fr-an-15")


def question(number: int) -> QuestionKey:
    return QuestionKey.parse(f"fr-an-15-QE-{number}")


def url(number: int) -> str:
    return f"https://questions.example/q15/15-{number}QE.htm"


def body(number: int, version: int = 1) -> bytes:
    words = random.Random(f"{number}/{version}").choices(
        ["régie", "écluse", "préfet", "hôpital", "loi", "cantine"], k=120
    )
    return f"<html><h1>Question n° {number}</h1><p>{' '.join(words)}</p></html>".encode()


def page(number: int, version: int = 1, *, day: float = 0, **changes: object) -> Fetched:
    """The page of a question in one of its versions, fetched some days after START."""
    fields: dict[str, object] = {
        "source": "assemblee",
        "url": url(number),
        "fetched_at": START + timedelta(days=day),
        "status": 200,
        "media_type": "text/html; charset=UTF-8",
        "body": body(number, version),
        "question": question(number),
    }
    return Fetched.model_validate(fields | changes)


def imported(name: str, content: bytes, *, day: float = 0) -> Fetched:
    return Fetched(
        source="import",
        url=f"file:{name}",
        fetched_at=START + timedelta(days=day),
        status=200,
        media_type="text/plain",
        body=content,
    )
