"""Open gzip and zip in memory: nothing is written to disk, and a bomb is stopped before it is inflated."""

import gzip
import re
import stat
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, NamedTuple

LIMIT = 200_000_000
RATIO = 200
# Below this size even a page of blanks may be squeezed as hard as it likes.
SMALL = 1_000_000
MEMBERS = 10_000
# No directory of more entries is even parsed: it would fill the memory.
MOST_ENTRIES, ENTRY = 100_000, b"PK\x01\x02"
CHUNK = 1 << 16
TOO_LARGE = f"larger than {LIMIT // 1_000_000} MB"
TOO_MANY = f"a zip archive of more than {MEMBERS:,} files"
GZIP, ZIP, EMPTY_ZIP = b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"
WORD_PART = re.compile(r"word/document\d*\.xml")


class Member(NamedTuple):
    """One file's bytes; `name` is empty unless they lay in a zip archive, `reason` tells what went wrong."""

    name: str
    data: bytes
    reason: str = ""


def unpack(data: bytes) -> Iterator[Member]:
    """Yield what a file holds: itself, what a gzip file inflates to, or every file of a zip archive."""
    if data.startswith(GZIP):
        yield _gunzip(data, LIMIT)
    elif is_zip(data) and not is_word(data):
        yield from _unzip(data)
    else:
        yield Member("", data)


def is_zip(data: bytes) -> bool:
    """Tell by content whether bytes are a zip archive, which a Word file is too."""
    return data.startswith((ZIP, EMPTY_ZIP))


def is_word(data: bytes) -> bool:
    """Tell by its parts whether a zip archive is a Word file."""
    if data.count(ENTRY) > MOST_ENTRIES:
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return any(map(WORD_PART.fullmatch, archive.namelist()))
    except Exception:  # whatever is wrong with it, it is no Word file
        return False


def read_limited(stream: IO[bytes] | gzip.GzipFile, limit: int, *, packed: int = 0) -> tuple[bytes, str]:
    """Read a stream piece by piece; stop with a reason at `limit` bytes, or at `RATIO` times `packed`."""
    pieces, size = [], 0
    try:
        while piece := stream.read(CHUNK):
            size += len(piece)
            if size > limit:
                return b"", TOO_LARGE
            if packed and size > max(SMALL, RATIO * packed):
                return b"", f"inflates to more than {RATIO} times its size"
            pieces.append(piece)
    except Exception as error:  # what was read before the damage is kept
        return b"".join(pieces), f"damaged: {str(error) or type(error).__name__}"
    return b"".join(pieces), ""


class _Gentle(gzip.GzipFile):
    """A gzip file that hands out what it has before it stumbles over damage."""

    def read(self, size: int | None = -1) -> bytes:
        return self.read1(CHUNK if size is None else size)


def _gunzip(data: bytes, limit: int, name: str = "") -> Member:
    inflated, reason = read_limited(_Gentle(fileobj=BytesIO(data)), limit, packed=len(data))
    if inflated.startswith(GZIP) or (is_zip(inflated) and not is_word(inflated)):
        return Member(name, b"", "an archive within an archive is not opened")
    return Member(name, inflated, reason)


def _unzip(data: bytes) -> Iterator[Member]:
    if data.count(ENTRY) > MOST_ENTRIES:
        yield Member("", b"", TOO_MANY)
        return
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        infos = sorted(filter(_is_shown, archive.infolist()), key=member_name)
    except Exception as error:
        yield Member("", b"", f"damaged zip archive: {str(error) or type(error).__name__}")
        return
    if not 0 < len(infos) <= MEMBERS:
        yield Member("", b"", TOO_MANY if infos else "an empty zip archive")
        return
    left = LIMIT
    for info in infos:
        member = _read_member(archive, info, left)
        left -= len(member.data)
        yield member


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> Member:
    name = member_name(info)
    if reason := refusal(info, limit):
        return Member(name, b"", reason)
    try:
        with archive.open(info) as stream:
            data, reason = read_limited(stream, limit, packed=max(1, info.compress_size))
    except Exception as error:
        return Member(name, b"", f"damaged: {str(error) or type(error).__name__}")
    if is_zip(data) and not is_word(data):
        return Member(name, b"", "an archive within an archive is not opened")
    return _gunzip(data, limit, name) if data.startswith(GZIP) else Member(name, data, reason)


def refusal(info: zipfile.ZipInfo, limit: int = LIMIT) -> str:
    """Say why a part of a zip archive must not be inflated, by what its entry states; empty if it may."""
    if info.flag_bits & 0x1:
        return "encrypted"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, not a file"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "packed by a method other than deflate"
    if info.file_size > limit:
        return TOO_LARGE if limit == LIMIT else f"the archive holds more than {LIMIT // 1_000_000} MB"
    if info.file_size > max(SMALL, RATIO * info.compress_size):
        return f"inflates to more than {RATIO} times its size"
    return ""


def member_name(info: zipfile.ZipInfo) -> str:
    """Return a name that leads nowhere, without `..`, drive or root, in the characters it was meant in."""
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        # Chinese systems write names as they are in their own code page; zipfile takes them for cp437.
        for encoding in ("utf-8", "gb18030"):
            try:
                name = name.encode("cp437").decode(encoding)
                break
            except UnicodeError:
                continue
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "/".join(part for part in parts if part.strip("./") and not part.endswith(":")) or "unnamed"


def _is_shown(info: zipfile.ZipInfo) -> bool:
    parts = member_name(info).split("/")
    return not info.is_dir() and not any(part.startswith((".", "__MACOSX")) for part in parts)
