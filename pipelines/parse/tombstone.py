"""Tombstones: what the archive keeps of a question that was taken down, read as what its captures showed."""

from typing import Final

from pydantic import ValidationError

from schemas.errors import ParseError
from schemas.question import RawQuestion
from schemas.tombstone import Tombstone

_START: Final = b'{"tombstone":'


def is_tombstone(body: bytes) -> bool:
    """Whether a payload is one."""
    return body.startswith(_START)


def readings(body: bytes) -> tuple[RawQuestion, ...]:
    """The readings that it holds; raises ParseError."""
    try:
        return Tombstone.model_validate_json(body).readings
    except ValidationError as error:
        raise ParseError("bad_tombstone", f"a tombstone that cannot be read ({error.error_count()} errors)") from error
