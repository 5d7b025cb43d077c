"""English frames, sources, roles, turns and acts, each in the shapes that reports of many countries have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luntan import make_corpus, roster, sentences, statements, unattributed


def said(text, columns=("speaker", "text")):
    """Return the named columns of the statements of one text."""
    return statements(sentences(make_corpus({"a": text})))[list(columns)].values.tolist()


def people(text):
    """Return speaker, role, organisation and act of each person."""
    return roster(sentences(make_corpus({"a": text})))[
        ["speaker", "role", "organisation", "act"]
    ].values.tolist()


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("The union wants a new vote.", "union", "a new vote"),
        ("Senator Ruth Cole vowed to block the bill.", "Ruth Cole", "to block the bill"),
        ("Ruth Cole accused the agency of hiding data.", "Ruth Cole", "the agency of hiding data"),
        ("Ruth Cole has long argued that dams leak.", "Ruth Cole", "dams leak"),
        ("Ruth Cole is calling for an inquiry into the dam.", "Ruth Cole", "an inquiry into the dam"),
        ("Ruth Cole is convinced that dams leak.", "Ruth Cole", "dams leak"),
        ("Ruth Cole went on to say that dams leak.", "Ruth Cole", "dams leak"),
        ("Ruth Cole began by noting that dams leak.", "Ruth Cole", "dams leak"),
        ("Ruth Cole voiced doubts about the dam.", "Ruth Cole", "the dam"),
        ("Ruth Cole repeated her claim that dams leak.", "Ruth Cole", "dams leak"),
        ("Ruth Cole made the claim that dams leak.", "Ruth Cole", "dams leak"),
        ("Ruth Cole called the dam a disgrace.", "Ruth Cole", "the dam a disgrace"),
        ("Ruth Cole ordered the firm to mend the dam.", "Ruth Cole", "the firm to mend the dam"),
        ("Ruth Cole was quoted as saying that dams leak.", "Ruth Cole", "dams leak"),
        ("The Lake Herald quoted Ruth Cole as saying dams leak.", "Ruth Cole", "dams leak"),
        ("In Ruth Cole's view, dams leak.", "Ruth Cole", "dams leak"),
        ("It was Ruth Cole's view that dams leak.", "Ruth Cole", "dams leak"),
        ("It was reported by Ruth Cole that dams leak.", "Ruth Cole", "dams leak"),
        ("Ruth Cole was quick to stress that dams leak.", "Ruth Cole", "dams leak"),
        ("Ruth Cole rose to ask whether dams leak.", "Ruth Cole", "whether dams leak"),
        ("Ruth Cole's message is that dams leak.", "Ruth Cole", "dams leak"),
        ("Old dams leak, as Ruth Cole pointed out.", "Ruth Cole", "Old dams leak"),
        ("Dams, Ruth Cole said in a letter, often leak.", "Ruth Cole", "often leak"),
        ("While Ruth Cole was asleep, Amy Barr said that dams leak.", "Amy Barr", "dams leak"),
    ],
)
def test_statements_read_attitudes_and_frames(text, speaker, words):
    assert said(text) == [[speaker, words]]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Six in 10 voters say dams leak.", "Six in 10 voters"),
        ("54 percent of respondents said dams leak.", "54 percent of respondents"),
        ("Half of those surveyed believe that dams leak.", "Half of those surveyed"),
        ("The plaintiffs allege that dams leak.", "plaintiffs"),
        ("According to people briefed on the talks, dams leak.", "people"),
        ("Old dams leak, said one person with knowledge of the talks.", "one person"),
        ("A spokesman for Lake Power declined to comment but said dams leak.", "spokesman for Lake Power"),
        ("A survey of 3,400 farmers, carried out in May, showed that dams leak.", "survey of 3,400 farmers"),
        ("The contractor, Lake Roads Ltd, insisted that dams leak.", "Lake Roads Ltd"),
        ("Das, in Delhi for talks, said that dams leak.", "Das"),
        ("LAGOS, 3 March (Lake News) - Old dams leak, said Ruth Cole.", "Ruth Cole"),
    ],
)
def test_statements_read_sources_of_any_kind(text, speaker):
    assert [row[0] for row in said(text)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "If Ruth Cole says the dam leaks, voters will listen.",
        "The state supports farms in the valley.",
        "Ruth Cole did not say whether the dam leaks.",
        "A resident, who asked not to be named, left.",
        "Under government plans to mend the dam, farms will close.",
        "Figures to be printed today raise claims of leaks in the dam.",
        "The dam is expected to leak.",
        "Venue: Hall B\n\nContact: Ruth Cole\n\nNote: The event is free.",
    ],
)
def test_statements_leave_what_nobody_says(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("opening", "name", "role", "organisation"),
    [
        ("Lake Power's chief executive, Ann Bell,", "Ann Bell", "chief executive", "Lake Power"),
        ("The head of Kenya's central bank, Ann Bell,", "Ann Bell", "head", "Kenya's central bank"),
        ("Ann Bell, who leads the Lake Network,", "Ann Bell", "", "Lake Network"),
        ("Ann Bell of the Lake Trust", "Ann Bell", "", "Lake Trust"),
        ("Professor Chen Wei from Lake University", "Chen Wei", "Professor", "Lake University"),
        ("Ann Bell, professor of Law at Hull College,", "Ann Bell", "professor of Law", "Hull College"),
        ("Ann Bell, Director, Hull College,", "Ann Bell", "Director", "Hull College"),
        ("Dr. Helen Park, a nurse at Hull College,", "Helen Park", "nurse", "Hull College"),
        ("Minister of Finance Tran Quoc Hung", "Tran Quoc Hung", "Minister of Finance", ""),
        ("Ann Bell, minister of trade, industry and energy,", "Ann Bell",
         "minister of trade, industry and energy", ""),
        ("Sen. Ann Bell, D-Ohio, whose son is ill,", "Ann Bell", "Sen", ""),
        ("Tim Fry MP", "Tim Fry", "MP", ""),
        ("Ann Bell, founder of a bakery chain in Hull,", "Ann Bell", "founder", "bakery chain in Hull"),
        ("The director, Ann Bell,", "Ann Bell", "director", ""),
    ],
)  # fmt: skip
def test_statements_read_roles_and_bodies(opening, name, role, organisation):
    found = said(f"{opening} said that dams leak.", ("speaker", "role", "organisation", "text"))
    assert found == [[name, role, organisation, "dams leak"]]


def test_statements_know_whose_director_it_is():
    text = 'The Lake Power Company mended the dam. "It was old," said its director, Ann Bell.'
    assert said(text, ("speaker", "role", "organisation")) == [["Ann Bell", "director", "Lake Power Company"]]


@pytest.mark.parametrize(
    "text",
    [
        '"Dams leak," Ann Bell said. "They always do."',
        '"Dams leak," Ann Bell told this newspaper over the phone from Hull. "They always do."',
        (
            '"Dams leak," said Ann Bell, a nurse who once lived in the valley below the oldest dam of all '
            'and still visits it every summer with her sons. "They always do."'
        ),
    ],
)
def test_statements_go_on_with_a_quotation_in_its_paragraph(text):
    assert said(text) == [["Ann Bell", "Dams leak"], ["Ann Bell", "They always do."]]


def test_statements_give_turns_to_whom_their_labels_name():
    text = (
        "Ann Bell is director of the Lake Trust.\n\n"
        "Lake Weekly: Do dams leak?\n\n"
        "Ms Bell: They do. He said so.\n\nI heard.\n\n"
        "Lake Weekly: And now?\n\n"
        "Ms Bell: Now they leak more.\n\n"
        "The interview was cut."
    )
    assert said(text, ("speaker", "role", "mode", "basis", "text")) == [
        ["Lake Weekly", "", "direct", "named", "Do dams leak?"],
        ["Ann Bell", "director", "direct", "surname", "They do. He said so.\n\nI heard."],
        ["Lake Weekly", "", "direct", "named", "And now?"],
        ["Ann Bell", "director", "direct", "surname", "Now they leak more."],
    ]


def test_statements_read_the_record_of_a_hearing():
    text = (
        "STATEMENT OF ELLEN WATTS, DIRECTOR, LAKE INSTITUTE\n\n"
        "The CHAIRMAN. Good morning.\n\nMs. WATTS. Dams leak. We saw it.\n\nThe CHAIRMAN. Where?"
    )
    assert said(text, ("speaker", "organisation", "text")) == [
        ["CHAIRMAN", "", "Good morning."],
        ["ELLEN WATTS", "LAKE INSTITUTE", "Dams leak. We saw it."],
        ["CHAIRMAN", "", "Where?"],
    ]


def test_roster_reads_acts_in_many_words():
    text = (
        "The day was opened by Ama Mensah, mayor of Tema. A keynote was delivered by Jan Novak of Hull "
        "College. The sessions were moderated jointly by Elif Kaya. Tan Wei Ming, CEO of Bay Quality, "
        "giving his welcome address. The dinner was attended by Omar Haddad, head of Atlas Energy; Ingrid "
        "Berg, dean of Hull College; and Mei Tanaka of Keio University."
    )
    assert people(text) == [
        ["Ama Mensah", "mayor", "Tema", "opened"],
        ["Jan Novak", "", "Hull College", "keynote"],
        ["Elif Kaya", "", "", "chaired"],
        ["Tan Wei Ming", "CEO", "Bay Quality", "speech"],
        ["Omar Haddad", "head", "Atlas Energy", "attended"],
        ["Ingrid Berg", "dean", "Hull College", "attended"],
        ["Mei Tanaka", "", "Keio University", "attended"],
    ]


def test_roster_leaves_out_a_lone_name_that_may_be_a_place():
    text = "Washington said that dams leak. Ms Rao said they do not."
    assert [row[0] for row in said(text)] == ["Washington", "Rao"]
    assert [row[0] for row in people(text)] == ["Rao"]


def test_unattributed_counts_what_nobody_is_made_to_say():
    text = (
        'Ann Bell said: "Dams leak every spring." She left.\n\n'
        "A banner hung over the road that leads from the old dam to the new one, and people stopped to read."
        '\n\n"We shall not leave this valley."\n\n院长王芳说：“水库已经蓄满。”\n\n'
        "桥上挂着一条横幅，路过的人都停下来看。\n\n“我们不会离开这里。”"
    )
    table = unattributed(sentences(make_corpus({"a": text})))
    assert table["text"].tolist() == ["We shall not leave this valley.", "我们不会离开这里。"]
    assert [text[row.start : row.end] for row in table.itertuples()] == table["text"].tolist()
    assert unattributed(sentences(make_corpus({}))).empty


MARKS = ['"', "“", "”", "„", "‘", "’", "''", "'", "「", "」", "『", "』", "«", "»", "＂", "``", "《", "》"]
AROUND = ("Ann Bell, a nurse, said that dams leak.", "院长王芳表示，水库已经蓄满。")


@given(
    st.lists(st.sampled_from([*MARKS, *MARKS, "We go on", "我们走", " ", ",", ".", "，", "。"]), max_size=30)
)
def test_odd_marks_cost_no_other_paragraph_its_statements(pieces):
    text = "\n\n".join((AROUND[0], "".join(pieces), "The dam was built in May.", *AROUND))
    found = said(text)
    assert found.count(["Ann Bell", "dams leak"]) >= 1
    assert ["王芳", "水库已经蓄满"] in found
