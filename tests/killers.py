"""Tasks that end the worker they run in, once: each stands in for the task of the same part."""

import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from select import PIPE_BUF
from typing import Any

from luntan import lexical
from luntan.scale import chain


def at_start(part: Any, marker: Path) -> Any:
    """Die before anything was done."""
    _die_once(marker)
    return chain.work(part)


def in_the_middle(part: Any, marker: Path) -> Any:
    """Die in the middle of the chain."""
    themes = lexical.themes

    def deadly(sentences: Any, **options: Any) -> Any:
        _die_once(marker)
        return themes(sentences, **options)

    lexical.themes = deadly
    return chain.work(part)


def at_end(part: Any, marker: Path) -> Any:
    """Die with the tables in hand."""
    done = chain.work(part)
    _die_once(marker)
    return done


def in_a_message(part: Any, marker: Path) -> Any:
    """Die in the middle of a message that is too long to be sent at once."""
    send = Connection._send_bytes

    def half(connection: Any, message: Any) -> None:
        if len(message) > PIPE_BUF:
            connection._send(len(message).to_bytes(4) + bytes(message)[:PIPE_BUF])
            _die_once(marker)
        send(connection, message)

    Connection._send_bytes = half
    return chain.work(part)


def always(_part: Any, marker: Path) -> Any:
    """Die each time."""
    marker.unlink(missing_ok=True)
    _die_once(marker)


def _die_once(marker: Path) -> None:
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
