"""Find texts that are the same, and texts that are nearly the same, such as reposts."""

import hashlib
import re
import unicodedata
from collections import Counter

import numpy as np
import numpy.typing as npt

SHINGLE = 5
ALIKE = 0.9
# A text much shorter than a paragraph is like others by chance; one much longer is judged by its beginning.
SHORTEST, LONGEST = 200, 1_000_000
SKETCH, SHARED, CROWD = 16, 8, 20
Hashes = npt.NDArray[np.uint64]


# Normalising takes quadratic time on a long run of accents, so a text goes through it in pieces, which
# end before a plain letter or a Han character if one is near: accents never lean on what follows.
PIECE = re.compile(r"[\s\S]{200}[\s\S]{0,50}?(?=[!-~\u4e00-\u9fff]|\Z)|[\s\S]{1,250}")


def normalise(text: str) -> str:
    """Return what makes two texts the same: their characters without blanks, compatibility forms unified."""
    bare = re.sub(r"\s+", "", text)
    if bare.isascii():
        return bare
    return "".join(unicodedata.normalize("NFKC", piece) for piece in PIECE.findall(bare))


class Library:
    """The texts seen so far, in order; it tells of a new one which earlier text it repeats."""

    def __init__(self) -> None:
        self._first: dict[bytes, str] = {}
        self._texts: dict[str, str] = {}
        self._by_hash: dict[int, list[str]] = {}

    def same_as(self, doc_id: str, text: str) -> str:
        """Return the first document with the same text, or an empty string."""
        key = hashlib.sha256(normalise(text).encode()).digest()
        first = self._first.setdefault(key, doc_id)
        return "" if first == doc_id else first

    def nearly_same_as(self, doc_id: str, text: str) -> str:
        """Return an earlier document whose text shares at least 90 % of all 5-character strings, if any."""
        text = normalise(text[:LONGEST])[:LONGEST]
        if len(text) < SHORTEST:
            return ""
        hashes = shingle_hashes(text)
        # The smallest hashes are a fair sample: texts that are nearly the same share most of them.
        sketch = hashes[:SKETCH].tolist()
        met = Counter(other for value in sketch for other in self._by_hash.get(value, ()))
        for other, shared in sorted(met.items()):
            if shared >= SHARED and jaccard(hashes, shingle_hashes(self._texts[other])) >= ALIKE:
                return other
        self._texts[doc_id] = text
        for value in sketch:
            alike = self._by_hash.setdefault(value, [])
            # What very many texts share is a phrase of the site and tells nothing.
            if len(alike) < CROWD:
                alike.append(doc_id)
        return ""


def shingle_hashes(text: str) -> Hashes:
    """Return the distinct hashes of all runs of five characters, in ascending order."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    mixed = np.zeros(len(codes) - SHINGLE + 1, dtype=np.uint64)
    for place in range(SHINGLE):
        mixed = mixed * np.uint64(0x100000001B3) + codes[place : place + len(mixed)]
    # The last steps of splitmix64 spread near numbers over the whole range.
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.unique(mixed ^ (mixed >> np.uint64(31)))


def jaccard(left: Hashes, right: Hashes) -> float:
    """Return the share of all different hashes that both have."""
    both = len(np.intersect1d(left, right, assume_unique=True))
    return both / (len(left) + len(right) - both)
