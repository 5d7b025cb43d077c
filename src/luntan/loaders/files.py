"""Find the files of a source, and give every document in them a path and a name of its own."""

import os
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from luntan.loaders import Row, load_file, skip
from luntan.loaders.walk import shown, walk

Source = str | os.PathLike[str]


class File(NamedTuple):
    """A file of a source: the name to show, and where it lies; with a `reason` it must not be opened."""

    name: str
    root: str
    below: str
    reason: str

    @property
    def path(self) -> Path:
        """Return where the file lies; only put together when asked for, since a source can hold millions."""
        return Path(self.root, self.below)

    def with_member(self, member: str) -> str:
        """Return the path to show for a file of this archive; for this file itself if `member` is empty."""
        return f"{self.name}/{shown(member)}".rstrip("/")


def find(source: Source | Iterable[Source]) -> list[File]:
    """Return what was found at all paths given, in the order of the names to show."""
    sources = [source] if isinstance(source, str | os.PathLike) else list(source)
    found: dict[str, File] = {}
    for root in map(Path, sources):
        if not os.path.lexists(root):
            raise FileNotFoundError(
                f"source = {str(root)!r} does not exist; pass a folder, a file or a list of paths."
            )
        # Whoever reads the file may work in another folder.
        whole = str(root.absolute())
        for seen in walk(root):
            below = "" if seen.path == root else seen.name
            file = File(shown(seen.name), whole, below, seen.reason)
            if file.name in found and found[file.name].path != file.path:
                file = file._replace(name=shown(seen.path.as_posix()))
            found[file.name] = file
    return [found[name] for name in sorted(found)]


def load_found(file: File, wanted: Container[int] | None = None) -> Iterator[tuple[str, Row]]:
    """Yield the fields of a corpus row for a file, or each wanted file of an archive, with its name there."""
    return iter([("", skip(file.reason))]) if file.reason else load_file(file.path, wanted)


def name_documents(paths: list[str]) -> tuple[list[str], list[str]]:
    """Return for each path, in order, a path and a doc_id that no other document has."""
    unique = list(_made_unique(paths))
    return unique, _unique_ids(unique)


def _made_unique(names: Iterable[str]) -> Iterator[str]:
    """Yield each name, with a number where the same came before: an archive may hold a name twice."""
    met: set[str] = set()
    for name in names:
        numbered = (f"{name}~{number}" for number in count(2))
        name = name if name not in met else next(other for other in numbered if other not in met)
        met.add(name)
        yield name


def _unique_ids(paths: list[str]) -> list[str]:
    """Give each path the shortest of `name`, `folder/name`, `folder/name.ending` that is its alone."""
    stems = list(map(_stem, paths))
    if len(set(stems)) == len(stems) and set(stems).isdisjoint(paths):
        return stems
    ids: dict[str, str] = {}
    for shorten in (_stem, _whole_stem, str):
        names = {path: shorten(path) for path in paths if path not in ids}
        alike, given = Counter(names.values()), set(ids.values())
        ids |= {
            path: name
            for path, name in names.items()
            if name == path or (alike[name] == 1 and not (name in given or name in names or name in ids))
        }
    return [ids[path] for path in paths]


def _stem(path: str) -> str:
    return _whole_stem(path).rsplit("/", 1)[-1]


def _whole_stem(path: str) -> str:
    folder, _, name = path.rpartition("/")
    stem = re.sub(r"\.gz$", "", name, flags=re.IGNORECASE).rsplit(".", 1)[0]
    return f"{folder}/{stem or name}".lstrip("/")
