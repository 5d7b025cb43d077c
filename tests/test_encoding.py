"""Decoding: the right text from bytes of unknown encoding, and a reason wherever that is in doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from luntan.loaders.encoding import decode

ZH = "海湾市为小企业开设夜间实验室，租金按小时计算。"
HANT = "港灣論壇昨天在市立圖書館舉行，與會者談了一整天的耐心。"
FR = "La moitié des projets financés étaient achevés avant la date prévue, grâce à l’équipe."
EN = "The harbour trust (海湾信托) lends tools to small firms in the evening."
PAGE = '<meta charset="{}"><p>{}</p>'


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        (ZH, "utf-8", "utf-8"),
        (ZH, "utf-8-sig", "utf-8"),
        (ZH, "gb18030", "gb18030"),
        (ZH, "utf-16", "utf-16"),
        (ZH, "utf-16-le", "utf-16-le"),
        (ZH, "utf-16-be", "utf-16-be"),
        (ZH, "utf-32", "utf-32"),
        (HANT, "cp950", "cp950"),
        (HANT, "gb18030", "gb18030"),
        (HANT, "utf-16-le", "utf-16-le"),
        (FR, "cp1252", "cp1252"),
        (EN, "gb18030", "gb18030"),
        ("Plain letters in two bytes each.", "utf-16-le", "utf-16-le"),
        ("Plain letters.", "ascii", "utf-8"),
    ],
)
def test_decode_finds_the_encoding(text, written, read):
    found, encoding, reason = decode(text.encode(written))
    assert (found, encoding) == (text, read)
    assert reason in ("", "encoding guessed")


@pytest.mark.parametrize(
    ("text", "written", "declared", "read"),
    [
        ("这", "gb18030", "gb2312", "gb18030"),
        ("這", "cp950", "big5", "cp950"),
        ("é", "cp1252", "iso-8859-1", "cp1252"),
        ("湾区で新しい店を開いた人の話", "shift_jis", "shift_jis", "shift_jis"),
        ("Малые предприятия ждут решения", "cp1251", "windows-1251", "cp1251"),
        (ZH, "gb18030", "big5", "gb18030"),
        (ZH, "gb18030", "iso-8859-1", "gb18030"),
        (ZH, "gb18030", "utf-8", "gb18030"),
        (ZH, "utf-8", "gb2312", "utf-8"),
        (ZH, "gb18030", "no-such-charset", "gb18030"),
        (ZH, "gb18030", "punycode", "gb18030"),
    ],
)
def test_decode_believes_a_declared_charset_unless_the_text_contradicts_it(text, written, declared, read):
    page = PAGE.format(declared, text)
    found, encoding, _ = decode(page.encode(written))
    assert (found, encoding) == (page, read)


def test_decode_is_silent_where_it_is_sure():
    assert decode((ZH * 3).encode("gb18030"))[1:] == ("gb18030", "")
    assert decode(PAGE.format("gb2312", "这").encode("gb18030"))[1:] == ("gb18030", "")


def test_decode_says_where_it_guessed():
    assert decode("Café".encode("cp1252")) == ("Café", "cp1252", "encoding guessed")


@pytest.mark.parametrize(
    ("data", "kept", "reason"),
    [
        (ZH.encode()[:-1], ZH[:-1], "1 characters could not be decoded"),
        (b"pat\xffience " + EN.encode(), EN, "1 characters could not be decoded"),
        (
            b"plain \xff letters only, with one stray byte",
            "letters only",
            "1 characters could not be decoded",
        ),
        ((ZH * 9).encode("gb18030")[:-1], ZH * 8, "1 characters could not be decoded"),
        (b"\xff\xfe" + ZH.encode("utf-16-le") + b"\x00\xd8", ZH, "1 characters could not be decoded"),
    ],
)
def test_decode_keeps_the_good_part_and_counts_what_is_lost(data, kept, reason):
    text, _, said = decode(data)
    assert kept in text
    assert said == reason


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0"])
def test_decode_does_not_believe_a_wrong_byte_order_mark(mark):
    assert decode(mark + ZH.encode()) == (ZH, "utf-8", "wrong byte-order mark")
    assert decode(mark + b"Plain letters.") == ("Plain letters.", "utf-8", "wrong byte-order mark")


@pytest.mark.parametrize("text", ["Малые предприятия", "작은 회사", ZH, "Plain letters."])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_decode_believes_a_byte_order_mark(text, encoding):
    assert decode(text.encode(encoding)) == (text, encoding, "")


def test_decode_keeps_the_larger_part_of_a_file_in_two_encodings():
    text, encoding, reason = decode((ZH * 9 + "\n").encode() + HANT.encode("gb18030"))
    assert encoding == "utf-8"
    assert ZH * 9 in text
    assert reason.endswith("could not be decoded")


@given(st.binary(max_size=300) | st.text(max_size=80).map(lambda text: text.encode("utf-16-le", "replace")))
def test_decode_never_raises_and_its_text_can_be_written(data):
    text, encoding, _ = decode(data)
    text.encode("utf-8")
    "".encode(encoding)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=200)
)
def test_decode_returns_utf_8_unchanged(text):
    assert decode(text.encode()) == (text, "utf-8", "")


@pytest.mark.parametrize("name", ["traditional", "accents"])
def test_decode_reads_each_line_of_our_own_sentences(name):
    wrong = []
    for line in (
        (ROOT / "tests" / "data" / "encodings" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    ):
        encoding = "cp950" if name == "traditional" else "cp1252"
        wrong += [line] if decode(line.encode(encoding))[0] != line else []
    assert wrong == []
