"""Themes, term counts, keyness and concordance."""

from luntan.lexical.comparison import keyness
from luntan.lexical.concordance import kwic
from luntan.lexical.coverage import theme_forms, untouched
from luntan.lexical.lexicon import theme_lexicon
from luntan.lexical.matching import themes
from luntan.lexical.terms import count_terms

__all__ = ["count_terms", "keyness", "kwic", "theme_forms", "theme_lexicon", "themes", "untouched"]
