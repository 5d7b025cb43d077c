"""Read what could crash, loop or swell in a child process with limits, so that none of it reaches us.

Run as a script, this file is that child: it takes the file from standard input and prints a line
of JSON for every piece that it has read, so that what came before a crash is kept.
"""

import json
import signal
import subprocess
import sys
from typing import Any

CPU_SECONDS = 30
WALL_SECONDS = 60
MEMORY = 2_000_000_000
MOST_CHARACTERS = 50_000_000
OUT_OF_MEMORY = 3
SIGXCPU, SIGKILL = getattr(signal, "SIGXCPU", 24), getattr(signal, "SIGKILL", 9)


def run_child(kind: str, data: bytes) -> tuple[list[dict[str, Any]], str]:
    """Return what a child process reports about a `pdf` or `html` file, and how it ended if it broke off."""
    # -P keeps this folder, in which `html.py` lies, out of the child's search path.
    command = [sys.executable, "-P", __file__, kind]
    try:
        run = subprocess.run(
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=WALL_SECONDS
        )
        output, code = run.stdout, run.returncode
    except subprocess.TimeoutExpired as error:
        output, code = error.stdout or b"", -SIGXCPU
    *lines, _ = output.split(b"\n")  # the last line is empty, or was cut off
    return [json.loads(line) for line in lines], _how_it_ended(code)


def _how_it_ended(code: int) -> str:
    if code in (-SIGXCPU, -SIGKILL):
        return "timeout"
    return {0: "", OUT_OF_MEMORY: "ran out of memory"}.get(code, "crashed")


def _limit_ourselves() -> None:
    try:
        import resource
    except ImportError:  # Windows: there the parent's clock is the only limit
        return
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _report(**fields: Any) -> None:
    print(json.dumps(fields), flush=True)


def _report_html(data: bytes) -> None:
    from luntan.loaders.html import read_html

    _report(found=read_html(data.decode("utf-8", "surrogatepass")))


def _report_pdf(data: bytes) -> None:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        needs_password = "password" in str(error).casefold()
        _report(reason="password needed" if needs_password else "damaged PDF, could not be opened")
        return
    _report(title=" ".join(document.get_metadata_value("Title").split()))
    written = damaged = 0
    for number in range(pages):
        try:
            text = document[number].get_textpage().get_text_bounded()
        except pypdfium2.PdfiumError:
            damaged += 1
            continue
        written += len(text)
        if written > MOST_CHARACTERS:
            _report(reason=f"the PDF is too long: only the first {number} of {pages} pages are kept")
            return
        _report(page=text)
    if damaged:
        _report(reason=f"{damaged} of {pages} pages could not be read")


if __name__ == "__main__":
    _limit_ourselves()
    try:
        {"html": _report_html, "pdf": _report_pdf}[sys.argv[1]](sys.stdin.buffer.read())
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
