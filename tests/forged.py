"""Files of all formats made by hand, always with the same bytes; standard library only."""

import gzip
import io
import random
import zipfile
from itertools import pairwise

EN = "A forum on small firms met by the lake and talked about patience for a whole day, said its host. "
ZH = "一个关于小企业的论坛周二在湖畔召开，与会者谈了一整天的耐心问题，主持人表示研发投入超过百分之七。"
HANT = "一個關於小企業的論壇週二在湖畔召開，與會者談了一整天的耐心問題，主持人表示研發投入超過百分之七。"
WORD = "word/document.xml"


def squeezed(data: bytes) -> bytes:
    """Pack with gzip, always with the same bytes."""
    return gzip.compress(data, mtime=0)


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, *, mode: int = 0o600) -> bytes:
    """Pack parts into a zip archive, always with the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, data, method)
    return buffer.getvalue()


def pdf(
    text: str = EN, *, kids: str = "3 0 R", page: str = "", stream: bytes = b"", trailer: str = ""
) -> bytes:
    """Write a PDF of one page by hand."""
    stream = stream or b"BT /F1 9 Tf 20 700 Td (" + text.encode("latin-1", "replace") + b") Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {kids.count('R')}>>".encode(),
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 800]/Contents 4 0 R{page}"
        "/Resources<</Font<</F1 5 0 R>>>>>>".encode(),
        b"<</Length %d%s>>stream\n%s\nendstream"
        % (len(stream), b"/Filter/FlateDecode" * stream.startswith(b"x"), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer\n<</Size 6/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
        % (table, trailer.encode(), len(data))
    )


def paragraph(text: str) -> str:
    """Write a paragraph as Word does."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def word(body: str, more: dict[str, bytes] | None = None, *, head: str = "", part: str = WORD) -> bytes:
    """Make a Word file of one part and, if given, more."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    xml = f'<?xml version="1.0"?>{head}<w:document {space}><w:body>{body}</w:body></w:document>'
    return packed({part: xml.encode("utf-8"), **(more or {})})


def entity_bomb(names: str = "abcdefgh") -> str:
    """Define entities of which each holds ten of the one before."""
    return '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in pairwise(names)
    )


def flip(data: bytes, rng: random.Random, times: int) -> bytes:
    """Change a few bytes at random."""
    changed = bytearray(data)
    for _ in range(times):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)
