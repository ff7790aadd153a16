"""The content of gzip members: all of it, no more at a time than asked for, and of a bomb no more than is needed."""

import gzip
import io
import random

import pytest

from pipelines.archive import inflated
from pipelines.archive.inflated import Inflated, Source

MIB = 1 << 20
NOISE = random.Random(1).randbytes(3 * MIB)
ZEROS = bytes(3 * MIB)
DENSE = NOISE[:20_000] + ZEROS  # some 130 times larger than packed


def pieces(source: Source, size: int = -1) -> list[bytes]:
    return list(iter(lambda: source.read(size), b""))


def opened(*contents: bytes, padding: bytes = b"") -> Inflated:
    return Inflated(io.BytesIO(b"".join(gzip.compress(each, 1) + padding for each in contents)))


@pytest.mark.parametrize("size", [1, 7, 1000, -1])
@pytest.mark.parametrize("padding", [b"", b"\0" * 5])
def test_members_are_read_to_the_last_one(size: int, padding: bytes) -> None:
    source = opened(b"one", NOISE[:500], b"", b"three", padding=padding)
    found = pieces(source, size)
    whole = b"one" + NOISE[:500] + b"three"
    assert b"".join(found) == whole
    assert (source.tell(), source.whole_until, source.damage) == (len(whole), len(whole), None)
    assert size < 0 or max(map(len, found)) <= size


@pytest.mark.parametrize("size", [1, 7, -1])
def test_what_is_not_compressed_is_given_as_it_is(size: int) -> None:
    source = Source(io.BytesIO(b"plain text"))
    assert b"".join(pieces(source, size)) == b"plain text"
    assert (source.tell(), source.damage) == (10, None)
    with pytest.raises(OSError, match="cannot go to 3"):
        source.seek(3)


@pytest.mark.parametrize("contents", [(NOISE,), (DENSE,), (NOISE, DENSE), (b"x", NOISE)])
def test_a_large_crawl_is_no_bomb(contents: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inflated, "MAX_PAYLOAD", MIB)
    source = opened(*contents)
    assert b"".join(pieces(source)) == b"".join(contents)
    assert source.damage is None


@pytest.mark.parametrize("before", [b"", NOISE])
def test_a_bomb_is_one_whatever_came_before(before: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inflated, "MAX_PAYLOAD", MIB)
    source = opened(before, ZEROS)
    given = sum(map(len, pieces(source))) - len(before)
    assert source.damage == "a record expands more than 200 times"
    assert MIB <= given < MIB + MIB // 8
    assert source.whole_until == len(before)


def test_a_cut_is_said_and_so_is_what_came_through_whole() -> None:
    packed = gzip.compress(b"one") + gzip.compress(NOISE[:1000])
    source = Inflated(io.BytesIO(packed[:-8]))
    assert b"".join(pieces(source)) == b"one" + NOISE[:1000]
    assert (source.damage, source.whole_until) == ("the file ends within a record", 3)


def test_other_bytes_behind_a_member_are_damage() -> None:
    source = Inflated(io.BytesIO(gzip.compress(b"one") + b"two"))
    assert b"".join(pieces(source)) == b"one"
    assert "the compressed data are damaged" in str(source.damage)
    assert source.whole_until == 3
