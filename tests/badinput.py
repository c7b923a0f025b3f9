"""Cases with one fault each, named by the fault, and the sound case they are made from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

Change = str | bytes | Callable[[str], str] | None

TOML = """title = "A course"
day_zero = "dupilumab"

[patient]
sex = "female"
age = 40
age_at = "dupilumab"

[[sources]]
key = "paper"
title = "A report"
"""
THERAPIES = """id,drug,dose,dose_unit,start,end,source,locator
dupilumab,dupilumab,300,mg,D0,ongoing,paper,Text
steroids,prednisone,40,mg/d,D-30,D60,paper,Text
"""
MEASUREMENTS = """id,analyte,assay,value,unit,ref_low,ref_high,time,source,locator
alb-1,albumin,,38,g/L,35,50,D5,paper,Fig. 1
crp-1,CRP,,12,mg/L,,5,M2,paper,Fig. 1
"""
EVENTS = """id,kind,label,time,end,source,locator
skin,flare,skin flare,D-10,,paper,Text
last,last_follow_up,last visit,Y1,,paper,Text
"""
DOSES = """id,therapy,dose,dose_unit,time,source,locator
pred-20,steroids,20,mg/d,D10,paper,Text
"""
SOUND: dict[str, Change] = {
    "case.toml": TOML,
    "therapies.csv": THERAPIES,
    "measurements.csv": MEASUREMENTS,
    "events.csv": EVENTS,
}


@dataclass(frozen=True)
class Fault:
    """One fault, and what must be said of it.

    ``changes`` holds, by file name, a new content, a change of the old one, or ``None``: no such file.
    """

    name: str
    changes: dict[str, Change]
    code: str
    file: str = ""
    line: int | None = None
    column: str = ""
    value: str = ""
    says: str = ""
    drawn: bool = True
    times: int = 1
    also: tuple[str, ...] = field(default=())  # findings that cannot but come with it


def write(folder: Path, changes: dict[str, Change] | None = None) -> Path:
    """Write the sound case with changes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, change in (SOUND | (changes or {})).items():
        base = SOUND.get(name, "")
        content = change(base) if callable(change) and isinstance(base, str) else change
        if content is not None:
            path = folder / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def swap(old: str, new: str) -> Callable[[str], str]:
    """Change one place of a file."""

    def change(text: str) -> str:
        assert text.count(old) == 1, old
        return text.replace(old, new)

    return change


def add(line: str) -> Callable[[str], str]:
    """Add a line to a file."""
    return lambda text: f"{text}{line}\n"


def therapies(old: str, new: str) -> dict[str, Change]:
    return {"therapies.csv": swap(old, new)}


def measurements(old: str, new: str) -> dict[str, Change]:
    return {"measurements.csv": swap(old, new)}


def events(old: str, new: str) -> dict[str, Change]:
    return {"events.csv": swap(old, new)}


def head(old: str, new: str) -> dict[str, Change]:
    return {"case.toml": swap(old, new)}


T, M, E, C, R = "therapies.csv", "measurements.csv", "events.csv", "case.toml", "outcomes.csv"
ARMS = "id,label,n,source,locator\nvehicle,vehicle,10,paper,Text\ndrug-1,drug,10,paper,Text\n"
LEFT_OUT = ("row.left_out",)


def semicolons(text: str) -> str:
    return text.replace(",", ";")


def with_food(text: str) -> str:
    head, first, *rest = text.rstrip("\n").split("\n")
    return "\n".join([f"{head},frequency", f"{first},with food", *(f"{line}," for line in rest)]) + "\n"


# What is read otherwise than the letter of it: one notice, and everything drawn.
ACCEPTED = [
    Fault("semicolons", {T: semicolons}, "file.delimiter", T, says="semicolon"),
    Fault("sep_line", {T: lambda text: "sep=;\n" + semicolons(text)}, "file.sep_line", T, 1, value="sep=;"),
    Fault("drug_like_missing", therapies("prednisone", "NA"), "drug.like_missing", T, 3, "drug", "NA"),
    Fault("frequency_free", {T: with_food}, "frequency.free", T, 2, "frequency", "with food"),
    Fault("html", events("skin flare", "<b>skin</b> flare"), "text.as_written", E, 2, "label", "<b>skin</b> flare"),
    Fault("formula", events("skin flare", "=1+1"), "text.as_written", E, 2, "label", "=1+1", says="1)"),
    Fault("tabs", {T: lambda text: text.replace(",", "\t")}, "file.delimiter", T, says="tab"),
    Fault(
        "decimal_commas",
        {M: swap(",38,", ',"38,5",')},
        "number.decimal_comma",
        M,
        2,
        "value",
        "38,5",
    ),
    Fault(
        "french_excel",
        {T: lambda text: semicolons(text.replace("mg,D", "mg,J").replace("start", "début")).encode("cp1252")},
        "file.habits",
        T,
        says="semicolon",
    ),
    Fault("bom", {T: lambda text: "\ufeff" + text}, "file.bom", T),
    Fault(
        "cp1252",
        {E: EVENTS.replace("skin flare", "poussée cutanée").encode("cp1252")},
        "file.windows_1252",
        E,
    ),
    Fault(
        "french_headers",
        {T: swap("drug,dose,dose_unit", "Médicament,dose,unité dose")},
        "column.french",
        T,
        1,
    ),
    Fault(
        "french_date",
        therapies("D-30", "14/03/2017"),
        "time.rewritten",
        T,
        3,
        "start",
        "14/03/2017",
        "2017-03-14",
    ),
    Fault("french_day", therapies("D-30", "J-30"), "time.rewritten", T, 3, "start", "J-30", "D-30"),
    Fault(
        "french_ongoing",
        therapies("ongoing", "en cours"),
        "time.rewritten",
        T,
        2,
        "end",
        "en cours",
        "ongoing",
    ),
    Fault(
        "french_interval",
        {T: lambda text: text.replace("end,", "end,every,").replace("going,", "going,J15,").replace("D60,", "D60,,")},
        "time.rewritten",
        T,
        2,
        "every",
        "J15",
        "D15",
    ),
    Fault("bidi_mark", events("skin flare", "skin \u202eflare"), "text.hidden_characters", E, 2, says="U+202E"),
    Fault("control_character", events("skin flare", "skin \x07flare"), "text.hidden_characters", E, 2),
]

# What is drawn, and worth a look.
WARNED = [
    Fault(
        "more_responses_than_patients",
        {
            "arms.csv": ARMS,
            R: "id,arm,label,response,count,source,locator\n"
            "cr-1,drug-1,complete response,complete,6,paper,Text\npd-1,drug-1,progression,progression,5,paper,Text\n",
        },
        "arm.too_many",
        "arms.csv",
        3,
        "n",
        "drug",
        says="add up to 11, more than its 10 patients",
    ),
    Fault(
        "interval_beside_its_estimate",
        {R: "id,label,percent,ci_low,ci_high,source,locator\nresponse,response,50,51,60,paper,Text\n"},
        "interval.excludes",
        R,
        2,
        "percent",
        "50",
    ),
    Fault("unknown_drug", therapies("prednisone", "zyxumab"), "drug.unknown", T, 3, "drug", "zyxumab"),
    Fault("unknown_analyte", measurements("CRP", "zyxin"), "analyte.unknown", M, 3, "analyte", "zyxin"),
    Fault("unit_of_another_kind", measurements("g/L,35", "mmHg,35"), "unit.other", M, 2, "unit", "mmHg"),
    Fault("unit_unknown", measurements("g/L,35", "furlongs,35"), "unit.unknown", M, 2, "unit", "furlongs"),
    Fault("unit_missing", measurements("g/L,35", ",35"), "unit.missing", M, 2, "unit"),
    Fault("unknown_column", therapies("dose,dose_unit", "dsoe,dose_unit"), "column.unknown", T, 1, "dsoe"),
    Fault("unknown_file", {"notes.xlsx": "x"}, "file.unknown", "notes.xlsx"),
    Fault(
        "drug_twice_at_once",
        {T: add("more,Prednisone,20,mg/d,D5,D20,paper,Text")},
        "drug.twice",
        T,
        4,
        "drug",
        "Prednisone",
        "steroids",
    ),
    Fault(
        "ambiguous_date",
        therapies("D-30", "03/04/2020"),
        "time.ambiguous",
        T,
        3,
        "start",
        "03/04/2020",
        "2020-04-03",
        also=("time.rewritten",),
    ),
    Fault(
        "ambiguous_thousands",
        {M: swap(",12,", ',"1,200",')},
        "number.thousands",
        M,
        3,
        "value",
        "1,200",
        also=("number.decimal_comma",),
    ),
    Fault(
        "anchor_on_a_disputed_row",
        {
            E: lambda text: (
                text.replace("locator", "locator,status")
                .replace("Text", "Text,")
                .replace(
                    "skin,flare,skin flare,D-10,,paper,Text,",
                    "skin,flare,skin flare,D-10,,paper,Text,disputed",
                )
            ),
            T: swap("D-30", "after:skin"),
        },
        "ref.disputed",
        T,
        3,
        "start",
        "skin",
    ),
    Fault("no_source_in_a_row", therapies("D60,paper", "D60,"), "source.missing", T, 3, "source"),
    Fault("no_locator_in_a_row", therapies("D60,paper,Text", "D60,paper,"), "locator.missing", T, 3, "locator"),
    Fault(
        "no_source_at_all",
        {
            C: TOML.split("[[")[0],
            T: THERAPIES.replace("paper", ""),
            M: MEASUREMENTS.replace("paper", ""),
            E: EVENTS.replace("paper", ""),
        },
        "source.none",
        C,
        column="sources",
    ),
    Fault("no_day_zero", head('day_zero = "dupilumab"\n', ""), "day_zero.missing", C, column="day_zero"),
    Fault(
        "unknown_key",
        head("age = 40", 'age = 40\nhobby = "chess"'),
        "key.unknown",
        C,
        7,
        "patient.hobby",
        "chess",
    ),
]

# What is wrong: the command fails. What can be drawn is.
REFUSED = [
    Fault("missing_table", {M: None}, "file.missing", M),
    Fault("missing_case_toml", {C: None}, "file.missing", C, drawn=False),
    Fault(
        "missing_column",
        {T: swap("id,drug", "id,drgu")},
        "column.missing",
        T,
        1,
        "drug",
        also=("column.unknown", *LEFT_OUT, "drug.unknown"),
    ),
    Fault(
        "duplicate_header",
        {T: swap("dose,dose_unit", "dose,dose")},
        "column.duplicate",
        T,
        1,
        "dose",
        also=LEFT_OUT,
    ),
    Fault(
        "same_header_in_both_languages",
        {T: swap("dose,dose_unit", "dose,medicament")},
        "column.duplicate",
        T,
        1,
        "medicament",
        also=("column.french", *LEFT_OUT),
    ),
    Fault("empty_file", {M: ""}, "file.empty", M),
    Fault("only_a_bom", {M: b"\xef\xbb\xbf \r\n"}, "file.empty", M),
    Fault("utf_16", {T: THERAPIES.encode("utf-16")}, "file.utf_16", T),
    Fault("utf_16_big_end_first", {C: b"\xfe\xff" + TOML.encode("utf-16-be")}, "file.utf_16", C, drawn=False),
    Fault("nul_characters", {M: MEASUREMENTS.encode("utf-16-le")}, "file.binary", M),
    Fault("nothing_but_a_sep_line", {M: "sep=;\r\n"}, "file.empty", M),
    Fault("renamed_xlsx", {M: b"PK\x03\x04\x14 rest"}, "file.binary", M),
    Fault("renamed_png", {M: b"\x89PNG\r\n\x1a\n rest"}, "file.binary", M),
    Fault("no_encoding_at_all", {M: MEASUREMENTS.encode() + b"\x81\x8d"}, "file.binary", M),
    Fault("too_many_bytes", {M: MEASUREMENTS + " " * 5_000_000}, "file.too_large", M, says="5 MB"),
    Fault(
        "too_many_rows",
        {M: "id,analyte,value\n" + "".join(f"v-{n}x,CRP,1\n" for n in range(50_001))},
        "file.too_many_rows",
        M,
        says="50001",
    ),
    Fault(
        "wrong_throughout",
        {M: "id,analyte,value\n" + "".join(f"v-{n}x,CRP,1 mg\n" for n in range(600))},
        "value.unreadable",
        M,
        2,
        "value",
        "1 mg",
        also=("file.more_issues", "row.left_out"),
        times=500,
    ),
    Fault("quote_left_open", {M: add('x-1,"albumin,,38,g/L')}, "file.quotes", M, 4),
    Fault(
        "row_too_long",
        {M: add("x-1,CRP,,12,mg/L,,5,M2,paper,Fig. 1,more")},
        "row.ragged",
        M,
        4,
        also=LEFT_OUT,
        says="11 cells, the header has 10",
    ),
    Fault("row_too_short", {M: add("x-1,CRP,,12")}, "row.ragged", M, 4, also=LEFT_OUT),
    Fault(
        "duplicate_id",
        {M: add("crp-1,CRP,,12,mg/L,,5,M2,paper,Fig. 1")},
        "id.duplicate",
        M,
        4,
        "id",
        "crp-1",
        "measurements.csv line 3",
    ),
    Fault(
        "duplicate_id_over_tables",
        {E: swap("skin,flare", "crp-1,flare")},
        "id.duplicate",
        E,
        2,
        "id",
        "crp-1",
    ),
    Fault("id_empty", measurements("alb-1", ""), "cell.empty", M, 2, "id", also=LEFT_OUT),
    Fault("drug_empty", therapies("prednisone", ""), "cell.empty", T, 3, "drug", also=LEFT_OUT),
    Fault("value_empty", measurements(",38,", ",,"), "cell.empty", M, 2, "value", also=LEFT_OUT),
    Fault("id_with_a_path", measurements("alb-1", "../alb"), "id.form", M, 2, "id", "../alb", also=LEFT_OUT),
    Fault("id_like_a_time", measurements("alb-1", "m5"), "id.like_a_time", M, 2, "id", "m5", also=LEFT_OUT),
    Fault(
        "dose_with_its_unit",
        therapies(",40,", ",1.5 mg,"),
        "number.unreadable",
        T,
        3,
        "dose",
        "1.5 mg",
        also=LEFT_OUT,
    ),
    Fault(
        "dose_too_large",
        therapies(",40,", ",1e400,"),
        "number.not_finite",
        T,
        3,
        "dose",
        "1e400",
        also=LEFT_OUT,
    ),
    Fault("dose_nan", therapies(",40,", ",NaN,"), "number.not_finite", T, 3, "dose", "NaN", also=LEFT_OUT),
    Fault("dose_negative", therapies(",40,", ",-40,"), "number.negative", T, 3, "dose", "-40", also=LEFT_OUT),
    Fault(
        "value_with_its_unit",
        measurements(",38,", ",38 g/L,"),
        "value.unreadable",
        M,
        2,
        "value",
        "38 g/L",
        also=LEFT_OUT,
    ),
    Fault("value_nan", measurements(",38,", ",NaN,"), "number.not_finite", M, 2, "value", "NaN", also=LEFT_OUT),
    Fault(
        "value_too_large",
        measurements(",38,", ",1e400,"),
        "number.not_finite",
        M,
        2,
        "value",
        "1e400",
        also=LEFT_OUT,
    ),
    Fault(
        "titre_of_nothing",
        measurements(",38,", ",1:0,"),
        "value.titre_zero",
        M,
        2,
        "value",
        "1:0",
        also=LEFT_OUT,
    ),
    Fault(
        "value_range_backwards",
        measurements(",38,", ",40-30,"),
        "value.range_backwards",
        M,
        2,
        "value",
        "40-30",
        also=LEFT_OUT,
    ),
    Fault(
        "reference_range_backwards",
        measurements("35,50", "50,35"),
        "range.low_above_high",
        M,
        2,
        "ref_high",
        "35",
        "50",
        also=LEFT_OUT,
    ),
    Fault(
        "count_not_whole",
        {T: lambda text: text.replace("dose,dose_unit", "doses,dose_unit").replace(",40,", ",1.5,")},
        "number.not_whole",
        T,
        3,
        "doses",
        "1.5",
        also=LEFT_OUT,
    ),
    Fault(
        "interval_unreadable",
        {
            T: lambda text: (
                text.replace("dose,dose_unit", "every,dose_unit").replace(",300,", ",,").replace(",40,", ",often,")
            )
        },
        "interval.unreadable",
        T,
        3,
        "every",
        "often",
        also=LEFT_OUT,
    ),
    Fault(
        "word_not_in_the_list",
        events("skin,flare", "skin,flair"),
        "choice.unknown",
        E,
        2,
        "kind",
        "flair",
        "flare",
        also=LEFT_OUT,
    ),
    Fault(
        "time_unreadable",
        measurements("D5", "in May"),
        "time.unreadable",
        M,
        2,
        "time",
        "in May",
        also=LEFT_OUT,
    ),
    Fault(
        "thirtieth_of_february",
        measurements("D5", "2017-02-30"),
        "time.no_such_day",
        M,
        2,
        "time",
        "2017-02-30",
        also=LEFT_OUT,
    ),
    Fault(
        "thirtieth_of_february_in_french",
        measurements("D5", "30/02/2017"),
        "time.no_such_day",
        M,
        2,
        "time",
        "30/02/2017",
        also=LEFT_OUT,
    ),
    Fault(
        "time_runs_backwards",
        measurements("D5", "M5..M4"),
        "time.backwards",
        M,
        2,
        "time",
        "M5..M4",
        "M4..M5",
        also=LEFT_OUT,
    ),
    Fault("time_without_ends", measurements("D5", ".."), "time.no_ends", M, 2, "time", "..", also=LEFT_OUT),
    Fault(
        "ongoing_where_nothing_ends",
        measurements("D5", "ongoing"),
        "time.ongoing_not_end",
        M,
        2,
        "time",
        "ongoing",
        also=LEFT_OUT,
    ),
    Fault("anchor_that_does_not_exist", measurements("D5", "after:rash"), "ref.unknown", M, 2, "time", "rash"),
    Fault(
        "end_anchor_that_does_not_exist",
        measurements("D5", "rash.end+M1"),
        "ref.unknown",
        M,
        2,
        "time",
        "rash.end",
    ),
    Fault(
        "course_that_does_not_exist",
        {"doses.csv": DOSES.replace("steroids", "stroids")},
        "ref.unknown",
        "doses.csv",
        2,
        "therapy",
        "stroids",
    ),
    Fault(
        "dose_of_an_event",
        {"doses.csv": DOSES.replace("steroids", "skin").replace("D10", "")},
        "ref.wrong_table",
        "doses.csv",
        2,
        "therapy",
        "skin",
        "therapies.csv",
    ),
    Fault(
        "anchor_without_a_place",
        {"arms.csv": "id,label,source,locator\nvehicle,vehicle,paper,Text\n", M: swap("D5", "after:vehicle")},
        "ref.no_place",
        M,
        2,
        "time",
        "vehicle",
    ),
    Fault(
        "contradictory_order",
        {E: lambda text: text.replace("D-10", "after:itch") + "itch,symptom,itch,after:skin,,paper,Text\n"},
        "order.contradiction",
        E,
        says="events.csv line 2: skin flare (skin) — time is “after:itch”",
    ),
    Fault("end_before_start", therapies("D60", "D-60"), "time.end_before_start", T, 3, "end", "D-60"),
    Fault(
        "day_zero_that_does_not_exist",
        head('zero = "dupilumab"', 'zero = "dupi"'),
        "ref.unknown",
        C,
        column="day_zero",
        value="dupi",
    ),
    Fault(
        "day_zero_that_is_a_value",
        head('zero = "dupilumab"', 'zero = "alb-1"') | measurements("D5", "D0"),
        "day_zero.not_event",
        C,
        column="day_zero",
        value="alb-1",
    ),
    Fault(
        "day_zero_date_that_is_none",
        head("\n\n[patient]", '\nday_zero_date = "M5"\n\n[patient]'),
        "day_zero.not_a_date",
        C,
        column="day_zero_date",
        value="M5",
    ),
    Fault(
        "age_at_a_row_that_does_not_exist",
        head('age_at = "dupilumab"', 'age_at = "dx"'),
        "ref.unknown",
        C,
        column="patient.age_at",
        value="dx",
    ),
    Fault(
        "discrepancy_about_no_row",
        {C: add('[[discrepancies]]\nrows = ["dx"]\nlabel = "x"\nused = "a"\nother = "b"')},
        "ref.unknown",
        C,
        column="discrepancies.1.rows",
        value="dx",
    ),
    Fault(
        "source_that_does_not_exist",
        therapies("D60,paper", "D60,papre"),
        "source.unknown",
        T,
        3,
        "source",
        "papre",
        "paper",
    ),
    Fault(
        "two_sources_of_one_key",
        {C: add('[[sources]]\nkey = "paper"')},
        "source.duplicate",
        C,
        13,
        "sources.2.key",
        "paper",
    ),
    Fault("not_toml", head('title = "A course"', "title = A course"), "file.not_toml", C, 1, drawn=False),
    Fault("no_title", head('title = "A course"\n', ""), "key.missing", C, column="title"),
    Fault(
        "source_without_a_key",
        {C: add('[[sources]]\ntitle = "Another"')},
        "key.missing",
        C,
        12,
        "sources.2.key",
    ),
    Fault("age_in_words", head("age = 40", 'age = "forty"'), "key.wrong_type", C, 6, "patient.age", "forty"),
    Fault("age_impossible", head("age = 40", "age = 400"), "key.out_of_range", C, 6, "patient.age", "400", "130"),
    Fault(
        "sex_in_other_words",
        head('"female"', '"woman"'),
        "choice.unknown",
        C,
        5,
        "patient.sex",
        "woman",
        "female",
    ),
    Fault(
        "more_than_all",
        {"outcomes.csv": "id,label,count,of,source,locator\nresponse,response,4,3,paper,Text\n"},
        "count.above_total",
        "outcomes.csv",
        2,
        "of",
        "3",
        "4",
        also=LEFT_OUT,
    ),
    Fault(
        "percent_over_a_hundred",
        {R: "id,label,percent,source,locator\nresponse,response,120,paper,Text\n"},
        "percent.outside",
        R,
        2,
        "percent",
        "120",
        also=LEFT_OUT,
    ),
    Fault(
        "percent_in_words",
        {R: "id,label,percent,source,locator\nresponse,response,most,paper,Text\n"},
        "percent.no_number",
        R,
        2,
        "percent",
        "most",
        also=LEFT_OUT,
    ),
    Fault(
        "interval_backwards",
        {R: "id,label,percent,ci_low,ci_high,source,locator\nresponse,response,50,60,40,paper,Text\n"},
        "interval.backwards",
        R,
        2,
        "ci_high",
        "40",
        says="60",
        also=LEFT_OUT,
    ),
    Fault(
        "nobody_in_the_arm",
        {"arms.csv": "id,label,n,source,locator\nvehicle,vehicle,0,paper,Text\n"},
        "arm.nobody",
        "arms.csv",
        2,
        "n",
        "0",
        also=LEFT_OUT,
    ),
    Fault(
        "two_arms_of_one_name",
        {"arms.csv": ARMS + "drug-2,Vehicle,12,paper,Text\n"},
        "arm.same_name",
        "arms.csv",
        4,
        "label",
        "Vehicle",
        says="line 2",
    ),
    Fault(
        "an_arm_compared_with_itself",
        {
            "arms.csv": ARMS,
            "comparisons.csv": "id,label,arm,versus,measure,estimate,source,locator\n"
            "rr-1,response,vehicle,vehicle,relative_risk,1.2,paper,Text\n",
        },
        "comparison.itself",
        "comparisons.csv",
        2,
        "versus",
        "vehicle",
    ),
    Fault(
        "companion_with_a_reported_row",
        {C: lambda text: 'illustrates = "a-case"\n' + text},
        "companion.not_illustrative",
        T,
        2,
        "basis",
    ),
    Fault(
        "nothing_to_draw",
        {T: THERAPIES.split("\n")[0], M: MEASUREMENTS.split("\n")[0], E: EVENTS.split("\n")[0]},
        "case.no_rows",
        drawn=False,
    ),
]
