"""luntan 论坛: read forum and policy reports in Chinese and English.

Who said what, on which themes, with which numbers; and every row of every table leads back to the
characters it came from: `corpus.text[doc_id][start:end] == row.text`.
"""

from luntan.attribution import roster, statements, unattributed
from luntan.attribution.sectors import with_sector
from luntan.charts import (
    plot_counts,
    plot_keyness,
    plot_matrix,
    plot_pairs,
    plot_series,
    plot_wordcloud,
    save_figure,
)
from luntan.corpus import make_corpus, outside_body, parallel_halves, read_corpus, sentences
from luntan.evidence import cite, tally
from luntan.lexical import count_terms, keyness, kwic, theme_lexicon, themes
from luntan.measurement import check_arithmetic, conflicts, quantities
from luntan.segmentation import segment, tokens

__version__ = "0.1.0"
__all__ = [
    "check_arithmetic",
    "cite",
    "conflicts",
    "count_terms",
    "keyness",
    "kwic",
    "make_corpus",
    "outside_body",
    "parallel_halves",
    "plot_counts",
    "plot_keyness",
    "plot_matrix",
    "plot_pairs",
    "plot_series",
    "plot_wordcloud",
    "quantities",
    "read_corpus",
    "roster",
    "save_figure",
    "segment",
    "sentences",
    "statements",
    "tally",
    "theme_lexicon",
    "themes",
    "tokens",
    "unattributed",
    "with_sector",
]
