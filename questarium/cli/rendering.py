"""Hits drawn for a person at a terminal: lists, passages, concordances, facets."""

from collections.abc import Iterable, Sequence
from typing import Final

import typer
from rich.text import Text

from pipelines.search.language.fields import choice_name
from pipelines.search.language.phrases import Language
from questarium.cli.output import out, print_table
from questarium.cli.wording import told
from questarium.queries.kwic import KwicLine
from schemas.search import ExpandedWord, FacetValue, Highlight, Hit, Origin, QueryWarning, SearchResult, Understood

_VALUES = 10  # of a facet
_NODE, _PLACE = 24, 30  # columns of a line of a concordance
_YES_OR_NO: Final = ("figures", "table")


def print_search(result: SearchResult, hits: Iterable[Hit], language: Language) -> None:
    """Hits with their passages, then the facets; the forms of each word with their numbers of questions."""
    questions = "question" if result.total == 1 else "questions"
    total = (str(result.total), "bold")
    out.print(Text.assemble(total, f" {questions} · {told_in(language, result.understood)}"))
    print_warnings(result.warnings, language)
    for word in result.understood.words:
        _print_forms(word, language)
    for hit in hits:
        _print_hit(hit, language)
    for name, values in result.facets.items():
        if values:
            _print_facet(name, values, language)


def told_in(language: Language, understood: Understood) -> str:
    """The sentence that says what was understood."""
    return understood.fr if language is Language.FR else understood.en


def provenance(result: Origin | SearchResult, language: Language) -> str:
    """What brings a result back: the query as it was understood, the data version, the day."""
    return told(
        language,
        "{query} · data version {version}, on {day}",
        query=result.understood.normalised,
        version=result.data_version,
        day=result.as_of,
    )


def print_lines(lines: Iterable[KwicLine], language: Language) -> None:
    """A concordance: one line for each occurrence, written as they are read, the nodes one below the other."""
    side = (out.width - _NODE - _PLACE) // 2
    number = 0
    for number, line in enumerate(lines, start=1):  # noqa: B007  (told at the end)
        left, right = line.left[-side:], line.right[:side]
        place = typer.style(f"{f'{line.id} {told(language, line.field)}':<{_PLACE}}", dim=True)
        node = typer.style(line.node, fg=None if out.no_color else "cyan", bold=True)
        typer.echo(f"{place}{left:>{side}} {node} {right}")
    out.print(Text.assemble((str(number), "bold"), " occurrence" if number == 1 else " occurrences"))


def print_warnings(warnings: Iterable[QueryWarning], language: Language) -> None:
    """What was odd in a query, each with its place."""
    for warning in warnings:
        told = warning.message_fr if language is Language.FR else warning.message
        out.print(f"{warning.start + 1}: {told}", style="yellow")


def _print_forms(word: ExpandedWord, language: Language) -> None:
    """The forms that are searched, and the near ones left out; nothing for a word of one form."""
    forms = ", ".join(f"{form.form} {form.count}" for form in word.forms) + (f" +{word.more}" if word.more else "")
    if word.left_out:
        near = ", ".join(f"{form.form} {form.count}" for form in word.left_out)
        forms += told(language, "; left out: ") + near
    if len(word.forms) > 1 or word.left_out:
        out.print(f"  {word.word}: {forms}", style="dim")


def _print_hit(hit: Hit, language: Language) -> None:
    marks = [mark for each in hit.highlights if each.section == "title" for mark in each.marks]
    title = marked(hit.title or told(language, "Untitled"), marks)
    title.stylize("bold")
    out.print(Text.assemble("\n", title, f"  {hit.id}  {_value('status', hit.status, language)}"))
    asked = hit.published_date and told(language, "asked {day}", day=hit.published_date)
    answered = hit.answered_date and told(language, "answered {day}", day=hit.answered_date)
    about = (hit.author, hit.ministry, asked, answered)
    out.print("  " + " · ".join(part for part in about if part), style="dim")
    for passage in hit.highlights:
        if passage.section != "title":
            out.print(_passage(passage))


def _print_facet(name: str, values: Sequence[FacetValue], language: Language) -> None:
    """The most frequent values of one facet, and how many more there are."""
    head = told(language, name)
    rows = [(_value(name, each.value, language), each.count) for each in values[:_VALUES]]
    print_table(head, (head, told(language, "questions")), rows)
    if len(values) > _VALUES:
        out.print(told(language, "  … and {more} more: --json", more=len(values) - _VALUES), style="dim")


def _value(name: str, value: str, language: Language) -> str:
    """A value as its facet is read in that language."""
    if name == "status" and language is Language.FR:
        return choice_name(name, value)
    return told(language, value) if name in _YES_OR_NO else value


def _passage(passage: Highlight) -> Text:
    return Text("  … ").append(marked(passage.text, list(passage.marks))).append(" …")


def marked(text: str, spans: list[tuple[int, int]]) -> Text:
    """The text with these places standing out."""
    drawn = Text(text)
    for start, end in spans:
        drawn.stylize("bold cyan", start, end)
    return drawn
