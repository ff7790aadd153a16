"""What must hold between the stages, read from the stages themselves: the ground of the checks."""

from pipelines.archive.archive import Archive
from pipelines.dataset.read import connect
from pipelines.dataset.store import Dataset
from schemas.capture import NumberState, TermCounts
from schemas.identity import TermKey
from schemas.settings import Settings


def number_states(settings: Settings, term: TermKey) -> TermCounts:
    """How many numbers of the term are in each state of the ledger."""
    with Archive.open(settings.archive_dir) as archive:
        return archive.counts(term)


def missing_from_dataset(settings: Settings, term: TermKey) -> list[str]:
    """Archived questions that are neither in the current data version nor in its quarantine; none, when all is well."""
    with Archive.open(settings.archive_dir) as archive:
        archived = {str(each.question) for each in archive.numbers(term) if each.state == NumberState.ARCHIVED}
    version = Dataset.open(settings.dataset_dir).current
    if version is None:
        return sorted(archived)
    sql = "SELECT id FROM questions WHERE partition = $1 UNION SELECT question FROM quarantine WHERE partition = $1"
    with connect(version) as connection:
        known = {id_ for (id_,) in connection.execute(sql, [str(term)]).fetchall()}
    return sorted(archived - known)
