"""Read a Word file with the standard library: its paragraphs, tables and notes, without deleted text."""

import zipfile
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from luntan.loaders.archive import LIMIT, WORD_PART, read_limited, refusal

# What joins the pieces of a paragraph, a cell, a row, a text box; the whole is a piece of what is around it.
JOINTS = {"p": "", "tc": " ", "tr": "\t", "txbxContent": "\n"}
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Text that was deleted or moved away, and the second copy that Word keeps of a text box.
LEFT_OUT = ("del", "moveFrom", "Fallback")
NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def read_docx(data: bytes) -> tuple[str, dict[str, Any], str]:
    """Return a Word file's text, one paragraph or table row a line, its title, and a reason if it failed.

    A file's properties give a title only where the text shows it, and never a date: they tell
    when the file was made, not when the text was published.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        names = archive.namelist()
    except Exception as error:
        return "", {}, f"damaged Word file: {error}"
    main = next(filter(WORD_PART.fullmatch, names), "word/document.xml")
    lines, reason = _read_part(archive, main, _Words())
    for name in NOTES:
        if name in names and lines:
            lines += _read_part(archive, name, _Words())[0]
    text = "\n".join(lines).strip("\n")
    fields = _read_part(archive, "docProps/core.xml", _Title())[0] if "docProps/core.xml" in names else []
    title = " ".join("".join(fields).split())
    if not text and not reason:
        reason = "no text in the Word file"
    return text, {"title": title} if title and title in text[:1000] else {}, reason


def _read_part(archive: zipfile.ZipFile, name: str, target: "_Words | _Title") -> tuple[list[str], str]:
    """Feed a part of the file to `target` piece by piece; on damage keep what came before."""
    try:
        info = archive.getinfo(name)
        if reason := refusal(info):
            return [], reason
        with archive.open(info) as stream:
            data, reason = read_limited(stream, LIMIT, packed=max(1, info.compress_size))
        parser = ElementTree.XMLParser(target=target)
        parser.feed(data)
        if not reason:
            parser.close()
    except Exception as error:
        return target.lines, f"damaged Word file: {str(error) or type(error).__name__}"
    return target.lines, reason and f"Word file {reason}"


class _Words:
    """Collects the text of a document part while it is parsed; no tree is built, so depth costs nothing."""

    def __init__(self) -> None:
        self.open: list[list[str]] = []
        self.lines: list[str] = []
        self.skipping = 0
        self.in_text = False

    def doctype(self, *_: object) -> None:
        """Refuse document types, through which entities could be defined."""
        raise ValueError("it defines a document type")

    def start(self, tag: str, _: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if self.skipping or name in LEFT_OUT:
            self.skipping += 1
        elif name in JOINTS:
            self.open.append([])
        elif self.open:
            self.in_text = name == "t"
            if name in BREAKS:
                self.open[-1].append(BREAKS[name])

    def data(self, text: str) -> None:
        if self.in_text and not self.skipping:
            self.open[-1].append(text)

    def end(self, tag: str) -> None:
        self.in_text = False
        name = tag.rpartition("}")[2]
        if self.skipping:
            self.skipping -= 1
        elif name in JOINTS:
            text = JOINTS[name].join(self.open.pop())
            if not self.open:
                self.lines.append(text.rstrip())
            else:
                # A text box stands in a paragraph, but its lines are its own.
                self.open[-1].append(f"\n{text}\n" if name == "txbxContent" else text)

    def close(self) -> None:
        pass


class _Title(_Words):
    """Collects the title among a file's properties."""

    def start(self, tag: str, _: dict[str, str]) -> None:
        self.in_text = tag.endswith("}title")

    def data(self, text: str) -> None:
        if self.in_text:
            self.lines.append(text)

    def end(self, _: str) -> None:
        self.in_text = False
