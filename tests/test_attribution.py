"""Statements and people: every basis and mode, in Chinese, English and mixed text; on any text at all."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luntan import make_corpus, read_corpus, roster, sentences, statements
from luntan._tables import COLUMNS, make_table

PARTS = ["speaker", "role", "organisation", "mode", "basis", "text"]


def said(text, columns=PARTS):
    """Return the statements of one text as lists of the named columns."""
    return statements(sentences(make_corpus({"a": text})))[columns].values.tolist()


def speakers(text):
    """Return speaker, mode and words of each statement."""
    return said(text, ["speaker", "mode", "text"])


def acts(text):
    """Return speaker, role, organisation and act of each person."""
    columns = ["speaker", "role", "organisation", "act"]
    return roster(sentences(make_corpus({"a": text})))[columns].values.tolist()


def test_statements_reads_name_and_apposition():
    assert said("Ana Silva, deputy head of the Porto Port Authority, said that trade had doubled.") == [
        ["Ana Silva", "deputy head", "Porto Port Authority", "indirect", "named", "trade had doubled"]
    ]


def test_statements_reads_chinese_body_role_name():
    assert said("河海省水利厅副厅长陈大川在会上表示，水库已经蓄满。") == [
        ["陈大川", "副厅长", "河海省水利厅", "indirect", "named", "水库已经蓄满"]
    ]


def test_statements_reads_latin_name_in_chinese_text():
    assert said("临港园区管理委员会副主任Wang Lei表示，R&D投入翻了一番。") == [
        ["Wang Lei", "副主任", "临港园区管理委员会", "indirect", "named", "R&D投入翻了一番"]
    ]


def test_statements_resolves_surname_and_pronoun():
    text = (
        "Kim Min-ho, mayor of Busan, said ports matter. He added that rail matters too. "
        "Kim warned of delays at sea."
    )
    assert said(text, ["speaker", "basis", "text"]) == [
        ["Kim Min-ho", "named", "ports matter"],
        ["Kim Min-ho", "pronoun", "rail matters too"],
        ["Kim Min-ho", "surname", "delays at sea"],
    ]


def test_statements_resolves_chinese_pronoun_and_dropped_subject():
    text = "省长李大同指出，要稳就业。他强调，企业是关键。同时表示，政策不会变。"
    assert said(text, ["speaker", "basis", "text"]) == [
        ["李大同", "named", "要稳就业"],
        ["李大同", "pronoun", "企业是关键"],
        ["李大同", "continued", "政策不会变"],
    ]


def test_statements_splits_chinese_sentence_at_second_report():
    assert speakers("市长周海认为，港口要扩建，并指出铁路同样重要。") == [
        ["周海", "indirect", "港口要扩建"],
        ["周海", "indirect", "铁路同样重要"],
    ]


def test_statements_keeps_collective_speakers():
    assert said("Delegates at the forum suggested a shared fund for small ports.", ["speaker", "basis"]) == [
        ["Delegates at the forum", "collective"]
    ]
    assert said("与会专家认为，航运正在复苏。", ["speaker", "basis"]) == [["与会专家", "collective"]]


def test_statements_cuts_quotation_at_its_clause():
    assert speakers('"We lost the harvest," said Amina Diallo, a farmer. "We will plant again."') == [
        ["Amina Diallo", "direct", "We lost the harvest"],
        ["Amina Diallo", "direct", "We will plant again."],
    ]
    assert speakers("“今年收成不好，”农民赵小梅说，“明年还会再种。”") == [
        ["赵小梅", "direct", "今年收成不好"],
        ["赵小梅", "direct", "明年还会再种。"],
    ]


def test_statements_joins_quotation_left_open_across_paragraphs():
    text = (
        '"The river rose for three days.\n\n"Then the bridge went," said Tom Reed.\n\n'
        "The bridge was built in 1960."
    )
    assert speakers(text) == [
        ["Tom Reed", "direct", 'The river rose for three days.\n\n"Then the bridge went'],
    ]


def test_statements_tells_mixed_from_terms():
    assert speakers('The minister Jan de Vries said the plan was "far too late" for farmers.') == [
        ["Jan de Vries", "mixed", 'the plan was "far too late" for farmers']
    ]
    assert speakers('Jan de Vries said the "Green Port" plan works.')[0][1] == "indirect"


def test_statements_parts_paraphrase_and_full_quotation():
    assert speakers("厂长林强说，订单排到年底，“工人三班倒，机器不停。”") == [
        ["林强", "indirect", "订单排到年底"],
        ["林强", "direct", "工人三班倒，机器不停。"],
    ]


def test_statements_reads_according_to_and_reported_by():
    assert speakers(
        "Exports fell by a tenth in May, according to Ravi Rao, director of the Delhi Trade Centre."
    ) == [["Ravi Rao", "indirect", "Exports fell by a tenth in May"]]
    assert speakers("据海通社报道，五月出口下降一成。") == [["海通社", "indirect", "五月出口下降一成"]]


def test_statements_follows_publication_in_chinese():
    text = "英国《北方邮报》网站5月2日发表题为《港口》的报道。报道称，港口恢复了繁忙。"
    assert speakers(text) == [["《北方邮报》", "indirect", "港口恢复了繁忙"]]


def test_statements_reads_signature_below_quotation():
    text = (
        '"The course made our laboratory faster and safer."\n\n'
        "**Ms Joy Tan**\n*Quality Manager*\nBlue Bay Pte Ltd\n"
    )
    assert said(text) == [
        ["Joy Tan", "Quality Manager", "Blue Bay Pte Ltd", "direct", "named",
         "The course made our laboratory faster and safer."]
    ]  # fmt: skip


def test_statements_goes_on_in_reports_of_meetings():
    text = (
        "The harbour forum met in Lagos. The forum was a conference of port cities.\n\n"
        "Ngozi Ade, head of the Lagos Port Authority, said that quays are full. Cranes wait for parts. "
        "Trains run late."
    )
    assert speakers(text) == [
        ["Ngozi Ade", "indirect", "quays are full. Cranes wait for parts. Trains run late"]
    ]


def test_statements_leaves_the_authors_voice_alone():
    assert (
        said('The so-called "blue ports" are growing. It should be noted that China\'s ports are large.')
        == []
    )
    assert said("这类企业被称为“蓝港”，其发展值得期待。我们必须加大投入。") == []


def test_statements_names_both_who_speak_together():
    assert speakers("Both Lee and Kim agreed that the border stays open.") == [
        ["Kim", "indirect", "the border stays open"],
        ["Lee", "indirect", "the border stays open"],
    ]


def test_statements_points_to_who_speaks_here():
    text = "Mayor Li Na said trade grew. She said it would grow again."
    found = statements(sentences(make_corpus({"a": text})))
    assert [text[a:b] for a, b in found[["source_start", "source_end"]].values] == ["Li Na", "She"]
    continued = statements(sentences(make_corpus({"a": "省长王芳表示，要稳增长。同时强调，要保就业。"})))
    assert continued["source_start"].isna().tolist() == [False, True]


def test_roster_reads_acts_and_characters():
    text = (
        "The forum was chaired by Professor Li Wen (李文). Ana Silva, head of the Porto Port Authority, gave "
        "a keynote speech. Tom Reed, dean of Hull College, and Wang Fang, researcher of the Sea Institute, "
        "and others also spoke."
    )
    assert acts(text) == [
        ["Li Wen", "Professor", "", "chaired"],
        ["Ana Silva", "head", "Porto Port Authority", "keynote"],
        ["Tom Reed", "dean", "Hull College", "also_spoke"],
        ["Wang Fang", "researcher", "Sea Institute", "also_spoke"],
    ]
    assert roster(sentences(make_corpus({"a": text})))["name_zh"].tolist() == ["李文", "", "", ""]


def test_roster_reads_chinese_acts_and_list():
    text = "会议由海洋大学校长孙立主持。港务局局长马骏致辞。海洋所研究员何静、商会会长Tan Boon等也作了发言。"
    assert acts(text) == [
        ["孙立", "校长", "海洋大学", "chaired"],
        ["马骏", "局长", "港务局", "speech"],
        ["何静", "研究员", "海洋所", "also_spoke"],
        ["Tan Boon", "会长", "商会", "also_spoke"],
    ]


@pytest.mark.parametrize("function", [statements, roster])
def test_empty_table_gives_empty_table(function):
    empty = function(make_table("sentences"))
    assert empty.empty
    assert tuple(empty.columns) == COLUMNS[function.__name__]
    with pytest.raises(TypeError, match="sentences is a list"):
        function([])


def test_statements_never_spans_a_gap():
    table = sentences(make_corpus({"a": "省长王芳表示，要稳增长。还要保就业。企业要努力。"}))
    found = statements(table.drop(index=1))
    assert found["text"].tolist() == ["要稳增长"]


PIECES = [
    '"', "“", "”", "‘", "’", "''", "「", "」", "«", "»", "『", " said ", " said that ", "He ", "Li Wei",
    ", head of X,", "according to ", "Professor ", "表示，", "说：", "他", "部长", "张三", "据", "报道",
    "主持", "等也作了发言", "。", ". ", "\n\n", "\n", "，", ", ", "and ", "(", "）", "*", "·", "ÅÉ", "\x01",
    "\ud7ff", "𠀀", "1月2日", "《海报》", " also spoke", "chaired by ", "\u3000", "：",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map("".join))
def test_any_text_keeps_the_invariant(text):
    table = sentences(make_corpus({"a": text}))
    for found in (statements(table), roster(table)):
        for row in found.itertuples():
            assert text[row.start : row.end] == row.text != ""
            assert row.speaker
    assert statements(table)["text"].map(str.strip).tolist() == statements(table)["text"].tolist()


@pytest.mark.parametrize(
    "piece",
    ['"A b c d e said ', "“甲说 ", "said ", "He said that Li Wei, director of X, noted, ", "表示",
     "张三表示要，", "部长主任", "Li (A) ", "并且并", "据", "according to ", '"We will go on.\n\n'],
)  # fmt: skip
def test_time_grows_with_the_text_and_no_faster(piece):
    def seconds(length):
        table = sentences(make_corpus({"a": piece * (length // len(piece))}))
        runs = []
        for _ in range(2):
            start = time.process_time()
            statements(table)
            runs.append(time.process_time() - start)
        return min(runs)

    seconds(500)
    assert seconds(20_000) < 3.5 * seconds(10_000) + 0.1


@pytest.mark.originals
def test_originals_yield_their_people(originals):
    table = sentences(read_corpus([originals / f"S{number}.txt" for number in range(5)]))
    people = roster(table)
    assert people.groupby("doc_id")["speaker"].nunique().ge([5, 24, 3, 1, 1]).all()
    assert people.loc[people["act"] == "also_spoke", "speaker"].nunique() >= 9
    assert 42 <= len(statements(table)) <= 48


def test_statements_read_a_long_name_with_particles():
    text = "María José Fernández de la Torre, chief executive of Iberia Ventures, argued that patience pays."
    said = statements(sentences(make_corpus({"a": text})))
    assert said[["speaker", "role", "organisation", "text"]].values.tolist() == [
        ["María José Fernández de la Torre", "chief executive", "Iberia Ventures", "patience pays"]
    ]


def test_roster_takes_characters_from_brackets_behind_a_name_anywhere():
    text = "The prize had just been given when Li Na (李娜) wrote to us. Li Na said that 13 firms took part."
    people = roster(sentences(make_corpus({"a": text})))
    assert people[["speaker", "name_zh"]].values.tolist() == [["Li Na", "李娜"]]
