"""Stated figures, their checks and their conflicts, on sentences written for the purpose."""

import random
import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luntan._tables import COLUMNS, make_table
from luntan.corpus import make_corpus, sentences
from luntan.measurement import check_arithmetic, conflicts, quantities
from luntan.measurement.numerals import parse_han, parse_words

FIELDS = ["text", "value", "value2", "date", "date2", "bound", "kind", "unit", "counted", "flag"]


def figures_of(text: str) -> pd.DataFrame:
    return quantities(sentences(make_corpus({"doc": text})))


def rows_of(text: str) -> list[tuple[object, ...]]:
    """Return the rows of a text in short: its text, value(s) or date(s), bound, kind, unit, counted, flag."""
    rows = []
    for row in figures_of(text)[FIELDS].itertuples(index=False):
        said = [row.date, row.date2] if row.date else [row.value, row.value2]
        said = [one for one in said if one == one and one != ""]
        value = said[0] if len(said) == 1 else tuple(said)
        rows.append((row.text, value, row.bound, row.kind, row.unit, row.counted, row.flag))
    return rows


CASES = {
    "累计服务中小企业1.2万家。": [("1.2万", 12000.0, "exact", "count", "家", "中小企业", "")],
    "研发人员三千五百余名，占员工总数近四成。": [
        ("三千五百", 3500.0, "at_least", "count", "名", "研发人员", ""),
        ("四成", 40.0, "about", "percent", "%", "占员工总数", ""),
    ],
    "约三分之一的工厂完成改造。": [("三分之一", 100 / 3, "about", "percent", "fraction", "工厂", "")],
    "营业收入达2.5亿元，同比增长6.8个百分点。": [
        ("2.5亿元", 250000000.0, "exact", "money", "CNY", "营业收入", ""),
        ("6.8个百分点", 6.8, "exact", "percent", "percentage_point", "营业收入增长", ""),
    ],
    "第七届论坛于2024年5月12日开幕，会期两天。": [
        ("七", 7.0, "exact", "ordinal", "届", "论坛", ""),
        ("2024年5月12日", "2024-05-12", "exact", "date", "", "", ""),
        ("两天", 2.0, "exact", "duration", "day", "会期", ""),
    ],
    "2023年1—8月，港口吞吐量30多万吨。": [
        ("2023年1—8月", ("2023-01", "2023-08"), "range", "date", "", "", ""),
        ("30多万吨", 300000.0, "at_least", "other", "tonne", "港口吞吐量", ""),
    ],
    "平台企业用5G和R&D数据库服务了上千家客户。": [("千", 1000.0, "at_least", "count", "家", "客户", "")],
    "Over 40 founders met 12 investors.": [
        ("40", 40.0, "at_least", "count", "", "founders", ""),
        ("12", 12.0, "exact", "count", "", "investors", ""),
    ],
    "Nearly two-thirds of the workshops cost US$2.5bn or more in 2019.": [
        ("two-thirds", 200 / 3, "about", "percent", "fraction", "share of workshops", ""),
        ("US$2.5bn", 2500000000.0, "at_least", "money", "USD", "workshops", ""),
        ("2019", "2019", "exact", "year", "", "", ""),
    ],
    "The 9th fair lasted three days from 3 May, with 20 to 30 stands.": [
        ("9th", 9.0, "exact", "ordinal", "", "fair", ""),
        ("three days", 3.0, "exact", "duration", "day", "", ""),
        ("3 May", "XXXX-05-03", "exact", "date", "", "", ""),
        ("20 to 30", (20.0, 30.0), "range", "count", "", "stands", ""),
    ],
}


@pytest.mark.parametrize("text", CASES)
def test_quantities_reads_whole_rows(text: str) -> None:
    found = rows_of(text)
    assert [(*row[:1], *row[2:]) for row in found] == [(*row[:1], *row[2:]) for row in CASES[text]]
    for row, expected in zip(found, CASES[text], strict=True):
        value = expected[1]
        assert row[1] == (pytest.approx(value) if isinstance(value, float) else value)


BOUNDS = {
    "逾80家工厂": "at_least", "80余家工厂": "at_least", "80家以上工厂": "at_least",
    "不少于80家工厂": "at_least",
    "突破80家": "at_least", "至少80家工厂": "at_least", "不足80家工厂": "at_most", "最多80家工厂": "at_most",
    "80家以下工厂": "at_most", "80家以内": "at_most", "不超过80家": "at_most", "近80家工厂": "about",
    "约80家工厂": "about", "80家左右": "about", "最近80家工厂": "exact", "提升突破至80家": "exact",
    "more than 80 mills": "at_least", "80 mills or more": "at_least", "80 or more mills": "at_least",
    "at least 80 mills": "at_least", "80-odd mills": "at_least", "80+ mills": "at_least",
    "up to 80 mills": "at_most", "fewer than 80 mills": "at_most", "80 or fewer mills": "at_most",
    "about 80 mills": "about", "some 80 mills": "about", "80 or so mills": "about", "only 80 mills": "exact",
}  # fmt: skip


@pytest.mark.parametrize(("text", "bound"), BOUNDS.items())
def test_quantities_attaches_each_bound(text: str, bound: str) -> None:
    assert [(row[1], row[2]) for row in rows_of(text)] == [(80.0, bound)]


def test_quantities_gives_a_cue_to_the_nearest_figure_only() -> None:
    assert [row[2] for row in rows_of("Over 90 lamps from 14 mills.")] == ["at_least", "exact"]
    assert [row[2] for row in rows_of("超90种产品来自14家工厂。")] == ["at_least", "exact"]


RANGES = {
    "增速为5%至7%": (5.0, 7.0), "补助100—200万元": (1000000.0, 2000000.0), "三四十名学员": (30.0, 40.0),
    "七八成用户": (70.0, 80.0), "between 30 and 50 pupils": (30.0, 50.0), "a 5-7% rate": (5.0, 7.0),
    "$3-4 million": (3000000.0, 4000000.0), "2016—2019年": ("2016", "2019"), "in 2012–13": ("2012", "2013"),
    "July 8–10, 2021": ("2021-07-08", "2021-07-10"), "8 to 10 May": ("XXXX-05-08", "XXXX-05-10"),
    "10月1日至7日": ("XXXX-10-01", "XXXX-10-07"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "ends"), RANGES.items())
def test_quantities_joins_ranges(text: str, ends: tuple[object, object]) -> None:
    assert [(row[1], row[2]) for row in rows_of(text)] == [(ends, "range")]


@pytest.mark.parametrize("text", ["Sales rose from 10 to 20 percent.", "Output fell from 9 to 30 tonnes."])
def test_quantities_keeps_a_change_as_two_levels(text: str) -> None:
    assert [row[2] for row in rows_of(text)] == ["exact", "exact"]


# One row each: what stands in the text, its value(s), bound, kind and unit.
FORMS = {
    "产量翻了两番": ("翻了两番", 4.0, "exact", "other", "times"),
    "打八五折": ("八五折", 85.0, "exact", "percent", "%"),
    "五又四分之一小时": ("五又四分之一", 5.25, "exact", "count", ""),
    "零下五摄氏度": ("零下五摄氏度", -5.0, "exact", "other", "°C"),
    "同比变动-3.6%": ("-3.6%", -3.6, "exact", "percent", "%"),
    "历时两年零三个月": ("两年零三个月", 2.25, "exact", "duration", "year"),
    "历时一个半小时": ("一个半小时", 1.5, "exact", "duration", "hour"),
    "历时三个多月": ("三个多月", 3.0, "at_least", "duration", "month"),
    "二十来位老人": ("二十", 20.0, "about", "count", "位"),
    "要求30日内付清": ("30日", 30.0, "at_most", "duration", "day"),
    "三年内培育完成": ("三年", 3.0, "exact", "duration", "year"),
    "约为去年同期的3倍": ("3倍", 3.0, "about", "other", "times"),
    "单价一千五百块": ("一千五百块", 1500.0, "exact", "money", "CNY"),
    "两至三成用户": ("两至三成", (20.0, 30.0), "range", "percent", "%"),
    "２０２３年１月２日": ("２０２３年１月２日", "2023-01-02", "exact", "date", ""),
    "出口額約120萬美元": ("120萬美元", 1200000.0, "about", "money", "USD"),
    "九十年代": ("九十年代", "1990", "exact", "year", "decade"),
    "排名第六": ("六", 6.0, "exact", "ordinal", "rank"),
    "Output doubled.": ("doubled", 2.0, "exact", "other", "times"),
    "a fivefold rise": ("fivefold", 5.0, "exact", "other", "times"),
    "It fell minus two per cent.": ("minus two per cent", -2.0, "exact", "percent", "%"),
    "two and a half million users": ("two and a half million", 2500000.0, "exact", "count", ""),
    "one hundred and twenty-fifth": ("one hundred and twenty-fifth", 125.0, "exact", "ordinal", ""),
    "half a percentage point": ("half a percentage point", 0.5, "exact", "percent", "percentage_point"),
    "for an hour and a half": ("an hour and a half", 1.5, "exact", "duration", "hour"),
    "1 year and 3 months": ("1 year and 3 months", 1.25, "exact", "duration", "year"),
    "5 dollars and 20 cents": ("5 dollars and 20 cents", 5.2, "exact", "money", "USD"),
    "2 1/2 miles": ("2 1/2 miles", 2.5, "exact", "other", "mile"),
    "Rs 1.1 lakh crore": ("Rs 1.1 lakh crore", 1.1e12, "exact", "money", "INR"),
    "1,80,000 riders": ("1,80,000", 180000.0, "exact", "count", ""),
    "19 346 riders": ("19 346", 19346.0, "exact", "count", ""),
    "a 25-basis-point cut": ("25-basis-point", 25.0, "exact", "other", "basis point"),
    "in October": ("October", "XXXX-10", "exact", "date", ""),
    "January to June 2019": ("January to June 2019", ("2019-01", "2019-06"), "range", "date", ""),
    "the 1990s": ("1990s", "1990", "exact", "year", "decade"),
    "sales in 2023/24": ("2023/24", ("2023", "2024"), "range", "year", ""),
    "It grew over three years.": ("three years", 3.0, "exact", "duration", "year"),
    "It lasted over three years.": ("three years", 3.0, "at_least", "duration", "year"),
    "aged 15 to 24": ("15 to 24", (15.0, 24.0), "range", "other", "year of age"),
    "ranked No. 3": ("3", 3.0, "exact", "ordinal", "rank"),
    "nine in ten voters": ("nine in ten", 90.0, "exact", "percent", "fraction"),
}


@pytest.mark.parametrize("text", FORMS)
def test_quantities_reads_each_form(text: str) -> None:
    [(said, value, bound, kind, unit, _, flag)] = rows_of(text)
    wanted = FORMS[text]
    assert (said, bound, kind, unit, flag) == (wanted[0], *wanted[2:], "")
    assert value == (pytest.approx(wanted[1]) if isinstance(wanted[1], float) else wanted[1])


ORDINALS = {
    "创新能力居全省第九位": [9.0], "第二十一批名单": [21.0], "十八届三中全会": [18.0, 3.0],
    "the twenty-first session": [21.0], "ranks fifth": [5.0], "the 42nd edition": [42.0],
}  # fmt: skip


@pytest.mark.parametrize(("text", "values"), ORDINALS.items())
def test_quantities_reads_ordinals(text: str, values: list[float]) -> None:
    assert [(row[1], row[3]) for row in rows_of(text)] == [(value, "ordinal") for value in values]


DAMAGED = {
    "The 1st2 Workshop opened.": ("1st2", 12.0), "14The workshop opened.": ("14", 14.0),
    "9Month 3Day is the date.": ("9Month 3Day", "XXXX-09-03"), "It began 2017In Wuhan.": ("2017", "2017"),
    "A total of 5 local guests0Many people came.": ("5 local guests0Many", 50.0),
    "There were l40 firms.": ("l40", 140.0), "成立于2O19年。": ("2O19年", "2019"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DAMAGED.items())
def test_quantities_flags_damaged_numerals(text: str, expected: tuple[str, object]) -> None:
    assert [(row[0], row[1], row[6]) for row in rows_of(text)] == [(*expected, "corrupt_numeral")]


@pytest.mark.parametrize(
    "text",
    [
        "他们统一认为万一失败也十分值得，一些四川企业参加了两会。",
        "5G、PM2.5和COVID-19；“十四五”规划支持三农。",
        "One Harbour Lights and Seven Rivers Group are names.",
        "One of them spoke, and dozens of firms listened to one another.",
        "一、建设平台",
        "“三步走”，三天两头，May Wu 和 June Lee 同行。",
    ],
)
def test_quantities_passes_over_names_and_idioms(text: str) -> None:
    assert rows_of(text) == []


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("京公网安备 11010199990001号", ["identifier"]),
        ("Call 010-55550199 by 10:30.", ["identifier", "clock"]),
        ("See page 12 on the Boeing 737.", ["identifier", "identifier"]),
        ("采用海思990芯片", ["identifier"]),
        ("股票代码600000，沿318国道，拨打96096热线。", ["identifier"] * 3),
        ("Tel. +353 1 555 0142 or 020 7946 0958.", ["identifier"] * 2),
        ("依据GB/T 10001-2016，00后和90后。", ["identifier"] * 3),
        ("They won 6-4, 7-5.", ["identifier"] * 2),
    ],
)
def test_quantities_flags_numbers_that_only_name(text: str, flags: list[str]) -> None:
    assert figures_of(text).flag.tolist() == flags


def test_quantities_says_the_period() -> None:
    assert figures_of("截至2022年底，培育企业900家。").period.tolist() == ["", "2022"]
    assert figures_of("Exports were 30 tonnes in 2018.").period.tolist() == ["2018", ""]
    assert figures_of("去年销售30吨。").period.tolist() == ["去年"]


@pytest.mark.parametrize(
    ("run", "value"),
    [
        ("一百零六", 106),
        ("两千三", 2300),
        ("十", 10),
        ("3.5亿", 350000000),
        ("一点五万", 15000),
        ("百千", None),
    ],
)
def test_parse_han_reads_numerals(run: str, value: float | None) -> None:
    assert parse_han(run) == value


def test_parse_words_reads_number_words() -> None:
    assert parse_words("two million three hundred and five thousand")[0] == 2305000
    assert parse_words("two and a half")[0] == 2.5


def checks_of(text: str) -> list[tuple[str, str]]:
    checks = check_arithmetic(figures_of(text))
    return list(zip(checks.check, checks.verdict, strict=True))


SHARE = {
    "Of 264 entries, 13 came from workshops, accounting for 10.2%.": "en",
    "264个作品中，工作室作品13个，占10.2%。": "zh",
}


@pytest.mark.parametrize("text", SHARE)
def test_check_arithmetic_explains_a_share_that_does_not_fit(text: str) -> None:
    checks = check_arithmetic(figures_of(text))
    assert checks[["check", "verdict", "stated", "computed"]].values.tolist() == [
        ["share", "fails", "10.2", "4.9"]
    ]
    assert checks.reason[0] == "13 of 264 is 4.9 %, not 10.2 %; 13 over 127 or 128 would be, or 27 over 264"
    assert len(checks.evidence[0].split()) == 3
    for place in checks.evidence[0].split():
        start, end = map(int, place.removeprefix("doc:").split("-"))
        assert text[start:end] in ("13", "264", "10.2%")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of 200 stands, 50 were foreign, or 25%.", [("share", "holds")]),
        ("共有设备200台，其中进口50台，占25%；国产150台，占75%。", [("share", "holds"), ("share", "holds")]),
        ("共有设备3.5万台，其中进口1200台、国产4500台，占比分别为3.4%和12.9%。", [("share", "holds")] * 2),
        ("设备约200台，其中进口50台，占25%。", [("share", "open")]),
        ("设备200台，其中进口50台，占全国总量的3%。", [("share", "open")]),
        ("甲批30家、乙批40家、丙批50家，合计120家。", [("sum", "holds")]),
        ("甲批30家、乙批40家、丙批50家，合计102家。", [("sum", "fails")]),
        ("We counted 30 mills here, 40 mills there, a total of 70 mills.", [("sum", "holds")]),
        ("We counted 30 mills here, 40 mills there, a total of 90 mills.", [("sum", "fails")]),
        ("产量从200吨增加到250吨，增长25%。", [("growth", "holds")]),
        ("产量从200吨增加到250吨，增长52%。", [("growth", "fails")]),
        ("Output rose from 200 tonnes to 250 tonnes, up 25%.", [("growth", "holds")]),
        ("Output fell from 200 tonnes to 150 tonnes, down 52%.", [("growth", "fails")]),
        ("全省创新能力排名第六。", [("rank", "open")]),
        ("占比120%。", [("share", "fails")]),
        ("会议定于2月30日召开。", [("date", "fails")]),
        ("产量从200吨增加到500吨，增长1.5倍。", [("growth", "holds")]),
    ],
)
def test_check_arithmetic_gives_each_verdict(text: str, expected: list[tuple[str, str]]) -> None:
    assert checks_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "营业收入100亿元，利润20亿元，增长5%。",
        "超60%的企业在工业领域，超70%的企业深耕10年以上。",
        "展会有300家企业，另一场活动有120家企业，平均研发强度为7%。",
        "The park has 40 labs and 12 schools; prices rose 3%.",
        "More than 60% of 900 mills export; 12 of them are large.",
        "The city ranks sixth in output with 3 patents.",
        "增速从8%至6%回落，11月至2月停工。",
    ],
)
def test_check_arithmetic_raises_no_alarm_on_sound_text(text: str) -> None:
    assert "fails" not in [verdict for _, verdict in checks_of(text)]


# ---- damaged numerals, made by a seed ------------------------------------------------------------------

CLEAN = (
    "The fair drew {n} guests from {m} towns and {k} other places.",
    "Some {n} of the {m} mills export, or {k}% of the total.",
    "Output rose to {n},{m} tonnes, worth RMB {k} million.",
    "共有企业{n}家，其中外企{m}家，从业人员{k}万人。",
    "投资{n}万元，同比增长{m}.{k}%。",
)  # fmt: skip
LOOKALIKES = {"0": "Oo", "1": "lI"}


def blurred(numeral: str, chance: random.Random) -> str:
    """Return the numeral with one digit read as a letter that looks like it, as recognition does."""
    at = chance.choice([place for place, digit in enumerate(numeral) if digit in LOOKALIKES])
    letter = chance.choice(LOOKALIKES[numeral[at]])
    if at == 0 and letter in "Oo":
        letter = "0"  # no numeral begins with a nought
    if at == len(numeral) - 1 and letter == "l":
        letter = "I"  # "15l" may be litres
    wide = chr(ord(numeral[0]) + 0xFEE0) if chance.random() < 0.2 and at else numeral[0]
    return f"{wide}{numeral[1:]}"[:at] + letter + numeral[at + 1 :]


def flagged_in(texts: list[str]) -> list[list[str]]:
    """Return the damaged numerals that are flagged in each text."""
    named = {f"{place:04d}": text for place, text in enumerate(texts)}
    found = quantities(sentences(make_corpus(named)))
    damaged = found[found.flag.eq("corrupt_numeral")].groupby("doc_id").text.agg(list).to_dict()
    return [damaged.get(name, []) for name in named]


@pytest.mark.parametrize("template", CLEAN)
def test_quantities_flags_every_blurred_numeral_and_no_clean_one(template: str) -> None:
    chance = random.Random(template)
    clean, damaged = [], []
    for _ in range(40):
        numbers = {
            name: f"{chance.randint(1, 9)}{chance.choice('01')}{chance.randint(2, 9)}" for name in "nmk"
        }
        clean.append(template.format(**numbers))
        damaged += [template.format(**numbers | {name: blurred(numbers[name], chance)}) for name in "nmk"]
    assert not any(flagged_in(clean))
    for text, found in zip(damaged, flagged_in(damaged), strict=True):
        assert len(found) == 1, text
        assert set("OolI") & set(found[0]), text


def test_quantities_flags_what_translation_breaks() -> None:
    chance = random.Random(6)
    broken: dict[str, str] = {}
    clean: list[str] = []
    for _ in range(30):
        year, month, day = chance.randint(1990, 2029), chance.randint(1, 12), chance.randint(1, 28)
        tens, units = chance.randint(1, 9), chance.randint(1, 9)
        broken |= {
            f"The {tens}st{units}Workshop opened.": f"{tens}st{units}",
            f"On {month}Month {day}Day they met.": f"{month}Month {day}Day",
            f"It began in {year}Year.": f"{year}Year",
            f"A total of {tens} local guests0Many people came.": f"{tens} local guests0Many",
            f"Since {year}The park has grown.": f"{year}",
            f"It came in {year}in the north.": f"{year}",
            f"Only {tens}{units}of the mills export.": f"{tens}{units}",
        }
        clean += [
            f"The {tens}{units}th Workshop of {year} opened on {day} May with {tens}0-odd guests.",
            f"The 5G hub near gate {tens} sells a 12-inch, 300ml, 64GB, 3-D model {units}x as fast.",
            f"第{tens}{units}届论坛于{year}年{month}月{day}日召开，B2B、O2O和CO2均为名称，{tens}0余人参加。",
        ]
    assert flagged_in(list(broken)) == [[numeral] for numeral in broken.values()]
    assert not any(flagged_in(clean))


# ---- arithmetic, made by a seed ------------------------------------------------------------------------

TRUE_AND_FALSE = {
    "share": (
        "共{whole}家，其中外地{part}家，占{share}%。",
        "Of {whole} mills, {part} were foreign, accounting for {share}%.",
    ),
    "sum": (
        "甲批{part}家、乙批{rest}家，合计{whole}家。",
        "We counted {part} mills here and {rest} mills there, a total of {whole} mills.",
    ),
    "growth": (
        "产量从{part}吨增加到{whole}吨，增长{growth}%。",
        "Output rose from {part} tonnes to {whole} tonnes, up {growth}%.",
        "失业率由{low}%升至{high}%，上升{points}个百分点。",
        "The rate rose from {low}% to {high}%, an increase of {points} percentage points.",
        "产量从{part}吨增加到{twice}吨，翻了一番。",
        "Output doubled from {part} tonnes to {twice} tonnes.",
    ),
    "rank": ("该市在{base}个省份中排名第{rank}。", "The city ranks {rank}th among {base} provinces."),
    "range": ("增速为{low}%至{high}%。", "We expect a rate between {low} and {high} percent."),
    "date": (
        "活动于{first}年至{last}年举行。",
        "The plan ran from {first} to {last}.",
        "The talks are on {day} June.",
    ),
}  # fmt: skip


def facts(seed: int) -> dict[str, float]:
    chance = random.Random(seed)
    part, rest = chance.randint(120, 480), chance.randint(120, 480)
    low, points = chance.randint(20, 40) / 10, chance.randint(10, 30) / 10
    first = chance.randint(1990, 2010)
    return {
        "part": part, "rest": rest, "whole": part + rest, "share": round(part / (part + rest) * 100, 1),
        "growth": round(rest / part * 100, 1), "twice": 2 * part, "low": low, "points": points,
        "high": round(low + points, 1), "rank": chance.randint(4, 9), "base": chance.randint(14, 31),
        "first": first, "last": first + chance.randint(2, 9), "day": chance.randint(1, 30),
    }  # fmt: skip


WRONG = {
    "share": lambda f: {"share": round(f["share"] / 2 + 2, 1)},
    "sum": lambda f: {"whole": f["whole"] + 10},
    "growth": lambda f: {"growth": f["growth"] + 12, "points": f["points"] + 0.7, "twice": f["twice"] * 2},
    "rank": lambda f: {"rank": f["base"] + 4 + (3 - f["base"] % 10) % 4},
    "range": lambda f: {"low": f["high"], "high": f["low"]},
    "date": lambda f: {"first": f["last"], "last": f["first"], "day": 31},
}  # fmt: skip


def failures_of(texts: list[str]) -> list[set[str]]:
    """Return the checks that fail in each text."""
    named = {f"{place:04d}": text for place, text in enumerate(texts)}
    checks = check_arithmetic(quantities(sentences(make_corpus(named))))
    failing = checks[checks.verdict.eq("fails")].groupby("doc_id").check.agg(set).to_dict()
    return [failing.get(name, set()) for name in named]


@pytest.mark.parametrize("check", TRUE_AND_FALSE)
def test_check_arithmetic_finds_each_kind_of_seeded_error_and_no_other(check: str) -> None:
    right = [facts(seed) for seed in range(60)]
    wrong = [one | {name: round(value, 1) for name, value in WRONG[check](one).items()} for one in right]
    for template in TRUE_AND_FALSE[check]:
        assert not any(failures_of([template.format(**one) for one in right])), template
        assert failures_of([template.format(**one) for one in wrong]) == [{check}] * 60, template


def series_of(*rows: tuple[str, str, float, str, str]) -> pd.DataFrame:
    names = ["indicator", "period", "value", "bound", "source_publisher"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(
        place="national", unit="firms", source_url="https://example.org/" + table.source_publisher
    )


def test_conflicts_lists_values_that_cannot_all_be_true() -> None:
    series = series_of(
        ("batch", "2020", 500, "exact", "b"), ("batch", "2020", 460, "exact", "a"),
        ("batch", "2021", 500, "at_least", "a"), ("batch", "2021", 640, "exact", "b"),
        ("batch", "2022", 505, "about", "a"), ("batch", "2022", 500, "exact", "b"),
    )  # fmt: skip
    found = conflicts(make_table("quantities"), series)
    assert found[["period", "value", "source", "evidence"]].values.tolist() == [
        ["2020", 460.0, "a", "https://example.org/a"],
        ["2020", 500.0, "b", "https://example.org/b"],
    ]
    assert found.reason[0] == "460 and 500 cannot both be true: they differ by 40"


@pytest.mark.parametrize(
    "text", ["截至2022年，“小巨人”企业达5000家。", "In 2022 there were 5,000 little giant firms."]
)
def test_conflicts_sets_a_text_beside_the_series(text: str) -> None:
    series = series_of(("little_giants_cumulative", "2022", 4400, "exact", "a"))
    found = conflicts(figures_of(text), series)
    assert found[["value", "source"]].values.tolist() == [[4400.0, "a"], [5000.0, "doc"]]
    start, end = map(int, found.evidence[1].removeprefix("doc:").split("-"))
    assert text[start:end] in ("5000", "5,000")


def test_conflicts_leaves_out_figures_of_another_order() -> None:
    series = series_of(("little_giants_cumulative", "2022", 4400, "exact", "a"))
    assert conflicts(figures_of("2022年有13家“小巨人”企业参展。"), series).empty


def test_conflicts_names_the_missing_column() -> None:
    with pytest.raises(ValueError, match="place"):
        conflicts(make_table("quantities"), series_of().drop(columns="place"))


def test_empty_tables_give_empty_tables() -> None:
    none = quantities(make_table("sentences"))
    assert tuple(none.columns) == COLUMNS["quantities"]
    assert tuple(check_arithmetic(none).columns) == COLUMNS["checks"]
    assert tuple(conflicts(none, series_of()).columns) == COLUMNS["conflicts"]


PIECES = st.sampled_from(
    "一 二十 百 千 万 亿 成 分之 第 半 两 几 多 余 年 月 日 家 元 % 个百分点 超 约 以上 至 — - . , 3 12 2020 "
    "1.5 0 l O one half third million percent of in and to between about more than $ US$ May 5G 1st1 10Month "
    "Many".split()
)
JOINED = st.lists(PIECES, max_size=14)


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=60), JOINED.map(" ".join), JOINED.map("".join)))
def test_quantities_never_raises_and_keeps_its_offsets(text: str) -> None:
    table = figures_of(text)
    assert all(text[row.start : row.end] == row.text for row in table.itertuples())
    assert table.start.is_monotonic_increasing
    check_arithmetic(table)


@pytest.mark.parametrize("piece", ["企业106家，占4.9%，", "1", "一", "over 3 firms, ", "1-", "（", "half a "])
def test_quantities_takes_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        table = sentences(make_corpus({"doc": "x" + piece * times}))
        began = time.process_time()
        quantities(table)
        return time.process_time() - began

    seconds(100)
    assert seconds(2000) < 24 * max(seconds(250), 0.004)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("企业1600多家，其中近三成为小巨人。", ["about", 30.0, "percent"]),
        ("这三成为焦点。", None),
    ],
)
def test_quantities_tell_a_share_before_a_verb_from_a_verb(text, expected):
    nums = quantities(sentences(make_corpus({"a": text})))
    shares = nums.loc[nums["kind"] == "percent", ["bound", "value", "kind"]].values.tolist()
    assert shares == ([expected] if expected else [])
