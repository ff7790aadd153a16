"""The error tree: every error a user can meet, with the exit code of the command that met it.

QuestariumError                what, where and what to do, in one sentence     exit 1
├── UsageError                 the request itself cannot be right              exit 2
│   ├── UnknownQuestionError   no such question in the dataset
│   ├── UnknownTermError       no such term (législature)
│   └── NoDatasetError         nothing has been built yet
├── ParseError                 a capture cannot be read: goes to quarantine
├── ArchiveError               the archive refuses                             exit 4
│   ├── ArchiveLockedError     another process writes to it
│   ├── ArchiveFullError       no room left on the disk
│   └── ArchiveDamagedError    bytes are not what the ledger says
├── DatasetError               a data version cannot be read or written        exit 4
├── SearchError                the search engine cannot answer                 exit 5
│   ├── SearchUnavailableError it cannot be reached
│   └── DamagedIndexError      the index on the disk must be built again
├── RefreshError               a refresh run failed                            exit 1
└── SearchServerError          the local Elasticsearch server does not start   exit 5

Exit 0 is full success only; exit 3 means "done, but something was set aside" (quarantined, pending, failed, overdue
work) and is a result, not an error; 130 is an interruption by the user.
"""

from typing import ClassVar


class QuestariumError(Exception):
    """Root of the tree; the message says what, where and what to do."""

    exit_code: ClassVar[int] = 1


class UsageError(QuestariumError):
    """The request itself cannot be right."""

    exit_code = 2


class UnknownQuestionError(UsageError):
    """No question of that id is in the dataset."""


class UnknownTermError(UsageError):
    """No term of that name is known."""


class NoDatasetError(UsageError):
    """Nothing has been built yet, so there is nothing to read."""


class ParseError(QuestariumError):
    """A capture cannot be read; the capture goes to quarantine with this reason.

    Args:
        reason: a short stable code, such as `empty`, `truncated`, `unknown_format`.
        detail: what was met and where, in plain words.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class ArchiveError(QuestariumError):
    """The archive refuses."""

    exit_code = 4


class ArchiveLockedError(ArchiveError):
    """Another process writes to the archive."""


class ArchiveFullError(ArchiveError):
    """No room is left on the disk of the archive."""


class ArchiveDamagedError(ArchiveError):
    """Bytes on the disk are not what the ledger says."""


class DatasetError(QuestariumError):
    """A data version cannot be read or written."""

    exit_code = 4


class SearchError(QuestariumError):
    """The search engine cannot answer."""

    exit_code = 5


class SearchUnavailableError(SearchError):
    """The search engine cannot be reached."""


class DamagedIndexError(SearchError):
    """The index on the disk is damaged and must be built again."""


class RefreshError(QuestariumError):
    """A refresh run failed; its log says where."""


class SearchServerError(QuestariumError):
    """The local Elasticsearch server does not start or stop."""

    exit_code = 5
