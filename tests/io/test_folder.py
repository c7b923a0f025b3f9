"""Cases are found where they are, read as they are written, and nowhere else."""

import os
from pathlib import Path

import pytest
from badinput import EVENTS, MEASUREMENTS, THERAPIES, TOML, add, swap, write

from casecurves.errors import UsageError
from casecurves.io import open_case, read_case, read_library, shipped_cases
from casecurves.io import text as text_module
from casecurves.model.when import write as canonical


def codes(report) -> list[str]:
    return [issue.code for issue in report]


def test_text_is_kept_exactly(tmp_path):
    label = '=HYPERLINK("http://x";"y") <b>5</b> & <script>'
    note = "line one\nline two, with a comma"
    quoted = label.replace('"', '""')
    changes = {
        "events.csv": EVENTS.replace("source", "note,source")
        .replace("skin,flare,skin flare,D-10,,", f'skin,flare,"{quoted}",D-10,,"{note}",')
        .replace("Y1,,", "Y1,,,")
    }
    case, report = read_case(write(tmp_path / "a-case", changes))
    assert codes(report) == ["text.as_written"]
    assert case.row("skin").label == label
    assert case.row("skin").note == note


def test_cells_that_look_like_something_else_stay_what_they_are(tmp_path):
    changes = {
        "therapies.csv": add("na,NA,,,,,paper,Text"),
        "measurements.csv": MEASUREMENTS.replace("locator", "locator,note").replace("Fig. 1", "007,1e5"),
    }
    case, report = read_case(write(tmp_path / "007", changes))
    assert codes(report) == ["case.id_number", "drug.like_missing"]
    assert (case.id, case.row("na").drug, case.row("na").dose) == ("007", "NA", None)
    assert (case.row("alb-1").locator, case.row("alb-1").note) == ("007", "1e5")


def test_written_forms_come_back(tmp_path):
    times = [
        "M5",
        "M4..M5",
        "..M5",
        "~M12",
        "dupilumab+M1",
        "after:skin & before:last",
        "birth..birth+Y18",
        "soon:skin",
        "",
    ]
    values = ["38", "<2", "1:320", "3/5", "30-40", "positive", "falls", "~38", "++"]
    rows = [f"row-{n}x,zyxin,{v},{t},paper,Text" for n, (t, v) in enumerate(zip(times, values, strict=True))]
    changes = {"measurements.csv": "\n".join(["id,analyte,value,time,source,locator", *rows]) + "\n"}
    case, report = read_case(write(tmp_path / "a-case", changes))
    assert codes(report) == ["analyte.unknown"]
    assert [row.value.written for row in case.measurements] == values
    assert [canonical(row.time) if row.time else "" for row in case.measurements] == times
    assert [row.time.written if row.time else "" for row in case.measurements] == times


def test_a_separator_told_in_the_first_line_is_no_header(tmp_path):
    text = "sep=;\r\n" + MEASUREMENTS.replace(",", ";").replace("\n", "\r\n")
    case, report = read_case(write(tmp_path / "a-case", {"measurements.csv": text}))
    assert [(issue.level, issue.code) for issue in report] == [("notice", "file.sep_line")]
    assert [(row.id, row.line) for row in case.measurements] == [("alb-1", 3), ("crp-1", 4)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (THERAPIES.encode("utf-16"), "file.utf_16"),
        ("", "file.empty"),
        (THERAPIES.replace("id,", "ident,"), "column.missing"),
    ],
)
def test_what_hangs_on_an_unreadable_table_is_no_second_error(tmp_path, text, code):
    case, report = read_case(write(tmp_path / "a-case", {"therapies.csv": text}))
    assert [issue.code for issue in report if issue.level == "error"] == [code]
    assert case.header.day_zero == "dupilumab"


def test_a_reference_of_case_toml_is_told_with_its_line(tmp_path):
    entry = (
        '\n[[discrepancies]]\nrows = ["patient", "ghost-2"]\nlabel = "x"\nused = "a"\nother = "b"\n'
        '\n[[discrepancies]]\nrows = [\n  "skin",\n  "ghost-3",\n]\nlabel = "ghost-3"\nused = "a"\nother = "b"\n'
    )
    toml = TOML.replace('age_at = "dupilumab"', 'age_at = "ghost-1"')
    toml = toml.replace('day_zero = "dupilumab"', 'day_zero = "alb-1"')
    changes = {"case.toml": toml + entry, "measurements.csv": swap("D5", "D0")}
    _, report = read_case(write(tmp_path / "a-case", changes))
    found = [(issue.code, issue.line, issue.column) for issue in report if issue.level == "error"]
    assert found == [
        ("day_zero.not_event", 2, "day_zero"),
        ("ref.unknown", 7, "patient.age_at"),
        ("ref.unknown", 14, "discrepancies.1.rows"),
        ("ref.unknown", 22, "discrepancies.2.rows"),
    ]


def test_another_time_is_read_like_any_time(tmp_path):
    entry = '\n[[discrepancies]]\nrows = ["skin"]\nlabel = "x"\nused = "a"\nother = "b"\nother_time = "{time}"\n'

    def found(name: str, time: str) -> tuple[object, list[tuple[str, str]]]:
        case, report = read_case(write(tmp_path / name, {"case.toml": TOML + entry.format(time=time)}))
        wrong = [(issue.code, issue.column) for issue in report if issue.level == "error"]
        other = case.header.discrepancies[0].other_time
        return other and other.written, wrong

    assert found("sound", "dupilumab.end+M9") == ("dupilumab.end+M9", [])
    assert found("ghost", "after:nobody") == ("after:nobody", [("ref.unknown", "discrepancies.1.other_time")])
    assert found("vague", "one day") == (None, [("time.unreadable", "discrepancies.1.other_time")])


def test_lines_are_those_of_the_file(tmp_path):
    text = MEASUREMENTS.replace("\n", "\n\n", 1).replace("albumin,,", 'albumin,"two\nlines",')
    case, report = read_case(write(tmp_path / "a-case", {"measurements.csv": text + "x-1,CRP,,?,,,,,paper,a\n"}))
    assert [(row.id, row.line) for row in case.measurements] == [("alb-1", 3), ("crp-1", 5)]
    assert [issue.line for issue in report if issue.code == "number.not_finite"] == [6]


def test_a_sheet_as_french_excel_saves_it_is_read_like_its_english_twin(tmp_path):
    french = (
        "identifiant;medicament;dose;unité dose;début;fin;source;emplacement\r\n"
        "dupilumab;dupilumab;300;mg;J0;en cours;paper;Texte\r\n"
        "steroids;prednisone;0,5;mg/kg/j;14/03/2017;;paper;Texte «\xa0a\xa0»\r\n;;;;;;;\r\n"
    )
    case, report = read_case(write(tmp_path / "a-case", {"therapies.csv": french.encode("cp1252")}))
    assert codes(report) == ["file.habits"]
    said = {lang: report.issues[0].message(lang) for lang in ("en", "fr")}
    for lang, parts in {
        "en": ("semicolon", "Windows-1252", "French headers", "such as J0 as D0", "as in 0,5"),
        "fr": ("point-virgule", "Windows-1252", "en-têtes français", "par exemple J0 comme D0", "par exemple 0,5"),
    }.items():
        assert [part for part in parts if part not in said[lang]] == []
    steroids = case.row("steroids")
    assert (steroids.dose, steroids.dose_unit, canonical(steroids.start)) == (0.5, "mg/kg/j", "2017-03-14")
    assert case.row("dupilumab").end.ongoing
    assert len(case.therapies) == 2


def test_hidden_characters_are_shown_by_number(tmp_path):
    case, report = read_case(write(tmp_path / "a-case", {"events.csv": swap("skin flare", "a\u202eb\u200bc")}))
    assert codes(report) == ["text.hidden_characters"]
    assert case.row("skin").label == "a⟨U+202E⟩b⟨U+200B⟩c"


def test_a_reference_to_a_row_with_a_fault_is_no_second_fault(tmp_path):
    changes = {"events.csv": swap("skin,flare", "skin,flair"), "measurements.csv": swap("D5", "after:skin")}
    _, report = read_case(write(tmp_path / "a-case", changes))
    assert codes(report) == ["choice.unknown", "row.left_out"]


def test_two_contradictions_are_both_told(tmp_path):
    more = "aa,other,a,after:bb,,paper,T\nbb,other,b,after:aa,,paper,T\ncc,other,c,D9,D3,paper,T\n"
    _, report = read_case(write(tmp_path / "a-case", {"events.csv": EVENTS + more}))
    assert codes(report) == ["order.contradiction", "time.end_before_start"]
    chain = report.issues[0].message("fr")
    assert "events.csv ligne 4" in chain
    assert "events.csv ligne 5" in chain


# ------------------------------------------------------------------------------------------ libraries


def test_a_library_holds_its_bad_cases_too(tmp_path):
    write(tmp_path / "good")
    write(tmp_path / "bad", {"case.toml": "title ="})
    write(tmp_path / ".hidden")
    (tmp_path / "empty").mkdir()
    (tmp_path / "README.md").write_text("x")
    library = read_library(tmp_path)
    assert list(library) == ["bad", "good"]
    assert library["bad"][0] is None
    assert codes(library["bad"][1]) == ["file.not_toml"]
    assert codes(library["good"][1]) == []


def test_a_folder_without_case_toml_is_a_case_with_an_error(tmp_path):
    write(tmp_path / "half", {"case.toml": None, "therapies.csv": swap(",40,", ",forty,")})
    case, report = read_library(tmp_path)["half"]
    assert case is None
    assert codes(report)[:2] == ["file.missing", "number.unreadable"]


def test_a_companion_needs_its_original(tmp_path):
    illustrative = {
        name: "\n".join(line + (",basis" if n == 0 else ",illustrative") for n, line in enumerate(text.splitlines()))
        for name, text in (
            ("therapies.csv", THERAPIES),
            ("measurements.csv", MEASUREMENTS),
            ("events.csv", EVENTS),
        )
    }
    changes = illustrative | {"case.toml": lambda text: 'illustrates = "original"\n' + text}
    write(tmp_path / "companion", changes)
    assert codes(read_library(tmp_path)["companion"][1]) == ["companion.no_original"]
    write(tmp_path / "original")
    case, report = read_library(tmp_path)["companion"]
    assert codes(report) == []
    assert case.illustrative


def test_a_case_that_links_out_of_the_library_is_not_opened(tmp_path):
    write(tmp_path / "elsewhere" / "secret")
    library = tmp_path / "library"
    write(library / "real")
    (library / "out").symlink_to(tmp_path / "elsewhere" / "secret")
    (library / "in").symlink_to(library / "real")
    found = read_library(library)
    assert (found["out"][0], codes(found["out"][1])) == (None, ["case.link_out"])
    assert codes(open_case(library, "out")[1]) == ["case.link_out"]
    assert codes(read_case(library / "out")[1]) == ["case.link_out"]
    assert found["in"][0].id == "in"


def test_a_table_that_links_out_of_the_library_is_not_opened(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text(THERAPIES)
    folder = write(tmp_path / "library" / "a-case", {"therapies.csv": None})
    (folder / "therapies.csv").symlink_to(secret)
    case, report = read_case(folder)
    assert "file.link_out" in codes(report)
    assert case.therapies == ()


@pytest.mark.parametrize("case_id", ["../secret", "..", ".", "a/b", "", "a b", "café", "/etc", "x\0y"])
def test_an_id_that_is_no_folder_name_is_refused(tmp_path, case_id):
    write(tmp_path / "secret")
    (tmp_path / "library").mkdir()
    case, report = open_case(tmp_path / "library", case_id)
    assert case is None
    assert codes(report) == ["case.id_form"]
    assert all((report.issues[0].message(), report.issues[0].allowed(), report.issues[0].remedy()))


def test_a_folder_whose_name_cannot_be_an_id_is_told(tmp_path):
    case, report = read_case(write(tmp_path / "My case"))
    assert (case, codes(report)) == (None, ["case.id_form"])


def test_what_is_not_there_is_a_wrong_command(tmp_path):
    with pytest.raises(UsageError, match="nothing"):
        read_case(tmp_path / "nothing")
    with pytest.raises(UsageError, match="nothing"):
        read_library(tmp_path / "nothing")
    with pytest.raises(UsageError, match="nothing"):
        open_case(tmp_path, "nothing")


def test_the_folder_one_stands_in_is_a_case_too(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path / "a-case"))
    case, report = read_case(".")
    assert codes(report) == []
    assert case.id == "a-case"


def test_a_file_that_may_not_be_read_is_told(tmp_path, monkeypatch):
    folder = write(tmp_path / "a-case")
    whole = Path.read_bytes

    def locked(path: Path) -> bytes:
        if path.name == "events.csv":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(text_module.Path, "read_bytes", locked)
    case, report = read_case(folder)
    assert codes(report) == ["file.no_access"]
    assert "Permission denied" in report.issues[0].message()
    assert case.events == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    folder = write(tmp_path / "a-case", {"events.csv": None})
    os.mkfifo(folder / "events.csv")
    assert "file.missing" in codes(read_case(folder)[1])


def test_all_shipped_cases_are_sound():
    library = read_library(shipped_cases())
    assert len(library) >= 6
    assert {case_id: report.to_text() for case_id, (_, report) in library.items() if not report.sound} == {}
    assert all(case is not None for case, _ in library.values())


@pytest.mark.parametrize("written", ["2017-03-14", '"2017-03-14"', '"14/03/2017"'])
def test_the_date_of_day_zero_may_stand_with_or_without_quotes(tmp_path, written):
    folder = write(tmp_path / "a-case", {"case.toml": lambda text: f"day_zero_date = {written}\n{text}"})
    case, report = read_case(folder)
    assert codes(report) == []
    assert case.chronology.dates("dupilumab")[0].isoformat() == "2017-03-14"


def test_a_second_fault_of_a_row_is_said_with_the_first(tmp_path):
    files = {
        "case.toml": 'title = "t"\nday_zero = "aa"\n[[sources]]\nkey = "doc"\ntitle = "A source"\n',
        "therapies.csv": "id,drug,start,end,source,locator\naa,prednisone,D0,M3,doc,p. 1\n",
        "measurements.csv": "id,analyte,value,unit,time,source,locator\nm-a,albumin,30,g/L,D0,doc,p. 1\n",
        "events.csv": (
            "id,kind,label,time,related_therapy,source,locator\n"
            "e-a,flare,flare,bogus!,ghost,zz,p. 1\n"
            "e-b,nonsense,flare,after:bb,aa,doc,p. 1\n"
            "e-c,flare,flare,bogus! & after:cc,aa,doc,p. 1\n"
            "e-d,,,before:dd,ghost,zz,p. 1\n"
        ),
    }
    folder = tmp_path / "two-faults"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    _, report = read_case(folder)
    found = {(issue.line, issue.column, issue.code.partition(".")[0]) for issue in report if issue.level == "error"}
    assert found == {
        (2, "time", "time"),
        (2, "related_therapy", "ref"),
        (2, "source", "source"),
        (3, "kind", "choice"),
        (3, "time", "ref"),
        (4, "time", "time"),
        (4, "time", "ref"),
        (5, "kind", "cell"),
        (5, "label", "cell"),
        (5, "time", "ref"),
        (5, "related_therapy", "ref"),
    }
