"""Why a question was closed: the printed motive and the event it stands for (`closing.yaml`)."""

from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from pipelines.parse.text import key
from schemas.question import EventKind
from schemas.yaml_text import load_yaml


def closing_kind(motive: str) -> EventKind:
    """What a motive means; `closed_other` for one that the table does not know."""
    return _motives().get(key(motive.strip(" ()")), EventKind.CLOSED_OTHER)


def is_motive(text: str) -> bool:
    """Whether a line is a known motive, such as `Fin de mandat`."""
    return bool(text) and key(text.strip(" ()")) in _motives()


@cache
def _motives() -> dict[str, EventKind]:
    text = files("pipelines.parse").joinpath("closing.yaml").read_text("utf-8")
    table = TypeAdapter(dict[EventKind, list[str]]).validate_python(load_yaml(text))
    return {key(motive): kind for kind, motives in table.items() for motive in motives}
