"""The demo: the whole road on a synthetic term, on this machine only, told step by step."""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from dagster_project.assets import CollectConfig
from dagster_project.runs import build, collect
from pipelines.flow.building import partitions
from pipelines.search.language.phrases import Language
from questarium.cli.options import Backend
from questarium.cli.output import out, print_table, say
from questarium.cli.progress import counting, watching_ledger
from questarium.cli.rendering import print_search
from questarium.queries.delays import Grouping, delay_table
from questarium.queries.overdue import overdue_list
from questarium.queries.search import search
from questarium.queries.status import status
from questarium.replica.server import Replica, serve
from questarium.searchserver.home import server_home
from questarium.searchserver.install import install_server
from questarium.searchserver.server import SearchServer
from schemas.identity import TermKey
from schemas.search import Sort
from schemas.settings import Settings

_TERM = TermKey(parliament="fr-an", term=15)
_PORT = 8015  # always the same, so that a second demo meets the pages it knows
_QUERY = 'hôpital OU "sécurité routière"'
_DEFAULT_HOME = Path("demo-data")


def run_demo(backend: Backend, questions: int, seed: int) -> None:
    """Collect, build, search, delays, overdue; each step says how long it took."""
    with ExitStack() as stack:
        settings = _settings(stack, backend)
        with _step(f"collecting {questions} questions of {_TERM} from a replica of the site"):
            _collect(settings, questions, seed)
        with _step(f"building the dataset and the index ({backend})"):
            names = partitions(settings)
            with counting("building", total=len(names) + 1) as advance:
                build(settings, names, on_progress=advance)
        _show(settings)
    _what_next(settings.home)


def _settings(stack: ExitStack, backend: Backend) -> Settings:
    settings = Settings()
    if "home" not in settings.model_fields_set:
        settings = settings.model_copy(update={"home": _DEFAULT_HOME})
    if backend == Backend.EMBEDDED:
        return settings.model_copy(update={"elasticsearch_url": None})
    if settings.elasticsearch_url is None:
        with _step("starting a real Elasticsearch server (installed the first time)"):
            home = install_server(server_home(settings), say)
            server = stack.enter_context(SearchServer(home, settings.home / "elasticsearch"))
        settings = settings.model_copy(update={"elasticsearch_url": server.url})
    return settings


def _collect(settings: Settings, questions: int, seed: int) -> None:
    with _replica(questions, seed) as replica, watching_ledger(settings.archive_dir, _TERM):
        collect(settings, str(_TERM), CollectConfig(base_url=replica.url, delay_s=0.0))


def _replica(questions: int, seed: int) -> Replica:
    try:
        return serve(questions, seed=seed, port=_PORT)
    except OSError:
        return serve(questions, seed=seed)  # the port is taken: the pages will have other addresses, that is all


def _show(settings: Settings) -> None:
    report = status(settings)
    last = max((term.last_issue for term in report.terms if term.last_issue), default=date(2022, 6, 21))
    out.rule(f"questarium search '{_QUERY}'")
    found = search(settings, _QUERY, sort=Sort.RELEVANCE, offset=0, limit=3, facets=False, today=last)
    print_search(found, found.hits, Language.EN)
    out.rule(f"questarium delays --by ministry --as-of {last}")
    table = delay_table(settings, by=Grouping.MINISTRY, term=None, day=last)
    columns = ("ministry", "published", "answered", "in time", "waiting", "overdue", "withdrawn", "lapsed")
    rows = [
        (r.group, r.published, r.answered, f"{r.in_time}/{r.due}", r.waiting, r.overdue, r.withdrawn, r.lapsed)
        for r in table.rows[:12]
    ]
    print_table(f"Written questions on {last} ({table.definition})", columns, rows)
    out.rule(f"questarium overdue --as-of {last}")
    late = overdue_list(settings, term=None, ministry=None, day=last, limit=8)
    overdue = [(q.id, q.due_date, q.days_late, q.ministry, q.title) for q in late.questions]
    print_table(
        f"{late.total} overdue on {last}, oldest first", ("question", "due", "days late", "ministry", "title"), overdue
    )


def _what_next(home: Path) -> None:
    prefix = "" if os.environ.get("QUESTARIUM_HOME") else f"QUESTARIUM_HOME={home} "
    out.rule("what to try next")
    for command in (
        "questarium search 'retraite ministère:santé délai:>365' --facets",
        "questarium show fr-an-15-QE-12",
        "questarium figures --kind money --min 1e6",
        'questarium sql "SELECT ministry_assigned, median(delay_days) FROM questions GROUP BY ALL ORDER BY 2 DESC"',
        "questarium status",
    ):
        out.print(f"  {prefix}.venv/bin/{command}", soft_wrap=True)


@contextmanager
def _step(what: str) -> Iterator[None]:
    say(f"· {what} …")
    started = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - started:.1f} s")
