"""The two guides of the query language: every example is read without a warning, and what they say of words is so."""

import re
from pathlib import Path

import pytest

from pipelines.search.language import fields
from pipelines.search.language.understand import understand
from pipelines.search.lemmas import lemmas, readings
from pipelines.search.vocabulary import Vocabulary
from tests.pipelines.search.nasty_corpus import DOCUMENTS, TODAY

VOCABULARY = Vocabulary.build(DOCUMENTS)
DOCS = Path(__file__).parents[3] / "docs"
OF_THE_TEXTS = {"no_such_word", "unknown_label", "wildcard_empty", "form_not_there"}  # another corpus has other words
CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
NOT_QUERIES = re.compile(r"--|questarium|champ:valeur|field:value|\.md|^did_you|^[a-z_]+$|^(?:OU|PROCHE|AVANT)$")


def guide(name: str) -> str:
    return (DOCS / name).read_text("utf-8").partition("\n## What you are told")[0]


def rows(text: str) -> list[list[str]]:
    cells = (re.split(r"(?<!\\)\|", line.strip().strip("|")) for line in text.splitlines() if line.startswith("|"))
    return [[cell.strip().replace("\\|", "|") for cell in row] for row in cells]


def queries(name: str) -> list[str]:
    """The commands, the code of the first column of tables of examples, the other code that is a query."""
    text = guide(name)
    typed = re.findall(r"questarium search (?:--lang fr )?'(.+?)'(?= --|$)", text, re.MULTILINE)
    shown = [code for row in rows(text) for code in CODE.findall(row[0])]
    prose = [code for line in text.splitlines() if not line.startswith("|") for code in CODE.findall(line)]
    return [each for each in (*typed, *shown, *prose) if not NOT_QUERIES.search(each)]


def warnings(query: str) -> list[str]:
    told = understand(query, VOCABULARY, today=TODAY).warnings
    return [each.message for each in told if each.code not in OF_THE_TEXTS]


@pytest.mark.parametrize("query", sorted({query for name in ("search.md", "recherche.md") for query in queries(name)}))
def test_every_example_is_read_without_a_warning(query: str) -> None:
    assert warnings(query) == []


@pytest.mark.parametrize("name", ["search.md", "recherche.md"])
def test_every_field_of_the_tables_takes_the_values_shown(name: str) -> None:
    table = [row for row in rows(guide(name)) if all(map(fields.field_named, CODE.findall(row[0]))) and "`" in row[0]]
    assert len(table) > 12
    for row in table:
        assert [code for cell in row[:-1] for code in CODE.findall(cell) if fields.field_named(code) is None] == []
        for field in CODE.findall(row[0]):
            assert [value for value in CODE.findall(row[-1]) if warnings(f"{field}:{value}")] == []


def test_every_field_of_the_language_is_in_both_guides() -> None:
    rare = {"id", "source_id", "closed_date"}
    for name in ("search.md", "recherche.md"):
        named = {fields.field_named(code) for row in rows(guide(name)) for code in CODE.findall(row[0])}
        assert [each.target for each in fields.fields().values() if each not in named and each.target not in rare] == []


@pytest.mark.parametrize("name", ["search.md", "recherche.md"])
def test_what_is_said_of_words_is_so(name: str) -> None:
    text = " ".join(guide(name).split())
    finding = re.findall(r"\*(\w+)\* (?:finds|trouve) ((?:(?:, | and | et )?\*\w+\*)+)", text)
    assert len(finding) >= 5
    for word, found in finding:
        assert [form for form in re.findall(r"\w+", found) if form not in ("and", "et") and not finds(word, form)] == []
    assert not any(
        finds(word, other) for word, other in (("retraite", "retraité"), ("cité", "citer"), ("portes", "porter"))
    )


def finds(typed: str, form: str) -> bool:
    return bool(set(readings(typed)) & set(lemmas(form)))
