"""The fast ways of the attribution room give what the plain ways give."""

import re

from hypothesis import given
from hypothesis import strategies as st

from luntan.attribution.names_zh import title_pattern, titles_in
from luntan.attribution.phrases_zh import behind_last
from luntan.attribution.words import TOKEN, cut
from luntan.lexicons import any_of, read_lexicon

# The same words, by the pattern that steps back from marks at a word's end
PLAIN = re.compile(r"[^\W_][\w’'.&/-]*(?:(?<=\d),(?=\d)[\w’'.&/-]*)*[\w.]|[^\W_]|[,;:()–—]")


@given(st.text("aaZ1_,.’'&/-;–中 é٣\n", max_size=20))
def test_words_are_those_of_the_plain_pattern(text):
    assert [found.span() for found in TOKEN.finditer(text)] == [
        found.span() for found in PLAIN.finditer(text)
    ]


def test_words_have_their_places_and_glued_names_are_two():
    text = "At Peking UniversityHe Wei said: 1,000 firms, e.g. Acme-Lake."
    tokens = cut(text, 3, len(text))
    assert [text[token.start : token.end] for token in tokens] == [token.text for token in tokens]
    assert [token.text for token in tokens][:4] == ["Peking", "University", "He", "Wei"]
    assert [token.text for token in tokens][6:] == ["1,000", "firms", ",", "e.g.", "Acme-Lake."]


@given(st.lists(st.sampled_from([*"副原总 ，某的部局", *read_lexicon("titles_zh")[:40]]), max_size=12))
def test_titles_are_found_wherever_one_begins(pieces):
    text = "".join(pieces)
    prefixes, titles = (any_of(read_lexicon(name)) for name in ("title_prefixes_zh", "titles_zh"))
    plain = re.compile(rf"(?:(?:{prefixes}\s?){{0,4}}{titles})+")
    expected = [found.span() for found in plain.finditer(text)]
    assert [found.span() for found in title_pattern().finditer(text)] == expected
    assert [found.span() for found in titles_in(text, 0, len(text))] == expected


def test_titles_are_longer_than_a_character():
    # What stands behind a title's first character is looked at before the title is.
    assert min(map(len, read_lexicon("titles_zh"))) > 1


@given(st.text("ab，。", max_size=12), st.integers(0, 6), st.integers(0, 12))
def test_text_behind_the_last_mark_holds_no_mark(text, start, length):
    end = min(len(text), start + length)
    at = behind_last("，。", text, start, end)
    assert not set(text[at:end]) & set("，。")
    assert at == start or text[at - 1] in "，。"
