"""Find who speaks in an English clause: before the reporting word, after it, or at the sentence's start."""

import re

from luntan.attribution.names import is_person_name, person, read_run, run_before, split_titles
from luntan.attribution.nouns import common_noun
from luntan.attribution.roles import body_name, opens_role, parse_apposition, parse_roles, role_text
from luntan.attribution.sources import Role, Source, Span
from luntan.attribution.words import (
    ARTICLES,
    CONNECTORS,
    REACH,
    Token,
    is_capital,
    is_title,
    tokens_before,
    words_in,
    words_of,
)

_PRONOUN = re.compile(r"(?<![\w’'])(he|she|they|it)$", re.IGNORECASE)
_WHO = re.compile(r",?\s+who$")
_ASIDE = re.compile(
    r",\s*(?:meanwhile|however|too|in turn|by contrast|for (?:his|her|its|their) part|on the other hand|"
    r"though)\s*(?:,\s*)?$"
)
# Endings of ordinary nouns: a sentence that opens with one ("Practice has told us …") names nobody.
_NOUN = re.compile(
    r"(?:tion|ment|ness|ity|ism|ice|ance|ence|ship|(?<!j)ing|ology|ures?|ies|ings|tions|ments)$"
)
_LOOSE = re.compile(
    r"(?:^|(?<=\W))(?:also|further|then|later|once|again|repeatedly|has|had|have|himself|herself|themselves|both|all|long|ever|instead|only|"
    r"never|nonetheless|nevertheless|now|today|yesterday|reportedly|previously|earlier|recently|first|finally|even|just|still|often|"
    r"(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[a-z]+ly)\s?$"
)
_AFTER_QUOTE = re.compile(r"^.*[\"”\x01]", re.DOTALL)
_MARK = re.compile("[()（）,，;]")
_LEADS = frozenset("and but also while meanwhile then finally".split())


def is_noun(word: str) -> bool:
    """Tell whether a capitalised word ends like an ordinary noun."""
    return bool(_NOUN.search(word)) and word.split()[0].casefold() not in words_of("pinyin_surnames")


def subject_before(text: str, start: int, end: int) -> Source | None:
    """Return who is named as the subject of a verb that begins at `end`."""
    start = max(start, end - REACH)
    end = strip_loose(text, start, end)
    aside = _ASIDE.search(text, max(start, end - 40), end)
    end = strip_loose(text, start, aside.start()) if aside else end
    who = _WHO.search(text, max(start, end - 8), end)
    if who:
        found = _closed_apposition(text, start, who.start())
        if found is None or found.kind != "person":
            found = (
                _name_at_end(text, start, who.start()) or _plain_subject(text, start, who.start()) or found
            )
        return found
    pronoun = _PRONOUN.search(text, max(start, end - 5), end)
    if pronoun:
        return Source(pronoun.start(), pronoun.end(), pronoun.group(), "pronoun")
    if text[end - 1 : end] in (",", "，") and end > start:
        return _closed_apposition(text, start, end - 1)
    return _with_first(text, start, _plain_subject(text, start, end))


def strip_loose(text: str, start: int, end: int) -> int:
    """Step back over adverbs and auxiliaries before a reporting word."""
    for _ in range(5):
        while end > start and text[end - 1].isspace():
            end -= 1
        found = _LOOSE.search(text, max(start, end - 16), end)
        if not found:
            break
        end = found.start()
    return end


def _plain_subject(text: str, start: int, end: int) -> Source | None:
    """Read a subject without apposition: a capitalised run, or a common noun and what hangs on it."""
    tokens = tokens_before(text, start, end)
    run = run_before(tokens)
    before = tokens[: len(tokens) - len(run)]
    while run and before and before[-1].start >= run[0].start:
        before = before[:-1]
    if run and text[run[-1].end : end].strip(" )’'s."):
        run = []
    noun = common_noun(text, tokens)
    if not run or (noun and _leads(noun, run, before)):
        return noun
    if before and _hangs(before) and not any(is_title(token.text) for token in run):
        return noun
    if len(run) == 1 and is_noun(run[0].text) and not text[start : run[0].start].strip(' \n"“'):
        return noun
    return read_run(text, run, before) or noun


def _hangs(before: list[Token]) -> bool:
    """Tell whether a preposition stands before the run: "laws in the UK expected next month"."""
    at = len(before) - 1 - (before[-1].text in ARTICLES)
    return at > 0 and before[at].text in CONNECTORS - {"and", "the", "&"} | {"by", "into", "about", "against"}


def _leads(noun: Source, run: list[Token], before: list[Token]) -> bool:
    """Tell whether a common noun, not the capitalised run in its phrase, is the subject."""
    if (before and is_title(before[-1].text)) or noun.kind == "title":
        return False
    head = run[0].text.casefold()
    common = head in words_of("collectives_en") or is_title(head)
    return noun.start < run[0].start or (noun.start == run[0].start and common and (
        len(run) == 1 or head.endswith("s")
    ))  # fmt: skip


def _with_first(text: str, start: int, source: Source | None) -> Source | None:
    """Add the person joined before: "Lee and Kim said"."""
    if source is None or source.also or not source.is_person:
        return source
    before = text[start : source.start].rstrip()
    if not before.endswith(" and"):
        return source
    at = start + len(before) - 4
    tokens = tokens_before(text, start, at)
    run = run_before(tokens)
    other = read_run(text, run, tokens[: len(tokens) - len(run)]) if run and run[-1].end == at else None
    return other._replace(also=source) if other is not None and other.is_person else source


def segments(text: str, start: int, end: int, times: int | None = None) -> list[Span]:
    """Split at commas outside brackets, at most so many times."""
    spans, depth, at = list[Span](), 0, start
    for mark in _MARK.finditer(text, start, end):
        letter, place = mark.group(), mark.start()
        if letter in "(（":
            depth += 1
        elif letter in ")）":
            depth = max(0, depth - 1)
        elif not depth and not text[place - 1 : place + 2].replace(",", "").isdecimal():
            spans.append((at, place))
            at = place + 1
            if len(spans) == times:
                break
    return [*spans, (at, end)]


def name_segment(text: str, start: int, end: int, *, titled: bool = False) -> Source | None:
    """Return the person if this stretch is a name and nothing else: "Professor Li Wen (李文) of CASS"."""
    return name_of(text, tokens_before(text, start, end), titled=titled)


def name_of(text: str, tokens: list[Token], *, titled: bool = False) -> Source | None:
    """Return the person if these words are a name and nothing else."""
    tokens = _without_brackets(text, tokens)
    while tokens and tokens[0].text.casefold() in _LEADS:
        tokens = tokens[1:]
    home: list[Token] = []
    words = words_in(tokens)
    of = next((n for n, word in enumerate(words) if n and word in ("of", "from", "at")), len(words))
    if not words or not (is_capital(words[-1]) or is_capital(words[of - 1])):
        return None  # soonest told, and true of most
    if of < len(words) and not any(map(is_title, words[of - 1 :])):
        tokens, home = tokens[:of], tokens[of + 1 :]
    if not is_capital(tokens[-1].text):
        return None
    if len(tokens) > 2 and tokens[-1].text.isupper() and is_title(tokens[-1].text):
        tokens = tokens[:-1]  # "Ann Bell KC"
    titles, name = split_titles(tokens)
    if not name or len(name) > 4 or not is_person_name(name, titled=titled or bool(titles)):
        return None
    if any(
        not is_title(t.text) and not is_capital(t.text) and t.text not in ("of", "the") for t in titles[:-1]
    ):
        return None
    role = role_text(text, titles)
    if home and is_capital(home[-1].text):
        home = home[1:] if home[0].text == "the" else home
        body = body_name(" ".join(text[home[0].start : home[-1].end].split()))
        return person(text, name, ((role, body),)) if len(name) > 1 else None
    return person(text, name, parse_roles(role), titled=bool(titles))


def _without_brackets(text: str, tokens: list[Token]) -> list[Token]:
    if not tokens or text.find("(", tokens[0].start, tokens[-1].end) < 0:
        return tokens
    kept, depth = [], 0
    for token in tokens:
        depth += token.text == "("
        if not depth:
            kept.append(token)
        depth -= token.text == ")" and depth > 0
    return kept


def _name_at_end(text: str, start: int, end: int) -> Source | None:
    """Return the person a stretch ends with: "In the afternoon Professor NAME"."""
    tokens = _without_brackets(text, tokens_before(text, start, end))
    run = run_before(tokens)
    found = read_run(text, run, tokens[: len(tokens) - len(run)]) if run else None
    return found if found is not None and found.kind == "person" else None


def _closed_apposition(text: str, start: int, end: int) -> Source | None:
    """Read "NAME, ROLE of ORGANISATION," and "The ROLE of ORGANISATION, NAME,"."""
    spans = segments(text, start, end)
    single: Source | None = None
    for number in range(len(spans) - 1, max(-1, len(spans) - 9), -1):
        left, right = spans[number]
        after = text[right + 1 : end].strip() if number + 1 < len(spans) else ""
        roles = parse_apposition(after) if after else ()
        ahead = _AFTER_QUOTE.sub("", text[slice(*spans[number - 1])]).strip() if number else ""
        found = name_segment(text, left, right, titled=bool(roles) or (not after and opens_role(ahead))) or (
            _name_at_end(text, left, right) if roles else None
        )
        if found is None:
            continue
        if not after and found.kind == "person" and opens_role(ahead):
            return with_roles(found, parse_roles(ahead))
        opens = not number and not ahead
        if after and not roles and not opens:
            continue
        found = with_roles(found, roles)
        if found.kind == "person":
            return _with_partner(text, spans, number, found)
        single = found if opens or roles or found.titled else single or found
    if single is not None:
        return single
    run = run_before(tokens_before(text, *spans[-1]))
    named = read_run(text, run, []) if run and not text[spans[-1][0] : run[0].start].strip(" the") else None
    if len(spans) > 1 and named is not None and named.kind == "organisation":
        return named  # "The contractor, Acme Roads Ltd, …"
    left, right = spans[0] if len(spans) < 3 else spans[-2]
    found = subject_before(text, left, right) if right > left and len(spans) > 1 else None
    return found if found and not found.is_person and found.kind != "pronoun" else None


def _with_partner(text: str, spans: list[Span], number: int, found: Source) -> Source:
    """Add the person before "and": "A, head of …, and B, head of …, said"."""
    if not number or not text[slice(*spans[number])].lstrip().startswith("and "):
        return found
    other = _closed_apposition(text, spans[0][0], spans[number - 1][1])
    return other._replace(also=found) if other is not None and other.kind == "person" else found


def with_roles(source: Source, roles: tuple[Role, ...]) -> Source:
    """Return the source with further roles."""
    return source._replace(roles=source.roles + roles)
