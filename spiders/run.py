"""One crawl as a process of its own: `python -P -m spiders.run assemblee --term fr-an-15 --archive DIR`.

Scrapy can run once in a process, so whoever wants a crawl starts one. The report is the last line of stdout, one JSON
object; to Dagster, when the process was started through Dagster Pipes, it is the metadata of the asset, the exit code
among them (the process then exits with 0, or Dagster would throw the report away). Progress and log are JSON lines
on stderr; to Dagster, the log is the run's.

Exit codes: 0 every number accounted for; 3 something is pending or failed; 4 the archive refuses; 2 the request is
wrong; 130 interrupted; 1 the crawl crashed.
"""

import argparse
import asyncio
import json
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from dagster_pipes import PipesEnvVarParamsLoader, open_dagster_pipes
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from pipelines.archive.archive import Archive
from schemas.errors import QuestariumError
from spiders.archiving import ArchivingPipeline
from spiders.assemblee import AssembleeSpider
from spiders.collecting import CollectingSpider
from spiders.dila import DilaSpider
from spiders.members import MembersSpider
from spiders.opendata import OpenDataSpider, OralSpider
from spiders.refresh import Refetch
from spiders.report import INCOMPLETE, INTERRUPTED, Report

SPIDERS: Final[Mapping[str, type[CollectingSpider]]] = {
    spider.name: spider for spider in (AssembleeSpider, OpenDataSpider, OralSpider, DilaSpider, MembersSpider)
}

_LEFT_IN_PEACE = frozenset({"storm", "robots_unreadable"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one crawl and report; returns the exit code."""
    options = _parser().parse_args(arguments)
    if not PipesEnvVarParamsLoader().is_dagster_pipes_process():  # type: ignore[no-untyped-call]
        _log_to(_json_lines())
        report, code = _run(options)
        print(json.dumps(report.filled(), ensure_ascii=False), flush=True)  # noqa: T201  stdout is the channel
        return code
    options.quiet = True  # the terminal belongs to whoever started the run; progress is in the ledger
    with open_dagster_pipes() as pipes:
        _log_to(*pipes.log.handlers)
        report, code = _run(options)
        pipes.report_asset_materialization(metadata=report.filled() | {"exit_code": code})
    return 0


def crawl(options: argparse.Namespace) -> tuple[Report, int]:
    """Run the spiders one after the other in this process; the report and the exit code of all.

    One that the site answered with trouble does not keep the others from their sites; an error of the archive, or an
    interruption, does.
    """
    process = AsyncCrawlerProcess(_settings(options))
    ended: dict[str, tuple[Report, int]] = {}
    waiting = list(options.spiders)

    stormy: set[str] = set()

    def begin() -> None:
        name = waiting.pop(0)
        crawler = process.create_crawler(SPIDERS[name])
        how: dict[str, Any] = {name: getattr(options, name) for name in ("archive", "base_url", "refetch", "sample")}
        # The process ends when no crawl is left: the next one begins before it looks.
        task = process.crawl(crawler, term=options.term, avoid=frozenset(stormy), **how)
        task.add_done_callback(partial(end, name, crawler))

    def end(name: str, crawler: Crawler, task: "asyncio.Task[None]") -> None:
        try:
            ended[name] = _ended(task, crawler, options)
        except Exception as error:  # noqa: BLE001  the event loop would swallow it, and the run with it
            ended[name] = _crashed(options, error)
        if ended[name][0].finish in _LEFT_IN_PEACE:
            stormy.update(getattr(crawler.spider, "sites", ()))
        if waiting and ended[name][1] in {0, INCOMPLETE}:
            begin()

    begin()
    process.start()
    return _all(ended, options) if len(ended) > 1 else next(iter(ended.values()))


def _run(options: argparse.Namespace) -> tuple[Report, int]:
    if os.getppid() != options.parent:
        return Report(options.term, "orphaned", error="the process that asked for this crawl is gone"), 1
    report, code = crawl(options)
    return report, code


def _all(ended: Mapping[str, tuple[Report, int]], options: argparse.Namespace) -> tuple[Report, int]:
    """Several spiders as one run; it is whole when each is, and the term with it, if its pages were asked."""
    tolerated = frozenset({"missing"} if options.tolerate_missing else ())
    report = Report.joined({name: each for name, (each, _) in ended.items()}, tolerated=tolerated)
    refusals = [code for _, code in ended.values() if code not in {0, INCOMPLETE}]
    whole_term = any(SPIDERS[name].fills_the_ledger for name in ended)
    return report, refusals[0] if refusals else report.exit_code(of_whole_term=whole_term)


def _ended(task: "asyncio.Task[None]", crawler: Crawler, options: argparse.Namespace) -> tuple[Report, int]:
    if task.cancelled():
        return Report(options.term, "shutdown"), INTERRUPTED
    failure = task.exception()
    if isinstance(failure, QuestariumError):
        return Report(options.term, "not_started", error=str(failure)), failure.exit_code
    return _crashed(options, failure) if failure is not None else _conclude(crawler, options)


def _crashed(options: argparse.Namespace, error: BaseException) -> tuple[Report, int]:
    return Report(options.term, "crashed", error=f"{type(error).__name__}: {error}"), 1


def _conclude(crawler: Crawler, options: argparse.Namespace) -> tuple[Report, int]:
    spider, pipeline = crawler.spider, crawler.get_item_pipeline(ArchivingPipeline)
    assert isinstance(spider, CollectingSpider)
    assert pipeline is not None
    assert crawler.stats is not None
    if spider.failure is not None:
        return Report(options.term, "archive_error", error=str(spider.failure)), spider.failure.exit_code
    reason = str(crawler.stats.get_value("finish_reason"))
    finish = (spider.incomplete or reason) if reason == "finished" else reason
    with Archive.open(Path(options.archive)) as archive:
        ledger = archive.counts(spider.term)
    report = Report.of(options.term, finish, pipeline.counts() + spider.tally, ledger)
    return report, report.exit_code(of_whole_term=spider.fills_the_ledger)


def _settings(options: argparse.Namespace) -> Settings:
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    own: dict[str, Any] = {
        "DOWNLOAD_DELAY": options.delay,
        "CONCURRENT_REQUESTS": options.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": options.concurrency,
        "DOWNLOAD_TIMEOUT": options.timeout,
        "BACKOFF_S": options.backoff,
        "PARENT_PID": options.parent,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "PROGRESS": not options.quiet,
    }
    if options.contact:
        own["USER_AGENT"] = f"Questarium/0.1 (+{options.contact})"
    settings.setdict(own, priority="cmdline")
    return settings


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="spiders.run", description="Fetch one term into the archive.")
    parser.add_argument("spiders", choices=sorted(SPIDERS), nargs="+", help="run in this order")
    parser.add_argument("--term", required=True, help="such as fr-an-15")
    parser.add_argument("--archive", required=True, help="folder of the archive")
    parser.add_argument("--base-url", help="a replica, instead of the site itself")
    parser.add_argument(
        "--refetch",
        choices=[str(choice) for choice in Refetch],
        default=str(Refetch.DUE),
        nargs="?",
        const=str(Refetch.ALL),
        help="archived pages to ask for again; without a value, all",
    )
    parser.add_argument(
        "--tolerate-missing", action="store_true", help="a bulk file that the site does not have is no trouble"
    )
    parser.add_argument("--sample", type=int, default=0, help="fetch only so many documents, to see how they look")
    parser.add_argument("--delay", type=float, default=1.0, help="seconds between two requests")
    parser.add_argument("--concurrency", type=int, choices=(1, 2), default=1, help="connections at a time")
    parser.add_argument("--timeout", type=float, default=30.0, help="seconds for one answer")
    parser.add_argument("--backoff", type=float, default=1.0, help="seconds of the first pause after trouble")
    parser.add_argument("--parent", type=int, default=os.getppid(), help="process without which this one ends")
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")
    parser.add_argument("--contact", help="address for the user agent: an e-mail or a page about the crawl")
    return parser


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "event": "log",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": super().format(record),
        }
        return json.dumps(line, ensure_ascii=False)


def _json_lines() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines())
    return handler


def _log_to(*handlers: logging.Handler) -> None:
    for handler in handlers:
        handler.setLevel(logging.WARNING)
    logging.basicConfig(handlers=handlers, force=True)
    logging.getLogger("scrapy").setLevel(logging.WARNING)


if __name__ == "__main__":
    sys.exit(main())
