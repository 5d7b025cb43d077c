"""Measure CPU time, wall time and memory of this process and of those it starts."""

import resource
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from threading import Event, Thread
from typing import Any, NamedTuple, TypeVar

import psutil

EVERY = 0.25
MB = 1e6

T = TypeVar("T")


class Cost(NamedTuple):
    """What a job took: seconds, and megabytes at the peak of this process and of the biggest it started."""

    wall: float
    cpu: float
    parent: float
    worker: float


class Line(NamedTuple):
    """A row of the results: two things, what each took, their ratio, and what the ratio is meant to be."""

    what: str
    first: str = ""
    second: str = ""
    ratio: str = ""
    bar: str = ""


def in_turn(jobs: Sequence[Callable[[T], object]], batches: Iterable[T]) -> list[float]:
    """Return the median CPU seconds of each job, all of them run on one batch after the other.

    The first batch only warms up. No batch comes twice, so what was remembered of one helps with another
    no more than it would in real work.
    """
    seconds: list[list[float]] = [[] for _ in jobs]
    for batch in batches:
        for job, times in zip(jobs, seconds, strict=True):
            before = cpu_time()
            job(batch)
            times.append(cpu_time() - before)
    return [statistics.median(times[1:]) for times in seconds]


def cpu_time() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def watched(job: Callable[[], Any], report: Callable[[float, float, float], None] | None = None) -> Cost:
    """Run a job and return what it took; `report` is told CPU seconds and both peaks now and then."""
    me, before = psutil.Process(), cpu_time()
    peaks, spent, done = [me.memory_info().rss / MB, 0.0], dict[int, float](), Event()
    earlier = sum(me.cpu_times()[:2])

    def look() -> None:
        while not done.wait(EVERY):
            peaks[0] = max(peaks[0], me.memory_info().rss / MB)
            for child in me.children(recursive=True):
                try:
                    peaks[1] = max(peaks[1], child.memory_info().rss / MB)
                    spent[child.pid] = sum(child.cpu_times()[:2])
                except psutil.Error:
                    continue
            if report is not None:
                report(sum(me.cpu_times()[:2]) - earlier + sum(spent.values()), *peaks)

    thread, started = Thread(target=look, daemon=True), time.perf_counter()
    thread.start()
    try:
        job()
    finally:
        done.set()
        thread.join()
    return Cost(time.perf_counter() - started, cpu_time() - before, *peaks)
