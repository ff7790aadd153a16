"""Zip and tar files are read whole, or refused with a reason; nothing in them reaches the disk."""

import gzip
import io
import random
import re
import struct
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.archive.members import Limits, first_members, is_tar, is_zip, read_members
from schemas.errors import ParseError

FILES = {"json/QANR5L15QE1.json": b'{"question": 1}', "json/QANR5L15QE2.json": b"x" * 5000}
HOSTILE_NAMES = ["../../evil", "/etc/passwd", "C:\\evil", "a/\n/b", "é" * 200]


def zipped(files: dict[str, bytes], **options: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return made.getvalue()


def tar_gz(files: dict[str, bytes]) -> bytes:
    return gzip.compress(tarred(files))


MAKERS: list[Callable[[dict[str, bytes]], bytes]] = [zipped, tarred, tar_gz]


def read(folder: Path, data: bytes, limits: Limits | None = None) -> dict[str, bytes]:
    path = folder / "file"
    path.write_bytes(data)
    return {member.name: member.content.read() for member in read_members(path, limits or Limits())}


def refused(folder: Path, data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(ParseError) as caught:
        read(folder, data, limits)
    return caught.value.reason


@pytest.mark.parametrize("make", MAKERS)
def test_members_come_with_their_content(make: Callable[[dict[str, bytes]], bytes], tmp_path: Path) -> None:
    assert read(tmp_path, make(FILES)) == FILES


def test_kinds_are_told_by_content() -> None:
    assert [is_zip(make(FILES)) for make in MAKERS] == [True, False, False]
    assert [is_tar(make(FILES)) for make in MAKERS] == [False, True, True]
    assert not is_tar(gzip.compress(b"page"))
    assert not is_tar(b"\x1f\x8bno gzip")


@pytest.mark.parametrize("make", MAKERS)
def test_names_are_labels_and_no_paths(make: Callable[[dict[str, bytes]], bytes], tmp_path: Path) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    found = read(folder, make(dict.fromkeys(HOSTILE_NAMES, b"x")))
    assert len(found) == len(HOSTILE_NAMES)
    assert [each.name for each in tmp_path.rglob("*")] == ["inner", "file"]


@pytest.mark.parametrize("make", MAKERS)
def test_too_many_or_too_large_members_are_refused(make: Callable[[dict[str, bytes]], bytes], tmp_path: Path) -> None:
    data = make(FILES)
    assert refused(tmp_path, data, Limits(members=1)) == "too_many_members"
    assert refused(tmp_path, data, Limits(member_size=4999)) == "too_big"
    assert refused(tmp_path, data, Limits(total_size=5014)) == "too_big"


@pytest.mark.parametrize("make", MAKERS)
def test_what_reaches_a_limit_is_read(make: Callable[[dict[str, bytes]], bytes], tmp_path: Path) -> None:
    total = sum(map(len, FILES.values())) if make is zipped else len(tarred(FILES))
    limits = Limits(members=2, member_size=5000, total_size=total)
    assert read(tmp_path, make(FILES), limits) == FILES
    assert refused(tmp_path, make(FILES), replace(limits, total_size=total - 1)) == "too_big"


def test_a_member_of_a_mebibyte_may_expand_as_it_likes(tmp_path: Path) -> None:
    assert read(tmp_path, zipped({"a": bytes(1 << 20)})) == {"a": bytes(1 << 20)}
    assert refused(tmp_path, zipped({"a": bytes((1 << 20) + 1)})) == "too_big"


LARGE = "json/QANR5L15QE2.json would unpack to 5000 bytes"
TOLD: dict[str, tuple[bytes, Limits, str]] = {
    "files of a zip": (zipped(FILES), Limits(members=1), "too_many_members: 2 files, more than 1"),
    "files of a tar": (tarred(FILES), Limits(members=1), "too_many_members: more than 1 files"),
    "a file of a zip": (zipped(FILES), Limits(member_size=4999), f"too_big: {LARGE} (5015 so far)"),
    "a file of a tar": (tarred(FILES), Limits(member_size=4999), f"too_big: {LARGE}"),
    "all of a zip": (zipped(FILES), Limits(total_size=5014), f"too_big: {LARGE} (5015 so far)"),
    "all of a tar": (tarred(FILES), Limits(total_size=5014), "too_big: the archive unpacks to more than it may"),
    "a tar without its end": (
        tarred(FILES)[: 512 * 13],
        Limits(),
        "damaged_archive: the archive is damaged (it has no end)",
    ),
    "a zip without a directory": (
        zipped(FILES)[:60],
        Limits(),
        "damaged_archive: the archive is damaged (File is not a zip file)",
    ),
    "another file": (b"<html>", Limits(), "unknown_format: file is neither a zip nor a tar file"),
}


@pytest.mark.parametrize(("data", "limits", "told"), TOLD.values(), ids=TOLD.keys())
def test_why_an_archive_is_refused(data: bytes, limits: Limits, told: str, tmp_path: Path) -> None:
    with pytest.raises(ParseError, match=f"^{re.escape(told)}$"):
        read(tmp_path, data, limits)


@pytest.mark.parametrize("make", [zipped, tar_gz])
def test_bombs_are_refused_before_they_open(make: Callable[[dict[str, bytes]], bytes], tmp_path: Path) -> None:
    assert refused(tmp_path, make({"bomb": bytes(40 << 20)})) == "too_big"


def test_an_archive_within_an_archive_stays_closed(tmp_path: Path) -> None:
    inner = zipped({"bomb": bytes(40 << 20)})
    assert read(tmp_path, zipped({"inner.zip": inner})) == {"inner.zip": inner}


def test_a_member_that_is_larger_than_it_says_is_damaged(tmp_path: Path) -> None:
    data = bytearray(zipped({"a": b"y" * 5000}))
    place = data.rfind(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 10)
    assert refused(tmp_path, bytes(data)) == "damaged_archive"


@pytest.mark.parametrize("make", MAKERS)
def test_no_cut_archive_passes_for_a_whole_one(make: Callable[[dict[str, bytes]], bytes], tmp_path: Path) -> None:
    data = make({"a": b"a" * 3000, "b": bytes(range(256)) * 8})
    end = data.rfind(b"\xff", 0, len(data)) if make is tarred else len(data)  # blocks of zeros end a tar file
    for cut in range(20, end - 1, max(1, end // 60)):
        assert refused(tmp_path, data[:cut]) in {"damaged_archive", "unknown_format"}, cut


@pytest.mark.parametrize("place", [0.3, 0.5, 0.7])
def test_a_flipped_bit_is_found(place: float, tmp_path: Path) -> None:
    data = bytearray(zipped({"a": bytes(range(256)) * 40}))
    data[int(len(data) * place)] ^= 4
    assert refused(tmp_path, bytes(data)) in {"damaged_archive", "too_big"}


def test_encrypted_members_are_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"a": b"secret"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    with pytest.raises(ParseError, match=r"^encrypted: a is encrypted$"):
        read(tmp_path, bytes(data))


def test_links_and_devices_in_a_tar_are_nothing(tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE):
            entry = tarfile.TarInfo(f"link{kind.decode()}")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    assert read(tmp_path, made.getvalue()) == {}


@pytest.mark.parametrize("seekable", [True, False])
def test_the_first_members_of_a_part_of_a_zip(seekable: bool) -> None:
    made = io.BytesIO()
    files = {f"{number}.json": random.Random(number).randbytes(3000) for number in range(6)}
    with zipfile.ZipFile(made if seekable else _Pipe(made), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    whole = made.getvalue()
    found = {member.name: member.content.read() for member in first_members(whole)}
    assert found == files
    part = {member.name: member.content.read() for member in first_members(whole[: len(whole) // 2])}
    assert 1 < len(part) < 6
    assert all(files[name].startswith(content) for name, content in part.items())
    with pytest.raises(ParseError, match=r"^unknown_format: no zip file begins here$"):
        list(first_members(b"<html>"))
    damaged = whole.replace(b"0.json", b"0.json\xff\xff\xff\xff", 1)
    with pytest.raises(ParseError, match=r"^damaged_archive: 0\.json cannot be inflated \(Error -3 "):
        list(first_members(damaged))


class _Pipe(io.RawIOBase):
    """Where zipfile cannot go back, it writes sizes behind each file."""

    def __init__(self, out: io.BytesIO) -> None:
        super().__init__()
        self._out = out

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return self._out.write(data)  # type: ignore[arg-type]


def test_other_files_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, b"<html></html>") == "unknown_format"
    assert refused(tmp_path, b"") == "unknown_format"
