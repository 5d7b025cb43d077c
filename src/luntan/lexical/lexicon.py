"""Read a theme lexicon; say file, line and what is wrong if it cannot be used."""

import difflib
import os
from pathlib import Path

import yaml

from luntan.lexicons import read_text

OWN = "themes.yml"
FORMS = ("en", "zh", "not_en", "not_zh")
WORDS = ("label", "label_zh", "definition", "note")


def theme_lexicon(path: str | os.PathLike[str] | None = None) -> dict[str, dict[str, object]]:
    """Return the theme lexicon: for each theme its labels, definition and forms in both languages.

    Parameters
    ----------
    path : path, optional
        A YAML file of your own; without it, the one that comes with luntan.

    Returns
    -------
    dict
        Theme key to a dict with the texts `label`, `label_zh`, `definition` and `note`, and the lists
        of forms `en` and `zh`, and of longer phrases that are no hit, `not_en` and `not_zh`.

    Raises
    ------
    ValueError
        If the file is no such lexicon; the message names file, line and remedy.

    Examples
    --------
    >>> theme_lexicon()["talent"]["label_zh"], theme_lexicon()["talent"]["label"]
    ('人才', 'Talent')
    """
    name = OWN if path is None else os.fspath(path)
    try:
        text = read_text(OWN) if path is None else Path(path).read_text(encoding="utf-8-sig")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise ValueError(f"{name} is not UTF-8 text; save it with that encoding.") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ValueError(f"{name}, line {line}: this is no YAML: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise ValueError(f"{name} is no YAML: {' '.join(str(error).split())}.") from error
    return _Reader(name).themes(root)


class _Reader:
    """Turns the nodes of a YAML file into themes; knows the file's name for its errors."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._owner: dict[str, tuple[str, int]] = {}

    def themes(self, root: yaml.Node | None) -> dict[str, dict[str, object]]:
        """Return all themes of the file."""
        if root is None:
            raise ValueError(f"{self._name} is empty; write a theme with a list of forms under en or zh.")
        if not isinstance(root, yaml.MappingNode):
            raise self._error(
                root, "the file is no mapping of theme keys; see lexicons/themes.yml for the form"
            )
        themes: dict[str, dict[str, object]] = {}
        for key, value in root.value:
            theme = self._text(key, "a theme key")
            if theme in themes:
                raise self._error(key, f"theme {theme!r} stands here a second time; join the two")
            themes[theme] = self._theme(theme, key, value)
        return themes

    def _theme(self, theme: str, key: yaml.Node, node: yaml.Node) -> dict[str, object]:
        if not isinstance(node, yaml.MappingNode):
            raise self._error(key, f"theme {theme!r} needs a list of forms under en or zh")
        entry: dict[str, object] = {"label": theme, "label_zh": theme, "definition": "", "note": ""}
        entry |= {field: [] for field in FORMS}
        given: set[str] = set()
        for field_node, value in node.value:
            field = self._text(field_node, "a field's name")
            if field not in entry:
                near = difflib.get_close_matches(field, entry, 1, cutoff=0.5)
                meant = f"; did you mean {near[0]!r}" if near else f"; known are {', '.join(entry)}"
                raise self._error(field_node, f"theme {theme!r} has the unknown field {field!r}{meant}")
            if field in given:
                raise self._error(field_node, f"theme {theme!r} has the field {field!r} twice; join the two")
            given.add(field)
            entry[field] = (
                self._text(value, f"{theme}.{field}") if field in WORDS else self._forms(theme, field, value)
            )
        if not entry["en"] and not entry["zh"]:
            raise self._error(key, f"theme {theme!r} needs a list of forms under en or zh")
        return entry

    def _forms(self, theme: str, field: str, node: yaml.Node) -> list[str]:
        if not isinstance(node, yaml.SequenceNode):
            raise self._error(node, f'{theme}.{field} is no list; write it as ["one form", "another"]')
        forms = []
        for item in node.value:
            form = self._text(item, f"a form of {theme}.{field}").strip()
            if not any(char.isalnum() for char in form):
                raise self._error(item, f"{theme}.{field} has the form {form!r}, which holds no letter")
            # A form may stand under en and zh of one theme (AI), but not under two themes.
            owner, line = self._owner.setdefault(form.casefold(), (theme, item.start_mark.line + 1))
            if owner != theme:
                where = f"belongs to {owner!r} already (line {line})"
                raise self._error(item, f"the form {form!r} of theme {theme!r} {where}; a form has one theme")
            forms.append(form)
        return forms

    def _text(self, node: yaml.Node, what: str) -> str:
        is_text = isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str"
        if not is_text or not node.value.strip():
            written = node.value if isinstance(node, yaml.ScalarNode) else "a list or mapping"
            raise self._error(node, f"{what} must be text, not {written or 'nothing'}; put it in quotes")
        return str(node.value)

    def _error(self, node: yaml.Node, what: str) -> ValueError:
        return ValueError(f"{self._name}, line {node.start_mark.line + 1}: {what}.")
