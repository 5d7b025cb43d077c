"""Repeats are found in any encoding and format; reposts are reported, and kept."""

import random
import unicodedata

import pytest

import luntan as lt
from forged import ZH
from luntan.loaders.alike import body_hashes, jaccard, mark, normalise, repeats


def test_repeats_are_found_and_reposts_reported(tmp_path):
    rng = random.Random(1)
    text = "".join(f"{ZH[:-1]}，第{rng.randrange(10**6)}号。\n" for _ in range(20))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(text.replace("，", "\uff0c").replace("7", "７").encode("gb18030"))
    (tmp_path / "c.txt").write_text(text + "转载时加了一句话，说明稿件的来源。", encoding="utf-8")
    (tmp_path / "d.txt").write_text(text[: len(text) // 2], encoding="utf-8")
    corpus = lt.read_corpus(tmp_path).set_index("doc_id")
    assert corpus["status"].to_dict() == {"a": "ok", "b": "dup", "c": "warn", "d": "ok"}
    assert corpus.loc["b", "reason"] == "same text as a"
    assert corpus.loc["c", "reason"] == "nearly the same text as a"


def test_nearly_the_same_is_nine_tenths_of_all_shingles():
    rng = random.Random(1)
    base = [chr(rng.randrange(0x4E00, 0x9000)) for _ in range(3_000)]
    for changed, expected in ((20, [(1, 0, False)]), (120, [])):
        other = base.copy()
        for place in rng.sample(range(len(base)), changed):
            other[place] = "改"
        texts = ["".join(base), "".join(other)]
        share = jaccard(*map(body_hashes, texts))
        marks = b"".join(mark(text, text) for text in texts)
        assert list(repeats(marks, lambda number, texts=texts: body_hashes(texts[number]))) == expected
        assert (share >= 0.9) == bool(expected)


def test_texts_of_unlike_length_are_not_read_again():
    rng = random.Random(2)
    whole = "".join(chr(rng.randrange(0x4E00, 0x9000)) for _ in range(2_000))
    texts = whole, whole[:1_700], whole[:1_950]
    asked: list[int] = []

    def hashes_of(number):
        asked.append(number)
        return body_hashes(texts[number])

    marks = b"".join(mark(text, text) for text in texts)
    assert list(repeats(marks, hashes_of)) == [(2, 0, False)]
    assert asked == [2, 0]


@pytest.mark.parametrize(
    "text", ["e\u0301t\u00e9 ５Ｇ＋ ﬁrm", "ASCII  only", "\u0301\u0323" * 20, "专精特新 " * 100]
)
def test_normalise_is_nfkc_without_blanks(text):
    assert normalise(text * 3) == unicodedata.normalize("NFKC", "".join((text * 3).split()))
