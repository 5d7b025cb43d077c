"""The data keep their promises: both halves of a digest agree, and every column is documented."""

import csv
import hashlib
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from conftest import ORIGINALS, ROOT
from luntan._tables import COLUMNS

DATA = ROOT / "data"
FRONT_MATTER = "title title_zh publisher date place kind lang source licence note".split()
KINDS = {"forum_report", "news_feature", "opinion", "policy", "programme"}
BOUNDS = {"exact", "at_least", "at_most", "about", "range"}

# What each report holds, read by hand: names and figures as they stand in the English and the Chinese
# half. One form stands for both halves where they agree.
PEOPLE: dict[str, list[str]] = {
    "sme-innovation-forum-2020": [
        "Lyu Zhaoping|吕昭平", "Kazuki Okimura|冲村宪树", "Zhu Jianhong", "Jia Jingdun|贾敬敦",
        "Zheng Haojun", "Participants|与会者",
    ],
    "innovation-roundtable-11": [
        "Li Xinnan", "Xu Minghua", "Dong Liu", "Fang Xin", "Pan Yigang|潘毅刚", "Lu Wei|吕薇",
        "Jiang Taiwei|蒋泰维", "Sheng Shihao|盛世豪", "Dong Bo", "Gao Hongbing|高红冰",
        "He Xiyu Jin|何熙昱锦", "Shi Qinfen", "Chen Jin|陈劲", "Li Xiaoping", "Zhang Zheng", "Zhang Bihui",
        "Zhang Yongwei|张永伟", "Qian Wei", "Kang Rongping", "Leng Min|冷民", "Huang Xichuan",
        "Zhang Chidong", "Xu Mengzhou", "Di Xiaoyan", "Bai Xiaohu",
    ],
    "science-parks-2017": ["Zhao Hong|赵弘", "Shu Chang|舒畅", "Li Zhongxiang|李中祥"],
    "little-giants-comment-2021": ["Han Xin|韩鑫", "Xi Jinping|习近平"],
    "innovation-china-programme": ["Chinese President|国家主席", "OpenGov Asia"],
}  # fmt: skip
FIGURES: dict[str, list[str]] = {
    "sme-innovation-forum-2020": [
        "9 November 2020|2020年11月9日", "10 November 2020|2020年11月10日", "2nd|第二届",
    ],
    "innovation-roundtable-11": [
        "11th|第十一届", "22 October|10月22日", "one day|一天", "thirty or more|30人以上", "damaged|损坏",
        "Lost Thirty Years|失去的三十年", "lost 30 years|失去30年", "30 lost years|失去的30年",
        "sixth|第六位", "fourth|第四位", "third by|第三位", "past three decades|过去三十年", "in 2023|2023年",
        "since 2015|2015年以来", "ranks first|第一位", "in 2018|2018年", "five years ago|五年前",
        "does not state the year|没有说明年份",
    ],
    "science-parks-2017": [
        "29 September 2017|2017年9月29日", "Third National|第三届", "more than 260 companies|260多家",
        "over 262 creative|超过262件", "from 106 companies|106家", "total of 40|共有40家", "By 2020|到2020年",
        "20 technical|20个",
    ],
    "little-giants-comment-2021": [
        "2020 National|2020年度", "264 science|264个", "13 specialised|13家", "10.2%", "ten years|十年",
        "more than 60%|超过60%", "more than 70%|70%以上", "more than 10 years|10年以上",
        "more than 7%|超过7%", "denominator|分母",
    ],
    "innovation-china-programme": [
        "More than 400|400多名", "gathering of the top 100|100名顶尖青年科学家、企业家和风险投资人的聚会",
        "forum for the top 100|100名顶尖青年科学家、企业家和风险投资人的论坛", "65 pilot|65个试点",
        "three driving forces|三大动力",
    ],
}  # fmt: skip
ACTS = [
    "chaired the morning meeting|主持上午的会议", "delivered a speech|致辞",
    "gave the keynote report|作主旨报告", "commented on the keynote|点评", "chaired the meeting|主持",
    "also spoke|也作了发言", "summed up|总结",
]  # fmt: skip
DIGITS = re.compile(r"\d+(?:\.\d+)?")
CSV_COLUMNS = {
    "little-giants.csv": "indicator place period value unit bound basis source_title source_publisher "
    "source_date source_url confidence note",
    "names.csv": "doc_id name_en name_zh role organisation organisation_zh confirmed_by note",
    "large-run.csv": "documents megabytes wall_s cpu_s parent_mb worker_mb",
}
each_digest = pytest.mark.parametrize("doc_id", PEOPLE)


@cache
def read_digest(doc_id: str) -> tuple[dict[str, str], list[str], list[str]]:
    """Return the front matter and the paragraphs of the English and of the Chinese half."""
    _, front, body = (DATA / "reports" / f"{doc_id}.md").read_text(encoding="utf-8").split("---\n", 2)
    english, chinese = body.removeprefix("\n## English\n\n").split("\n\n## 中文\n\n")
    return yaml.safe_load(front), english.split("\n\n"), chinese.rstrip("\n").split("\n\n")


def read_csv(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def documented_columns(heading: str) -> list[str]:
    """Return the names in the first column of the table under a heading of data/README.md."""
    section = (DATA / "README.md").read_text(encoding="utf-8").split(f"\n### {heading}\n")[1].split("\n#")[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


def checksum_faults(folder: Path) -> list[str]:
    """List the files of a data folder that are not those named in tests/data/data.sha256."""
    lines = (ROOT / "tests" / "data" / "data.sha256").read_text(encoding="utf-8").splitlines()
    wanted = {name: digest for digest, name in (line.split("  data/") for line in lines)}
    paths = [*folder.glob("*.csv"), *folder.glob("reports/*.md")]
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
    }
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


def test_data_are_those_that_were_reviewed() -> None:
    # Most rows of the series stand in no notebook. After a change that is meant:
    # sha256sum data/*.csv data/reports/*.md > tests/data/data.sha256
    assert checksum_faults(DATA) == []


def test_reports_are_the_five_digests() -> None:
    assert {path.stem for path in (DATA / "reports").iterdir()} == set(PEOPLE)


@each_digest
def test_front_matter_is_complete(doc_id: str) -> None:
    front, _, _ = read_digest(doc_id)
    assert list(front) == FRONT_MATTER == documented_columns("reports")
    assert all(isinstance(value, str) for value in front.values())
    assert re.fullmatch(r"((\d{4}|XXXX)(-(\d\d|XX)){0,2})?", front["date"])
    assert front["kind"] in KINDS
    assert front["lang"] == "mixed"
    assert front["source"].startswith("http")


@each_digest
def test_halves_have_the_same_paragraphs(doc_id: str) -> None:
    _, english, chinese = read_digest(doc_id)
    assert len(english) == len(chinese)
    assert not any("\n" in paragraph for paragraph in english + chinese)


@each_digest
def test_halves_name_the_same_people_in_the_same_paragraph(doc_id: str) -> None:
    _, english, chinese = read_digest(doc_id)
    for forms in PEOPLE[doc_id]:
        in_english, in_chinese = forms.split("|")[0], forms.split("|")[-1]
        first = next(k for k, paragraph in enumerate(english) if in_english in paragraph)
        assert in_chinese in chinese[first], forms


@each_digest
def test_halves_state_the_same_figures_and_acts_in_the_same_paragraph(doc_id: str) -> None:
    _, english, chinese = read_digest(doc_id)
    acts = ACTS if doc_id == "innovation-roundtable-11" else []
    for forms in FIGURES[doc_id] + acts:
        in_english, in_chinese = forms.split("|")[0], forms.split("|")[-1]
        found = [k for k, paragraph in enumerate(english) if in_english in paragraph]
        assert found, forms
        assert any(in_chinese in chinese[k] for k in found), forms


@each_digest
def test_digits_of_the_chinese_half_stand_in_the_english_half(doc_id: str) -> None:
    _, english, chinese = read_digest(doc_id)
    # Chinese writes these in digits and English in words; "2nd" and "11th" are the other way round.
    spelled_out = {"November": "11", "September": "9", "October": "10", "thirty": "30"}
    for ours, theirs in zip(english, chinese, strict=True):
        spelled = {digits for word, digits in spelled_out.items() if word in ours}
        assert set(DIGITS.findall(theirs)) <= set(DIGITS.findall(ours)) | spelled
        assert set(DIGITS.findall(ours)) - {"2", "11"} <= set(DIGITS.findall(theirs))


@each_digest
def test_characters_of_names_are_confirmed(doc_id: str) -> None:
    confirmed = {row["name_en"]: row["name_zh"] for row in read_csv("names.csv")}
    for forms in PEOPLE[doc_id]:
        name, _, characters = forms.partition("|")
        if characters and name in confirmed:
            assert confirmed[name] == characters


@pytest.mark.parametrize("name", CSV_COLUMNS)
def test_csv_has_the_documented_columns(name: str) -> None:
    rows = read_csv(name)
    assert list(rows[0]) == CSV_COLUMNS[name].split() == documented_columns(name)
    assert all(None not in row and None not in row.values() for row in rows)


@pytest.mark.parametrize("table", COLUMNS)
def test_readme_documents_the_columns_of_the_contract(table: str) -> None:
    assert tuple(documented_columns(table)) == COLUMNS[table]


def test_names_in_characters_have_a_source() -> None:
    rows = read_csv("names.csv")
    assert {row["doc_id"] for row in rows} == set(PEOPLE)
    for row in rows:
        assert bool(row["name_zh"]) == bool(row["confirmed_by"]), row["name_en"]
        assert row["name_zh"] or "unconfirmed" in row["note"], row["name_en"]


def test_little_giants_are_sorted_and_complete() -> None:
    rows = read_csv("little-giants.csv")
    assert len(rows) == 295
    keys = [(r["indicator"], r["period"], r["place"], float(r["value"]), r["source_title"]) for r in rows]
    assert keys == sorted(keys)
    for row in rows:
        assert row["bound"] in BOUNDS
        assert row["basis"] in {"published", "derived"}
        assert row["confidence"] in {"high", "medium", "low"}
        assert row["source_publisher"]
        assert row["source_url"] or "not kept" in row["note"]


def test_little_giants_keep_disagreements() -> None:
    values: dict[str, set[str]] = {}
    for row in read_csv("little-giants.csv"):
        values.setdefault(row["indicator"], set()).add(row["value"])
    assert {"1744", "1584"} <= values["little_giants_batch_2_count"]
    assert {"4357", "4328"} <= values["little_giants_batch_4_count"]


def runs_of(units: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(units[at : at + length]) for at in range(len(units) - length + 1)}


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:['’][a-z]+)?", text.lower())


def han_of(text: str) -> list[str]:
    return re.findall(r"[\u3400-\u9fff]", text)


@pytest.mark.originals
@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the original reports are not beside this checkout")
def test_data_share_no_passage_with_an_original() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(ORIGINALS.glob("*.txt"))]
    words = set().union(*(runs_of(words_of(text), 12) for text in texts))
    characters = set().union(*(runs_of(han_of(text), 24) for text in texts))
    for path in sorted(DATA.rglob("*.*")):
        ours = path.read_text(encoding="utf-8")
        assert not runs_of(words_of(ours), 12) & words, path.name
        assert not runs_of(han_of(ours), 24) & characters, path.name
