"""Divide a source into parts, the same ones however many workers there are and in whatever order it came."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from luntan.corpus import make_corpus
from luntan.loaders.alike import MARK, Hashes, repeats
from luntan.loaders.files import find, name_documents
from luntan.scale.chain import Document, Part
from luntan.scale.engines import Engine
from luntan.scale.listing import EVERY, LEAST, MOST, ONE_IN, Listing, cut, digest, list_documents
from luntan.scale.version import version_with, versions


class Plan(NamedTuple):
    """The parts of a source: their borders, sizes and names, and how to get at the documents of one."""

    borders: list[tuple[int, int]]
    sizes: list[int]
    names: list[str]
    ids: list[str]
    version: str
    lexicon: str | None
    take: Callable[[int, int], pd.DataFrame | list[Document]]

    @property
    def size(self) -> int:
        """Return how many bytes of text there are."""
        return sum(self.sizes)

    def size_of(self, names: Collection[str]) -> int:
        """Return how many bytes of text these parts have."""
        return sum(size for size, name in zip(self.sizes, self.names, strict=True) if name in names)

    def parts(self, without: Collection[str] = ()) -> Iterator[Part]:
        """Yield the parts; each is made when its turn comes, so that few are in memory at a time."""
        for name, size, (start, end) in zip(self.names, self.sizes, self.borders, strict=True):
            if name not in without:
                label = f"documents {self.ids[start]!r} to {self.ids[end - 1]!r}" if end else "no documents"
                yield Part(name, label, size, self.version, self.lexicon, self.take(start, end))

    def manifest(self) -> dict[str, Any]:
        """Say how the parts are made and what is in them."""
        parts = zip(self.names, self.sizes, self.borders, strict=True)
        return {
            "code": self.version,
            "parts": {name: {"bytes": size, "documents": end - start} for name, size, (start, end) in parts},
            "settings": {"least": LEAST, "most": MOST, "one_in": ONE_IN},
            "versions": versions(),
        }


def plan_parts(source: Any, engine: Engine, folder: Path | None, lexicon: str | None) -> Plan:
    """Divide a source into parts."""
    if isinstance(source, Mapping | pd.DataFrame):
        return _plan_table(make_corpus(source), lexicon)
    return _plan_files(list_documents(find(source), engine, folder), lexicon)


def _plan_table(corpus: pd.DataFrame, lexicon: str | None) -> Plan:
    rows: list[Any] = corpus.to_dict("records")
    digests = [repr((row["doc_id"], row["path"])).encode() + digest(row) for row in rows]
    sizes = [len(text.encode("utf-8", "surrogatepass")) for text in corpus["text"]]
    ids = corpus["doc_id"].tolist()
    return _plan(sizes, ids, lexicon, digests.__getitem__, lambda start, end: corpus.iloc[start:end])


def _plan(
    sizes: Sequence[int],
    ids: list[str],
    lexicon: str | None,
    identity: Callable[[int], bytes],
    take: Callable[[int, int], pd.DataFrame | list[Document]],
) -> Plan:
    """Cut at the borders and name the parts: by their place, and by a hash of all that goes into them."""
    borders = list(cut([EVERY + size for size in sizes], ids)) or [(0, 0)]
    version, names = version_with(lexicon), list[str]()
    for number, (start, end) in enumerate(borders):
        whole = hashlib.blake2b(version.encode(), digest_size=10)
        for place in range(start, end):
            whole.update(identity(place))
        names.append(f"part-{number:05}-{whole.hexdigest()}")
    parts = [sum(sizes[start:end]) for start, end in borders]
    return Plan(borders, parts, names, ids, version, lexicon, take)


def _plan_files(listing: Listing, lexicon: str | None) -> Plan:
    """Name the documents and find those that repeat others, as `read_corpus` does."""
    paths, ids = name_documents(listing.paths)
    read = np.flatnonzero(listing.read)

    @lru_cache(maxsize=32)
    def hashes_of(number: int) -> Hashes:
        return listing.body_hashes(int(read[number]))

    firsts = {
        int(read[number]): (int(read[first]), same)
        for number, first, same in repeats(listing.marks_of(read), hashes_of)
    }
    listing = listing._replace(marks=np.empty((0, MARK), np.uint8))  # the largest thing there, and done with

    def document(place: int) -> Document:
        first, same = firsts.get(place, (-1, False))
        repeated = "" if first < 0 else ids[first]
        digest = listing.digests[place].tobytes()
        return Document(*listing.place_of(place), paths[place], ids[place], digest, repeated, same)

    return _plan(
        listing.sizes.tolist(),
        ids,
        lexicon,
        lambda place: repr(document(place)[2:]).encode("utf-8"),
        lambda start, end: [document(place) for place in range(start, end)],
    )
