"""Give a notebook its parameters, as papermill does: in a cell after the one tagged `parameters`."""

import json
from collections.abc import Mapping
from pathlib import Path

import nbformat

from luntan.site.execute import as_text, normalise

CELL_ID = "injected-parameters"


def give_parameters(path: Path, parameters: Mapping[str, str]) -> None:
    """Write the parameters into a notebook, in place of those it was given before; its outputs stay."""
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    notebook = parameterize_notebook(load_notebook_node(str(path)), dict(parameters))
    for cell in notebook.cells:
        if CELL_ID in cell.metadata["tags"]:
            # papermill draws an id by lot.
            cell["id"] = CELL_ID
    path.write_text(as_text(normalise(json.loads(nbformat.writes(notebook)))), "utf-8")  # type: ignore[no-untyped-call]
