"""A process that collects pages into an archive, to be killed in the middle: `… ROOT HOW_MANY GROUP`.

It takes the pending numbers in groups and prints each one once the archive has acknowledged it.
"""

import sys
from pathlib import Path

from pipelines.archive.archive import Archive
from schemas.errors import ArchiveError
from tests.pipelines.archive.pages import START, TERM, page, question


def main(root: Path, how_many: int, group: int) -> None:
    with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
        archive.expect(question(number) for number in range(1, how_many + 1))
        due = [record.question.number for record in archive.due(TERM, START)]
        for start in range(0, len(due), group):
            numbers = due[start : start + group]
            archive.append_many([page(number) for number in numbers])
            sys.stdout.write("".join(f"{number}\n" for number in numbers))
            sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    except ArchiveError as problem:
        sys.stderr.write(f"{type(problem).__name__}: {problem}\n")
        sys.exit(problem.exit_code)
