"""Questions and hits drawn for a person at a terminal."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import typer
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pipelines.search.language.fields import choice_name
from pipelines.search.language.phrases import Language
from questarium.cli.output import out, print_table
from questarium.cli.wording import told
from questarium.queries.kwic import KwicLine
from schemas.search import ExpandedWord, FacetValue, Highlight, Hit, Origin, QueryWarning, SearchResult, Understood

_READING = 60  # characters of a reading
_VALUES = 10  # of a facet
_NODE, _PLACE = 24, 30  # columns of a line of a concordance
_YES_OR_NO: Final = ("figures", "table")


def print_question(shown: dict[str, Any]) -> None:
    """One question: who asked whom, its history, both texts with their figures marked, its delay."""
    author = shown["author"] or {}
    title = escape(shown["title"] or shown["heading"] or "Untitled")
    out.print(f"[bold]{title}[/bold]  {shown['id']}  [{_colour(shown)}]{shown['status']}[/]")
    who = [
        author.get("civility"),
        author.get("name"),
        *(f"· {author[k]}" for k in ("group", "constituency") if author.get(k)),
    ]
    out.print(escape(" ".join(part for part in who if part)))
    out.print(escape(f"to {shown['ministry_asked'] or 'unknown'}, now {shown['ministry_assigned'] or 'unknown'}"))
    for event in shown["events"]:
        details = [event["page"] and f"page {event['page']}", event["reason"], event["corrects"], event["cause"]]
        told = ", ".join(str(detail) for detail in details if detail)
        out.print(f"  {event['date'] or 'undated   '}  {event['kind']:<10} {escape(told)}")
    for each in shown["corrections"]:
        told = f"{each['field']}: {each['published'] or 'nothing'} → {each['value'] or 'nothing'} ({each['source']})"
        out.print(f"  {'corrected' if each['applied'] else 'correction not applied'}  {escape(told)}")
    _print_disagreements(shown)
    if "taken_down" in shown["flags"]:
        out.print("\n[bold]Taken down:[/bold] the texts of this question were removed from the archive")
    for section in ("question", "answer"):
        if shown[section]:
            out.print(f"\n[bold]{section.capitalize()}[/bold]")
            _print_text(_marked(shown[section], _spans(shown, section)), _tables(shown, section))
    out.print(f"\n{escape(_delay_sentence(shown))}")


def _print_disagreements(shown: dict[str, Any]) -> None:
    """Where two sources differ, with the beginnings of both readings and the one that stands."""
    for each in shown["disagreements"]:
        readings = [
            f"{source} '{(value or 'nothing')[:_READING]}'"
            for source, value in ((each["source"], each["value"]), (each["other_source"], each["other_value"]))
        ]
        told = f"{each['field']}: {', '.join(readings)}; {each['chosen']} stands ({each['rule']})"
        out.print(f"  sources differ  {escape(told)}")


def print_search(result: SearchResult, hits: Iterable[Hit], language: Language) -> None:
    """Hits with their passages, then the facets; the forms of each word with their numbers of questions."""
    questions = "question" if result.total == 1 else "questions"
    out.print(f"[bold]{result.total}[/bold] {questions} · {escape(told_in(language, result.understood))}")
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
    out.print(f"[bold]{number}[/bold] {'occurrence' if number == 1 else 'occurrences'}")


def print_warnings(warnings: Iterable[QueryWarning], language: Language) -> None:
    """What was odd in a query, each with its place."""
    for warning in warnings:
        told = warning.message_fr if language is Language.FR else warning.message
        out.print(f"[yellow]{warning.start + 1}: {escape(told)}[/yellow]")


def _print_forms(word: ExpandedWord, language: Language) -> None:
    """The forms that are searched, and the near ones left out; nothing for a word of one form."""
    forms = ", ".join(f"{form.form} {form.count}" for form in word.forms) + (f" +{word.more}" if word.more else "")
    if word.left_out:
        near = ", ".join(f"{form.form} {form.count}" for form in word.left_out)
        forms += told(language, "; left out: ") + near
    if len(word.forms) > 1 or word.left_out:
        out.print(escape(f"  {word.word}: {forms}"), style="dim")


def _print_hit(hit: Hit, language: Language) -> None:
    marks = [mark for each in hit.highlights if each.section == "title" for mark in each.marks]
    title = _marked(hit.title or told(language, "Untitled"), marks)
    title.stylize("bold")
    out.print(Text.assemble("\n", title, f"  {hit.id}  {_value('status', hit.status, language)}"))
    asked = hit.published_date and told(language, "asked {day}", day=hit.published_date)
    answered = hit.answered_date and told(language, "answered {day}", day=hit.answered_date)
    about = (hit.author, hit.ministry, asked, answered)
    out.print(escape("  " + " · ".join(part for part in about if part)), style="dim")
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
    return Text("  … ").append(_marked(passage.text, list(passage.marks))).append(" …")


def _print_text(text: Text, tables: list[dict[str, Any]]) -> None:
    """A text with its tables drawn in their places."""
    at = 0
    for table in tables:
        if table["start"] > at:
            out.print(text[at : table["start"] - 1], soft_wrap=False)
        out.print(_drawn_table(text[table["start"] : table["end"]], table))
        at = table["end"] + 1
    if at < len(text):
        out.print(text[at:], soft_wrap=False)


def _drawn_table(lines: Text, table: dict[str, Any]) -> Table:
    """Cells with their figures marked; header rows and columns in bold."""
    drawn = Table(show_header=False, show_lines=True)
    for row, line in enumerate(lines.split("\n")):
        cells = [_trimmed(cell) for cell in line.split("|")]
        for column, cell in enumerate(cells):
            if row < table["header_rows"] or column < table["header_columns"]:
                cell.stylize("bold")
        drawn.add_row(*cells)
    return drawn


def _trimmed(cell: Text) -> Text:
    blanks = len(cell.plain) - len(cell.plain.lstrip())
    trimmed = cell[blanks:]
    trimmed.rstrip()
    return trimmed


def _marked(text: str, spans: list[tuple[int, int]]) -> Text:
    drawn = Text(text)
    for start, end in spans:
        drawn.stylize("bold cyan", start, end)
    return drawn


def _spans(shown: dict[str, Any], section: str) -> list[tuple[int, int]]:
    return [(each["start"], each["end"]) for each in shown["figures"] if each["section"] == section]


def _tables(shown: dict[str, Any], section: str) -> list[dict[str, Any]]:
    return [each for each in shown["tables"] if each["section"] == section]


def _colour(shown: dict[str, Any]) -> str:
    return "red" if shown["delay"]["overdue"] else "green" if shown["status"] == "answered" else "yellow"


def _delay_sentence(shown: dict[str, Any]) -> str:
    delay = shown["delay"]
    if delay["due_date"] is None:
        return "No deadline is known for this question."
    state = f"Due {delay['due_date']}"
    if delay["answered_in_days"] is not None:
        state += f", answered in {delay['answered_in_days']} days"
    elif delay["days_elapsed"] is not None:
        state += f", {delay['days_elapsed']} days on {delay['as_of']}"
    state += f", {delay['days_late']} days late" if delay["days_late"] else ""
    since = delay["days_since_reassignment"]
    state += f", {since} days since the last reassignment" if since is not None else ""
    held = delay["days_with_minister"]
    state += (
        f", {held} days with {delay['minister']} (in office since {delay['minister_since']})"
        if held is not None
        else ""
    )
    return f"{state}; {delay['renewals']} renewals."
