"""Questions like a given one."""

from datetime import date
from typing import Final

from pipelines.dataset.read import question as stored_question
from pipelines.search.similar import Profile, candidates
from questarium.queries.live_index import LiveIndex
from questarium.queries.naming import question_key
from schemas.errors import UnknownQuestionError
from schemas.record import Record
from schemas.search import Shown, Sort
from schemas.settings import Settings

_PROPOSED: Final = 200  # candidates that are compared
_SHARED: Final = 8  # words shown with each


class SimilarQuestion(Record):
    """One question with its likeness (cosine, 0 to 1) and the words that make it."""

    id: str
    likeness: float
    words: tuple[str, ...]
    title: str | None
    author: str | None
    ministry: str | None
    published_date: date | None
    answered_date: date | None
    status: str


class SimilarList(Record):
    """The questions most like one, and of which data version; `partial` when the engine could not look everywhere."""

    id: str
    data_version: str
    questions: tuple[SimilarQuestion, ...]
    partial: bool = False


def similar(settings: Settings, named: str, *, limit: int) -> SimilarList:
    """The `limit` questions most like that one, by title and question; `named` is its id or its number.

    Raises UnknownQuestionError, NoDatasetError.
    """
    index = LiveIndex(settings)
    now = index.now()
    key = str(question_key(now.version, named))
    given = stored_question(now.version, key)
    if given is None:
        raise UnknownQuestionError(f"{key} is not in data version {now.version.name}; `questarium status` says what is")
    mine = Profile.of((given.title, given.question), now.vocabulary)
    if not mine.telling():
        return SimilarList(id=key, data_version=now.version.name, questions=())
    found = index.backend.search(candidates(mine, key), sort=Sort.RELEVANCE, offset=0, limit=_PROPOSED, shown=True)
    compared = [(Profile.of((each.title, each.question), now.vocabulary), each) for each in found.shown]
    ranked = sorted(compared, key=lambda pair: (-mine.likeness(pair[0]), pair[1].id))[:limit]
    questions = tuple(_similar(each, mine.likeness(other), mine.shared(other, _SHARED)) for other, each in ranked)
    return SimilarList(id=key, data_version=now.version.name, questions=questions, partial=found.partial)


def _similar(shown: Shown, likeness: float, words: tuple[str, ...]) -> SimilarQuestion:
    return SimilarQuestion(
        id=shown.id,
        likeness=round(likeness, 4),
        words=words,
        title=shown.title,
        author=shown.author,
        ministry=shown.ministry,
        published_date=shown.published_date,
        answered_date=shown.answered_date,
        status=shown.status,
    )
