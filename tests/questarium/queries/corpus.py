"""A small data version to work on with every hit: joint answers, texts that bite, questions without title or day."""

from datetime import UTC, date, datetime
from typing import Any

from pipelines.dataset.rows import question_rows
from pipelines.dataset.store import Dataset, PartitionUpdate
from pipelines.flow.indexing import refresh_index
from schemas.question import Author, Event, EventKind, Question
from schemas.settings import Settings
from tests.records import a_question, event

NOW = datetime(2020, 6, 15, tzinfo=UTC)
TODAY = date(2020, 6, 15)
_JOINT = "La fermeture de l'hôpital est reportée.\nUn plan pour l'hôpital de proximité suivra."


def _asked(number: int, day: date | None, text: str | None, answer: str | None = None, **more: Any) -> Question:
    events: list[Event] = [] if day is None else [event(EventKind.PUBLISHED, day)]
    if answer:
        events.append(event(EventKind.ANSWERED, date(2019, 3, 5)))
    return a_question(number, *events, question=text, answer=answer, **more)


QUESTIONS: tuple[Question, ...] = (
    _asked(1, date(2018, 1, 30), "M. A appelle l'attention de Mme la ministre sur la fermeture de l'hôpital.", _JOINT),
    _asked(2, date(2018, 2, 6), "Mme B interroge M. le ministre sur la fermeture de l'hôpital.", _JOINT, title=None),
    _asked(
        3, date(2018, 4, 3), "=HYPERLINK(\"x\") L'hôpital, l'hôpital, toujours l'hôpital !", "@SUM(1) hôpital ouvert"
    ),
    _asked(4, date(2018, 4, 10), "Les hôpitaux ** **** *var_x\n-*theme\nferment. <script>alert(1)</script> & hôpital"),
    _asked(5, None, "L'hopital de jour, puis la fermeture immédiate et définitive du petit hôpital."),
    _asked(6, date(2018, 4, 30), "Le loup dans les Alpes et la fermeture des alpages.", title="+Loup"),
    _asked(
        7, date(2018, 12, 31), "Le loup et les bergers des Alpes : la prédation sur les alpages.", title="Prédation"
    ),
    _asked(8, date(2019, 1, 1), "Les bergers, le loup, la prédation et les alpages.", title="Prédation"),
    _asked(9, date(2019, 1, 8), None, title="Hôpital sans texte"),
    _asked(10, date(2019, 1, 8), "Rien.", author=Author(name="Éva Ñandú", group="Groupe « A* _b »"), rubric="\tsanté"),
)


def build(settings: Settings) -> None:
    """Make the data version and its index."""
    rows = [question_rows(each, due_date=None) for each in QUESTIONS]
    Dataset.open(settings.dataset_dir).commit({"fr-an-15": PartitionUpdate(rows, [], [])}, now=NOW)
    refresh_index(settings, now=NOW)
