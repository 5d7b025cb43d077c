"""Join neighbours that are one word: numerals, suffixes, names of persons, companies and products."""

import re

# A pattern over the letters of `classes`. Each alternative looks back at the letter that the first set took,
# so that the search can skip the common classes; a suffix and a point are found without the word before them.
JOINED = re.compile(
    r"""[cdhoqrsbgtuSxPMlKkA](?:
      (?<=[wPKkl]x)                                     # 常态|化
    | (?<=d)d{2,3}y | (?<=c)y                           # 二|〇|二|〇|年, 一九九八|年
    | (?<=[dh])[dh]*Y                                   # 十一|月
    | (?<=d)[dh]+ | (?<=h)(?:m[dh]*|[dh]+)              # 三十|六, 三百|多|万
    | (?<=o)[dhqN]+ | (?<=q)[dh]+                       # 第|11, 数|十
    | (?<=A)[dhNn]                                      # 麒麟|990
    | (?<=[Kk])O | (?<=[gsbtu])[gsbtu]O                 # 强脑|科技
    | (?:(?<=[lbt])[lbt]*M|(?<=[lbtuwWPKk]M))(?:[lbtudh]+|[wWPKk])(?:M(?:[lbtudh]+|[wWPKk]))*  # 沃伦|·|巴菲特
    | (?<=l)[bt](?![sbtg])                              # 阿拉法|特
    | (?<=T[sbS])(?:[gstbuv]{1,2}(?![gstbu])|[wlPKk])   # 部长 李|舸, 部长 李|建国
    | (?<=Tr)[gstbu]{1,2}(?![gstbu])                    # 部长 高|峰
    | (?<=p[sbS])(?:[gstbu]{1,2}|[wk])(?=[pCTfrv])        # ，李|舸|、
    | (?:(?<=[sbS])|(?<=pr))[gstbu]{2}(?=[pCT])         # 李|泽|舸|表示
    | (?<=[Tp][PK])[gstbu](?=[pCTfrv])                    # 部长 李泽|舸
    | (?<=Tk)[gstbu](?=C)                               # 总裁 欧阳泽|舸|表示
    | (?<=u)[gstbu]{1,2}                                # 𠮷|野|家
    )""",
    re.VERBOSE,
)


def join(words: list[str], classes: str) -> list[str]:
    """Join the words whose classes make a pattern.

    >>> join(["部长", "李", "泽", "舸", "，", "三十", "六"], "Tsggphd")
    ['部长', '李泽舸', '，', '三十六']
    """
    # Where a text begins and ends stands a border, as between sentences.
    classes = f"p{classes}p"
    joined, at = list[str](), 0
    for found in JOINED.finditer(classes, 1):
        start, end = found.start() - 1 - (found.group()[0] in "xM"), found.end() - 1
        if start < at:
            joined[-1] += "".join(words[at:end])
        else:
            joined += words[at:start]
            joined.append("".join(words[start:end]))
        at = end
    return joined + words[at:] if at else words
