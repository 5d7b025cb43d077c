"""The cache of slow readers gives back what was read, and never half of it."""

import re
import stat
import tomllib

import pytest

from luntan.loaders import cache


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch):
    """Give the tests a cache of their own."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("LUNTAN_CACHE", str(folder))
    return folder


def test_cache_keeps_what_was_read_and_never_a_damaged_entry(own_cache):
    calls = []

    def read():
        calls.append(1)
        return "text 论", {"title": "t"}, ""

    assert [cache.remember("x", b"data", read) for _ in range(2)] == [("text 论", {"title": "t"}, "")] * 2
    assert len(calls) == 1
    (entry,) = (path for path in own_cache.rglob("*") if path.is_file())
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    assert stat.S_IMODE(entry.parent.stat().st_mode) == 0o700
    whole = entry.read_bytes()
    for damaged in (b"", whole[:40], whole[:-3], whole.replace(b"text", b"tent"), b"\0" * len(whole)):
        entry.write_bytes(damaged)
        assert cache.remember("x", b"data", read) == ("text 论", {"title": "t"}, "")
        assert entry.read_bytes() == whole
    assert len(calls) == 6


def test_cache_keeps_no_failure_and_can_be_off(own_cache, monkeypatch):
    assert cache.remember("x", b"1", lambda: ("", {}, "timeout"))[2] == "timeout"
    assert cache.remember("x", b"1", lambda: ("text", {}, ""))[0] == "text"
    own_cache.chmod(0o777)  # others could write to it
    assert cache.cache_folder() is None
    own_cache.chmod(0o700)
    assert cache.cache_folder() == own_cache
    monkeypatch.setenv("LUNTAN_CACHE", "")
    assert cache.cache_folder() is None
    monkeypatch.setenv("LUNTAN_CACHE", "/proc/nowhere")
    assert cache.remember("x", b"2", lambda: ("text", {}, ""))[0] == "text"


def test_another_version_of_a_reader_has_its_own_entries(monkeypatch):
    cache.remember("x", b"1", lambda: ("old", {}, ""))
    monkeypatch.setattr(cache, "_code_version", lambda: "newer")
    assert cache.remember("x", b"1", lambda: ("new", {}, ""))[0] == "new"


def test_readers_named_in_the_cache_are_dependencies(root):
    wanted = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert set(cache.READERS) <= {re.match(r"[\w-]+", line).group() for line in wanted}
