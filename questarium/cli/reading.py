"""Commands that read: show, search, figures, sql, extract-figures."""

from collections.abc import Iterable
from typing import Annotated

import typer

from pipelines.search.language.choosing import FormChoice
from pipelines.search.language.phrases import Language
from pipelines.search.matching import WINDOW
from questarium.cli.knowing import known_by
from questarium.cli.options import AsOf, Json, KnownAt, Lang, Limit, Named, Query, WithForm, WithoutForm, day, today
from questarium.cli.output import print_json, print_json_with, print_table, say
from questarium.cli.rendering import print_search, provenance
from questarium.cli.showing import print_question
from questarium.cli.wording import told
from questarium.queries.search import search as run_search
from questarium.queries.search import search_all
from questarium.queries.show import show as find_question
from questarium.queries.sql import run_sql
from schemas.errors import UsageError
from schemas.search import Hit, Sort
from schemas.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(show)
    app.command()(search)
    app.command()(sql)


def show(
    question: Named,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: Lang = Language.EN,
    as_json: Json = False,
) -> None:
    """Show one question: its history, texts, figures and delay."""
    shown = find_question(Settings(), " ".join(question), as_of=day(as_of), today=today(), known_at=day(known_at))
    if as_json:
        print_json(shown)
    else:
        print_question(shown, lang)


def search(
    query: Query,
    limit: Limit = 10,
    offset: Annotated[int, typer.Option(min=0, max=9_000, help="Skip that many hits.")] = 0,
    sort: Annotated[Sort, typer.Option(help="Order of the hits; a leading - turns it round.")] = Sort.RELEVANCE,
    every: Annotated[bool, typer.Option("--all", help="Every hit, without a cap.")] = False,
    facets: Annotated[bool, typer.Option("--facets", help="Count the hits by ministry, group, year …")] = False,
    without_form: WithoutForm = None,
    with_form: WithForm = None,
    lang: Lang = Language.EN,
    as_json: Json = False,
) -> None:
    """Search titles, questions and answers."""
    if not every and offset + limit > WINDOW:
        raise UsageError(f"a page ends at hit {WINDOW} at the latest: ask for every hit with --all")
    settings, text = Settings(), " ".join(query)
    forms, on = FormChoice.of(without_form or (), with_form or ()), today()
    hits: Iterable[Hit]
    if every:
        result, hits = search_all(settings, text, sort=sort, facets=facets, today=on, forms=forms)
    else:
        result = run_search(settings, text, sort=sort, offset=offset, limit=limit, facets=facets, today=on, forms=forms)
        hits = result.hits
    if as_json:
        print_json_with(result.model_dump(mode="json", exclude={"hits"}), "hits", hits)
    else:
        print_search(result, hits, lang)
        if offset >= result.total > 0 and not every:
            say(
                told(
                    lang,
                    "the last hit is number {total}: there is no page from {number} on",
                    total=result.total,
                    number=offset + 1,
                )
            )
        say(provenance(result, lang))
    if result.partial:
        say(told(lang, "the engine could not look everywhere: the result is partial"))
        raise typer.Exit(3)


def sql(
    query: Annotated[str, typer.Argument(help="SQL (DuckDB) over questions, texts, events, figures, changes …")],
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """Ask the current data version in SQL; read-only."""
    columns, rows = run_sql(Settings(), query, known=known_by(known_at, None))
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(f"{len(rows)} rows", columns, rows)
