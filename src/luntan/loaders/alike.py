"""Find texts that are the same, and texts that are nearly the same, such as reposts."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np
import numpy.typing as npt

SHINGLE = 5
ALIKE = 0.9
# A text much shorter than a paragraph is like others by chance; one much longer is judged by its beginning.
SHORTEST, LONGEST = 200, 1_000_000
SKETCH, SHARED, CROWD = 16, 8, 20
KEY, ABSENT, ROWS = 16, 0xFFFFFFFF, 10_000
# The key, the sample, and how many hashes there are.
MARK = KEY + 4 * SKETCH + 4
Hashes = npt.NDArray[np.uint64]
Buffer = bytes | npt.NDArray[np.uint8]
Number = TypeVar("Number", np.uint32, np.uint64)


# Normalising takes quadratic time on a long run of accents, so a text goes through it in pieces, which
# end before a plain letter or a Han character if one is near: accents never lean on what follows.
PIECE = re.compile(r"[\s\S]{200}[\s\S]{0,50}?(?=[!-~\u4e00-\u9fff]|\Z)|[\s\S]{1,250}")


def normalise(text: str) -> str:
    """Return what makes two texts the same: their characters without blanks, compatibility forms unified."""
    bare = "".join(text.split())
    if bare.isascii():
        return bare
    return "".join(unicodedata.normalize("NFKC", piece) for piece in PIECE.findall(bare))


def mark(text: str, body: str) -> bytes:
    """Return what is remembered of a document so that repeats can be told: always `MARK` bytes.

    The first 16 say which text it is, the rest is a sample of its body and the number of its hashes. A
    million documents fit the memory so, whatever their length.
    """
    key = hashlib.blake2b(normalise(text).encode(), digest_size=KEY).digest()
    # The smallest hashes are a fair sample: texts that are nearly the same share most of them. Their lower
    # halves tell them apart.
    sample = np.full(SKETCH, ABSENT, dtype=np.uint32)
    hashes = body_hashes(body)
    smallest = hashes[:SKETCH].astype(np.uint32)
    sample[: len(smallest)] = smallest
    return key + sample.tobytes() + np.uint32(len(hashes)).tobytes()


def body_hashes(body: str) -> Hashes:
    """Return the hashes by which a body is compared; none for one too short."""
    text = normalise(body[:LONGEST])[:LONGEST]
    return shingle_hashes(text) if len(text) >= SHORTEST else np.empty(0, dtype=np.uint64)


def repeats(marks: Buffer, hashes_of: Callable[[int], Hashes]) -> Iterator[tuple[int, int, bool]]:
    """Yield each document that repeats an earlier one: both numbers, and whether the texts are the same.

    If not, they share at least 90 % of all 5-character strings of their bodies, which `hashes_of` gives.
    """
    table = np.frombuffer(marks, dtype=np.uint8).reshape(-1, MARK)
    keys = np.ascontiguousarray(table[:, :KEY]).view(f"S{KEY}").ravel()
    _, first, which = np.unique(keys, return_index=True, return_inverse=True)
    for number in np.flatnonzero(first[which] != np.arange(len(keys))).tolist():
        yield number, int(first[which[number]]), True
    different = np.sort(first)
    samples = np.ascontiguousarray(table[different, KEY:-4]).view(np.uint32)
    lengths = np.ascontiguousarray(table[:, -4:]).view(np.uint32).ravel()
    shared, room = _shared(samples)
    # Of each shared value the first texts that have it, in one array: a million lists would be large.
    starts, held = room.cumsum(dtype=np.int64) - room, np.zeros_like(room)
    texts = np.empty(int(room.sum(dtype=np.int64)), dtype=np.int32)
    # Who shares too little with all others together need not be compared with any.
    for place in np.flatnonzero((shared >= 0).sum(axis=1) >= SHARED).tolist():
        number, sample = int(different[place]), shared[place][shared[place] >= 0]
        spans = zip(starts[sample].tolist(), held[sample].tolist(), strict=True)
        met = np.concatenate([texts[start : start + size] for start, size in spans])
        others, times = np.unique(met, return_counts=True)
        for other in others[times >= SHARED].tolist():
            # Of the longer one no more can be shared than there is of the shorter; to read them takes time.
            shorter, longer = sorted((int(lengths[number]), int(lengths[other])))
            if shorter / longer < ALIKE:
                continue
            if jaccard(hashes_of(number), hashes_of(other)) >= ALIKE:
                yield number, other, False
                break
        else:
            # What very many texts share is a phrase of the site and tells nothing.
            sample = sample[held[sample] < CROWD]
            texts[starts[sample] + held[sample]] = number
            held[sample] += 1


def _shared(samples: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int16]]:
    """Put for each value its number among those that stand twice, else -1; and return how often each does.

    To count up to `CROWD` is enough.
    """
    ordered = samples[samples != ABSENT]
    ordered.sort()
    twice = _distinct(ordered[1:][ordered[1:] == ordered[:-1]])
    numbers, often = samples.view(np.int32), np.zeros(len(twice), dtype=np.int16)
    # Some rows at a time: with millions it stays small.
    for start in range(0, len(samples), ROWS):
        some = samples[start : start + ROWS]
        places = np.searchsorted(twice, some)
        places[places == len(twice)] = 0
        found = twice[places] == some if len(twice) else np.zeros(some.shape, dtype=np.bool_)
        numbers[start : start + ROWS] = np.where(found, places, -1)
        np.add.at(often, places[found], 1)
        np.minimum(often, CROWD, out=often)
    return numbers, often


def verdict(reason: str, first: str, same: bool) -> dict[str, str]:
    """Return status and reason of a document that repeats the document `first`."""
    if same:
        return {"status": "dup", "reason": f"same text as {first}"}
    return {"status": "warn", "reason": "; ".join(filter(None, [reason, f"nearly the same text as {first}"]))}


def shingle_hashes(text: str) -> Hashes:
    """Return the distinct hashes of all runs of five characters, in ascending order."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    mixed = np.zeros(len(codes) - SHINGLE + 1, dtype=np.uint64)
    for place in range(SHINGLE):
        mixed = mixed * np.uint64(0x100000001B3) + codes[place : place + len(mixed)]
    # The last steps of splitmix64 spread near numbers over the whole range.
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    mixed.sort()
    return _distinct(mixed)


def _distinct(ordered: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Return sorted values without repeats; np.unique would put them all into a hash table first."""
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def jaccard(left: Hashes, right: Hashes) -> float:
    """Return the share of all different hashes that both have."""
    both = len(np.intersect1d(left, right, assume_unique=True))
    return both / (len(left) + len(right) - both)
