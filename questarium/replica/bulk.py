"""The bulk files of a site on a day: zips of questions and members, weekly files of the JO, made when asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache, partial

from questarium.replica.corpus import SyntheticQuestion
from questarium.replica.files import ServedFile
from questarium.replica.members import members_paths, members_zip
from questarium.replica.open_data import Form, open_data_path, open_data_zip
from questarium.replica.oral import ORAL, oral_path, oral_zip
from questarium.replica.weekly import Issue, issues_of, weekly_archive, weekly_path
from schemas.identity import QuestionType

_KEPT = 64  # files


class BulkFiles(Mapping[str, ServedFile]):
    """The files by path; none is made before it is asked for.

    Args:
        term: number of the term.
        questions: as they read on the day.
        day: the last one that the site knows of.
    """

    def __init__(self, term: int, questions: Sequence[SyntheticQuestion], day: date) -> None:
        self._made_at = datetime(day.year, day.month, day.day, 1, 11, tzinfo=UTC)
        self._makers: dict[str, Callable[[], ServedFile]] = {
            open_data_path(term, form): partial(self._zip, questions, form) for form in Form
        }
        self._makers |= {oral_path(term, type_): partial(self._oral, questions, type_) for type_ in ORAL}
        self._makers |= {path: partial(self._members, questions) for path in members_paths(term)}
        for issue in issues_of(questions):
            self._makers[weekly_path(issue, current_year=day.year)] = partial(_weekly, issue)
        self._made = lru_cache(maxsize=_KEPT)(lambda path: self._makers[path]())

    def __getitem__(self, path: str) -> ServedFile:
        if path not in self._makers:
            raise KeyError(path)
        return self._made(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def _zip(self, questions: Sequence[SyntheticQuestion], form: Form) -> ServedFile:
        body = open_data_zip(questions, form, made=self._made_at.replace(tzinfo=None))
        return ServedFile(body, "application/zip", self._made_at)

    def _oral(self, questions: Sequence[SyntheticQuestion], type_: QuestionType) -> ServedFile:
        body = oral_zip(questions, type_, made=self._made_at.replace(tzinfo=None))
        return ServedFile(body, "application/zip", self._made_at)

    def _members(self, questions: Sequence[SyntheticQuestion]) -> ServedFile:
        body = members_zip(questions, made=self._made_at.replace(tzinfo=None))
        return ServedFile(body, "application/zip", self._made_at)


def _weekly(issue: Issue) -> ServedFile:
    made = datetime(issue.day.year, issue.day.month, issue.day.day, 8, 12, tzinfo=UTC)
    return ServedFile(weekly_archive(issue), "application/x-tar", made)
