"""Execute notebooks, each in a fresh kernel, and write them so that the same run gives the same bytes."""

import asyncio
import json
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets import default

from luntan.site.notebooks import joined

Notebook = dict[str, Any]

# What could differ between two machines must not reach an output: the order of sets, the hour, the language.
STEADY = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
PASSING_METADATA = ("execution", "ExecuteTime", "papermill")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
CELL_SECONDS = 600


def execute_notebooks(
    paths: Sequence[Path], *, environment: Mapping[str, str] | None = None, workers: int = 2
) -> list[str]:
    """Execute notebooks in place, at most `workers` side by side, and print a line for each.

    Parameters
    ----------
    paths : sequence of Path
    environment : mapping of str to str, optional
        Variables that the kernels see besides those of this process.
    workers : int

    Returns
    -------
    list of str
        One message for each notebook that failed, with the cell and the error; such a notebook is
        left on disk as it was.
    """
    _build_font_cache()
    return asyncio.run(_execute_all(paths, {**os.environ, **STEADY, **(environment or {})}, workers))


def _build_font_cache() -> None:
    # Otherwise the first kernel on a new machine says in its output that it builds the cache.
    import matplotlib.font_manager  # noqa: F401


async def _execute_all(paths: Sequence[Path], environment: Mapping[str, str], workers: int) -> list[str]:
    places = asyncio.Semaphore(workers)

    async def execute(path: Path) -> str:
        async with places:
            began = time.monotonic()
            failure = await _execute_one(path, environment)
            seconds = time.monotonic() - began
            print(f"{path.name}: {'failed' if failure else 'executed'} in {seconds:.0f} s", flush=True)
            return failure

    return [failure for failure in await asyncio.gather(*map(execute, paths)) if failure]


async def _execute_one(path: Path, environment: Mapping[str, str]) -> str:
    """Execute one notebook in place; return what went wrong, or nothing."""
    notebook = read_notebook(path)
    begun: list[int] = []
    client = NotebookClient(
        notebook,
        kernel_manager_class=_KernelOfThisPython,
        kernel_name="python3",
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        timeout=CELL_SECONDS,
        on_cell_start=lambda cell_index, **_: begun.append(cell_index),
    )
    # What the kernel's process writes by itself is no output: a library may complain as it ends, long after
    # the last cell. It is shown only where the kernel, and not a cell, has failed.
    with tempfile.TemporaryFile() as complaints:
        try:
            await client.async_execute(env=dict(environment), stderr=complaints)
            failure = ""
        except CellExecutionError as error:
            failure = f"{error.ename}: {error.evalue}"
        except Exception as error:
            complaints.seek(0)
            failure = f"{type(error).__name__}: {error} {complaints.read().decode(errors='replace')}"
    if failure:
        cell = max(begun, default=-1) + 1
        return f"{path.name}, cell {cell} of {len(notebook['cells'])}: {failure}".strip()
    _replace(path, as_text(normalise(notebook)))
    return ""


class _KernelOfThisPython(AsyncKernelManager):
    # With no folder to look in, "python3" can only be the interpreter that runs now.
    @default("kernel_spec_manager")
    def _look_nowhere_else(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[])


def read_notebook(path: Path) -> Any:
    """Read a notebook without its outputs, with an id in every cell."""
    notebook = give_ids(json.loads(path.read_text("utf-8")))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    return nbformat.reads(json.dumps(notebook), as_version=4)  # type: ignore[no-untyped-call]


def _replace(path: Path, text: str) -> None:
    """Write `text` in one step, and only if it differs, so that an aborted run breaks nothing."""
    if path.read_bytes() != text.encode():
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(text.encode())
        beside.replace(path)


def give_ids(notebook: Notebook) -> Notebook:
    """Give every cell that has no id of its own the id `cell-<number>`; ids belong to nbformat 4.5."""
    taken: set[str] = set()
    cells = []
    for number, cell in enumerate(notebook["cells"], 1):
        name = cell.get("id")
        if not name or name in taken:
            name = f"cell-{number}"
        while name in taken:
            name += "-b"
        taken.add(name)
        cells.append({**cell, "id": name})
    return {**notebook, "cells": cells, "nbformat": 4, "nbformat_minor": 5}


def normalise(notebook: Notebook) -> Notebook:
    """Take out of a notebook what tells of the run and not of the result.

    Execution counts run 1 … n; time stamps, versions and widget state are gone; neighbouring pieces
    of one stream are one piece.
    """
    cells, count = [], 0
    for cell in give_ids(notebook)["cells"]:
        kept = {key: value for key, value in cell["metadata"].items() if key not in PASSING_METADATA}
        cell = {**cell, "metadata": kept}
        if cell["cell_type"] == "code":
            count += 1
            outputs = [_normalise_output(output, count) for output in _merge_streams(cell["outputs"])]
            cell |= {"execution_count": count, "outputs": outputs}
        cells.append(cell)
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _merge_streams(outputs: Sequence[Notebook]) -> list[Notebook]:
    merged: list[Notebook] = []
    for output in outputs:
        last = merged[-1] if merged else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            merged[-1] = {**last, "text": joined(last["text"]) + joined(output["text"])}
        else:
            merged.append({**output})
    return merged


def _normalise_output(output: Notebook, count: int) -> Notebook:
    if "data" in output:
        output = {
            **output,
            "data": {kind: data for kind, data in output["data"].items() if kind != WIDGET_VIEW},
        }
    if output["output_type"] == "execute_result":
        output = {**output, "execution_count": count}
    return output


def as_text(notebook: Notebook) -> str:
    """Write a notebook as JSON: sorted keys, one blank of indent, a line end at the end."""
    node = nbformat.from_dict(notebook)  # type: ignore[no-untyped-call]
    return str(nbformat.writes(node)).rstrip("\n") + "\n"  # type: ignore[no-untyped-call]
