"""Put the work on parts where it is to be done: in this process, in several, or on a Dask cluster."""

import os
import pickle
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, Generic, NamedTuple, Protocol, TypeVar
from uuid import uuid4

# How often new workers are started for what killed ones had in hand.
NEW_POOLS = 2


class Job(Protocol):
    """What an engine must know of a part: its name, its size, and how to speak of it."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def size(self) -> int: ...


J = TypeVar("J", bound=Job)
R = TypeVar("R")


class Done(NamedTuple, Generic[R]):
    """What became of a part: how many documents have which status, and what was asked for."""

    statuses: dict[str, int]
    result: R


class Engine(NamedTuple):
    """Where work is done; `client` is a Dask client, which nothing else in luntan knows."""

    workers: int
    client: Any

    def checked(self) -> "Engine":
        """Return the engine, or raise if it cannot work."""
        if not isinstance(self.workers, int) or self.workers < 1:
            raise ValueError(f"workers = {self.workers!r} is no number of processes; pass 1 or more.")
        if self.client is not None and self.workers > 1:
            raise ValueError(f"workers = {self.workers} and a client: pass one of the two.")
        script = getattr(sys.modules["__main__"], "__file__", None)
        if self.workers > 1 and script and not Path(script).exists():
            raise ValueError(
                f"workers = {self.workers}: processes cannot start from {script}; save it, or pass 1."
            )
        if self.client is not None and not hasattr(self.client, "get_executor"):
            raise TypeError(
                f"client is a {type(self.client).__name__}; pass a dask.distributed.Client, or leave it out."
            )
        return self

    def run(self, task: Callable[[J], R], jobs: Iterable[J]) -> Iterator[tuple[J, R]]:
        """Yield every job with its result, in the order in which they finish."""
        if self.client is not None:
            return _on_cluster(self.client, task, jobs)
        if self.workers > 1:
            return _in_processes(self.workers, task, jobs)
        return ((job, task(job)) for job in jobs)


def _on_cluster(client: Any, task: Callable[[J], R], jobs: Iterable[J]) -> Iterator[tuple[J, R]]:
    """Run jobs on a cluster, which itself does again what a killed worker had in hand."""
    executor = client.get_executor(pure=False, retries=3)
    try:
        # A cluster may grow while it works.
        yield from _stream(executor, task, jobs, {}, lambda: 2 * max(1, sum(client.nthreads().values())))
    finally:
        executor.shutdown(wait=False)


def _in_processes(workers: int, task: Callable[[J], R], jobs: Iterable[J]) -> Iterator[tuple[J, R]]:
    """Run jobs in processes, and read their results."""
    with TemporaryDirectory(prefix="luntan-") as folder:
        for job, path in _in_pools(workers, partial(_to_file, task, Path(folder)), jobs):
            yield job, pickle.loads(path.read_bytes())
            path.unlink()


def _to_file(task: Callable[[J], R], folder: Path, job: J) -> Path:
    """Leave the result in a file, and send back its name.

    If a process ended while it sent a message as long as a table, the reader would wait for the rest for
    ever; so short a one is sent as a whole or not at all.
    """
    path = folder / uuid4().hex
    path.write_bytes(pickle.dumps(task(job)))
    return path


def _in_pools(workers: int, task: Callable[[J], R], jobs: Iterable[J]) -> Iterator[tuple[J, R]]:
    """Run jobs in processes; what was in hand when one of them was killed is done again, one at a time."""
    jobs, in_hand = iter(jobs), dict[str, J]()
    for _ in range(1 + NEW_POOLS):
        others = set(active_children())
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)
        try:
            yield from _stream(pool, task, list(in_hand.values()), in_hand, lambda: 1)
            yield from _stream(pool, task, jobs, in_hand, lambda: 2 * workers)
            pool.shutdown()
            return
        except BrokenProcessPool:
            continue
        finally:
            # After a fault or an interrupt, nobody waits for what is still going on.
            for child in set(active_children()) - others:
                child.terminate()
            pool.shutdown(cancel_futures=True)
    raise RuntimeError(
        f"workers = {workers}: a worker was killed {1 + NEW_POOLS} times, last with the "
        f"{next(iter(in_hand.values())).label}; use fewer workers if the memory is short, leave out what "
        'does harm, and let a script call analyse only below `if __name__ == "__main__":`.'
    )


def _stream(
    pool: Executor, task: Callable[[J], R], jobs: Iterable[J], in_hand: dict[str, J], most: Callable[[], int]
) -> Iterator[tuple[J, R]]:
    """Yield jobs with their results; few are made and sent out at a time, so that few are in memory."""
    jobs, running = iter(jobs), dict[Future[R], J]()
    while True:
        for job in islice(jobs, max(0, most() - len(running))):
            in_hand[job.name] = job
            running[pool.submit(task, job)] = job
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            result, job = future.result(), running.pop(future)
            del in_hand[job.name]
            yield job, result


def _begin() -> None:
    """Make a worker leave an interrupt to its parent, and end when that does, even if it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


def watch(
    results: Iterable[tuple[J, Done[R]]], what: str, total: int, client: Any, *, done: int = 0
) -> Iterator[tuple[J, Done[R]]]:
    """Pass results on and show in a terminal how far the work is; `total` and `done` are in bytes."""
    from tqdm import tqdm

    statuses: Counter[str] = Counter()
    with tqdm(desc=what, total=total, initial=done, unit="B", unit_scale=True, disable=None) as bar:
        if client is not None and not bar.disable:
            bar.write(f"dashboard: {client.dashboard_link}")
        for job, result in results:
            statuses.update(result.statuses)
            bar.set_postfix_str(_counted(statuses), refresh=False)
            bar.update(job.size)
            yield job, result


def _counted(statuses: Counter[str]) -> str:
    """Say how many documents there are, and how many of them came with a doubt or could not be read."""
    doubts = [f"{statuses[status]:,} {status}" for status in ("warn", "skip") if statuses[status]]
    return ", ".join([f"{statuses.total():,} documents", *doubts])
