"""Pages made for the parser tests, beyond the fixtures: whole fixtures as text, and ways to damage them."""

import random
import re

from tests.pipelines.parse.captures import FIXTURES

_TAG = re.compile(rb"</?[A-Za-z][^<>]{0,200}>")
_NOISE = [
    b"&#0;",
    b"&#x18;",
    b"&",
    b"<",
    b">",
    b"\x00",
    b"\x18",
    b"\xff",
    b"\xc3",
    b"</",
    b"<!--",
    b"]]>",
    b"\n",
    b" : ",
    b"|",
]


def body(name: str) -> bytes:
    """The input of a fixture, such as `an_html_c/unanswered`."""
    (path,) = (FIXTURES / name).glob("input.*")
    return path.read_bytes()


def all_bodies() -> list[bytes]:
    """The inputs of all fixtures."""
    return [path.read_bytes() for path in sorted(FIXTURES.glob("*/*/input.*"))]


def damaged(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """The page with one to four kinds of damage: flipped, cut, doubled, spliced with another, entity and tag noise."""
    for _ in range(chance.randint(1, 4)):
        content = chance.choice(_DAMAGES)(content, other, chance)
    return content


def _flip(content: bytes, other: bytes, chance: random.Random) -> bytes:
    mutable = bytearray(content)
    for _ in range(min(len(mutable), chance.randint(1, 8))):
        mutable[chance.randrange(len(mutable))] = chance.randrange(256)
    return bytes(mutable)


def _cut(content: bytes, other: bytes, chance: random.Random) -> bytes:
    return content[: chance.randint(0, len(content))]


def _drop(content: bytes, other: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(content))
    return content[:start] + content[start + chance.randint(1, 200) :]


def _double(content: bytes, other: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(content))
    return content[:start] + content[start : start + chance.randint(1, 400)] * 2 + content[start:]


def _splice(content: bytes, other: bytes, chance: random.Random) -> bytes:
    return content[: chance.randint(0, len(content))] + other[chance.randint(0, len(other)) :]


def _noise(content: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.choice(_NOISE) * chance.randint(1, 5) + content[at:]


def _drop_tag(content: bytes, other: bytes, chance: random.Random) -> bytes:
    tags = list(_TAG.finditer(content))
    if not tags:
        return content
    tag = chance.choice(tags)
    return content[: tag.start()] + content[tag.end() :]


def _double_tag(content: bytes, other: bytes, chance: random.Random) -> bytes:
    tags = list(_TAG.finditer(content))
    if not tags:
        return content
    tag = chance.choice(tags)
    return content[: tag.end()] + tag[0] * chance.randint(1, 50) + content[tag.end() :]


def _swap_lines(content: bytes, other: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


_DAMAGES = (_flip, _cut, _drop, _double, _splice, _noise, _drop_tag, _double_tag, _swap_lines)
