"""Themes, term counts, keyness, concordance, and what can be discovered without a lexicon."""

from luntan.lexical.collocation import collocations
from luntan.lexical.comparison import keyness
from luntan.lexical.concordance import format_kwic, kwic, sort_kwic
from luntan.lexical.cooccurrence import cooccurrences
from luntan.lexical.coverage import theme_forms, untouched
from luntan.lexical.lexicon import theme_lexicon
from luntan.lexical.matching import themes
from luntan.lexical.terms import content_words, count_terms
from luntan.lexical.topics import discover_topics, topic_shares

__all__ = [
    "collocations",
    "content_words",
    "cooccurrences",
    "count_terms",
    "discover_topics",
    "format_kwic",
    "keyness",
    "kwic",
    "sort_kwic",
    "theme_forms",
    "theme_lexicon",
    "themes",
    "topic_shares",
    "untouched",
]
