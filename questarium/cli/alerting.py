"""Commands of saved queries: alerts add, list, run, log, remove."""

from typing import Annotated

import typer

from pipelines.flow import alerting
from pipelines.search.language.fields import choice_name
from pipelines.search.language.phrases import Language
from questarium.cli.options import Json, Lang, Query, today
from questarium.cli.output import out, print_json, print_table, say_warnings
from questarium.cli.rendering import told_in
from questarium.cli.wording import told
from questarium.queries.asked import ask
from schemas.identity import PERMALINK
from schemas.search import Alert
from schemas.settings import Settings

alerts_app = typer.Typer(help="Saved queries: what is new about the questions they match.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the saved query.")]
Some = Annotated[str | None, typer.Argument(metavar="NAME", help="One saved query; all by default.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    alerts_app.command()(add)
    alerts_app.command("list")(list_queries)
    alerts_app.command()(run)
    alerts_app.command()(log)
    alerts_app.command()(remove)
    app.add_typer(alerts_app, name="alerts")


def add(name: Name, query: Query, lang: Lang = Language.EN, as_json: Json = False) -> None:
    """Save a query; what it matches today is followed from now on, and no news."""
    text = " ".join(query)
    reading = ask(Settings(), text, today=today()).reading
    saved = alerting.add_query(Settings(), name, text, today=today())
    say_warnings(reading.warnings, lang)
    if as_json:
        print_json(vars(saved))
    else:
        sentence = told_in(lang, reading.understood)
        out.print(told(lang, "{name} follows: {sentence}", name=saved.name, sentence=sentence))
        out.print(told(lang, "Run it after each build: questarium alerts run"))


def list_queries(lang: Lang = Language.EN, as_json: Json = False) -> None:
    """List the saved queries and how far each was run."""
    saved = alerting.queries(Settings())
    if as_json:
        print_json([vars(each) for each in saved])
    else:
        rows = [(each.name, each.query, each.created, each.data_version, each.day) for each in saved]
        columns = ("name", "query", "since", "run against", "on")
        print_table(
            told(lang, "Saved queries: {count}", count=len(saved)), [told(lang, each) for each in columns], rows
        )


def run(name: Some = None, lang: Lang = Language.EN, as_json: Json = False) -> None:
    """Run the saved queries over what changed since their last run; each alert is made once."""
    _print(alerting.run_queries(Settings(), today=today(), name=name), lang, as_json=as_json)


def log(
    name: Some = None,
    after: Annotated[int, typer.Option(help="Only alerts with a higher number: for a reader that resumes.")] = 0,
    lang: Lang = Language.EN,
    as_json: Json = False,
) -> None:
    """Show the alerts made so far, oldest first."""
    _print(alerting.alerts(Settings(), after=after, name=name), lang, as_json=as_json)


def remove(name: Name, lang: Lang = Language.EN) -> None:
    """Forget a saved query and its alerts."""
    alerting.remove_query(Settings(), name)
    out.print(told(lang, "{name} is forgotten", name=name))


def _print(alerts: list[Alert], language: Language, *, as_json: bool) -> None:
    if as_json:
        print_json([each.model_dump(mode="json") | {"url": PERMALINK.format(id=each.question)} for each in alerts])
    else:
        columns = ("number", "query", "what", "day", "question", "title")
        rows = [(each.number, each.name, _kind(each, language), each.day, each.question, each.title) for each in alerts]
        title = told(language, "Alerts: {count}", count=len(alerts))
        print_table(title, [told(language, each) for each in columns], rows)


def _kind(alert: Alert, language: Language) -> str:
    """What is new: as what happened is called in queries, in French."""
    if alert.kind in (alerting.MATCHED, alerting.OVERDUE):
        return told(language, alert.kind)
    return choice_name("ever", alert.kind) if language is Language.FR else alert.kind
