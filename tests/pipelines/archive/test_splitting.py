"""Files of many questions are cut where each begins and ends, wherever the reading stops in between."""

import io
import json
import re

import pytest

from pipelines.archive import splitting
from pipelines.archive.splitting import question_key, split_questions
from schemas.errors import ParseError

ONE = {"uid": "QANR5L14QE1", "texte": 'un « é » \\ "crochet ]} ," œ', "liste": [{"a": 1}, 2], "n": None}
TWO = {"@xmlns": "http://x", "uid": "QANR5L14QE22", "texte": "deux"}
HEADS = [
    {"questionsEcrites": {"question": [ONE, TWO]}},
    {
        "questionsEcrites": {
            "@xmlns": "http://x",
            "version": [1.5, -2.5e-3, 4e2, 7],
            "mots": ["a"],
            "meta": {},
            "question": [ONE, TWO],
        }
    },
    {"a": {"b": {"c": "d"}}, "questionsGvt": {"question": [ONE, TWO]}},
]


@pytest.fixture(params=[1, 7, 1 << 20])
def chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many bytes are read at a time; the first time no fewer than the declaration has."""
    monkeypatch.setattr(splitting, "_CHUNK", request.param)
    monkeypatch.setattr(splitting, "_HEAD", max(request.param, 64))
    return int(request.param)


class Bounded(io.BytesIO):
    """A file of which no more is read at a time than may be held."""

    def read(self, size: int | None = -1) -> bytes:
        assert size in {splitting._HEAD, splitting._CHUNK}
        return super().read(size)


def split(data: bytes) -> list[bytes]:
    return list(split_questions(Bounded(data)))


@pytest.mark.parametrize("whole", HEADS)
@pytest.mark.parametrize("indent", [None, 2])
def test_json_lists(whole: object, indent: int | None, chunk: int) -> None:
    text = json.dumps(whole, ensure_ascii=False, indent=indent)
    for bom in (b"", b"\xef\xbb\xbf"):
        bodies = split(bom + text.encode())
        assert [json.loads(body) for body in bodies] == [{"question": ONE}, {"question": TWO}]
        assert [str(question_key(body)) for body in bodies] == ["fr-an-14-QE-1", "fr-an-14-QE-22"]


@pytest.mark.parametrize("blanks", range(3))
def test_a_character_of_several_bytes_may_stand_where_the_reading_stops(blanks: int, chunk: int) -> None:
    odd = {"uid": "QANR5L14QE4", "texte": "€" * 60}
    text = json.dumps({"q": [odd]}, ensure_ascii=False)
    assert [json.loads(body) for body in split((" " * blanks + text).encode())] == [{"question": odd}]


def test_what_is_cut_out_is_as_it_stands(chunk: int) -> None:
    odd = '{ "uid" : "QANR5L14QE3",  "n" : 1.50 , "t":"\\u00e9" }'
    assert split(f'{{"q": [{odd}]}}'.encode()) == [f'{{"question": {odd}}}'.encode()]


@pytest.mark.parametrize("whole", [{"question": ONE}, ONE, {"questionsEcrites": {"question": TWO}}])
def test_one_question_comes_as_it_is(whole: object, chunk: int) -> None:
    data = json.dumps(whole, ensure_ascii=False).encode()
    assert split(data) == [data]


def test_xml_lists(chunk: int) -> None:
    declaration = b'<?xml version="1.0" encoding="UTF-8"?>'
    first = "<question><uid>QANR5L14QE1</uid><texteQuestion>é</texteQuestion></question>".encode()
    second = b'<question xmlns="http://x"\n><uid> QANR5L14QE22</uid></question>'
    beginning = b"\n<questionsEcrites date='2014-02-03' source='none but this test'>"
    bodies = split(declaration + beginning + first + b"\n" + second + b"</questionsEcrites>")
    assert bodies == [declaration + first, declaration + second]
    assert [str(question_key(body)) for body in bodies] == ["fr-an-14-QE-1", "fr-an-14-QE-22"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "unknown_format: neither JSON nor XML"),
        (b"plain", "unknown_format: neither JSON nor XML"),
        (b"<a><b/></a>", "unknown_format: XML without questions"),
        (b'{"q": [{"uid": "QANR5L14QE1"}, {"uid": ', "damaged: no JSON at this place (Expecting value)"),
        (b'{"q": [{"uid": "QANR5L14QE1"}', "damaged: the list of questions does not end"),
        (b'{"q": [{"uid": "QANR5L14QE1"}, 5]}', "damaged: the list of questions does not end"),
        (b'{"q": [{"uid": "\xe9"}]}', "damaged: JSON that is no UTF-8 ('utf-8' codec"),
        (b'{"q": nothing}', "damaged: no JSON at this place (Expecting value)"),
        (b'{"q": 1, 5}', "damaged: no JSON object at this place ('5')"),
        (b"<l><question><uid>QANR5L14QE1</uid></question><question>", "damaged: the last question does not end"),
    ],
)
def test_damage_is_said(data: bytes, told: str, chunk: int) -> None:
    with pytest.raises(ParseError, match=f"^{re.escape(told)}"):
        split(data)


LONG = b"x" * (1 << 20)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"uid": "QANR5L14QE1", "texte": "%s"}', "too_big: one question of more than 1 MiB"),
        (b'{"q": [{"uid": "QANR5L14QE1", "texte": "%s"}]}', "damaged: no JSON at this place (Unterminated string"),
        (b"<l><question><texte>%s</texte></question></l>", "too_big: one question of more than 1 MiB"),
    ],
)
def test_a_question_without_end_is_not_held(data: bytes, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "MAX_QUESTION", 1 << 20)
    monkeypatch.setattr(splitting, "_CHUNK", 1 << 16)
    assert len(split(data % LONG[: 1 << 19])) == 1
    with pytest.raises(ParseError, match=f"^{re.escape(told)}"):
        split(data % (LONG * 2))


@pytest.mark.parametrize("body", [b'{"uid": "PA12"}', b"<uid>12</uid>", b"", b'{"xuid": "QANR5L14QE1"}'])
def test_what_names_no_question(body: bytes) -> None:
    assert question_key(body) is None
