"""Cut runs of Han characters into words: the engine's cut, mended where the written standard differs.

The engine (rjieba, or jieba) follows its dictionary, which has many compounds that the People's Daily
standard divides and hardly any personal names. So its words are divided one by one (`division`), and
then neighbours are joined: numerals, suffixes and names (`joining`).
"""

from luntan.han.classes import HAN_DIGITS, is_han
from luntan.han.division import divide
from luntan.han.engines import engine
from luntan.han.joining import join

__all__ = ["HAN_DIGITS", "cut_han", "is_han"]

BORDER = "\n"
# How many neighbours of a run of Han characters may be of one word with it, or say what it is.
NEAR = 3


def cut_han(pieces: list[str]) -> list[str]:
    """Cut the pieces that begin with a Han character into words and leave the others as they are.

    Chinese punctuation may stand inside a piece; each mark is a word of the engine's.

    >>> cut_han(["民政部部长李子木介绍公共服务，", "5G"])
    ['民政部', '部长', '李子木', '介绍', '公共', '服务', '，', '5G']
    """
    places = [place for place, piece in enumerate(pieces) if piece > "\u3004" and is_han(piece)]
    if not places:
        return pieces
    # One call for all pieces: the engine gives each border back as a word.
    cut = engine().cut(BORDER.join([pieces[place] for place in places]))
    cut.append(BORDER)
    done = max(0, places[0] - NEAR)
    words, near, start = pieces[:done], list[str](), 0
    for place in places:
        if place - done > 2 * NEAR:
            # What stands far from all Han characters is no part of their words.
            words += join(*divide(near + pieces[done : done + NEAR]))
            words += pieces[done + NEAR : place - NEAR]
            near, done = [], place - NEAR
        end = cut.index(BORDER, start)
        near += pieces[done:place]
        near += cut[start:end]
        done, start = place + 1, end + 1
    words += join(*divide(near + pieces[done : done + NEAR]))
    return words + pieces[done + NEAR :]
