"""One crawl as a process of its own: `python -P -m spiders.run assemblee --term fr-an-15 --archive DIR`.

Scrapy can run once in a process, so whoever wants a crawl starts one. The report is the last line of stdout, one JSON
object; to Dagster, when the process was started through Dagster Pipes, it is the metadata of the asset, the exit code
among them (the process then exits with 0, or Dagster would throw the report away). Progress and log are JSON lines
on stderr; to Dagster, the log is the run's.

Exit codes: 0 every number accounted for; 3 something is pending or failed; 4 the archive refuses; 2 the request is
wrong; 130 interrupted; 1 the crawl crashed.
"""

import argparse
import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dagster_pipes import PipesEnvVarParamsLoader, open_dagster_pipes
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from pipelines.archive.archive import Archive
from schemas.errors import QuestariumError
from spiders.archiving import ArchivingPipeline
from spiders.assemblee import AssembleeSpider
from spiders.refresh import Refetch

_INTERRUPTED = 130
_INCOMPLETE = 3


@dataclass(frozen=True)
class Report:
    """What a crawl came to; numbers count questions of the term.

    `requested` were asked for in this run, and came to one of the six below. `finish` is `finished`, or why the run
    stopped early or is not whole: `undiscovered` (no answer of the search), `storm`, `robots_unreadable`, `shutdown`,
    `archive_error`, `not_started`, `orphaned`, `crashed`. The `ledger_…` numbers are of the whole
    term, after the run.
    """

    term: str
    finish: str
    requested: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    not_found: int = 0
    failed: int = 0
    pending: int = 0
    ledger_archived: int = 0
    ledger_not_found: int = 0
    ledger_never_published: int = 0
    ledger_failed: int = 0
    ledger_pending: int = 0
    error: str | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the search answered and every number has its final state."""
        left = self.failed + self.pending + self.ledger_failed + self.ledger_pending
        return self.finish == "finished" and not left


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one crawl and report; returns the exit code."""
    options = _parser().parse_args(arguments)
    if not PipesEnvVarParamsLoader().is_dagster_pipes_process():  # type: ignore[no-untyped-call]
        _log_to(_json_lines())
        report, code = _run(options)
        print(json.dumps(_filled(report), ensure_ascii=False), flush=True)  # noqa: T201  stdout is the channel
        return code
    options.quiet = True  # the terminal belongs to whoever started the run; progress is in the ledger
    with open_dagster_pipes() as pipes:
        _log_to(*pipes.log.handlers)
        report, code = _run(options)
        pipes.report_asset_materialization(metadata=_filled(report) | {"exit_code": code})
    return 0


def crawl(options: argparse.Namespace) -> tuple[Report, int]:
    """Run one crawl in this process; the report and the exit code."""
    process = AsyncCrawlerProcess(_settings(options))
    crawler = process.create_crawler(AssembleeSpider)
    task = process.crawl(
        crawler, term=options.term, archive=options.archive, base_url=options.base_url, refetch=options.refetch
    )
    process.start()
    failure = task.exception() if task.done() and not task.cancelled() else None
    if isinstance(failure, QuestariumError):
        return Report(options.term, "not_started", error=str(failure)), failure.exit_code
    if failure is not None:
        return Report(options.term, "crashed", error=f"{type(failure).__name__}: {failure}"), 1
    return _conclude(crawler, options)


def _run(options: argparse.Namespace) -> tuple[Report, int]:
    if os.getppid() != options.parent:
        return Report(options.term, "orphaned", error="the process that asked for this crawl is gone"), 1
    report, code = crawl(options)
    return report, code


def _conclude(crawler: Crawler, options: argparse.Namespace) -> tuple[Report, int]:
    spider, pipeline = crawler.spider, crawler.get_item_pipeline(ArchivingPipeline)
    assert isinstance(spider, AssembleeSpider)
    assert pipeline is not None
    assert crawler.stats is not None
    if spider.failure is not None:
        return Report(options.term, "archive_error", error=str(spider.failure)), spider.failure.exit_code
    finish = "undiscovered" if spider.undiscovered else "finished"
    reason = str(crawler.stats.get_value("finish_reason"))
    with Archive.open(Path(options.archive)) as archive:
        ledger = {f"ledger_{state}": count for state, count in archive.counts(spider.term).model_dump().items()}
    report = Report(
        options.term,
        finish if reason == "finished" else reason,
        requested=len(pipeline.results),
        **dict[str, Any](pipeline.counts()),
        **ledger,
    )
    if report.finish == "shutdown":
        return report, _INTERRUPTED
    if report.finish == "start_error":
        return report, 1
    return report, 0 if report.is_complete else _INCOMPLETE


def _filled(report: Report) -> dict[str, str | int]:
    return {name: value for name, value in asdict(report).items() if value is not None}


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
    parser.add_argument("spider", choices=["assemblee"])
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
