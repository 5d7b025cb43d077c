"""Which body a speaker belongs to: named before or behind, by its kind alone, or by what an office is for."""

import pytest

from luntan import make_corpus, sentences, statements

COLUMNS = ["speaker", "role", "organisation"]


def speakers(text):
    """Return who speaks in one text, each with role and organisation."""
    return statements(sentences(make_corpus({"a": text})))[COLUMNS].values.tolist()


@pytest.mark.parametrize(
    ("opening", "speaker", "role", "organisation"),
    [
        ("Brightleaf's Tim Rowe", "Tim Rowe", "", "Brightleaf"),
        ("Ruth Vogel, founder of Lyon-based Brightleaf,", "Ruth Vogel", "founder", "Brightleaf"),
        ("Ruth Vogel, formerly of the Lake Bank,", "Ruth Vogel", "", "Lake Bank"),
        ("Ruth Vogel, who teaches law at Hull College,", "Ruth Vogel", "", "Hull College"),
        ("Ruth Vogel, director, Lake Partners,", "Ruth Vogel", "director", "Lake Partners"),
        ("Speaking on behalf of the Lake Union, Ruth Vogel", "Ruth Vogel", "", "Lake Union"),
        ("The chairman of the Lake Union, Juma wa Kibo,", "Juma wa Kibo", "chairman", "Lake Union"),
        ("Dr Omar al-Fasi, head of the Lake Bank,", "Omar al-Fasi", "head", "Lake Bank"),
        ("Dayton mayor Ruth Vogel", "Ruth Vogel", "mayor", "Dayton"),
        ("The Home Office", "Home Office", "", "Home Office"),
        ("Lake Group grew. Its head, Ruth Vogel,", "Ruth Vogel", "head", "Lake Group"),
        ("Acme opened a plant. The company", "Acme", "", "Acme"),
        ("The Lake Union (LU) met. Ruth Vogel, head of the LU,", "Ruth Vogel", "head", "Lake Union (LU)"),
        ("Lake University grew. Rector Ruth Vogel", "Ruth Vogel", "Rector", "Lake University"),
    ],
)
def test_statements_name_the_body_of_a_speaker(opening, speaker, role, organisation):
    assert speakers(f"{opening} said that dams leak.") == [[speaker, role, organisation]]


@pytest.mark.parametrize(
    ("opening", "speaker", "role", "organisation"),
    [
        ("来自北湖大学的王立新教授", "王立新", "教授", "北湖大学"),
        ("北湖公司品牌总监王立新", "王立新", "品牌总监", "北湖公司"),
        ("北湖省省长王立新", "王立新", "省长", "北湖省"),
        ("时任教育部部长王立新", "王立新", "部长", "教育部"),
        ("星河公司发布新品。该公司总经理王立新", "王立新", "总经理", "星河公司"),
        ("星河公司发布新品。该公司", "星河公司", "", "星河公司"),
        ("北湖协会开会。会长王立新", "王立新", "会长", "北湖协会"),
        ("星河智能发言人", "星河智能发言人", "发言人", "星河智能"),
        ("市场研究机构 OpenLake", "OpenLake", "", "OpenLake"),
        ("星河联盟（Xinghe League，XL）", "星河联盟", "", "星河联盟"),
        ("合作社负责人吐尔·阿里木抚摸着羊，他", "吐尔·阿里木", "负责人", "合作社"),
    ],
)
def test_statements_name_the_body_of_a_speaker_in_chinese(opening, speaker, role, organisation):
    assert speakers(f"{opening}表示，要守住水坝。") == [[speaker, role, organisation]]


def test_statements_join_no_body_an_office_may_not_belong_to():
    text = "Lake University and Hull University met. Rector Ruth Vogel said that dams leak."
    assert speakers(text) == [["Ruth Vogel", "Rector", ""]]


def test_statements_give_a_quotation_to_whom_its_paragraph_introduces():
    text = 'Ada Cole is a baker in Ely. "I pay twice what I paid for flour," she says.'
    assert speakers(text) == [["Ada Cole", "", ""]]
