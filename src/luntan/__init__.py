"""luntan 论坛: read forum and policy reports in Chinese and English.

Who said what, on which themes, with which numbers; and every row of every table leads back to the
characters it came from: `corpus.text[doc_id][start:end] == row.text`.
"""

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from luntan.attribution import roster, statements, unattributed
    from luntan.attribution.sectors import with_sector
    from luntan.charts import (
        describe_counts,
        plot_counts,
        plot_keyness,
        plot_matrix,
        plot_network,
        plot_pairs,
        plot_series,
        plot_wordcloud,
        save_figure,
    )
    from luntan.coding import (
        agreement,
        apply_coding,
        apply_themes,
        coding_sheet,
        disagreements,
        read_coding,
        write_coding_sheet,
        write_qdpx,
    )
    from luntan.corpus import make_corpus, outside_body, parallel_halves, read_corpus, sentences
    from luntan.evidence import cite, tally
    from luntan.explorer import choose, explorable, explore, in_period, write_selection
    from luntan.lexical import (
        collocations,
        content_words,
        cooccurrences,
        count_terms,
        discover_topics,
        format_kwic,
        keyness,
        kwic,
        sort_kwic,
        theme_forms,
        theme_lexicon,
        themes,
        topic_shares,
        untouched,
    )
    from luntan.measurement import check_arithmetic, conflicts, quantities
    from luntan.networks import actor_theme_network, congruence, stances, write_network
    from luntan.scale import analyse, count_parts
    from luntan.segmentation import segment, tokens

__version__ = "0.1.0"
# A room is opened when one of its names is first asked for, so that `import luntan` costs nothing.
_ROOM_OF = {
    "actor_theme_network": "networks",
    "agreement": "coding",
    "analyse": "scale",
    "apply_coding": "coding",
    "apply_themes": "coding",
    "check_arithmetic": "measurement",
    "choose": "explorer",
    "cite": "evidence",
    "coding_sheet": "coding",
    "collocations": "lexical",
    "conflicts": "measurement",
    "congruence": "networks",
    "content_words": "lexical",
    "cooccurrences": "lexical",
    "count_parts": "scale",
    "count_terms": "lexical",
    "describe_counts": "charts",
    "disagreements": "coding",
    "discover_topics": "lexical",
    "explorable": "explorer",
    "explore": "explorer",
    "format_kwic": "lexical",
    "in_period": "explorer",
    "keyness": "lexical",
    "kwic": "lexical",
    "make_corpus": "corpus",
    "outside_body": "corpus",
    "parallel_halves": "corpus",
    "plot_counts": "charts",
    "plot_keyness": "charts",
    "plot_matrix": "charts",
    "plot_network": "charts",
    "plot_pairs": "charts",
    "plot_series": "charts",
    "plot_wordcloud": "charts",
    "quantities": "measurement",
    "read_coding": "coding",
    "read_corpus": "corpus",
    "roster": "attribution",
    "save_figure": "charts",
    "segment": "segmentation",
    "sentences": "corpus",
    "sort_kwic": "lexical",
    "stances": "networks",
    "statements": "attribution",
    "tally": "evidence",
    "theme_forms": "lexical",
    "theme_lexicon": "lexical",
    "themes": "lexical",
    "tokens": "segmentation",
    "topic_shares": "lexical",
    "unattributed": "attribution",
    "untouched": "lexical",
    "with_sector": "attribution.sectors",
    "write_coding_sheet": "coding",
    "write_network": "networks",
    "write_qdpx": "coding",
    "write_selection": "explorer",
}
__all__ = [
    "actor_theme_network",
    "agreement",
    "analyse",
    "apply_coding",
    "apply_themes",
    "check_arithmetic",
    "choose",
    "cite",
    "coding_sheet",
    "collocations",
    "conflicts",
    "congruence",
    "content_words",
    "cooccurrences",
    "count_parts",
    "count_terms",
    "describe_counts",
    "disagreements",
    "discover_topics",
    "explorable",
    "explore",
    "format_kwic",
    "in_period",
    "keyness",
    "kwic",
    "make_corpus",
    "outside_body",
    "parallel_halves",
    "plot_counts",
    "plot_keyness",
    "plot_matrix",
    "plot_network",
    "plot_pairs",
    "plot_series",
    "plot_wordcloud",
    "quantities",
    "read_coding",
    "read_corpus",
    "roster",
    "save_figure",
    "segment",
    "sentences",
    "sort_kwic",
    "stances",
    "statements",
    "tally",
    "theme_forms",
    "theme_lexicon",
    "themes",
    "tokens",
    "topic_shares",
    "unattributed",
    "untouched",
    "with_sector",
    "write_coding_sheet",
    "write_network",
    "write_qdpx",
    "write_selection",
]


def __getattr__(name: str) -> object:
    """Open the room of a public name."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'luntan' has no attribute {name!r}")
    globals()[name] = value = getattr(import_module(f"luntan.{_ROOM_OF[name]}"), name)
    return value


def __dir__() -> list[str]:
    """List the public names, opened or not."""
    return sorted({*globals(), *__all__})
