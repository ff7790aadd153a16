"""Commands that work on every hit: kwic, trend, collocates, terms, count, export; and similar, suggest."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from pipelines.search.language.choosing import FormChoice
from pipelines.search.language.phrases import Language
from questarium.cli.options import Json, Lang, Limit, Named, Query, WithForm, WithoutForm, today
from questarium.cli.output import print_json, print_json_with, print_table, say, say_warnings
from questarium.cli.progress import measuring
from questarium.cli.rendering import print_alike, print_lines, provenance
from questarium.cli.wording import told
from questarium.exports.delimited import write_csv
from questarium.exports.rows import TEXTS
from questarium.queries.asked import Asked, Progress, ask
from questarium.queries.counting import count as count_hits
from questarium.queries.export import Format, export_to
from questarium.queries.export import export as export_hits
from questarium.queries.kwic import KwicLine
from questarium.queries.kwic import kwic as concordance
from questarium.queries.similar import similar as similar_questions
from questarium.queries.suggesting import suggestions
from questarium.queries.trend import Dated, Period
from questarium.queries.trend import trend as count_by_period
from questarium.queries.words import WordTable, significant_terms
from questarium.queries.words import collocates as find_collocates
from schemas.search import Origin, Sort
from schemas.settings import Settings

Csv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Left = Annotated[int, typer.Option(min=0, max=50, help="Words on the left.")]
Right = Annotated[int, typer.Option(min=0, max=50, help="Words on the right.")]
Order = Annotated[Sort, typer.Option(help="Order of the hits; relevance is the order of the questions' numbers here.")]
EveryWord = Annotated[bool, typer.Option("--every-word", help="Small words and numbers too.")]

_STANDARD_OUTPUT: Final = Path("-")
_WORD_COLUMNS: Final = ("word", "inside", "total", "expected", "log_likelihood", "dice")
_TREND_COLUMNS: Final = ("period", "hits", "questions", "share")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    for command in (kwic, trend, collocates, terms, count, export, similar, suggest):
        app.command()(command)


def kwic(
    query: Query,
    left: Left = 8,
    right: Right = 8,
    sort: Order = Sort.PUBLISHED,
    without_form: WithoutForm = None,
    with_form: WithForm = None,
    lang: Lang = Language.EN,
    csv: Csv = False,
    as_json: Json = False,
) -> None:
    """Show every occurrence with the words around it (key word in context)."""
    asked = _asked(query, without_form, with_form)
    lines = concordance(asked, left=left, right=right, sort=sort)
    if csv:
        columns = list(KwicLine.model_fields)
        write_csv(sys.stdout, columns, ([getattr(line, name) for name in columns] for line in lines))
        _cite(asked.origin, lang)
    elif as_json:
        print_json_with({"origin": asked.origin.model_dump(mode="json")}, "lines", lines)
    else:
        print_lines(lines, lang)
        _cite(asked.origin, lang)


def trend(
    query: Query,
    by: Annotated[Period, typer.Option(help="How time is cut.")] = Period.MONTH,
    dated: Annotated[Dated, typer.Option(help="Which day counts.")] = Dated.PUBLISHED,
    without_form: WithoutForm = None,
    with_form: WithForm = None,
    lang: Lang = Language.EN,
    csv: Csv = False,
    as_json: Json = False,
) -> None:
    """Count the hits of each period, beside all questions of the period."""
    with measuring(told(lang, "reading")) as at:
        found = count_by_period(_asked(query, without_form, with_form, at), by=by, dated=dated)
    if as_json:
        print_json(found)
        return
    rows = [(each.period, each.hits, each.questions, each.share) for each in found.points]
    title = told(lang, f"questions by {by.value} ({dated.value}): {{count}}", count=found.hits)
    _print_rows(title, _TREND_COLUMNS, rows, lang, csv=csv)
    if found.undated:
        say(told(lang, "{count} of the hits have no such day and are in no period", count=found.undated))
    _cite(found.origin, lang)


def collocates(
    query: Query,
    left: Left = 5,
    right: Right = 5,
    limit: Limit = 50,
    every_word: EveryWord = False,
    without_form: WithoutForm = None,
    with_form: WithForm = None,
    lang: Lang = Language.EN,
    csv: Csv = False,
    as_json: Json = False,
) -> None:
    """List the words that stand near the query's words more often than elsewhere in the same texts."""
    with measuring(told(lang, "reading")) as at:
        asked = _asked(query, without_form, with_form, at)
        found = find_collocates(asked, left=left, right=right, limit=limit, every_word=every_word)
    _print_words(found, "collocates (occurrences: {count})", lang=lang, csv=csv, as_json=as_json)


def terms(
    query: Query,
    limit: Limit = 50,
    every_word: EveryWord = False,
    without_form: WithoutForm = None,
    with_form: WithForm = None,
    lang: Lang = Language.EN,
    csv: Csv = False,
    as_json: Json = False,
) -> None:
    """List the words that mark the hits against all questions."""
    with measuring(told(lang, "reading")) as at:
        found = significant_terms(_asked(query, without_form, with_form, at), limit=limit, every_word=every_word)
    _print_words(found, "terms (questions: {count})", lang=lang, csv=csv, as_json=as_json)


def count(
    query: Query,
    without_form: WithoutForm = None,
    with_form: WithForm = None,
    lang: Lang = Language.EN,
    as_json: Json = False,
) -> None:
    """Count the hits by questions, by distinct answers and by distinct question texts."""
    with measuring(told(lang, "reading")) as at:
        found = count_hits(_asked(query, without_form, with_form, at))
    if as_json:
        print_json(found)
        return
    rows = [
        ("questions", found.questions),
        ("answered", found.answered),
        ("distinct answers", found.distinct_answers),
        ("distinct question texts", found.distinct_questions),
    ]
    _print_rows(told(lang, "Hits"), ("counted by", "hits"), [(told(lang, name), each) for name, each in rows], lang)
    _cite(found.origin, lang)


def export(
    query: Query,
    target: Annotated[
        Path, typer.Option("--output", "-o", help="File to write; a folder for TXM; - for standard output.")
    ],
    kind: Annotated[
        Format | None, typer.Option("--format", help="What to write; else as the file's name ends, or CSV.")
    ] = None,
    sort: Order = Sort.PUBLISHED,
    text: Annotated[
        list[str] | None, typer.Option("--text", help="For a corpus: question, answer; repeatable.")
    ] = None,
    without_form: WithoutForm = None,
    with_form: WithForm = None,
    lang: Lang = Language.EN,
    as_json: Json = False,
) -> None:
    """Write every hit to a file, and beside it `NAME.about.json`: the query, the data version, the licence.

    On standard output there is nothing beside: that is then said on standard error.
    """
    chosen = tuple(name for name in TEXTS if text is None or name in text)
    if not chosen:
        raise typer.BadParameter("question or answer", param_hint="--text")
    kind = kind or Format.by_ending(target)
    if target == _STANDARD_OUTPUT:
        if as_json:
            raise typer.BadParameter("standard output holds the export: name a file", param_hint="--json")
        with measuring(told(lang, "exporting")) as at:
            asked = _asked(query, without_form, with_form, at)
            written = export_to(sys.stdout.buffer, asked, kind=kind, sort=sort, texts=chosen)
        say(told(lang, "questions written: {count}", count=written))
        _cite(asked.origin, lang)
        return
    with measuring(told(lang, "exporting")) as at:
        asked = _asked(query, without_form, with_form, at)
        found = export_hits(asked, target, kind=kind, sort=sort, texts=chosen)
    if as_json:
        print_json(found)
        return
    written_to = "questions written to {path}: {count}; {about} says of what and how"
    say(told(lang, written_to, count=found.questions, path=found.path, about=found.about))
    _cite(found.origin, lang)


def similar(
    question: Named,
    limit: Limit = 10,
    lang: Lang = Language.EN,
    as_json: Json = False,
) -> None:
    """List the questions most like one."""
    found = similar_questions(Settings(), " ".join(question), limit=limit)
    if as_json:
        print_json(found)
    else:
        print_alike(found, lang)
    if found.partial:
        say(told(lang, "the engine could not look everywhere: the result is partial"))
        raise typer.Exit(3)


def suggest(
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help="A query as far as it is typed.")],
    limit: Limit = 10,
    lang: Lang = Language.EN,
    as_json: Json = False,
) -> None:
    """Propose how a query may go on, and what it may have meant."""
    found = suggestions(Settings(), " ".join(query), limit=limit, today=today())
    if as_json:
        print_json(found)
        return
    if found.suggestions:
        rows = [(each.query, told(lang, each.kind), each.count) for each in found.suggestions]
        _print_rows("", ("proposal", "kind", "questions"), rows, lang)
    elif not found.did_you_mean:
        say(told(lang, "nothing to propose"))
    say_warnings(found.warnings, lang)
    if found.did_you_mean:
        say(told(lang, "did you mean {query}?", query=found.did_you_mean))


def _asked(
    words: list[str], without_form: list[str] | None, with_form: list[str] | None, on_progress: Progress | None = None
) -> Asked:
    forms = FormChoice.of(without_form or (), with_form or ())
    return ask(Settings(), " ".join(words), today=today(), forms=forms, on_progress=on_progress)


def _print_words(found: WordTable, title: str, *, lang: Language, csv: bool, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    rows = [tuple(getattr(each, name) for name in _WORD_COLUMNS) for each in found.words]
    _print_rows(told(lang, title, count=found.counted), _WORD_COLUMNS, rows, lang, csv=csv)
    _cite(found.origin, lang)


def _print_rows(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], language: Language, *, csv: bool = False
) -> None:
    if csv:
        write_csv(sys.stdout, columns, rows)
    else:
        print_table(title, [told(language, each) for each in columns], rows)


def _cite(origin: Origin, language: Language) -> None:
    """What one must know to quote the result, on standard error."""
    say_warnings(origin.warnings, language)
    say(f"{provenance(origin, language)} · {told(language, origin.licence)}")
