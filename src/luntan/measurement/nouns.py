"""Say what a figure counts, and of which period it speaks, in the words of its sentence."""

import re
from functools import lru_cache
from itertools import pairwise

from luntan.lexicons import read_fields, read_lexicon
from luntan.measurement.figure import Figure
from luntan.measurement.roles import WORDS, role_of

REACH = 90  # how far from the figure its noun phrase may reach, in characters

_ENDS_EN = frozenset(read_lexicon("noun_ends_en"))


def _end_word(word: str, begins: str, ends: str) -> str:
    """Return the pattern of a stop word that is not inside a longer word (有 in 有效, 会 in 社会)."""
    before = "" if ends == "-" else f"(?<![{ends}])"
    after = "" if begins == "-" else f"(?![{begins}])"
    return f"{before}{word}{after}"


_ENTRIES_ZH = sorted(read_fields("noun_ends_zh"), key=lambda e: -len(e[0]))
# A place where none of them begins is passed at once.
_BEGINS_ZH = "".join(sorted({entry[0][0] for entry in _ENTRIES_ZH}))
_ENDS_ZH = rf"(?=[{_BEGINS_ZH}])(?:{'|'.join(_end_word(*entry) for entry in _ENTRIES_ZH)})"
_HAN_STOP = re.compile(_ENDS_ZH)
_HAN_TAIL = re.compile(rf"(?:{_ENDS_ZH})+$")
_ENDS_IN_ZH = frozenset(entry[0][-1] for entry in _ENTRIES_ZH)
_HAN_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z&+·“”\"（）《》-][\u4e00-\u9fffA-Za-z0-9&+·“”\"（）()《》-]*")
_LAST_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z&+·“”\"-]+[ \u00a0]?$")
_WORD = re.compile(
    r"(?: ?[（(][^()（）\n]{1,24}[)）])?[ \u00a0][\"“‘']?(?P<word>[A-Za-z][\w&.'’-]*)(?P<stop>[\"”’',.)]*)"
)
_OF = re.compile(r" (?:of|in) (?:(?:all|the|their|its|our|total|these|those) )*")
# sixth in output, fourth by exports; but not sixth in the country
_RANKED_BY = re.compile(r" (?:of|in|by|for) (?:(?:their|its) )?")
_REST = re.compile(r"[A-Za-z]{0,20}")
_RELATIVE = re.compile(r" (?:that|which|who|where|(?:in|of|for) which)\b")
_CLAUSE = re.compile(r"[;:!?(]|, (?=[a-z]+ (?:is|was|are|were|will|has|had)\b)")
_VERB = re.compile(r"(?:[a-z]{2}ed|[a-z]ly|grown|fallen|risen|held|rise|fall|ranks?)$")
_MODALS = frozenset("will would shall should can could may might must to not".split())
_DETERMINERS = frozenset("a an the its their his her our this that these those".split())
_ADJUNCTS = frozenset(
    "in on for with at under over after during since between from as than within against among to".split()
)
_LOCATIVE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?<!集)(?<!其)(?:中|当中|里)$")
_MARKS = re.compile(r"[“”\"（）()《》]")
_HAN_CHAR = re.compile(r"[\u4e00-\u9fff]")
_PERIOD = re.compile(
    r"(?=[今去前明当本同上下目十每LTNCASUPltncasup])(?:(?:今|去|前|明|当|本|同|上)年(?:上半年|下半年)?|上半年|下半年|目前|十[一二三四五]五”?(?:规划)?(?:期间|时期|末)?|[本上当]月|每年"
    r"|\b(?i:last year|this year|next year|last month|this month|currently"
    r"|at present|so far|up to now|to date|per year|annually)\b)"
)
_DATED_AFTER = re.compile(r"(?i)\b(?:in|by|since|during|for|until|end of|between|from) $|[（(]$")


def counted(text: str, figure: Figure, before: Figure | None, after: Figure | None) -> str:
    """Return the words that name what `figure` counts, or an empty text; its neighbours bound the search."""
    if figure.kind in ("year", "date"):
        return ""
    role, base, head = role_of(text, figure)
    low = max(before.tail if before else 0, figure.head - REACH)
    stop = min(after.head if after else len(text), _word_end(text, figure.tail + REACH))
    beside = role in ("growth", "fall")
    noun = clean(base) if base else "" if beside else _following(text, figure, stop)
    if not noun and (role != "share" or _HAN_CHAR.match(text, max(0, head - 1))):
        noun = _preceding(text, figure, head, low)
    return _with_role(noun, role, text, figure)


def _word_end(text: str, at: int) -> int:
    """Return `at`, or the end of the Latin word around it, if that is near."""
    found = _REST.match(text, at)
    return found.end() if found else at


def _with_role(noun: str, role: str, text: str, figure: Figure) -> str:
    """Say the role with the noun: share of firms, 占企业; sales growth, 销售额增长; total firms, 合计企业."""
    if not role:
        shares = (
            figure.kind == "percent" and _OF.match(text, figure.tail) and figure.unit != "percentage_point"
        )
        return f"share of {noun}" if shares and noun and not _HAN_CHAR.search(noun) else noun
    han = bool(_HAN_CHAR.search(noun or text[max(0, figure.head - 4) : figure.head]))
    if role == "share":
        return f"占{noun}" if han else f"share of {noun}".removesuffix(" of ")
    if role == "total":
        return f"合计{noun}" if han else f"total {noun.removeprefix('total ')}".strip()
    word = WORDS[role][han]
    return noun if noun.endswith(word) else f"{noun}{word}" if han else f"{noun} {word}".strip()


def _following(text: str, figure: Figure, stop: int) -> str:
    at = figure.tail
    if figure.kind in ("percent", "money", "duration", "other") and text.startswith("的", at):
        at += 1
    elif (
        figure.kind in ("percent", "other", "duration")
        and text[at - 1 : at] not in "成数半一二三四五六七八九"
        and _HAN_CHAR.match(text, at)
    ):
        return ""
    begins = text[at : at + 2].lstrip('“《" ')[:1]
    if _HAN_CHAR.match(begins):
        return "" if text[at] == " " and not figure.unit else _han_phrase(text, at, stop)
    return _english_phrase(text, figure, at, stop)


def _han_phrase(text: str, at: int, stop: int) -> str:
    found = _HAN_RUN.match(text, at, stop)
    if not found:
        return ""
    run = found.group()
    cut = _HAN_STOP.search(run)
    phrase = clean(run[: cut.start()] if cut else run)
    # 家企业的代表: what is counted may stand after one 的.
    if cut and cut.group() == "的" and len(phrase) < 2:
        return clean(run[cut.end() :])
    return phrase if len(phrase) > 1 or not cut else ""


def _english_phrase(text: str, figure: Figure, at: int, stop: int) -> str:
    of = (_RANKED_BY if figure.unit == "rank" else _OF).match(text, at, stop)
    if of:
        at = of.end() - 1
    elif figure.kind == "percent" and not re.search(
        r"(?i)\ban? $", text[max(0, figure.head - 4) : figure.head]
    ):
        return ""
    words: list[str] = []
    relative = False  # "share of the awards in which firms took part" runs to the end of the clause
    while len(words) < (14 if relative else 6) and (found := _WORD.match(text, at, stop)):
        word = found["word"].lower()
        if (
            word in ("and", "or")
            and words
            and not is_plural(words[-1])
            and _WORD.match(text, found.end(), stop)
        ):
            words.append(word)
            at = found.end()
            continue
        if relative or (
            words and word in ("that", "which", "who", "in", "where") and figure.kind == "percent" and of
        ):
            relative = relative or bool(_RELATIVE.match(text, at, stop))
            if not relative:
                break
        elif word in _ENDS_EN or (words and word.endswith("ed") and not words[-1].lower().endswith("ly")):
            break
        if not relative and words and is_plural(words[-1]) and not is_plural(word):
            break
        words.append(found["word"])
        at = found.end()
        if found["stop"].strip("\"”’'"):
            break
    while words and words[-1] in ("and", "or"):
        words.pop()
    return clean(" ".join(words))


def ends_phrase(word: str) -> bool:
    """Tell whether an English word (in lower case) ends a noun phrase."""
    return word in _ENDS_EN


def is_plural(word: str) -> bool:
    """Tell an English plural by its look; a word that ends a phrase (was, has) is none."""
    if word in _ENDS_EN:
        return False
    return word.lower() == "people" or (
        len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s"))
    )


def _preceding(text: str, figure: Figure, head: int, low: int) -> str:
    before = text[low : max(low, head)].rstrip(" \u00a0")
    if (found := _LAST_RUN.search(before)) and _HAN_CHAR.search(found.group()):
        run = found.group().rstrip()
        run = _HAN_TAIL.sub("", run) if run[-1] in _ENDS_IN_ZH else run
        cuts = [stop.end() for stop in _HAN_STOP.finditer(run) if len(run) - stop.end() >= 2]
        return clean(run[cuts[-1] :] if cuts else run)
    if figure.kind not in ("percent", "money", "ordinal", "other"):
        return ""
    if _HAN_CHAR.search(text, max(0, head - 12), head):
        return ""
    return _english_before(text, low, head) or (
        "" if figure.kind == "ordinal" else _english_before(text, 0, head)
    )


def _english_before(text: str, low: int, head: int) -> str:
    """Return the noun that governs a figure: cost of ⟦…⟧, "the rate for loans fell from ⟦…⟧ to ⟦…⟧"."""
    runs: list[tuple[str, list[str]]] = [("", [])]  # the word before a run of nouns, and the run
    words = _CLAUSE.split(text[max(low, head - REACH) : head])[-1].split()
    for word, after in pairwise([*words, ""]):
        bare = word.strip("\"“”'’,(").lower()
        verb = runs[-1][0] in _MODALS and not runs[-1][1]
        if bare in ("cost", "costs", "rise", "fall", "use") and after == "of":
            runs[-1][1].append(word)
        elif verb or bare in _ENDS_EN or not bare[:1].isalpha() or _VERB.search(bare):
            runs.append((bare if bare not in _DETERMINERS and bare != "per" else runs[-1][0], []))
        else:
            runs[-1][1].append(word)
            if word.endswith(","):
                runs.append(("", []))
    for place in range(len(runs) - 1, -1, -1):
        governor, run = runs[place]
        of = place + 1 < len(runs) and runs[place + 1][0] == "of"
        if run and (of or governor not in _ADJUNCTS) and not governor[:1].isdecimal():
            return clean(" ".join(run[-5:]))
    return ""


def clean(phrase: str) -> str:
    """Take quotation marks and loose punctuation off a phrase."""
    return _LOCATIVE.sub("", _MARKS.sub("", phrase).strip(" -·.,'’的"))


def period(text: str, figure: Figure, dates: list[Figure]) -> str:
    """Return the date of the figure: the last before it, "in 2020" after it, or else the words for it."""
    if figure.kind in ("year", "date"):
        return ""
    before = [date for date in dates if date.end <= figure.start]
    chosen = before[-1] if before else None
    if chosen is None:
        after = (date for date in dates if _DATED_AFTER.search(text[max(0, date.start - 8) : date.start]))
        chosen = next(after, None)
    if chosen and chosen.date:
        return chosen.date.iso() + (f"/{chosen.date2.iso()}" if chosen.date2 else "")
    return _period_words(text)


@lru_cache(maxsize=1)  # the figures of a sentence ask one after the other
def _period_words(text: str) -> str:
    """Return the first words of a sentence that name a time without a date: 去年, last year."""
    found = _PERIOD.search(text)
    return found.group().strip("“”") if found else ""
