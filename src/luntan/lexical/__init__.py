"""Themes, term counts, keyness and concordance."""

from luntan.lexical.comparison import keyness
from luntan.lexical.concordance import kwic
from luntan.lexical.matching import theme_lexicon, themes
from luntan.lexical.terms import count_terms

__all__ = ["count_terms", "keyness", "kwic", "theme_lexicon", "themes"]
