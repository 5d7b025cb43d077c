"""Remember what slow readers found, by the content they read; a damaged entry is as good as none."""

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

Found = tuple[str, dict[str, Any], str]
READERS = ("pypdfium2", "trafilatura")


def remember(kind: str, data: bytes, read: Callable[[], Found]) -> Found:
    """Return what the cache has for these bytes, or what `read` finds in them, which it then keeps."""
    folder = cache_folder()
    if folder is None:
        return read()
    key = hashlib.sha256(f"{kind} {_code_version()}\n".encode() + data).hexdigest()
    entry = folder / key[:2] / key
    if (kept := _load(entry)) is not None:
        return kept
    found = read()
    # A failure may be a busy machine's: it is not kept.
    if found[0]:
        _store(entry, found)
    return found


def cache_folder() -> Path | None:
    """Return the user's own cache folder, or nothing if it is turned off or not safely ours.

    `LUNTAN_CACHE` names another folder; empty, it turns the cache off.
    """
    named = os.environ.get("LUNTAN_CACHE")
    if named == "":
        return None
    try:
        folder = Path(named) if named else _platform_folder() / "luntan"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except (OSError, RuntimeError):  # RuntimeError: the user has no home
        return None
    # A folder that others own or write to could feed us texts that no file has.
    if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
        return None
    return folder if os.access(folder, os.W_OK | os.X_OK) else None


def _platform_folder() -> Path:
    if named := os.environ.get("XDG_CACHE_HOME"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")


@cache
def _code_version() -> str:
    """Name the readers' code: what an older or newer version found is never used."""
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in READERS).encode())
    package = Path(__file__).resolve().parents[1]
    for path in sorted([*package.glob("loaders/*.py"), *package.glob("lexicons/*.*")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _load(entry: Path) -> Found | None:
    """Read an entry: a line with the checksum of the rest, and the rest."""
    try:
        checksum, _, content = entry.read_bytes().partition(b"\n")
        if hashlib.sha256(content).hexdigest().encode() != checksum:
            return None
        text, fields, reason = json.loads(content)
    except (OSError, ValueError, TypeError):
        return None
    return text, fields, reason


def _store(entry: Path, found: Found) -> None:
    """Write an entry under another name and rename it, so that nobody ever reads half of it."""
    try:
        content = json.dumps(found).encode()
        entry.parent.mkdir(mode=0o700, exist_ok=True)
        # mkstemp makes a file that only its owner can read.
        handle, name = tempfile.mkstemp(dir=entry.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
            Path(name).replace(entry)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except (OSError, TypeError, ValueError):
        return  # a full disk costs time, not the text
