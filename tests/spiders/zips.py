"""Bulk files for the tests, written by us: what matters here is how they are fetched, not what a question says."""

import io
import json
import random
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from questarium.replica.files import ServedFile

OPEN_DATA = "/static/openData/repository/15/questions/questions_ecrites/Questions_ecrites_XV.json.zip"


def document(number: int, version: int = 1, padding: int = 0) -> bytes:
    """One question of the 15th term as the open data have it, as far as a spider looks at it."""
    noise = random.Random(number).randbytes(padding).hex()
    question = {"uid": f"QANR5L15QE{number}", "texte": f"texte {version}", "bruit": noise}
    return json.dumps({"question": question}, ensure_ascii=False).encode()


def zipped(files: Mapping[str, bytes], *, day: int = 1) -> ServedFile:
    """A zip made on that day; the day is in its bytes, so that the same content has another checksum."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 8, day, 1, 11, 0)), content, zipfile.ZIP_DEFLATED)
    return ServedFile(made.getvalue(), "application/zip", datetime(2026, 8, day, 1, 11, tzinfo=UTC))


def tarred(files: Mapping[str, bytes]) -> ServedFile:
    """A tar file, as the DILA packs an issue of the JO."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return ServedFile(made.getvalue(), "application/x-tar")


def questions_zip(numbers: Sequence[int], *, day: int = 1, version: int = 1, padding: int = 0) -> ServedFile:
    """One file a question."""
    return zipped({f"json/QANR5L15QE{n}.json": document(n, version, padding) for n in numbers}, day=day)
