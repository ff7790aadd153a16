"""One question drawn for a person at a terminal: its people, its history, its texts with their figures, its delay."""

from collections.abc import Iterator
from typing import Any, Final

from rich.table import Table
from rich.text import Text

from pipelines.search.language.fields import choice_name
from pipelines.search.language.phrases import Language
from questarium.cli.output import out
from questarium.cli.rendering import marked
from questarium.cli.wording import told

_READING: Final = 60  # characters of a reading


def print_question(shown: dict[str, Any], language: Language) -> None:
    """One question as `queries.show` gives it: who asked whom, what happened, what was written, how late."""
    author = shown["author"] or {}
    title = shown["title"] or shown["heading"] or told(language, "Untitled")
    status = _named("status", shown["status"], language)
    out.print(Text.assemble((title, "bold"), f"  {shown['id']}  ", (status, _colour(shown))))
    who = [
        author.get("civility"),
        author.get("name"),
        *(f"· {author[k]}" for k in ("group", "constituency") if author.get(k)),
    ]
    out.print(" ".join(part for part in who if part))
    asked, assigned = (
        shown[name] or told(language, "unknown ministry") for name in ("ministry_asked", "ministry_assigned")
    )
    out.print(told(language, "to {asked}, now {assigned}", asked=asked, assigned=assigned))
    for line in (*_history(shown, language), *_corrections(shown, language), *_disagreements(shown, language)):
        out.print(f"  {line}")
    if "taken_down" in shown["flags"]:
        out.print(f"\n{told(language, 'Taken down: the texts of this question were removed from the archive')}")
    for section in ("question", "answer"):
        if shown[section]:
            out.print(f"\n{told(language, section).capitalize()}", style="bold")
            _print_text(marked(shown[section], _spans(shown, section)), _tables(shown, section))
    out.print(f"\n{_delay_sentence(shown['delay'], language)}")


def _history(shown: dict[str, Any], language: Language) -> Iterator[str]:
    """What happened to it, a line for each event."""
    undated = told(language, "undated")
    for event in shown["events"]:
        page = event["page"] and f"page {event['page']}"
        known = (told(language, event[name]) for name in ("corrects", "cause") if event[name])
        details = (page, event["reason"], *known)
        about = ", ".join(str(detail) for detail in details if detail)
        yield f"{event['date'] or undated:<10}  {_named('ever', event['kind'], language):<11}  {about}".rstrip()


def _corrections(shown: dict[str, Any], language: Language) -> Iterator[str]:
    """What was set right by hand, with what the source says."""
    nothing = told(language, "nothing")
    for each in shown["corrections"]:
        head = told(language, "corrected") if each["applied"] else told(language, "correction not applied")
        published, value = (each[name] or nothing for name in ("published", "value"))
        yield f"{head}  {each['field']}: {published} → {value} ({each['source']})"


def _disagreements(shown: dict[str, Any], language: Language) -> Iterator[str]:
    """Where two sources differ, with the beginnings of both readings and the one that stands."""
    nothing, head = told(language, "nothing"), told(language, "sources differ")
    for each in shown["disagreements"]:
        readings = ", ".join(
            f"{source} '{(value or nothing)[:_READING]}'"
            for source, value in ((each["source"], each["value"]), (each["other_source"], each["other_value"]))
        )
        stands = told(language, "{source} stands ({rule})", source=each["chosen"], rule=each["rule"])
        yield f"{head}  {each['field']}: {readings}; {stands}"


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


def _spans(shown: dict[str, Any], section: str) -> list[tuple[int, int]]:
    return [(each["start"], each["end"]) for each in shown["figures"] if each["section"] == section]


def _tables(shown: dict[str, Any], section: str) -> list[dict[str, Any]]:
    return [each for each in shown["tables"] if each["section"] == section]


def _colour(shown: dict[str, Any]) -> str:
    return "red" if shown["delay"]["overdue"] else "green" if shown["status"] == "answered" else "yellow"


def _named(field: str, value: str, language: Language) -> str:
    """A status or a kind of event as it is called in queries: in French by its French name."""
    return choice_name(field, value) if language is Language.FR else value


def _delay_sentence(delay: dict[str, Any], language: Language) -> str:
    if delay["due_date"] is None:
        return told(language, "No deadline is known for this question.")
    parts = [told(language, "Due {day}", day=delay["due_date"]), *_days(delay, language)]
    renewals = told(language, "; {count} renewals.", count=delay["renewals"])
    return ", ".join(parts) + renewals


def _days(delay: dict[str, Any], language: Language) -> Iterator[str]:
    """The days of a delay, each told from when to when."""
    if delay["answered_in_days"] is not None:
        yield told(language, "answered in {days} days", days=delay["answered_in_days"])
    elif delay["days_elapsed"] is not None:
        yield told(language, "{days} days on {day}", days=delay["days_elapsed"], day=delay["as_of"])
    if delay["days_late"]:
        yield told(language, "{days} days late", days=delay["days_late"])
    if delay["days_since_reassignment"] is not None:
        yield told(language, "{days} days since the last reassignment", days=delay["days_since_reassignment"])
    if delay["days_with_minister"] is not None:
        held = "{days} days with {minister} (in office since {day})"
        days, minister, since = delay["days_with_minister"], delay["minister"], delay["minister_since"]
        yield told(language, held, days=days, minister=minister, day=since)
