"""The reviewed corrections, and what became of each in the current data version."""

from enum import StrEnum

from pipelines.dataset.read import questions
from pipelines.dataset.store import Dataset
from pipelines.normalise.corrections import read_corrections
from schemas.correction import Correction
from schemas.question import Question
from schemas.record import Record
from schemas.settings import Settings


class CorrectionState(StrEnum):
    """What became of a correction."""

    APPLIED = "applied"
    STALE = "stale"  # the source shows no longer what the correction was written against
    NOT_BUILT = "not_built"  # it came after the last build, or the question is not in the dataset


class ListedCorrection(Record):
    """One line of the file with its state; `published` is what the source shows."""

    question: str
    field: str
    published: str | None
    value: str | None
    source: str
    state: CorrectionState


def list_corrections(settings: Settings) -> list[ListedCorrection]:
    """All lines of the file, in its order; raises UsageError for a line that is none, and DatasetError."""
    lines = read_corrections(settings.corrections_file)
    version = Dataset.open(settings.dataset_dir).current
    ids = list(dict.fromkeys(each.question for each in lines))
    held = {each.id: each for each in questions(version, ids)} if version else {}
    return [_listed(line, held.get(line.question)) for line in lines]


def _listed(line: Correction, question: Question | None) -> ListedCorrection:
    told = {"question": line.question, "field": line.field, "value": line.value, "source": line.source}
    for each in question.corrections if question else ():
        if (each.field, each.value, each.source) == (line.field, line.value, line.source):
            state = CorrectionState.APPLIED if each.applied else CorrectionState.STALE
            return ListedCorrection.model_validate(told | {"published": each.published, "state": state})
    return ListedCorrection.model_validate(told | {"published": None, "state": CorrectionState.NOT_BUILT})
