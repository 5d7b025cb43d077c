"""Look through all files once, and keep of each document what names it, divides parts and shows repeats."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

from luntan._tables import COLUMNS
from luntan.loaders import Row
from luntan.loaders.alike import MARK, Hashes, body_hashes, mark
from luntan.loaders.archive import LIMIT
from luntan.loaders.files import File, load_found
from luntan.scale.engines import Done, Engine, watch
from luntan.scale.folder import read_table, tidy, write_table
from luntan.scale.version import code_version

# A part is about a megabyte of text. It ends where a document's own name says so, not after a fixed
# number: a new document then moves no border but those of its own part.
LEAST, MOST, ONE_IN = 500_000, 2_000_000, 4
# What a document costs even without a text; and how many parts are looked through at a time, which is fast.
EVERY, AT_A_TIME = 500, 8
DIGEST = 16
# Files of fewer bytes are found unchanged sooner than a process has started.
LITTLE = 50_000_000
FOUND = ("file", "number", "path", "size", "status", "digest", "mark")
Whole = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


class Batch(NamedTuple):
    """Files that are looked through together; with a `folder`, what was found is kept there."""

    name: str
    label: str
    size: int
    first: int
    files: list[File]
    folder: Path | None


# The name that what was found is kept under, and what was found.
Seen = Done[tuple[str, pd.DataFrame]]


class Listing(NamedTuple):
    """All documents in the order of the corpus, each in few bytes: a million must fit the memory."""

    paths: list[str]
    # The number of its file in `found`, its own number in that file, the bytes of its text.
    files: Whole
    numbers: Whole
    sizes: Whole
    read: npt.NDArray[np.bool_]
    digests: Bytes
    marks: Bytes
    found: list[File]

    def place_of(self, place: int) -> tuple[File, int]:
        """Return a document's file and its number there."""
        return self.found[self.files[place]], int(self.numbers[place])

    def marks_of(self, places: Whole) -> Bytes:
        """Return the marks of some documents, which mostly are all."""
        return self.marks if len(places) == len(self.marks) else self.marks[places]

    def body_hashes(self, place: int) -> Hashes:
        """Read a document again, to compare its body."""
        file, number = self.place_of(place)
        return next((body_hashes(_body(row)) for _, row in load_found(file, {number})), body_hashes(""))


def list_documents(files: list[File], engine: Engine, folder: Path | None) -> Listing:
    """Look through all files, and put what was found in the order of the corpus."""
    sizes = np.fromiter(
        (EVERY + (0 if file.reason else _size_on_disk(file.path)) for file in files), np.int64
    )
    total = int(sizes.sum())
    batches = list(_batches(files, sizes, folder))
    again = folder is not None and total < LITTLE and any((folder / "reading").iterdir())
    results = _results(batches, engine, again=again)
    names, found = set[str](), {-1: _packed(pd.DataFrame(columns=list(FOUND)), 0, files)}
    for batch, done in watch(results, "reading", total, engine.client):
        name, table = done.result
        names.add(name)
        found[batch.first] = _packed(table, batch.first, files)
    if folder is not None:
        tidy(folder / "reading", names)
    return _in_order([found[first] for first in sorted(found)])


def _results(batches: list[Batch], engine: Engine, *, again: bool) -> Iterator[tuple[Batch, Seen]]:
    """Yield what is in the batches: if they may come `again`, first those that are kept; then the rest."""
    wanting = []
    for batch in batches:
        if again and (kept := _kept(batch, _name(batch))):
            yield batch, kept
        else:
            wanting.append(batch)
    # For a single batch no process need be started.
    yield from (engine if len(wanting) > 1 else Engine(1, None)).run(look_through, wanting)


def _batches(files: list[File], sizes: Whole, folder: Path | None) -> Iterator[Batch]:
    for start, end in cut((sizes // AT_A_TIME).tolist(), [file.name for file in files]):
        label = f"files {files[start].name} to {files[end - 1].name}"
        yield Batch(str(start), label, int(sizes[start:end].sum()), start, files[start:end], folder)


def cut(sizes: Sequence[int], names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each part begins and ends; a size is that of the text and of all that comes with it."""
    start = size = 0
    for place, (more, name) in enumerate(zip(sizes, names, strict=True), 1):
        size += more
        if size >= MOST or (size >= LEAST and crc32(name.encode()) % ONE_IN == 0):
            yield start, place
            start, size = place, 0
    if start < len(sizes):
        yield start, len(sizes)


def look_through(batch: Batch) -> Seen:
    """Return what is in the files of a batch, and the name it has in the folder if it is kept there."""
    name = _name(batch)
    if kept := _kept(batch, name):
        return kept
    rows = (
        (place, number, file.with_member(member), *_seen(row))
        for place, file in enumerate(batch.files)
        for number, (member, row) in enumerate(load_found(file))
    )
    found = pd.DataFrame(rows, columns=list(FOUND))
    if batch.folder:
        write_table(found, batch.folder / "reading" / name)
    return Done(dict(Counter(found["status"])), (name, found))


def _name(batch: Batch) -> str:
    return f"{_contents(batch.files)}.parquet" if batch.folder else ""


def _kept(batch: Batch, name: str) -> Seen | None:
    """Return what the folder has of a batch that was looked through before."""
    found = read_table(batch.folder / "reading" / name) if batch.folder else None
    return None if found is None else Done(dict(Counter(found["status"])), (name, found))


def _seen(row: Row) -> tuple[int, str, bytes, bytes]:
    text, is_read = row["text"], row["status"] != "skip"
    return len(text.encode()), row["status"], digest(row), mark(text, _body(row)) if is_read else bytes(MARK)


def digest(row: Row) -> bytes:
    """Return what tells a row from any other, its doc_id and path apart."""
    held = [row[column] for column in COLUMNS["corpus"] if column not in ("doc_id", "path")]
    return hashlib.blake2b(repr(held).encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()


def _contents(files: list[File]) -> str:
    """Return a hash of the names and bytes of files."""
    whole = hashlib.blake2b(code_version().encode(), digest_size=16)
    for file in files:
        whole.update(repr((file.name, file.reason, "" if file.reason else _hash(file.path))).encode())
    return whole.hexdigest()


def _hash(path: Path) -> str:
    try:
        if (size := path.stat().st_size) > LIMIT:
            return str(size)
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return str(error.strerror)


def _size_on_disk(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _body(row: Row) -> str:
    return str(row["text"][row["body_start"] : row["body_end"]])


def _packed(found: pd.DataFrame, first: int, files: list[File]) -> Listing:
    """Put what was found in a batch, whose first file has this number, into arrays."""
    whole = {name: found[name].to_numpy(np.int64) for name in ("file", "number", "size")}
    names = [files[first + place].name for place in whole["file"].tolist()]
    return Listing(
        # Most paths are a file's name; no text need be held twice.
        [name if name == path else path for name, path in zip(names, found["path"].tolist(), strict=True)],
        whole["file"] + first,
        whole["number"],
        whole["size"],
        (found["status"] != "skip").to_numpy(np.bool_),
        np.frombuffer(b"".join(found["digest"]), dtype=np.uint8).reshape(-1, DIGEST),
        np.frombuffer(b"".join(found["mark"]), dtype=np.uint8).reshape(-1, MARK),
        files,
    )


def _in_order(batches: list[Listing]) -> Listing:
    """Put batches together, sorted by path."""
    paths = [path for batch in batches for path in batch.paths]
    columns: list[Any] = [
        np.concatenate(parts) for parts in zip(*(batch[1:-1] for batch in batches), strict=True)
    ]
    order = sorted(range(len(paths)), key=paths.__getitem__)
    # Mostly they are in order already, and nothing need be held twice.
    if order != list(range(len(paths))):
        paths, columns = [paths[place] for place in order], [column[order] for column in columns]
    return Listing._make([paths, *columns, batches[0].found])
