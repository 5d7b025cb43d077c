"""Chinese speakers and statements: names, roles, cues and turns, in simplified and traditional characters."""

import pytest

from luntan import make_corpus, roster, sentences, statements
from luntan.attribution.labels import find_turns
from luntan.attribution.names_zh import is_bare_name, name_end
from luntan.attribution.roles_zh import split_roles


def said(text, *columns):
    """Return the named columns of each statement; without columns speaker and words."""
    found = statements(sentences(make_corpus({"a": text})))
    return [tuple(row) for row in found[list(columns or ("speaker", "text"))].values.tolist()]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张强出席", "张强"),
        ("牛德胜抚摸着", "牛德胜"),
        ("方启明主持", "方启明"),
        ("高度重视", ""),
        ("尉迟敏与", "尉迟敏"),
        ("欧阳以诺（", "欧阳以诺"),
        ("伊万诺夫告诉", "伊万诺夫"),
        ("苏珊·哈特、", "苏珊·哈特"),
        ("卢卡斯·席尔瓦在视频", "卢卡斯·席尔瓦"),
        ("伊藤千寻通过", "伊藤千寻"),
        ("朴宰元指出", "朴宰元"),
        ("Wang Lei说", "Wang Lei"),
    ],
)
def test_name_end_stops_before_the_next_word(text, name):
    assert text[: name_end(text, 0)] == name


def test_is_bare_name_refuses_ordinary_words():
    assert [
        word for word in ("高明远", "项目", "高温", "方案", "特朗普", "金融业") if is_bare_name(word)
    ] == [
        "高明远",
        "特朗普",
    ]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("甲大学院长、教授", (("院长、教授", "甲大学"),)),
        ("甲协会常委、乙公司副总裁", (("常委", "甲协会"), ("副总裁", "乙公司"))),
        ("江州经济部长", (("部长", "江州经济部"),)),
        ("来自蓝湾资本的合伙人", (("合伙人", "蓝湾资本"),)),
        ("58岁的货车司机", (("货车司机", ""),)),
        ("东洋研究所主席研究员", (("主席研究员", "东洋研究所"),)),
    ],
)
def test_split_roles_parts_role_and_body(text, roles):
    assert split_roles(text) == roles


def test_statements_read_traditional_as_simplified_characters():
    traditional = "行政院副院長林志誠今天表示，數位轉型要快。他強調，聚落完整是優勢。"
    simplified = "行政院副院长林志诚今天表示，数位转型要快。他强调，聚落完整是优势。"
    columns = ("speaker", "role", "organisation", "text", "basis", "cue")
    assert said(traditional, *columns) == [
        ("林志誠", "副院長", "行政院", "數位轉型要快", "named", "表示"),
        ("林志誠", "副院長", "行政院", "聚落完整是優勢", "pronoun", "强调"),
    ]
    assert said(simplified, *columns) == [
        ("林志诚", "副院长", "行政院", "数位转型要快", "named", "表示"),
        ("林志诚", "副院长", "行政院", "聚落完整是优势", "pronoun", "强调"),
    ]


def test_statements_read_corner_brackets_and_words_of_hong_kong_and_taiwan():
    text = (
        "「我們不能只靠代工。」工研院院長劉文鴻受訪時說，「要有自己的品牌。」\n\n"
        "財政司司長陳啟明在網誌中指，經濟按年增長，又指當局會加大支持。他續稱，已預留撥款。\n\n"
        "立委廖婉如砲轟，補助浮濫。業者則稱，成本上漲三成。"
    )
    assert said(text) == [
        ("劉文鴻", "我們不能只靠代工。"),
        ("劉文鴻", "要有自己的品牌。"),
        ("陳啟明", "經濟按年增長"),
        ("陳啟明", "當局會加大支持"),
        ("陳啟明", "已預留撥款"),
        ("廖婉如", "補助浮濫"),
        ("業者", "成本上漲三成"),
    ]


def test_statements_go_on_with_a_dropped_subject():
    text = "研究员陶然指出，问题仍然突出，并建议设立基金。在他看来，平台应承担责任。"
    assert said(text, "speaker", "text", "basis") == [
        ("陶然", "问题仍然突出", "named"),
        ("陶然", "设立基金", "continued"),
        ("陶然", "平台应承担责任", "pronoun"),
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("据气象部门预计，未来三天有雨。", "气象部门", "未来三天有雨"),
        ("正如经济学家林毅所说，有为政府不可或缺。", "林毅", "有为政府不可或缺"),
        ("会长杨志铭的观点是，要重视结构性矛盾。", "杨志铭", "要重视结构性矛盾"),
        ("据海通社报道，央行行长玛丽·琼斯表示，通胀过高。", "玛丽·琼斯", "通胀过高"),
        ("大使郑泽明发表署名文章说，合作是主流。", "郑泽明", "合作是主流"),
        ("司马南风，滨江银行行长，表示利率会下行。", "司马南风", "利率会下行"),
        ("区教育局发表声明，要求学校停课。", "区教育局", "学校停课"),
        ("许多企业不敢转型，会长杨志铭说。", "杨志铭", "许多企业不敢转型"),
        ("主席李斯敦认为方案可行；委员则各持己见。", "李斯敦", "方案可行；委员则各持己见"),
    ],
)
def test_statements_find_the_subject(text, speaker, words):
    assert said(text) == [(speaker, words)]


def test_statements_name_both_who_speak_together_in_chinese():
    text = "甲研究所所长李伟民与乙大学教授范柏青共同认为，要打破壁垒。"
    assert sorted(said(text, "speaker", "organisation")) == [("李伟民", "甲研究所"), ("范柏青", "乙大学")]


def test_statements_resolve_short_names():
    text = (
        "甲大学教授诸葛明指出，标准是短板。诸葛教授建议修订国标。"
        "经济部长罗伯特·施密特说，能源已转型。施密特还说，电价会下降。"
    )
    assert said(text, "speaker", "role", "basis") == [
        ("诸葛明", "教授", "named"),
        ("诸葛明", "教授", "surname"),
        ("罗伯特·施密特", "部长", "named"),
        ("罗伯特·施密特", "部长", "surname"),
    ]


def test_statements_give_the_body_named_before_for_a_firm():
    text = "星辰科技CEO魏来说，价格战不会持续。公司首席架构师林晚说，芯片已量产。"
    assert said(text, "speaker", "organisation") == [("魏来", "星辰科技"), ("林晚", "星辰科技")]


def test_statements_read_quotations_beside_an_act():
    text = (
        "老渔民符阿贵摆摆手：“海不等人。”他把缆绳一甩，“要走就趁潮水。”\n\n"
        "“你们要记住这条河。”校长龙应祥站在桥头。"
    )
    assert said(text) == [
        ("符阿贵", "海不等人。"),
        ("符阿贵", "要走就趁潮水。"),
        ("龙应祥", "你们要记住这条河。"),
    ]


def test_statements_read_turns_of_an_interview():
    text = (
        "本刊专访了星槎航天创始人陆明轩。\n\n记者：首飞失利影响大吗？\n\n陆明轩：很大。没有人回家。\n\n"
        "我们坐到天亮。\n\n记者：后来呢？\n\n陆明轩：拆了重来。"
    )
    assert said(text, "speaker", "role", "mode", "text") == [
        ("陆明轩", "创始人", "direct", "很大。没有人回家。\n\n我们坐到天亮。"),
        ("陆明轩", "创始人", "direct", "拆了重来。"),
    ]


def test_find_chinese_turns_leaves_labels_of_a_notice_alone():
    text = "时间：周一\n地点：礼堂\n来源：日报"
    paragraphs = [(0, 5), (6, 11), (12, 17)]
    assert list(find_turns(text, text, paragraphs)) == []


@pytest.mark.parametrize(
    "text",
    [
        "他表示热烈祝贺。代表对论坛表示衷心感谢。",
        "我们认为，改革要稳步推进。必须指出，问题依然突出。",
        "该项目被业内称为“灯塔工厂”。所谓“首店经济”，是指品牌首次开店。",
        "（记者 赵欣 通讯员 钱多多）责任编辑：张晓",
        "在我看来，市场需要时间。",
    ],
)
def test_statements_leave_the_authors_voice_alone_in_chinese(text):
    assert said(text) == []


def test_roster_lists_doers_in_traditional_characters():
    text = "研討會由經濟研究院院長葉俊顯主持，中央大學教授吳大任致辭。"
    people = roster(sentences(make_corpus({"a": text})))
    assert people[["speaker", "role", "organisation", "act"]].values.tolist() == [
        ["葉俊顯", "院長", "經濟研究院", "chaired"],
        ["吳大任", "教授", "中央大學", "speech"],
    ]


@pytest.mark.parametrize(
    "introduction",
    ["嘉宾：罗启山（云岭茶业董事长）。", "罗启山，云岭茶业董事长。", "罗启山是云岭茶业董事长。"],
)
def test_statements_take_the_role_from_behind_the_name(introduction):
    assert said(introduction + "罗启山说，春茶丰收。", "role", "organisation") == [("董事长", "云岭茶业")]
