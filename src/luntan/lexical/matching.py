"""Find the themes of a bilingual lexicon."""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from luntan._tables import check_table, make_table
from luntan.lexicons import read_text

Lexicon = Mapping[str, Mapping[str, object]]


def themes(sentences: pd.DataFrame, *, lexicon: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Find the themes of the bilingual lexicon in every sentence.

    One row is one hit: the longest form at its place; hits do not overlap.

    Parameters
    ----------
    sentences : DataFrame
        From `luntan.sentences`.
    lexicon : path, optional
        A YAML file of your own in the form of `lexicons/themes.yml`: for each theme `label`,
        `label_zh`, `en` and `zh`, the last two lists of forms.

    Returns
    -------
    DataFrame
        Columns `doc_id sent_id start end text lang theme`; `lang` is that of the sentence.

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> sents = sentences(make_corpus({"a": "“小巨人”企业。 Little giants need talent."}))
    >>> themes(sents)[["text", "theme"]].values.tolist()
    [['小巨人', 'little_giants'], ['Little giants', 'little_giants'], ['talent', 'talent']]
    """
    check_table(sentences, "sentences", "sentences")
    pattern, theme_of, acronyms = _theme_pattern(theme_lexicon(lexicon))
    columns = (sentences[name] for name in ("doc_id", "sent_id", "start", "text", "lang"))
    rows = [
        (doc_id, sent_id, start + hit.start(), start + hit.end(), hit[0], lang, theme_of[_fold(hit[0])])
        for doc_id, sent_id, start, text, lang in zip(*columns, strict=True)
        for hit in pattern.finditer(text)
        # AI is a theme, the surname Ai is not.
        if _fold(hit[0]) not in acronyms or hit[0].rstrip("es").isupper()
    ]
    return make_table("themes", rows)


def theme_lexicon(path: str | os.PathLike[str] | None = None) -> dict[str, dict[str, object]]:
    """Return the theme lexicon: for each theme its labels, definition and forms in both languages.

    Parameters
    ----------
    path : path, optional
        A YAML file of your own; without it, the one that comes with luntan.

    Returns
    -------
    dict
        Theme key to a dict with `label`, `label_zh`, `definition`, `en` and `zh`.

    Raises
    ------
    ValueError
        If an entry has no forms, or is not of that form.

    Examples
    --------
    >>> theme_lexicon()["talent"]["label_zh"], theme_lexicon()["talent"]["label"]
    ('人才', 'Talent')
    """
    text = read_text("themes.yml") if path is None else Path(path).read_text(encoding="utf-8")
    entries = yaml.safe_load(text)
    where = "themes.yml" if path is None else str(path)
    if not isinstance(entries, dict):
        raise ValueError(f"{where} is not a mapping of theme keys; see lexicons/themes.yml for the form.")
    for key, entry in entries.items():
        forms = [*entry.get("en", ()), *entry.get("zh", ())] if isinstance(entry, dict) else []
        if not forms or not all(isinstance(form, str) and form.strip() for form in forms):
            raise ValueError(f"{where}: theme {key!r} needs a list of forms under en or zh.")
    return entries


def _theme_pattern(entries: Lexicon) -> tuple[re.Pattern[str], dict[str, str], set[str]]:
    """Return the pattern of all forms, longest match first, each folded form's theme, and the acronyms."""
    forms: list[tuple[str, str]] = [
        (form, key)
        for key in sorted(entries)
        for language in ("en", "zh")
        for form in entries[key].get(language, ())  # type: ignore[attr-defined]
    ]
    theme_of = {variant: key for form, key in forms for variant in _variants(form)}
    acronyms = {variant for form, _ in forms if form.isupper() for variant in _variants(form)}
    latin = _trie_pattern(form for form in theme_of if form[0].isascii())
    han = _trie_pattern(form for form in theme_of if not form[0].isascii())
    bounded = rf"(?<![A-Za-z0-9]){latin}(?![A-Za-z0-9])" if latin else ""
    return re.compile("|".join(filter(None, [bounded, han])), re.IGNORECASE), theme_of, acronyms


def _variants(form: str) -> list[str]:
    """Return a form folded, and its plurals if it ends in a Latin letter."""
    folded = _fold(form)
    if not (folded[-1].isascii() and folded[-1].isalpha()) or folded[-1] == "s":
        return [folded]
    if folded[-1] == "y" and folded[-2:-1] not in "aeiou":
        return [folded, folded[:-1] + "ies"]
    return [folded, folded + "s", folded + "es"]


def _fold(form: str) -> str:
    """Fold letter case, and hyphens to blanks: `Small and Medium-sized` is one form with its twins."""
    return re.sub(r"[\s\-–]+", " ", form).lower()


def _trie_pattern(forms: Iterable[str]) -> str:
    """Return a pattern that matches the longest of the forms; shared beginnings are tried only once."""
    trie: dict[str, Any] = {}
    for form in forms:
        node = trie
        for char in form:
            node = node.setdefault(char, {})
        node[""] = {}
    return _render(trie)


def _render(node: dict[str, Any]) -> str:
    branches = [
        (r"[\s\-–]+" if char == " " else re.escape(char)) + _render(child)
        for char, child in sorted(node.items())
        if char
    ]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if '' in node else ''}"
