"""A seeded folder of more than 200 hostile files, with what may come of each; standard library only.

By hand, `python tests/hostile.py FOLDER` writes the files, and `python tests/hostile.py --flips 20000`
loads that many copies with a few bytes changed.
"""

import contextlib
import os
import random
import re
import socket
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from forged import EN, HANT, ZH, entity_bomb, flip, packed, paragraph, pdf, squeezed, word

READ, ANY, SKIP = ("ok", "warn", "dup"), ("ok", "warn", "skip", "dup"), ("skip",)


class Entry(NamedTuple):
    """One hostile file: the statuses and the reason it may get, and what its text must hold and lack."""

    path: str
    data: bytes
    statuses: tuple[str, ...] = ANY
    reason: str = ""
    holds: str = ""
    lacks: str = ""


def entries(seed: int = 1) -> Iterator[Entry]:
    """Yield all files; the same seed gives the same bytes."""
    rng = random.Random(seed)
    for make in (encodings, broken, shapes, pages, pdfs, words, archives, repeats):
        yield from make(rng)


def encodings(rng: random.Random) -> Iterator[Entry]:
    codecs = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
    for number, codec in enumerate(codecs):
        for ending in ("txt", "md", "html"):
            text = f"{ZH * 3}第{number}篇，{EN}{rng.random()} {ending}。\n{ZH}"
            markup = f"<html><head><title>论坛</title></head><body><p>{text}</p></body></html>"
            data = (markup if ending == "html" else text).encode(codec)
            yield Entry(f"encodings/{codec}.{ending}", data, READ, holds="湖畔召开")
    for codec in ("big5", "cp950"):
        data = f"{HANT}{codec}，{HANT}".encode(codec)
        yield Entry(f"encodings/{codec}.txt", data, READ, holds="湖畔召開")
    yield Entry("encodings/cp1252.txt", f"“Café” naïve – {EN * 3}".encode("cp1252"), READ, holds="Café")


def broken(rng: random.Random) -> Iterator[Entry]:
    for codec in ("utf-8", "gb18030", "utf-16"):
        data = f"{ZH}{codec}{EN}".encode(codec)
        for cut in (1, 2, 3, 7, 50):
            yield Entry(f"broken/cut-{codec}-{cut}.txt", data[:-cut])
            at = rng.randrange(len(data))
            yield Entry(f"broken/hole-{codec}-{cut}.txt", data[:at] + rng.randbytes(cut) + data[at:])
    for number, ending in enumerate(("txt", "html", "md", "pdf", "docx", "zip", "gz", "mhtml")):
        for size in (1, 100, 5_000):
            yield Entry(f"broken/random-{size}.{ending}", rng.randbytes(size))
        yield Entry(f"broken/empty.{ending}", b"", SKIP, "empty")
        yield Entry(f"broken/zeros.{ending}", bytes(1_000 * (number + 1)), SKIP, "empty|binary")
        yield Entry(f"broken/start-{number}.txt", b"%PDF-1.7 \x1f\x8bPK\x03\x04"[number:] + EN.encode())
    text = EN.encode()
    yield Entry("broken/bom-only.txt", b"\xff\xfe", SKIP, "empty")
    yield Entry("broken/wrong-bom.txt", b"\xff\xfe" + text)
    yield Entry("broken/utf-16-odd.txt", f"{ZH}奇".encode("utf-16") + b"\n", ("warn",), holds="湖畔召开")
    yield Entry("broken/nul.txt", text + b"\0\0\0 nul" + text, ("warn",), "3 characters", "patience", "\0")
    yield Entry(
        "broken/surrogate.txt", text + "\ud800".encode("utf-8", "surrogatepass"), ("warn",), "character"
    )
    yield Entry("broken/padded.txt", b"padded " + text + bytes(9_000), ("warn",), "9000 char", "patience")
    yield Entry("broken/mixed.txt", ZH.encode() * 5 + ZH.encode("gb18030"), ("warn",), "", "湖畔召开")
    yield Entry("broken/controls.txt", bytes(range(1, 32)) * 40, SKIP, "binary")
    yield Entry("broken/picture.txt", b"\x89PNG\r\n\x1a\n" + rng.randbytes(400), SKIP, "picture")
    yield Entry("broken/pickle.txt", b"\x80\x04\x95cos\nsystem\n(S'touch escaped'\ntR.")
    yield Entry("broken/old.doc", b"\xd0\xcf\x11\xe0" + rng.randbytes(99), SKIP, "not one of")
    yield Entry("broken/old.docx", b"\xd0\xcf\x11\xe0" + rng.randbytes(99), SKIP, "Office")


def shapes(rng: random.Random) -> Iterator[Entry]:
    size = 200_000
    for name, unit in {
        "letters": "a", "han": "论", "commas": "1,", "quotes": "“", "double": '"', "brackets": "（[(",
        "stops": ".", "lines": "\n", "returns": "\r", "bullets": "* \n", "heads": "#", "arrows": "> ",
        "dates": "2020-10-", "years": "2020年", "links": "http://", "accents": "\u0301\u0323",
        "wide": "\ufdfa", "marks": "\ufeff", "tags": "<", "ends": "</", "amps": "&#", "rules": "---\n",
        "spaces": " x" + " " * 500, "sources": "来源：", "names": "By A", "photos": "photo ",
        "emoji": "👩\u200d👩\u200d👧",
    }.items():  # fmt: skip
        yield Entry(f"shapes/{name}.txt", (unit * (size // len(unit))).encode())
    for name, block in {
        "open": "a: [", "deep": "[" * 20_000, "anchor": "a: &a [x]\n" + "b: [*a,*a]\n" * 99,
        "tag": "a: !!python/name:os", "lone": 'title: "\\uD800\\0"', "itself": "a: &a [*a]",
        "list": "- a", "text": "a", "tabs": "\ta: b", "title": "title: '<script>alert(1)</script>'",
    }.items():  # fmt: skip
        yield Entry(f"shapes/matter-{name}.md", f"---\n{block}\n---\n{name} {EN}".encode(), READ)
    yield Entry("shapes/noise.txt", "".join(map(chr, rng.choices(range(32, 0xD7FF), k=size // 4))).encode())


def pages(_: random.Random) -> Iterator[Entry]:
    depth, story = 10_000, f"<p>{EN}</p><p>{ZH}</p>"
    for tag in ("div", "b", "ul><li", "table><tr><td", "blockquote", "p", "font", "a href=x", "svg", "form"):
        name = re.sub(r"\W", "-", tag)
        yield Entry(f"pages/deep-{name}.html", f"<html><body>{f'<{tag}>' * depth}{name} {story}".encode())
    for name, unit in {
        "comments": "<!--", "open": "<div ", "attributes": " a=1", "entities": "&amp;", "cdata": "<![CDATA[",
        "quotes": "<a b='", "scripts": "<script>", "breaks": "a<br>", "closed": "</div>", "php": "<?php",
        "anchors": "<a href=x>y</a>", "bad": "&#xD800;", "frames": "<frame src=/etc/passwd>",
        "lone": '<script type="application/ld+json">{"headline":"\\ud800"}</script>',
        "nul": "&#0;", "meta": "<meta a='b'>", "json": '<script type="application/ld+json">[[[[',
        "titles": "<title>", "charsets": "<meta charset=utf-7>",
    }.items():  # fmt: skip
        data = f"<html><body>{name}{unit * (60_000 // len(unit))}{story}".encode()
        yield Entry(f"pages/{name}.html", data, lacks="\0")
    outside = '<!ENTITY x SYSTEM "file:///etc/passwd">'
    xml = f'<?xml version="1.0"?><!DOCTYPE html [{entity_bomb()}{outside}]>'
    yield Entry("pages/bomb.html", f"{xml}<html><body>bomb &h; &x; {story}".encode(), lacks="root:")
    yield Entry("pages/packed.html", squeezed(f"<html><body>packed {story}".encode()), READ, holds="patience")
    mime = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    part = f"--x\r\nContent-Type: text/html\r\n\r\n<html><body>mime {story}\r\n--x--\r\n"
    yield Entry("pages/saved.mhtml", (mime + part).encode(), READ, holds="patience")
    yield Entry("pages/no-page.mhtml", mime.encode(), SKIP)
    yield Entry(
        "pages/endless.mhtml",
        (mime + "--x\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" * 2_000).encode(),
    )
    yield Entry(
        "pages/script.txt",
        f"<html><title><script>x</script></title>tag {story}".encode(),
        READ,
        holds="patience",
    )


def pdfs(rng: random.Random) -> Iterator[Entry]:
    good = pdf(f"good {EN}")
    yield Entry("pdfs/good.pdf", good, READ, holds="patience")
    yield Entry("pdfs/late.pdf", b"HTTP/1.1 200 OK\n\n" + pdf(f"late {EN}"), READ, holds="patience")
    yield Entry("pdfs/named.txt", pdf(f"named {EN}"), READ, holds="patience")
    yield Entry("pdfs/packed.pdf.gz", squeezed(pdf(f"packed {EN}")), READ, holds="patience")
    yield Entry("pdfs/blank.pdf", pdf(stream=b" "), SKIP, "no text")
    yield Entry("pdfs/loop.pdf", pdf(kids="2 0 R"))
    yield Entry("pdfs/many.pdf", pdf(kids="3 0 R " * 500))
    yield Entry("pdfs/itself.pdf", pdf(page="/Kids[2 0 R]/Annots[3 0 R]"))
    yield Entry("pdfs/bomb.pdf", pdf(stream=zlib.compress(b"BT /F1 9 Tf (x) Tj ET " * 200_000)))
    yield Entry("pdfs/blanks.pdf", pdf(stream=zlib.compress(bytes(50_000_000))))
    locked = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'11' * 32}>/U<{'22' * 32}>>>/ID[<00><00>]"
    yield Entry("pdfs/locked.pdf", pdf(trailer=locked), SKIP, "password")
    for number in range(12):
        cut = rng.randrange(9, len(good))
        yield Entry(f"pdfs/cut-{number}.pdf", good[:cut])
        yield Entry(f"pdfs/flips-{number}.pdf", flip(good, rng, 8))


def words(rng: random.Random) -> Iterator[Entry]:
    good = word(paragraph(f"good {EN}") + paragraph(ZH))
    yield Entry("words/good.docx", good, READ, holds="湖畔召开")
    yield Entry(
        "words/named.txt", word(paragraph(f"named {EN}"), part="word/document2.xml"), READ, holds="patience"
    )
    table = f"<w:tbl><w:tr><w:tc>{paragraph('indicator')}</w:tc><w:tc>{paragraph('7%')}</w:tc></w:tr></w:tbl>"
    yield Entry("words/table.docx", word(paragraph(EN) + table), READ, holds="indicator\t7%")
    gone = "<w:del><w:r><w:t>gone</w:t><w:delText>gone</w:delText></w:r></w:del>"
    edits = f"<w:p><w:ins>{paragraph('kept')}</w:ins>{gone}</w:p>"
    yield Entry("words/edits.docx", word(paragraph(EN) + edits), READ, "", "kept", "gone")
    yield Entry("words/nothing.docx", word(""), SKIP, "no text")
    laughs = word(paragraph("&h;"), head=f"<!DOCTYPE d [{entity_bomb()}]>")
    yield Entry("words/laughs.docx", laughs, SKIP, "damaged")
    outside = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield Entry("words/outside.docx", word(paragraph("&x;"), head=outside), SKIP, "damaged", lacks="root:")
    yield Entry("words/deep.docx", word("<w:p>" * 50_000 + EN))
    yield Entry("words/deep-table.docx", word("<w:tbl><w:tr><w:tc>" * 9_000 + paragraph(EN)))
    yield Entry("words/runs.docx", word("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 20_000 + "</w:p>"), READ)
    yield Entry("words/bomb.docx", word(paragraph("a" * 30_000_000)), SKIP, "inflates")
    yield Entry(
        "words/unclosed.docx", word(paragraph(f"unclosed {EN}") + "<w:p>"), ("warn",), "damaged", "patience"
    )
    yield Entry("words/sheet.docx", packed({"xl/workbook.xml": b"<a/>"}), SKIP, "not one of")
    for number in range(10):
        yield Entry(f"words/cut-{number}.docx", good[: rng.randrange(4, len(good))])
        yield Entry(f"words/flips-{number}.docx", flip(good, rng, 4))


def archives(rng: random.Random) -> Iterator[Entry]:
    note = f"note {EN}".encode()
    good = packed({"a/note.txt": note, "b.md": ZH.encode()})
    yield Entry("archives/good.zip", good, READ)
    yield Entry("archives/named.txt", packed({"note.txt": b"named " + note}), READ)
    yield Entry("archives/none.zip", packed({}), SKIP, "empty")
    yield Entry("archives/nested.zip", packed({"inner.zip": good}), SKIP, "archive within")
    yield Entry("archives/nested.gz", squeezed(good), SKIP, "archive within")
    yield Entry("archives/twice.txt.gz", squeezed(squeezed(note)), SKIP, "archive within")
    yield Entry("archives/bomb.zip", packed({"bomb.txt": bytes(30_000_000)}), SKIP, "inflates")
    yield Entry("archives/bomb.txt.gz", squeezed(b"a" * 30_000_000), SKIP, "inflates")
    yield Entry("archives/escape.zip", packed({"../../../escaped.txt": b"up " + note}), READ)
    yield Entry("archives/root.zip", packed({"/tmp/escaped.txt": b"root " + note}), READ)
    yield Entry("archives/drive.zip", packed({"C:\\windows\\escaped.txt": b"drive " + note}), READ)
    yield Entry("archives/odd.zip", packed({"..": note, "": note, "picture.png": note, ".hidden": note}))
    yield Entry("archives/crowd.zip", packed({f"{n}.txt": b"" for n in range(10_001)}), SKIP, "more than")
    yield Entry("archives/many.txt.gz", squeezed(b"many ") * 9 + squeezed(note), READ, holds="patience")
    yield Entry(
        "archives/tail.txt.gz", squeezed(b"tail " + note) + b"rubbish", ("warn",), "damaged", "patience"
    )
    yield Entry("archives/linked.zip", packed({"a.txt": b"/etc/passwd"}, mode=0o120777), SKIP, "a link")
    yield Entry("archives/lzma.zip", packed({"a.txt": note}, zipfile.ZIP_LZMA), SKIP, "deflate")
    secret = good.replace(b"\x14\x00\x00\x00", b"\x14\x00\x01\x00")
    yield Entry("archives/secret.zip", secret, SKIP, "encrypted")
    lying = packed({"a.txt": note}).replace(struct.pack("<I", len(note)), struct.pack("<I", 2**31))
    yield Entry("archives/lying.zip", lying, SKIP, "larger|inflates")
    for number in range(12):
        yield Entry(f"archives/cut-{number}.zip", good[: rng.randrange(4, len(good))])
        yield Entry(f"archives/flips-{number}.zip", flip(good, rng, 4))
        yield Entry(f"archives/cut-{number}.txt.gz", squeezed(note)[: rng.randrange(12, len(note))])


def repeats(rng: random.Random) -> Iterator[Entry]:
    lines = [f"{ZH[:-1]}，第{rng.randrange(10**6)}号。" for _ in range(20)]
    text = "\n".join(lines)
    yield Entry("repeats/0.txt", text.encode(), ("ok",))
    yield Entry("repeats/1.txt", text.encode("gb18030"), ("dup",), "same text as 0")
    yield Entry("repeats/2.md", text.replace("\n", "\r\n\r\n").encode("utf-16"), ("dup",), "same text")
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    yield Entry("repeats/3.docx", word(body), ("dup",), "same text")
    yield Entry("repeats/4.txt.gz", squeezed(text.encode()), ("dup",), "same text")
    yield Entry(
        "repeats/5.txt", "\n".join([*lines, "转载时加了一句话。"]).encode(), ("warn",), "nearly the same text"
    )


def write(folder: Path, seed: int = 1) -> list[Entry]:
    """Write all files below `folder`, and what no file holds: links, pipes, sockets and strange names."""
    written = list(entries(seed))
    for entry in written:
        path = folder / entry.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(entry.data)
    return [*written, *strange(folder)]


def strange(folder: Path) -> Iterator[Entry]:
    """Make what is no file, or has no decent name, in `folder`."""
    place = folder / "strange"
    place.mkdir()
    outside = folder.parent / "outside.txt"
    outside.write_text(f"outside {EN}", encoding="utf-8")
    for name, target, reason in (
        ("loop.txt", "loop.txt", "circle"), ("up", "..", "link"), ("here", ".", "link"),
        ("gone.txt", "nothing", "nowhere"), ("outside.txt", outside, "out of the folder"),
        ("passwd.txt", "/etc/passwd", "out of the folder"), ("zero.txt", "/dev/zero", "out of the folder"),
        ("inside.txt", "../repeats/0.txt", "a link to repeats/0.txt"),
    ):  # fmt: skip
        (place / name).symlink_to(target)
        yield Entry(f"strange/{name}", b"", SKIP, reason)
    os.mkfifo(place / "pipe.txt")
    yield Entry("strange/pipe.txt", b"", SKIP, "named pipe")
    with contextlib.chdir(place), socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.txt")  # where it lies: the name of a socket must be short
    yield Entry("strange/socket.txt", b"", SKIP, "socket")
    with (place / "huge.txt").open("wb") as file:
        file.truncate(1_000_000_000)
    yield Entry("strange/huge.txt", b"", SKIP, "larger than 200 MB")
    names = (b"bytes\xff\xfe.txt", b"line\nbreak.txt", b"\xe2\x80\xaeturned.txt", b"<script>.txt")
    for number, name in enumerate(names):
        (place / os.fsdecode(name)).write_text(f"{number} {EN}", encoding="utf-8")
    deep = place / Path(*["d"] * 500)
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text(f"deep {EN}", encoding="utf-8")
    yield Entry("strange/" + "d/" * 500 + "deep.txt", b"", READ, holds="patience")


def load_flips(times: int, seed: int = 1) -> dict[str, int]:
    """Load `times` files of the set with bytes changed; count how they ended. Nothing may be raised."""
    from luntan.loaders import load_bytes
    from luntan.loaders.archive import unpack

    rng = random.Random(seed)
    small = [entry.data for entry in entries(seed) if 0 < len(entry.data) < 20_000]
    ended: dict[str, int] = {}
    for _ in range(times):
        for member in unpack(flip(rng.choice(small), rng, rng.randint(1, 9))):
            row = load_bytes(member.data, reason=member.reason)
            row["text"].encode("utf-8")
            assert "\0" not in row["text"]
            assert row["reason"] or row["status"] == "ok"
            ended[row["status"]] = ended.get(row["status"], 0) + 1
    return ended


if __name__ == "__main__":
    if sys.argv[1] == "--flips":
        print(load_flips(int(sys.argv[2])))
    else:
        print(len(write(Path(sys.argv[1]))), "files")
