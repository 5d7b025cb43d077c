"""Coders in the loop: sheets there and back, alpha as published, corrections in every later table."""

import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import luntan as lt
from conftest import ROOT
from luntan._tables import COLUMNS, dtype_of, make_table
from luntan.coding.writing import MOST_CHARACTERS
from luntan.lexicons import read_fields

TEXT = (
    "湖畔研究院院长李华表示，企业需要人才。王明说，融资很难。\n\n"
    "Zhao Yun, director of Lake Institute, said that small firms need loans. He added that talent matters."
)
SENTENCES = lt.sentences(lt.make_corpus({"note": TEXT}))
SAID = lt.statements(SENTENCES)
HITS = lt.themes(SENTENCES)
SHEET = lt.coding_sheet(SAID, SENTENCES, hits=HITS)
LI, WANG, ZHAO, HE = SHEET["unit"]


def filled(**columns):
    """Return the sheet with these answers, a list of four for each column."""
    return SHEET.assign(**{name: pd.Series(cells, dtype="str") for name, cells in columns.items()})


def coded(*rows):
    """Return codings of (unit, coder, variable, code)."""
    spans = {unit: tuple(map(int, unit.split(":")[1].split("-"))) for unit in SHEET["unit"]}
    return make_table("codings", [(unit, "note", *spans[unit], *rest) for unit, *rest in rows])


def as_lists(table, *columns):
    return table[list(columns)].values.tolist()


# ---- the sheet


def test_coding_sheet_shows_statement_context_and_suggestion():
    first = "湖畔研究院院长李华表示，企业需要人才。"
    third = "Zhao Yun, director of Lake Institute, said that small firms need loans."
    assert as_lists(SHEET, "unit", "before", "text", "after") == [
        ["note:12-18", first[:12], "企业需要人才", "。王明说，融资很难。"],
        ["note:23-27", f"{first}王明说，", "融资很难", f"。\n\n{third}"],
        [
            "note:78-100",
            f"王明说，融资很难。\n\n{third[:47]}",
            "small firms need loans",
            ". He added that talent matters.",
        ],
        ["note:116-130", f"{third} He added that", "talent matters", "."],
    ]
    assert as_lists(SHEET, "speaker", "role", "organisation", "mode", "basis", "themes") == [
        ["李华", "院长", "湖畔研究院", "indirect", "named", "talent"],
        ["王明", "", "", "indirect", "named", "finance"],
        ["Zhao Yun", "director", "Lake Institute", "indirect", "named", "finance; smes"],
        ["Zhao Yun", "director", "Lake Institute", "indirect", "pronoun", "talent"],
    ]


def test_coding_sheet_leaves_the_suggestion_out_when_blind():
    blind = lt.coding_sheet(SAID, SENTENCES, hits=HITS, blind=True, context=0)
    assert list(blind) == [
        "unit", "before", "text", "after", "verdict", "coded_speaker", "coded_organisation", "coded_themes",
        "note", "coder",
    ]  # fmt: skip
    assert blind["before"].tolist()[0] == "湖畔研究院院长李华表示，"


def test_coding_sheet_asks_for_the_stance_where_statements_have_one():
    with_stance = SAID.assign(stance="support")
    assert list(lt.coding_sheet(with_stance, SENTENCES, hits=HITS))[9:16] == [
        "themes", "stance", "verdict", "coded_speaker", "coded_organisation", "coded_themes", "coded_stance",
    ]  # fmt: skip
    blind = lt.coding_sheet(with_stance, SENTENCES, hits=HITS, blind=True)
    assert "coded_stance" in blind
    assert "stance" not in blind


def test_coding_sheet_refuses_what_does_not_belong_together():
    others = lt.sentences(lt.make_corpus({"other": TEXT}))
    with pytest.raises(ValueError, match=r"note:12-18, which is in none of the sentences"):
        lt.coding_sheet(SAID, others, hits=HITS)


def test_coding_of_what_two_people_say_together(tmp_path):
    sents = lt.sentences(lt.make_corpus({"a": "李华、王芳表示，企业需要人才。"}))
    said, hits = lt.statements(sents), lt.themes(sents)
    assert said["speaker"].tolist() == ["李华", "王芳"]
    sheet = lt.coding_sheet(said, sents, hits=hits)
    assert sheet[["text", "speaker"]].values.tolist() == [["企业需要人才", "李华; 王芳"]]

    def coded(**answers):
        path = lt.write_coding_sheet(sheet.assign(**answers), tmp_path / "mei.csv")
        return lt.apply_coding(said, lt.read_coding(path, sheet))["speaker"].tolist()

    assert coded(verdict="agree") == ["李华", "王芳"]
    assert coded(verdict="change", coded_speaker="王芳；张三") == ["王芳", "张三"]
    assert coded(verdict="no statement") == []


def test_corrections_reach_the_network(tmp_path):
    sents = lt.sentences(lt.make_corpus({"a": "李华表示，企业需要人才。王芳认为，贷款太贵。"}))
    said, hits = lt.statements(sents), lt.themes(sents)
    sheet = lt.coding_sheet(said, sents, hits=hits)
    answers = {"coded_speaker": ["赵云", ""], "coded_themes": ["smes", ""], "verdict": ["change", "agree"]}
    codings = lt.read_coding(lt.write_coding_sheet(sheet.assign(**answers), tmp_path / "mei.xlsx"), sheet)
    network = lt.actor_theme_network(
        lt.apply_coding(said, codings), lt.apply_themes(hits, codings, statements=said)
    )
    assert network[["actor", "theme", "evidence"]].values.tolist() == [
        ["王芳", "finance", "a:17-21"],
        ["赵云", "smes", "a:5-11"],
    ]


def test_tables_of_nothing_have_the_columns_of_the_contract(tmp_path):
    sents = lt.sentences(lt.make_corpus({}))
    said, hits = lt.statements(sents), lt.themes(sents)
    sheet = lt.coding_sheet(said, sents, hits=hits)
    paths = [lt.write_coding_sheet(sheet, tmp_path / f"empty.{ending}") for ending in ("csv", "xlsx")]
    codings = lt.read_coding(paths, sheet)
    tables = {
        "coding_sheet": sheet,
        "codings": codings,
        "agreement": lt.agreement(codings),
        "disagreements": lt.disagreements(codings, said),
        "statements": lt.apply_coding(said, codings),
        "themes": lt.apply_themes(hits, codings, statements=said),
    }
    for name, table in tables.items():
        assert {column: str(table[column].dtype) for column in table} == {
            column: dtype_of(column) for column in COLUMNS[name]
        }
        assert table.empty


# ---- writing


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_write_coding_sheet_gives_the_same_bytes_again(tmp_path, ending):
    first, second = (
        lt.write_coding_sheet(SHEET, tmp_path / f"{name}.{ending}").read_bytes() for name in "ab"
    )
    assert first == second
    if ending == "xlsx":
        members = zipfile.ZipFile(tmp_path / "a.xlsx").infolist()
        assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}


def test_write_coding_sheet_makes_a_csv_that_excel_opens_and_no_formula_runs(tmp_path):
    sheet = filled(note=["=1+1", "'=1", "@a", "\tb"])
    data = lt.write_coding_sheet(sheet, tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfunit,before,")
    assert [line.split(",")[-2] for line in data.decode().split("\r\n")[1:-1]] == [
        "'=1+1",
        "''=1",
        "'@a",
        "'\tb",
    ]


def test_write_coding_sheet_explains_itself_in_the_workbook(tmp_path):
    lt.write_coding_sheet(SHEET, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        strings = book.read("xl/sharedStrings.xml").decode()
        page = book.read("xl/worksheets/sheet1.xml").decode()
    said = [
        cell for name, *cells in read_fields("coding_columns") for cell in (name, *cells) if name != "coded"
    ]
    assert [
        cell for cell in said if f">{cell}<" not in strings and "stance" not in cell and "立场" not in cell
    ] == []
    assert f">{lt.theme_lexicon()['talent']['definition']}<" in strings
    assert page.count("<dataValidation ") == 6
    assert '<pane xSplit="1" ySplit="1"' in page
    assert "<f>" not in page


def test_write_coding_sheet_refuses_what_it_cannot_hold(tmp_path):
    with pytest.raises(ValueError, match=r"ends in '\.ods'; a coding sheet is written as \.csv or \.xlsx"):
        lt.write_coding_sheet(SHEET, tmp_path / "a.ods")
    with pytest.raises(ValueError, match=r"up to 32768 characters in a cell"):
        lt.write_coding_sheet(filled(note=["长" * (MOST_CHARACTERS + 1), "", "", ""]), tmp_path / "a.xlsx")


# ---- reading


ANSWERS = filled(
    verdict=["agree", "change", "no statement", ""],
    coded_themes=["", "人才；Finance and venture capital", "", ""],
    coded_organisation=["", "-", "", ""],
    note=["", "", "a heading", ""],
)
CODINGS = coded(
    (LI, "lin", "is_statement", "yes"),
    (LI, "lin", "speaker", "李华"),
    (LI, "lin", "organisation", "湖畔研究院"),
    (LI, "lin", "themes", "talent"),
    (WANG, "lin", "is_statement", "yes"),
    (WANG, "lin", "speaker", "王明"),
    (WANG, "lin", "organisation", ""),
    (WANG, "lin", "themes", "finance; talent"),
    (ZHAO, "lin", "is_statement", "no"),
    (ZHAO, "lin", "note", "a heading"),
)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_read_coding_returns_what_was_answered_and_nothing_for_rows_not_looked_at(tmp_path, ending):
    path = lt.write_coding_sheet(ANSWERS, tmp_path / f"lin.{ending}")
    pd.testing.assert_frame_equal(lt.read_coding(path, SHEET), CODINGS)


CSV = ANSWERS.to_csv(index=False)
TABBED = ANSWERS.to_csv(index=False, sep="\t")


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode("gb18030"),
        TABBED.encode("utf-16"),
        ANSWERS.to_csv(index=False, sep=";").encode(),
        ("\n,,,,\n" + CSV.replace("\n", "\r\n")).encode("utf-8-sig"),
        CSV.replace("agree", " ＡＧＲＥＥ ").replace("change", "修改").encode(),
        CSV.replace("agree", "√").replace("no statement", "不是陳述").encode(),
        CSV.replace("人才；Finance", "人才、FINANCE").encode(),
        CSV.replace("unit", "Unit").replace("verdict", " Verdict ").encode(),
        ANSWERS.drop(columns=["before", "text", "after", "speaker", "coder"]).to_csv().encode(),
        ANSWERS.iloc[::-1].to_csv(index=False).encode(),
        (CSV + ",,,,,\n" + CSV.split("\n")[1]).encode(),
    ],
    ids=["GBK", "UTF-16", "semicolons", "rows above", "width", "other words", "separators",
         "headers", "columns", "order", "twice"],
)  # fmt: skip
def test_read_coding_accepts_what_is_unambiguous(tmp_path, data):
    (tmp_path / "lin.csv").write_bytes(data)
    pd.testing.assert_frame_equal(lt.read_coding(tmp_path / "lin.csv", SHEET), CODINGS)


def test_read_coding_accepts_text_without_the_characters_that_gbk_lacks(tmp_path):
    sents = lt.sentences(lt.make_corpus({"a": "湖畔研究院院长李华表示，𠮷林🌱的企业需要人才。"}))
    sheet = lt.coding_sheet(lt.statements(sents), sents, hits=lt.themes(sents))
    data = sheet.assign(verdict="agree").to_csv(index=False).encode("gbk", "replace")
    assert b"??" in data or b"?" in data
    (tmp_path / "lin.csv").write_bytes(data)
    assert lt.read_coding(tmp_path / "lin.csv", sheet)["variable"].tolist() == [
        "is_statement", "speaker", "organisation", "themes",
    ]  # fmt: skip


def test_read_coding_tells_coders_by_column_or_file(tmp_path):
    both = pd.concat([ANSWERS.head(1).assign(coder="wang"), ANSWERS.head(1).assign(coder="  mei  li ")])
    paths = [
        lt.write_coding_sheet(ANSWERS.head(1), tmp_path / "lin.csv"),
        lt.write_coding_sheet(both, tmp_path / "two.csv"),
    ]
    codings = lt.read_coding(paths, SHEET)
    assert codings["coder"].unique().tolist() == ["lin", "mei li", "wang"]
    pd.testing.assert_frame_equal(lt.read_coding(paths[::-1], SHEET), codings)


def test_read_coding_reads_a_blind_sheet(tmp_path):
    blind = lt.coding_sheet(SAID, SENTENCES, hits=HITS, blind=True)
    answers = blind.assign(
        verdict=["coded", "coded", "no statement", ""], coded_speaker=["LI Hua", "-", "", ""]
    )
    codings = lt.read_coding(lt.write_coding_sheet(answers, tmp_path / "lin.csv"), blind)
    assert as_lists(codings, "unit", "variable", "code") == [
        [LI, "is_statement", "yes"],
        [LI, "speaker", "LI Hua"],
        [WANG, "is_statement", "yes"],
        [WANG, "speaker", ""],
        [ZHAO, "is_statement", "no"],
    ]  # fmt: skip
    with pytest.raises(ValueError, match=r"row 2: verdict is 'agree', but a blind sheet suggests nothing"):
        lt.read_coding(lt.write_coding_sheet(blind.assign(verdict="agree"), tmp_path / "lin.csv"), blind)


def test_read_coding_spells_names_as_the_sheet_does(tmp_path):
    answers = filled(verdict=["", "", "", "change"], coded_speaker=["", "", "", "  zhao YUN "])
    codings = lt.read_coding(lt.write_coding_sheet(answers, tmp_path / "lin.csv"), SHEET)
    assert codings.loc[codings["variable"] == "speaker", "code"].tolist() == ["Zhao Yun"]


def test_read_coding_lists_every_problem_by_file_and_row(tmp_path):
    first = filled(
        unit=["note:12-81", WANG, ZHAO, HE],
        text=["企业需要人才", "融资很难", "loans", "talent matters"],
        speaker=["李华", "王明明", "Zhao Yun", "Zhao Yun"],
        verdict=["agree", "agree", "hm", "change"],
        coded_themes=["", "", "", "talant; finance; sport"],
    )
    second = filled(
        verdict=["agree", "change", "", "change"],
        coded_speaker=["李华", "", "王明", "2026-01-02 00:00:00"],
    )
    with_both = pd.concat(
        [filled(verdict=["agree", "", "", ""]), filled(verdict=["no statement", "", "", ""])]
    )
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "short.csv").write_text("no,verdict,unit\nall done\n", encoding="utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    paths = [
        lt.write_coding_sheet(first, tmp_path / "lin.xlsx"),
        lt.write_coding_sheet(second, tmp_path / "wang.csv"),
        lt.write_coding_sheet(with_both, tmp_path / "mei.csv"),
        tmp_path / "notes.csv",
        tmp_path / "short.csv",
        tmp_path / "broken.xlsx",
        tmp_path / "sheet.doc",
    ]
    with pytest.raises(ValueError, match="mend these rows") as raised:
        lt.read_coding(paths, SHEET)
    lines = str(raised.value).splitlines()
    assert lines[1:-2] == [
        "lin.xlsx, row 2: unit 'note:12-81' is not in the sheet; did you mean 'note:12-18'?",
        "lin.xlsx, row 3: speaker was changed to '王明明'; put it back, and correct in coded_speaker",
        "lin.xlsx, row 4: text was changed to 'loans'; put it back, or delete this column",
        "lin.xlsx, row 4: verdict 'hm' is none of agree, change, no statement, coded",
        "lin.xlsx, row 5: coded_themes has 'sport', which is no theme",
        "lin.xlsx, row 5: coded_themes has 'talant', which is no theme; did you mean 'talent'?",
        "wang.csv, row 2: coded_speaker is filled in, but verdict is 'agree'; write 'change' or clear it",
        "wang.csv, row 3: verdict is 'change', but nothing is filled in; write 'agree' or what is to change",
        "wang.csv, row 4: coded_speaker is filled in, but verdict is 'empty'; write 'change' or clear it",
        "wang.csv, row 5: coded_speaker is '2026-01-02 00:00:00'; format the cell as text and type it again",
        "mei.csv, row 6: mei has coded note:12-18 before, and otherwise",
        "notes.csv has no columns 'unit' and 'verdict'; is it a sheet that write_coding_sheet wrote?",
        "short.csv, row 2: unit '' is not in the sheet",
    ]  # fmt: skip
    assert lines[-2].startswith("broken.xlsx cannot be read as a spreadsheet")
    assert lines[-1].startswith("sheet.doc ends in '.doc'")


def test_read_coding_shows_twenty_problems_and_counts_the_others(tmp_path):
    rows = pd.concat([filled(verdict=["?"] * 4)] * 6)
    with pytest.raises(ValueError, match="and 4 more") as raised:
        lt.read_coding(lt.write_coding_sheet(rows, tmp_path / "lin.csv"), SHEET)
    assert len(str(raised.value).splitlines()) == 22


# No lone surrogates, which no file can hold.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "=1+1",
        "'=1",
        "''",
        "-1",
        "@a",
        "\t+",
        "a\r\nb",
        " x",
        '"',
        "专精特新",
        "𠮷",
        "🌱",
        "＝1",
        "1-2",
        "_x000D_",
        "#N/A",
    ]
)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@given(text=ANY_TEXT, name=ANY_TEXT, doc_id=ANY_TEXT)
def test_coding_comes_back_as_it_went_for_any_text(tmp_path_factory, ending, text, name, doc_id):
    sheet = SHEET.head(1).assign(unit=f"{doc_id}:12-18", text=f"企业{text}", speaker=name, organisation=text)
    path = tmp_path_factory.mktemp("any") / f"lin.{ending}"
    lt.write_coding_sheet(sheet.assign(verdict="agree", note=f"n{text}n"), path)
    assert as_lists(lt.read_coding(path, sheet), "unit", "variable", "code") == [
        [f"{doc_id}:12-18", "is_statement", "yes"],
        [f"{doc_id}:12-18", "speaker", name],
        [f"{doc_id}:12-18", "organisation", text],
        [f"{doc_id}:12-18", "themes", "talent"],
        [f"{doc_id}:12-18", "note", f"n{text}n"],
    ]


# ---- agreement


def ratings(*coders):
    """Return codings of the values that each coder gave, one a unit; a point is a missing one."""
    rows = [
        (f"a:{at}-{at + 1}", f"coder {coder}", "x", value)
        for coder, values in enumerate(coders)
        for at, value in enumerate(values.split())
        if value != "."
    ]
    return pd.DataFrame(rows, columns=["unit", "coder", "variable", "code"])


# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, examples A, B, C and D.
BINARY = ratings("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
NOMINAL = ratings("a a b b d c c c e d d a", "b a b b b c c c e d d d")
FOUR = ratings(
    "1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."
)
# Hayes and Krippendorff (2007), Communication Methods and Measures 1(1), table 1: 5 observers, 40 articles.
NEWS = ratings(
    "1 1 2 . 0 0 1 1 2 2 . 0 1 3 1 1 2 1 1 0 0 0 2 0 1 0 0 1 1 1 1 2 2 3 2 2 2 2 2 1",
    "1 1 3 0 0 0 0 . 2 1 1 0 2 3 1 1 1 2 1 0 0 0 3 0 2 1 0 2 1 1 1 1 2 2 2 2 2 2 2 1",
    "2 0 3 0 0 0 2 2 2 1 0 0 2 2 1 1 2 3 0 0 1 . 3 0 . 1 0 1 2 2 0 2 . 2 2 3 2 . 2 1",
    ". 1 3 . . . . 0 . 1 0 0 2 2 . . . 3 1 . 1 0 3 0 2 1 1 2 2 . . 1 2 2 . . . 1 2 .",
    "2 . . 0 0 0 1 . 2 . . . . 3 1 1 2 . . 0 . 0 . . 2 . 0 . . 2 0 . 2 . 2 2 2 2 . 1",
)


@pytest.mark.parametrize(
    ("codings", "level", "published"),
    [
        (BINARY, "nominal", 0.095),
        (NOMINAL, "nominal", 0.692),
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
        (FOUR, "ratio", 0.797),
        (NEWS, "ordinal", 0.760),
        (NEWS, "nominal", 0.477),
        (NEWS, "interval", 0.757),
    ],
)
def test_agreement_is_alpha_as_published(codings, level, published):
    assert lt.agreement(codings, level=level)["alpha"].round(3).tolist() == [published]


def test_agreement_counts_what_is_coded_twice_and_gives_an_interval():
    table = lt.agreement(FOUR, level="ordinal")
    assert as_lists(table, "variable", "level", "n_units", "n_coders", "n_values", "reason") == [
        ["x", "ordinal", 11, 4, 40, ""]
    ]
    low, alpha, high = table[["low", "alpha", "high"]].iloc[0]
    assert low < alpha < high <= 1
    pd.testing.assert_frame_equal(lt.agreement(FOUR.sample(frac=1, random_state=1), level="ordinal"), table)
    assert lt.agreement(FOUR, level="ordinal", n_boot=0)[["low", "high"]].isna().all(axis=None)


def test_agreement_says_why_there_is_no_alpha():
    alone, alike = ratings("a b ."), ratings("a a", "a a")
    assert lt.agreement(alone)["reason"].tolist() == ["no unit is coded by two coders"]
    assert lt.agreement(alike)["reason"].str.startswith("all values are alike").tolist() == [True]
    assert lt.agreement(pd.concat([alone, alike.assign(variable="y")]))["alpha"].isna().all()


def test_agreement_tells_how_many_resamples_had_no_variation():
    reason = lt.agreement(ratings("a a b", "a a b"))["reason"].iloc[0]
    assert reason == "315 of 1000 resamples had no variation and are left out"


def test_agreement_takes_each_theme_by_itself_and_no_notes():
    codings = coded(
        (LI, "lin", "themes", "talent"), (LI, "mei", "themes", "finance; talent"),
        (WANG, "lin", "themes", ""), (WANG, "mei", "themes", ""),
        (LI, "lin", "note", "x"), (LI, "mei", "note", "y"),
    )  # fmt: skip
    assert as_lists(lt.agreement(codings), "variable", "n_values", "alpha") == [
        ["theme=finance", 4, 0.0],
        ["theme=talent", 4, 1.0],
        ["themes", 4, pytest.approx(1 - 3 * 2 / 10)],
    ]


def test_agreement_takes_equal_numbers_for_equal():
    assert lt.agreement(ratings("1 2 3", "1.0 2.0 3.0"), level="ordinal")["alpha"].tolist() == [1.0]


@pytest.mark.parametrize(
    ("codings", "level", "message"),
    [
        (NOMINAL, "ordinal", "x has the value 'a', but level = 'ordinal' takes only numbers"),
        (ratings("-1 2", "1 2"), "ratio", "takes only numbers, none below 0"),
        (NOMINAL, "metric", "level = 'metric' is none of nominal, ordinal, interval, ratio"),
        (pd.concat([NOMINAL, NOMINAL.head(1)]), "nominal", "two codes of x by coder 0 for a:0-1"),
        (NOMINAL.drop(columns="code"), "nominal", "codings lacks the column"),
    ],
)
def test_agreement_refuses_what_it_cannot_measure(codings, level, message):
    with pytest.raises(ValueError, match=message):
        lt.agreement(codings, level=level)


# ---- corrections


DISPUTED = coded(
    (LI, "lin", "is_statement", "yes"), (LI, "mei", "is_statement", "no"), (LI, "lin", "speaker", "王明"),
    (WANG, "lin", "speaker", "李华"), (WANG, "mei", "speaker", "李华"), (WANG, "lin", "themes", "talent"),
    (WANG, "mei", "themes", "finance; talent"), (WANG, "mei", "note", "?"),
    (ZHAO, "lin", "is_statement", "no"), (ZHAO, "mei", "is_statement", "no"),
    (HE, "lin", "speaker", "Zhao Yun"), (HE, "lin", "themes", "finance; talent"),
)  # fmt: skip


def test_disagreements_tell_each_code_and_whose_it_is():
    assert as_lists(lt.disagreements(DISPUTED, SAID), "unit", "text", "variable", "codes") == [
        [LI, "企业需要人才", "is_statement", "no (mei) / yes (lin)"],
        [WANG, "融资很难", "themes", "finance; talent (mei) / talent (lin)"],
    ]


def test_disagreements_lead_to_the_characters():
    for row in lt.disagreements(DISPUTED, SAID).itertuples():
        assert TEXT[row.start : row.end] == row.text


def test_apply_coding_takes_over_what_all_agree_on():
    corrected = lt.apply_coding(SAID, DISPUTED)
    assert as_lists(corrected, "text", "speaker", "role", "organisation", "basis") == [
        ["企业需要人才", "李华", "院长", "湖畔研究院", "named"],
        ["融资很难", "李华", "", "", "coded"],
        ["talent matters", "Zhao Yun", "director", "Lake Institute", "coded"],
    ]
    assert corrected["source_start"].isna().tolist() == [False, True, False]
    assert corrected.dtypes.to_dict() == SAID.dtypes.to_dict()


def test_apply_coding_leaves_alone_what_nobody_coded():
    pd.testing.assert_frame_equal(lt.apply_coding(SAID, coded()), SAID)


def test_apply_coding_takes_over_the_stance():
    table = lt.apply_coding(SAID.assign(stance="?"), coded((LI, "lin", "stance", "support")))
    assert table["stance"].tolist() == ["support", "?", "?", "?"]
    assert table["basis"].tolist() == SAID["basis"].tolist()


def test_apply_themes_drops_what_is_rejected_and_adds_what_is_missed():
    codings = coded(
        (LI, "lin", "themes", ""), (WANG, "lin", "themes", "finance; talent"),
        (ZHAO, "lin", "themes", "smes"), (HE, "lin", "themes", "talent"), (HE, "mei", "themes", ""),
    )  # fmt: skip
    table = lt.apply_themes(HITS, codings, statements=SAID)
    inside = table[table["start"] >= SAID["start"].min()]
    assert as_lists(inside, "text", "theme") == [
        ["融资很难", "talent"],
        ["融资", "finance"],
        ["small firms", "smes"],
        ["talent", "talent"],
    ]
    assert [TEXT[row.start : row.end] == row.text for row in table.itertuples()] == [True] * len(table)


def test_apply_themes_leaves_alone_what_nobody_coded():
    pd.testing.assert_frame_equal(lt.apply_themes(HITS, coded(), statements=SAID), HITS)


@pytest.mark.parametrize(
    "carry_over",
    [
        lambda codings: lt.disagreements(codings, SAID.head(1)),
        lambda codings: lt.apply_coding(SAID.head(1), codings),
        lambda codings: lt.apply_themes(HITS, codings, statements=SAID.head(1)),
    ],
)
def test_corrections_of_other_statements_are_refused(carry_over):
    with pytest.raises(ValueError, match=r"2 unit\(s\) that statements lacks, such as note:116-130"):
        carry_over(coded((WANG, "lin", "speaker", "李华"), (HE, "lin", "speaker", "李华")))


def test_corrections_flow_from_the_sheet_of_the_digests(tmp_path):
    sents = lt.sentences(lt.read_corpus(ROOT / "data" / "reports"))
    said, hits = lt.statements(sents), lt.themes(sents)
    sheet = lt.coding_sheet(said, sents, hits=hits)
    path = lt.write_coding_sheet(sheet.assign(verdict="agree"), tmp_path / "lin.xlsx")
    codings = lt.read_coding(path, sheet)
    pd.testing.assert_frame_equal(
        lt.apply_coding(said, codings), said.assign(basis="coded").astype(said.dtypes)
    )
    pd.testing.assert_frame_equal(lt.apply_themes(hits, codings, statements=said), hits)
    assert lt.disagreements(codings, said).empty
