"""Bytes to characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.parse.decode import MAX_BYTES, MAX_FILE_BYTES, decode
from schemas.errors import ParseError

TEXT = "L’été, à Noël : « 5 € », œuvre n° 3"


@pytest.mark.parametrize(
    ("encoding", "media_type"),
    [
        ("utf-8", "text/plain"),
        ("utf-8", "text/plain; charset=ISO-8859-1"),
        ("utf-8-sig", "text/plain"),
        ("utf-16", "text/plain"),
        ("cp1252", "text/plain"),
        ("cp1252", "text/plain; charset=ISO-8859-1"),
        ("cp1252", "text/plain; charset=utf-8"),
        ("cp1252", "text/plain; charset=rot13"),
    ],
)
def test_encodings(encoding: str, media_type: str) -> None:
    decoded = decode(TEXT.encode(encoding), media_type)
    assert (decoded.text, decoded.problems) == (TEXT, ())


def test_the_header_counts_before_the_page() -> None:
    body = b'<meta charset="windows-1252">' + b"\xa4"
    assert decode(body, "text/html; charset=iso-8859-15").text.endswith("€")
    assert decode(body, "text/html").text.endswith("¤")


def test_a_declaration_that_is_no_ascii_is_read_for_what_it_says() -> None:
    assert decode(b"5 \xa4", "text/html; déclaré; charset=iso-8859-15").text == "5 €"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\x00", "empty"),
        (bytes(range(32)) * 9, "undecodable"),
        (b"\xef\xbb\xbf\xff", "undecodable"),
        (b"\xff\xfeabc", "undecodable"),
        (b"abc \x81\x8d", "undecodable"),
        ("été été été".encode() + b" \x81 fin", "undecodable"),
    ],
)
def test_what_is_no_text(body: bytes, reason: str) -> None:
    with pytest.raises(ParseError) as caught:
        decode(body, "text/plain")
    assert caught.value.reason == reason


@pytest.mark.parametrize(("start", "limit"), [(b"Texte ", MAX_BYTES), (b'{"a": ', MAX_FILE_BYTES)])
def test_the_largest_body_is_read_and_a_larger_one_is_not(start: bytes, limit: int) -> None:
    body = start.ljust(limit, b"x")
    assert len(decode(body, "").text) == limit
    with pytest.raises(ParseError, match=f"{limit + 1} bytes; the limit is {limit}") as caught:
        decode(body + b"x", "")
    assert caught.value.reason == "too_big"


def test_damage_is_of_the_text_and_counted() -> None:
    (stray,) = decode("été, été, ".encode() + b"\xe9t\xe9 et plus", "text/plain").problems
    assert (stray.part, stray.detail) == ("text", "UTF-8 with 2 stray bytes, read as Windows-1252")
    (lost,) = decode("\ufffdt\ufffd".encode(), "text/plain").problems
    assert (lost.reason, lost.part) == ("replacement_character", "text")
    assert " 2 replacement characters" in lost.detail
    (cut,) = decode("à l'été".encode()[:-1], "text/plain").problems
    assert cut.part == "text"


def test_damage_is_said() -> None:
    stray = decode("été, été, ".encode() + b"\xe9t\xe9 et plus", "text/plain")
    assert stray.text == "été, été, été et plus"
    assert [problem.reason for problem in stray.problems] == ["mixed_encoding"]
    cut = decode("à l'été".encode()[:-1], "text/plain")
    assert cut.text == "à l'ét"
    assert [problem.reason for problem in cut.problems] == ["truncated"]


def test_as_many_stray_characters_as_sound_ones_are_no_utf8() -> None:
    assert decode("où ".encode() + b"\xe9t", "text/plain").text == "oÃ¹ ét"
    assert decode("où là ".encode() + b"\xe9t", "text/plain").text == "où là ét"


@given(st.binary(max_size=300))
def test_nothing_but_parse_errors(body: bytes) -> None:
    try:
        decoded = decode(body, "text/html; charset=utf-8")
    except ParseError:
        return
    assert "\ufffd" not in decoded.text or decoded.problems
