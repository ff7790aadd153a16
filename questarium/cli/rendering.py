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
from questarium.queries.similar import SimilarList, SimilarQuestion
from schemas.search import ExpandedWord, FacetValue, Highlight, Hit, Origin, QueryWarning, SearchResult, Understood

_VALUES = 10  # of a facet
_NODE, _PLACE = 10, 30  # columns of a line of a concordance; a longer node takes of what stands on its right
_YES_OR_NO: Final = ("figures", "table")


def print_search(result: SearchResult, hits: Iterable[Hit], language: Language) -> None:
    """Hits with their passages, then the facets; the forms of each word with their numbers of questions."""
    out.print(_counted(result.total, "question", language).append(f" · {told_in(language, result.understood)}"))
    print_warnings(result.warnings, language)
    for word in result.understood.words:
        _print_forms(word, language)
    for hit in hits:
        _print_hit(hit, language)
    for name, values in result.facets.items():
        if values:
            _print_facet(name, values, language)


def print_alike(found: SimilarList, language: Language) -> None:
    """The questions most like one, each with its likeness and the words that make it."""
    out.print(told(language, "Like {id} · data version {version}", id=found.id, version=found.data_version))
    for each in found.questions:
        _print_head(each, [], language)
        words = " ".join(each.words)
        out.print(told(language, "  likeness {likeness}: {words}", likeness=each.likeness, words=words))
    if not found.questions:
        out.print(told(language, "no question is like it"))


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
        left, right = line.left[-side:], line.right[: max(out.width - _PLACE - side - len(line.node) - 2, 0)]
        place = typer.style(f"{f'{line.id} {told(language, line.field)}':<{_PLACE}}", dim=True)
        node = typer.style(line.node, fg=None if out.no_color else "cyan", bold=True)
        typer.echo(f"{place}{left:>{side}} {node} {right}")
    out.print(_counted(number, "occurrence", language))


def print_warnings(warnings: Iterable[QueryWarning], language: Language) -> None:
    """What was odd in a query, each with its place."""
    for warning in warnings:
        told = warning.message_fr if language is Language.FR else warning.message
        out.print(f"{warning.start + 1}: {told}", style="yellow")


def _counted(count: int, noun: str, language: Language) -> Text:
    """A number with a noun of both languages; none is singular in French."""
    plural = count > 1 or (count == 0 and language is Language.EN)
    return Text.assemble((str(count), "bold"), f" {noun}{'s' if plural else ''}")


def _print_forms(word: ExpandedWord, language: Language) -> None:
    """The forms that are searched, and the near ones left out; nothing for a word of one form."""
    forms = ", ".join(f"{form.form} {form.count}" for form in word.forms) + (f" +{word.more}" if word.more else "")
    if word.left_out:
        near = ", ".join(f"{form.form} {form.count}" for form in word.left_out)
        forms += told(language, "; left out: ") + near
    if len(word.forms) > 1 or word.left_out:
        out.print(f"  {word.word}: {forms}", style="dim")


def _print_hit(hit: Hit, language: Language) -> None:
    _print_head(hit, [mark for each in hit.highlights if each.section == "title" for mark in each.marks], language)
    for passage in hit.highlights:
        if passage.section != "title":
            out.print(_passage(passage))


def _print_head(hit: Hit | SimilarQuestion, marks: list[tuple[int, int]], language: Language) -> None:
    """Title, id and status of a question, who asked whom and when."""
    title = marked(hit.title or told(language, "Untitled"), marks)
    title.stylize("bold")
    out.print(Text.assemble("\n", title, f"  {hit.id}  {_value('status', hit.status, language)}"))
    asked = hit.published_date and told(language, "asked {day}", day=hit.published_date)
    answered = hit.answered_date and told(language, "answered {day}", day=hit.answered_date)
    about = (hit.author, hit.ministry, asked, answered)
    out.print("  " + " · ".join(part for part in about if part), style="dim")


def _print_facet(name: str, values: Sequence[FacetValue], language: Language) -> None:
    """The most frequent values of one facet, and how many more there are."""
    head = told(language, name)
    rows = [(_value(name, each.value, language), each.count) for each in values[:_VALUES]]
    print_table("", (head, told(language, "questions")), rows)
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
