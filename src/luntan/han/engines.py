"""The segmenters beneath: rjieba, or jieba where that is missing or asked for; both cut alike."""

import os
import sys
import warnings
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from types import ModuleType

from luntan.lexicons import read_lexicon


class Engine:
    """What is asked of a segmenter: a cut of a text, and the tag of a dictionary word, else ''."""

    def __init__(self, cut: Callable[[str], list[str]], tag: Callable[[str], str]) -> None:
        # The same word is asked for as a word, as part of others and as part of a name.
        self.cut, self.tag = cut, lru_cache(maxsize=100_000)(tag)


@cache
def known_words() -> tuple[str, ...]:
    """Return the words an engine is to know besides its own, each with just the weight to stand whole."""
    return tuple(word for name in ("words_zh", "terms_zh", "bodies_zh") for word in read_lexicon(name))


@cache
def engine() -> Engine:
    """Return the segmenter with a dictionary of its own; `LUNTAN_ENGINE=jieba` asks for jieba."""
    asked = os.environ.get("LUNTAN_ENGINE", "")
    if asked not in ("", "rjieba", "jieba"):
        raise ValueError(f"LUNTAN_ENGINE is {asked!r}; set it to rjieba or jieba, or unset it.")
    if asked == "jieba" or (not asked and find_spec("rjieba") is None):
        return _jieba_engine()
    return _rjieba_engine()


def _rjieba_engine() -> Engine:
    fast = _rjieba().Jieba()
    for word in known_words():
        fast.add_word(word, None, "n")

    def tag(word: str) -> str:
        return str(fast.tag(word, False)[0][1]) if fast.has_word(word) else ""

    return Engine(lambda text: fast.cut(text, True), tag)


def _rjieba() -> ModuleType:
    """Load rjieba's compiled module alone: its package makes a second dictionary that we do not use."""
    name, package = "rjieba.rjieba", find_spec("rjieba")
    spec = PathFinder.find_spec(name, package.submodule_search_locations) if package else None
    if spec is None or spec.loader is None:
        raise ImportError("LUNTAN_ENGINE asks for rjieba, which is not installed.")
    if name not in sys.modules:
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def _jieba_engine() -> Engine:
    with warnings.catch_warnings():
        # jieba 0.42.1 has invalid escapes in its patterns, which newer Pythons warn of.
        warnings.simplefilter("ignore")
        import jieba
    # A tokenizer of our own: the words we add must not change what other users of jieba get. It reads the
    # dictionary here, since jieba itself would say so on stderr and leave a copy in the shared temp folder.
    slow = jieba.Tokenizer()
    slow.FREQ, slow.total = slow.gen_pfdict(slow.get_dict_file())
    slow.initialized = True
    with slow.get_dict_file() as lines:
        tags = {word: tag for word, _, tag in (line.decode().split() for line in lines)}
    for word in known_words():
        # jieba leaves the old weight of a word in its total, rjieba does not.
        old = slow.FREQ.get(word, 0)
        slow.add_word(word)
        slow.total -= old
        tags[word] = "n"
    return Engine(lambda text: slow.lcut(text, HMM=True), lambda word: tags.get(word, ""))
