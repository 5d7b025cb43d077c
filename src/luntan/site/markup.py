"""The small pieces every page is made of. All text of documents passes through `escape`."""

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from luntan.site.tongue import ENGLISH, Tongue, tongues

# Nothing is fetched but our own style sheet, pictures beside it, and the face inside the style sheet.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; font-src data:; form-action 'none'"
# The search page alone runs our own script, and sends its form to itself.
SCRIPTED_POLICY = POLICY.replace("form-action 'none'", "form-action 'self'; script-src 'self'")
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(
    rf"[“‘《「『（]?[{HAN}](?:[{HAN}“”‘’《》「」『』（）〈〉、，。：；！？·—…％]*[{HAN}”’》」』）。！？])*"
)
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile("[A-Za-z]+")
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SAFE_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def escape(text: object) -> str:
    """Turn text into markup that shows just that text; control characters show as �."""
    return html.escape(showable(str(text))).replace("\r", "&#13;")


def showable(text: str) -> str:
    """Put � in the place of control characters and of halves of characters."""
    return _UNSHOWABLE.sub("\ufffd", text)


def han_runs(text: str) -> list[tuple[int, int]]:
    """Find the stretches of Chinese in a text of another language."""
    return [run.span() for run in _HAN_RUN.finditer(text)]


def is_chinese(text: str) -> bool:
    """Tell whether a text has more Chinese characters than words in Latin letters."""
    return len(_HAN_CHARACTER.findall(text)) > len(_LATIN_WORD.findall(text))


def mixed(text: object) -> str:
    """Escape text of an English page and say which parts of it are Chinese."""
    plain, at, pieces = str(text), 0, []
    for start, end in han_runs(plain):
        pieces += [escape(plain[at:start]), f'<span lang="zh">{escape(plain[start:end])}</span>']
        at = end
    return "".join([*pieces, escape(plain[at:])])


def page_names(doc_ids: Iterable[str]) -> dict[str, str]:
    """Give every document a file name that is safe everywhere and depends on nothing but its doc_id."""
    names: dict[str, str] = {}
    for doc_id in doc_ids:
        name = doc_id
        if len(doc_id) > 60 or not _SAFE_NAME.fullmatch(doc_id) or doc_id in names.values():
            digest = hashlib.sha256(doc_id.encode("utf-8", "surrogatepass")).hexdigest()
            readable = "-".join(re.findall("[a-z0-9]+", doc_id.lower()))[:40].strip("-") or "document"
            name = f"{readable}-{digest[:16]}"
        names[doc_id] = name
    return names


def scroll(label: str, inner: str) -> str:
    """Wrap what may be wider than the page, so that the page itself never scrolls sideways."""
    return f'<div class="scroll" role="region" aria-label="{escape(label)}" tabindex="0">{inner}</div>'


def _tell_regions_apart(markup: str) -> str:
    """Number the labels that occur twice, so that a screen reader lists no two alike."""
    seen: Counter[str] = Counter()

    def number(region: re.Match[str]) -> str:
        seen[region[1]] += 1
        return region[0] if seen[region[1]] == 1 else f'{region[0][:-1]}, {seen[region[1]]}"'

    return re.sub(r'(?<= role="region") aria-label="([^"]*)"', number, markup)


def fold(summary: str, inner: str, kind: str = "") -> str:
    """Put `inner` behind a summary line that opens it."""
    css = f' class="{kind}"' if kind else ""
    return f"<details{css}><summary>{summary}</summary>\n{inner}\n</details>"


@dataclass(frozen=True)
class Frame:
    """What all pages of one language share: the pages in its navigation, file and label."""

    pages: tuple[tuple[str, str], ...]
    tongue: Tongue = ENGLISH

    def page(
        self, here: str, title: str, main: str, *, styles: Sequence[str] = (), scripts: Sequence[str] = ()
    ) -> str:
        """Make a whole page; `here` is its file, `styles` and `scripts` are files that languages share.

        What a page shows is English with Chinese parts marked as such, whatever the interface's language.
        """
        say, up = self.tongue.say, "../" * here.count("/")
        shared = up + self.tongue.shared
        sheets = "".join(
            f'<link rel="stylesheet" href="{shared}{style}">\n' for style in ("assets/site.css", *styles)
        )
        sheets += "".join(f'<script defer src="{shared}{script}"></script>\n' for script in scripts)
        main = _tell_regions_apart(main)
        name = "luntan 论坛" if here == "index.html" else f"{title} – luntan 论坛"
        motto = mixed(say("Every mark leads back to the characters it came from."))
        return f"""<!doctype html>
<html lang="{self.tongue.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{SCRIPTED_POLICY if scripts else POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{escape(name)}</title>
{sheets}</head>
<body>
<a class="skip" href="#main">{say("Skip to the text")}</a>
<header>
<a class="name" href="{up}index.html">luntan <span lang="zh">论坛</span></a>
<nav aria-label="{say("Report")}"><ul>{self._links(here, up)}</ul></nav>
<p class="tongues">{self._tongues(here, shared)}</p>
</header>
<main id="main" lang="en">
{main}
</main>
<footer><p>luntan <span lang="zh">论坛</span> {motto}
<a href="#main">{say("Back to the top")}</a></p></footer>
</body>
</html>
"""

    def _links(self, here: str, up: str) -> str:
        def link(file: str, label: str) -> str:
            current = ' aria-current="page"' if file == here else ""
            return f'<li><a href="{up}{quote(file, safe="/#")}"{current}>{mixed(label)}</a></li>'

        return "".join(link(file, label) for file, label in self.pages)

    def _tongues(self, here: str, shared: str) -> str:
        """Lead to the same page in the other languages."""
        return " ".join(
            f'<a href="{shared}{tongue.folder}{here}" lang="{tongue.lang}" '
            f'hreflang="{tongue.lang}">{tongue.name}</a>'
            for tongue in tongues()
            if tongue is not self.tongue
        )
