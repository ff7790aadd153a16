"""Options that several commands share."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from pipelines.search.language.phrases import Language
from schemas.errors import UsageError
from schemas.identity import TermKey

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="YYYY-MM-DD", help="Show the state of that day, by the dates of the JO."),
]
KnownAt = Annotated[
    str | None,
    typer.Option("--known-at", metavar="YYYY-MM-DD", help="Only what had been captured by the end of that day."),
]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many lines at most.")]

WithoutForm = Annotated[
    list[str] | None,
    typer.Option("--without-form", metavar="FORM", help="Drop this form from the words that have it; repeatable."),
]
WithForm = Annotated[
    list[str] | None,
    typer.Option("--with-form", metavar="FORM", help="Take in this near form that was left out; repeatable."),
]
Lang = Annotated[
    Language,
    typer.Option(
        envvar="QUESTARIUM_LANG",
        case_sensitive=False,
        help="Language of what is told; QUESTARIUM_LANG says it once for all.",
    ),
]
Named = Annotated[
    list[str], typer.Argument(metavar="QUESTION", help="Its id or its number: fr-an-15-QE-12526, 15-12526, QE 12526 …")
]
Query = Annotated[
    list[str],
    typer.Argument(metavar="QUERY", help='Words, "exact words", ET OU SAUF, field:value; see docs/search.md.'),
]
"""Words that the shell parted are joined again."""


class Backend(StrEnum):
    """The search engine of the demo."""

    EMBEDDED = "embedded"
    ELASTICSEARCH = "elasticsearch"


def day(text: str | None) -> date | None:
    """Read the value of `--as-of` or `--known-at`; raises UsageError when it is no day."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"'{text}' is no day: write YYYY-MM-DD, such as 2019-01-01") from error


def today() -> date:
    """Today in Paris, where the JO is published."""
    return datetime.now(ZoneInfo("Europe/Paris")).date()


def term_key(text: str) -> TermKey:
    """Read a term; `15` alone means the Assemblée nationale. Raises UnknownTermError when it is none."""
    return TermKey.parse(f"fr-an-{text}" if text.isdigit() else text)
