"""Make texts to measure with: as many as wanted, always the same ones, and no two alike.

The digests' own sentences are drawn anew for each document. Every number, most names of persons and one
word in five are then replaced: a Chinese word by one of the same class and length from jieba's dictionary,
drawn by its frequency; an English word by one of the digests that ends alike. So no text repeats another,
the Chinese vocabulary grows with the number of texts, as real ones do, and nothing that remembers a
sentence or a name it has seen can look fast.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import luntan as lt

REPORTS = Path(__file__).resolve().parents[1] / "data" / "reports"
SEED = 20201110
LANGUAGES = ("zh", "zh", "en", "both")
# One word in so many gives place to another.
WORDS = 5
FOLDERS = 100
# What a document is meant to have, in bytes; with its header and the end of its last paragraph it has more.
SIZE = 1900
SURNAMES = {
    "zh": "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    "en": "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu",
}
GIVEN = {
    "zh": "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂华建文",
    "en": "wei fang na min jing li yang jun tao ming xia hua",
}
Word = tuple[str, str]


class Pool(NamedTuple):
    """Sentences, cut into words with the class of those that may be replaced; and the words to put there."""

    sentences: dict[str, list[list[Word]]]
    words: dict[str, tuple[list[str], list[int]]]
    names: dict[str, str]


def documents(n: int, *, first: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of `n` documents of about two kilobytes each, dated in their header."""
    pool = read_pool()
    for number in range(first, first + n):
        rng = random.Random(SEED + number)
        yield f"report-{number:07}", make_text(rng, pool, number, rng.uniform(0.4, 1.6) * SIZE)


def write_documents(folder: Path, n: int) -> int:
    """Write documents as files, a hundred folders of them, and return how many bytes they have."""
    written = 0
    for place in range(FOLDERS):
        (folder / f"{place:02}").mkdir(parents=True, exist_ok=True)
    for number, (name, text) in enumerate(documents(n)):
        written += (folder / f"{number % FOLDERS:02}" / f"{name}.txt").write_bytes(text.encode())
    return written


def make_text(rng: random.Random, pool: Pool, number: int, size: float) -> str:
    """Return a header and paragraphs of one to four sentences."""
    language = rng.choice(LANGUAGES)
    names = {name: made_name(rng, kind) for name, kind in pool.names.items()}
    lines = [
        f"---\ntitle: Report {number}\ndate: {rng.randint(2001, 2025)}-{rng.randint(1, 12):02}-15\n---\n"
    ]
    while size > 0:
        chosen = rng.choice(("zh", "en")) if language == "both" else language
        paragraph = [made_sentence(rng, pool, names, chosen) for _ in range(rng.randint(1, 4))]
        lines.append((" " if chosen == "en" else "").join(paragraph) + "\n")
        size -= len(lines[-1].encode()) + 1
    return "\n".join(lines)


def made_sentence(rng: random.Random, pool: Pool, names: dict[str, str], language: str) -> str:
    """Return one of the sentences with other numbers, names and words."""
    parts = []
    for word, kind in rng.choice(pool.sentences[language]):
        if word in names:
            parts.append(names[word])
        elif word.isdecimal():
            parts.append(made_number(rng, word))
        elif kind and rng.randrange(WORDS) == 0:
            words, weights = pool.words[kind]
            parts.append(rng.choices(words, cum_weights=weights)[0])
        else:
            parts.append(word)
    return "".join(parts)


def made_number(rng: random.Random, number: str) -> str:
    """Return another number of as many digits, for a year another year."""
    if len(number) == 4 and number[:2] in ("19", "20"):
        return str(rng.randint(1990, 2025))
    if len(number) < 3 and int(number) in range(1, 32):
        return str(rng.randint(1, 12))
    return str(rng.randint(10 ** (len(number) - 1), 10 ** len(number) - 1))


def made_name(rng: random.Random, kind: str) -> str:
    """Return a Chinese name in characters; or one part of it in letters."""
    if kind == "zh":
        return rng.choice(SURNAMES["zh"]) + "".join(rng.sample(GIVEN["zh"], rng.randint(1, 2)))
    if kind == "surname":
        return rng.choice(SURNAMES["en"].split())
    return "".join(rng.sample(GIVEN["en"].split(), 2)).capitalize()


def read_pool() -> Pool:
    """Read the digests and jieba's dictionary."""
    sents = lt.sentences(lt.read_corpus(REPORTS))
    classes, words = read_words()
    cut: dict[str, list[list[Word]]] = {"zh": [], "en": []}
    for text, lang in zip(sents["text"].str.strip(), sents["lang"], strict=True):
        if lang in cut and not text.startswith("#"):
            parts = re.findall(r"\d+|[A-Za-z]+|[^\dA-Za-z\u4e00-\u9fff]+|[\u4e00-\u9fff]+", text)
            runs = [lt.segment(part) if "\u4e00" <= part[0] <= "\u9fff" else [part] for part in parts]
            cut[lang].append([(word, classes.get(word, "")) for run in runs for word in run])
    english = Counter(
        word for sentence in cut["en"] for word, _ in sentence if re.fullmatch("[a-z]{4,}", word)
    )
    for ending in sorted({word[-2:] for word in english}):
        alike = sorted(word for word in english if word.endswith(ending))
        words[ending] = alike, list(accumulate(english[word] for word in alike))
    cut["en"] = [
        [(word, word[-2:] if word in english else "") for word, _ in sentence] for sentence in cut["en"]
    ]
    names: dict[str, str] = {}
    for name in sorted(set(lt.roster(sents)["speaker"])):
        if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name):
            names[name] = "zh"
        elif len(two := re.findall(r"[A-Z][a-z]+", name)) == 2:
            names |= {two[0]: "surname", two[1]: "given"}
    return Pool(cut, words, names)


def read_words() -> tuple[dict[str, str], dict[str, tuple[list[str], list[int]]]]:
    """Return the class of each word of two or more characters, and the words of a class by frequency."""
    classes: dict[str, str] = {}
    members: dict[str, dict[str, int]] = defaultdict(dict)
    for line in files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, frequency, tag = line.split()
        if len(word) > 1 and tag in ("n", "v", "vn", "a", "d"):
            classes[word] = f"{tag}{len(word)}"
            members[classes[word]][word] = int(frequency)
    return classes, {kind: (list(found), list(accumulate(found.values()))) for kind, found in members.items()}
