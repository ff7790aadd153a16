"""Commands about figures: figures, extract-figures, annotate, score-figures.

What reads figures in a text is loaded only by those that do: its patterns take a fifth of a second.
"""

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer

from questarium.cli.options import Json, Limit
from questarium.cli.output import out, print_json, print_table, say
from questarium.queries.figures import FigureFilter, Grouping, find_figures, group_figures
from schemas.errors import UsageError
from schemas.settings import Settings

if TYPE_CHECKING:
    from pipelines.figures.scoring import Report

Lines = Annotated[
    typer.FileBinaryRead | None, typer.Argument(metavar="FILE", help="JSON lines; standard input without it.")
]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV for spreadsheets.")]

_LISTED = ("id", "section", "text", "subject", "ministry")
_EXPORTED = (
    "id", "section", "start", "end", "text", "kind", "value", "low", "high", "unit", "approx", "direction", "per",
    "subject", "base_low", "base_high", "base_unit", "row_header", "column_header", "fr", "en", "ministry",
    "published_date", "title", "sentence", "rule",
)  # fmt: skip
_GROUPED = ("name", "figures", "questions", "least", "median", "most", "base_unit")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(figures)
    app.command("extract-figures")(extract_figures)
    app.command()(annotate)
    app.command("score-figures")(score_figures)


def figures(
    kind: Annotated[str | None, typer.Option(help="count, money, percentage, duration, …")] = None,
    unit: Annotated[
        str | None, typer.Option(help="EUR, %, d, mo, km, …; other units of its kind are converted.")
    ] = None,
    low: Annotated[float | None, typer.Option("--min", help="Smallest value.")] = None,
    high: Annotated[float | None, typer.Option("--max", help="Largest value.")] = None,
    subject: Annotated[str | None, typer.Option(help="Words in what the figure is about.")] = None,
    ministry: Annotated[str | None, typer.Option(help="Words in the name of the ministry in charge.")] = None,
    section: Annotated[str | None, typer.Option(help="question or answer.")] = None,
    direction: Annotated[str | None, typer.Option(help="up, down, from or to.")] = None,
    per: Annotated[str | None, typer.Option(help="What it is counted by: a, mo, habitant, …")] = None,
    by: Annotated[Grouping | None, typer.Option(help="Count them by this instead of listing them.")] = None,
    limit: Limit = 20,
    as_csv: Csv = False,
    as_json: Json = False,
) -> None:
    """List the figures stated in questions and answers, largest value first, or count them by what they are about."""
    wanted = FigureFilter(kind, unit, low, high, subject, ministry, section, direction, per)
    if by is not None:
        groups = group_figures(Settings(), wanted, by, limit=limit)
        _print(groups, f"figures by {by}", groups.groups, _GROUPED, _GROUPED, as_csv=as_csv, as_json=as_json)
        return
    found = find_figures(Settings(), wanted, limit=limit)
    _print(found, f"{found.total} figures", found.figures, _LISTED, _EXPORTED, as_csv=as_csv, as_json=as_json)


def extract_figures(
    lines: Lines = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Add how each number was read, and why some were not taken.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Ordinals too, and every reading of a loose phrase.")
    ] = False,
) -> None:
    """Read JSON lines {"doc", "text"}, or loose phrases {"id", "input"}, and write each with its figures."""
    from questarium.queries.extracting import extract_line

    failed = 0
    for place, line in enumerate(lines or sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            _write(extract_line(line, explained=explain, everything=everything))
        except UsageError as error:
            failed += 1
            say(f"line {place}: {error}")
    sys.stdout.buffer.flush()
    if failed:
        out.file.flush()
        raise typer.Exit(3)


def annotate(
    lines: Lines = None,
    sample: Annotated[
        int | None, typer.Option(min=1, help="Draw that many texts from the dataset; else JSON lines are read.")
    ] = None,
) -> None:
    """Write candidate annotations, one JSON line a text, for a person to correct (docs/figures.md)."""
    from questarium.queries.annotating import candidates, given_texts, sampled_texts

    texts = given_texts(lines or sys.stdin.buffer) if sample is None else sampled_texts(Settings(), sample)
    for line in candidates(texts):
        _write(line)
    sys.stdout.buffer.flush()


def score_figures(
    gold: Annotated[Path, typer.Argument(help='Annotated texts: JSON lines {"doc", "text", "figures"}.')],
    read: Annotated[
        Path | None, typer.Argument(help='Read figures: {"doc", "figures"}; without it the texts are read now.')
    ] = None,
    errors: Annotated[int, typer.Option(min=0, help="Show that many mistakes, the most frequent sort first.")] = 0,
    as_json: Json = False,
) -> None:
    """Score read figures against annotated ones: found, exact, qualified, record; by kind, and what is confused."""
    from questarium.queries.annotating import score_files

    report = score_files(gold, read)
    if as_json:
        print_json(report.model_copy(update={"mistakes": report.mistakes[:errors]}))
    else:
        _print_report(report, errors)


def _print_report(report: "Report", errors: int) -> None:
    scores = ("detection", "exact", "qualified", "record")
    rows = [(name, *_rounded(getattr(report, name))) for name in scores]
    print_table(f"{report.annotated} annotated, {report.read} read", ("score", "precision", "recall", "F1"), rows)
    kinds = [(kind, each.annotated, each.read, *_rounded(each.exact)) for kind, each in report.kinds.items()]
    print_table("exact, by kind", ("kind", "annotated", "read", "precision", "recall", "F1"), kinds)
    print_table("confusion", ("what", "times"), list(report.confusion.items()))
    if errors:
        columns = ("doc", "what", "annotated", "read", "context")
        mistakes = [tuple(getattr(each, column) for column in columns) for each in report.mistakes[:errors]]
        print_table("mistakes", columns, mistakes)


def _rounded(score: Any) -> tuple[float, float, float]:
    return round(score.precision, 3), round(score.recall, 3), round(score.f1, 3)


def _print(
    answer: object,
    title: str,
    rows: Iterable[Mapping[str, Any]],
    shown: Sequence[str],
    exported: Sequence[str],
    *,
    as_csv: bool,
    as_json: bool,
) -> None:
    if as_json:
        print_json(answer)
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, exported, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    else:
        print_table(title, shown, [tuple(row[name] for name in shown) for row in rows])


def _write(line: Mapping[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
