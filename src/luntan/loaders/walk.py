"""Find the files below a folder without ever opening what is no file of it."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = "a folder, not a file"
KINDS = (
    (stat.S_ISFIFO, "a named pipe, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISDIR, FOLDER),
)
# What would break a line, turn the writing direction or stand for a byte that is no UTF-8.
UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Seen(NamedTuple):
    """A path that was met, and its name below the root; one with a `reason` must not be opened."""

    path: Path
    name: str
    reason: str = ""


def walk(root: Path) -> Iterator[Seen]:
    """Yield what lies at `root` or anywhere below it; hidden names are passed over."""
    waiting = [Seen(root, root.name or str(root), _not_regular(root))]
    while waiting:  # no recursion, since folders can be nested deeper than Python allows
        seen = waiting.pop()
        if seen.reason != FOLDER:
            yield seen
            continue
        for inside in _look_into(seen, root):  # what is no folder need not wait: there can be millions
            if inside.reason == FOLDER:
                waiting.append(inside)
            else:
                yield inside


def _look_into(folder: Seen, root: Path) -> Iterator[Seen]:
    try:
        with os.scandir(folder.path) as scan:
            entries = [entry for entry in scan if not entry.name.startswith(".")]
    except OSError as error:
        yield folder._replace(reason=f"folder could not be read: {error.strerror}")
        return
    for entry in entries:
        path = folder.path / entry.name
        reason = _about_link(path, root) if entry.is_symlink() else _not_regular(path)
        yield Seen(path, path.relative_to(root).as_posix(), reason)


def _about_link(path: Path, root: Path) -> str:
    """Say where a link leads: what lies in the folder is read in its own place, the rest not at all."""
    try:
        target, real_root = path.resolve(strict=True), root.resolve()
    except (OSError, RuntimeError):  # RuntimeError: a circle
        return "a link that leads nowhere or in a circle"
    if target == real_root:
        return "a link to the folder itself"
    if real_root not in target.parents:
        return "a link out of the folder"
    return f"a link to {shown(target.relative_to(real_root).as_posix())}"


def _not_regular(path: Path) -> str:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return f"could not be read: {error.strerror}"
    return next((reason for is_kind, reason in KINDS if is_kind(mode)), "")


def shown(name: str) -> str:
    r"""Return a file name that can be printed and stored: every character that cannot is written as `\x..`.

    >>> shown("会议\udcff.txt")
    '会议\\xff.txt'
    """

    def escape(found: re.Match[str]) -> str:
        code = ord(found.group())
        # A byte that is no UTF-8 comes from the file system as 0xDC00 plus the byte.
        code = code - 0xDC00 if 0xDC80 <= code <= 0xDCFF else code
        return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"

    return UNSHOWABLE.sub(escape, name)
