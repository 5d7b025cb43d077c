"""The languages of the interface: every page is made once in English and once in Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from luntan.lexicons import chinese_names


@dataclass(frozen=True)
class Tongue:
    """A language of the interface, the folder of its pages, and its words for ours."""

    lang: str
    name: str
    folder: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def shared(self) -> str:
        """The way from the pages' own first page to the files that all languages share."""
        return "../" * self.folder.count("/")

    def say(self, text: str, **values: object) -> str:
        """Say a phrase of the interface; KeyError if there is no word for it."""
        return (self.words[text] if self.words else text).format(**values)

    def name_of(self, value: str) -> str:
        """Name a value or a column of our tables; what has no name in this language keeps its own."""
        return self.words.get(value, value)

    def pair(self, english: str, chinese: str) -> str:
        """Put a label in both languages, this one first."""
        both = (chinese, english) if self.words else (english, chinese)
        return " ".join(dict.fromkeys(filter(None, both)))


ENGLISH = Tongue("en", "English")


@cache
def tongues() -> tuple[Tongue, ...]:
    """Return all languages of the interface, English first."""
    phrases = yaml.safe_load((files("luntan.site") / "zh.yml").read_text("utf-8"))
    return ENGLISH, Tongue("zh-CN", "中文", "zh/", chinese_names() | phrases)
