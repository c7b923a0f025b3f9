"""Faults that a case is drawn in spite of."""

from badinput import (
    ARMS,
    EVENTS,
    MEASUREMENTS,
    THERAPIES,
    TOML,
    C,
    E,
    Fault,
    M,
    R,
    T,
    add,
    events,
    head,
    measurements,
    swap,
    therapies,
)


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
