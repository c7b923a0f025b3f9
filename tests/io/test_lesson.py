"""A lesson is read with every fault at its line, and goes with its case wherever that goes."""

from dataclasses import replace
from pathlib import Path

import pytest

from casecurves.io import read_case, read_library, receive, shipped_cases
from casecurves.io.files import folder_files, written_files, zipped
from casecurves.io.lesson import read_teaching, write_teaching
from casecurves.io.template import to_workbook
from casecurves.model.teaching import MOST_STOPS, QUESTIONS, Teaching

FOLDERS = shipped_cases()
TOLD = {
    case_id: case
    for case_id, (case, _) in read_library(FOLDERS).items()
    if case is not None and case.teaching is not None
}
HEAD = 'title = "A case"\nday_zero = "first-visit"\n'
TABLES = {
    "therapies.csv": "id,drug,start,end\nsomewhen,rituximab,,\n",
    "measurements.csv": "id,analyte,value,time\n",
    "events.csv": "id,kind,label,time\nfirst-visit,other,first visit,D0\nflare,flare,flare,M5\n",
}
STOP = 'id = "a"\nat = "flare"\nquestion = "What next?"\nanswer = "Wait."\nlocator = "Text"\n'


def case_of(tmp_path, lesson, head=HEAD):
    folder = tmp_path / "told"
    folder.mkdir()
    for name, text in {"case.toml": head, "teaching.toml": lesson, **TABLES}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return read_case(folder)


def found(tmp_path, lesson):
    _, report = case_of(tmp_path, lesson)
    return [(issue.code, issue.line) for issue in report if issue.file == "teaching.toml"]


def test_lessons_come_with_at_least_three_patients_of_the_documents():
    assert {"mn-dupilumab-1", "mn-dupilumab-2", "dm-mda5-ruxolitinib"} <= set(TOLD)


@pytest.mark.parametrize("case_id", sorted(TOLD))
def test_a_shipped_lesson_is_whole_in_both_languages(case_id):
    lesson = TOLD[case_id].teaching
    for stop in lesson.stops:
        assert stop.locator
        for name in ("question", "answer", "reason"):
            assert getattr(stop, name), (stop.id, name)
            assert getattr(stop, f"{name}_fr"), (stop.id, name)
        assert bool(stop.hint) == bool(stop.hint_fr) and bool(stop.note) == bool(stop.note_fr)
        assert all(option.text_fr for option in stop.options)


def test_the_shipped_lessons_ask_every_kind_of_question():
    assert {stop.kind for case in TOLD.values() for stop in case.teaching.stops} == set(QUESTIONS)


@pytest.mark.parametrize("case_id", sorted(TOLD))
def test_a_lesson_written_again_says_the_same(case_id):
    lesson = TOLD[case_id].teaching
    assert read_teaching(write_teaching(lesson)) == (lesson, [])


@pytest.mark.parametrize("case_id", sorted(TOLD))
def test_a_lesson_goes_with_its_case_as_files_zip_and_workbook(case_id):
    case = TOLD[case_id]
    for files in (folder_files(case), written_files(replace(case, path=None))):
        packed = receive({"case.zip": zipped(files, case_id)})
        assert packed.case.teaching == case.teaching
        book = receive({"case.xlsx": to_workbook(files)})
        assert book.case.teaching == case.teaching
        assert book.files["teaching.toml"] == files["teaching.toml"]


def test_a_case_without_a_lesson_has_none(tmp_path):
    case, _ = read_case(FOLDERS / "mn-dupilumab-1-illustrative")
    assert case.teaching is None and "teaching.toml" not in folder_files(case)


def test_an_empty_lesson_is_a_lesson():
    assert read_teaching("# nothing yet\n") == (Teaching(), [])


@pytest.mark.parametrize(
    ("lesson", "expected"),
    [
        (f"[[stops]]\n{STOP}", []),
        (f"[[stops]]\n{STOP}".replace('answer = "Wait."\n', ""), [("stop.no_answer", 1)]),
        (f"[[stops]]\n{STOP}".replace("flare", "nowhere"), [("ref.unknown", 3)]),
        (f"[[stops]]\n{STOP}".replace("flare", "somewhen"), [("stop.no_place", 3)]),
        (f"[[stops]]\n{STOP}".replace('"flare"', '"2017-03"'), [("stop.no_place", 3)]),
        (f"[[stops]]\n{STOP}".replace('"flare"', '"after:flare & before:first-visit"'), [("stop.no_place", 3)]),
        (f"[[stops]]\n{STOP}".replace('"flare"', '"D99999"'), [("stop.beyond", 3)]),
        (f"[[stops]]\n{STOP}".replace('at = "flare"\n', ""), [("stop.no_time", 1)]),
        (f"[[stops]]\n{STOP}".replace('"flare"', '"some day"'), [("time.unreadable", 3)]),
        (f'[[stops]]\n{STOP}kind = "quiz"\n', [("choice.unknown", 7)]),
        (f'[[stops]]\n{STOP}answr = "x"\n', [("key.unknown", 7)]),
        (f'[[stops]]\n{STOP}kind = "single"\n', [("stop.no_options", 1)]),
        (
            f'[[stops]]\n{STOP}kind = "single"\n[[stops.options]]\ntext = "a"\n[[stops.options]]\ntext = "b"\n',
            [("stop.none_right", 1)],
        ),
        (
            f'[[stops]]\n{STOP}kind = "single"\n[[stops.options]]\ntext = "a"\nright = true\n'
            '[[stops.options]]\ntext = "b"\nright = true\n',
            [("stop.several_right", 1)],
        ),
        (f"[[stops]]\n{STOP}[[stops]]\n{STOP}", [("stop.twice", 8)]),
        (f"[[stops]]\n{STOP}".replace('locator = "Text"\n', ""), [("stop.no_locator", 1)]),
        (f'[[stops]]\n{STOP}rule = "my-own"\n', [("stop.no_rule", 7)]),
        ("".join(f"[[stops]]\n{STOP}" for _ in range(MOST_STOPS + 1)), [("key.too_many", 1)]),
        ('known = ["nobody"]\n', [("ref.unknown", 1)]),
        ("[[stops]\n", [("file.not_toml", 1)]),
        ("", [("file.empty", None)]),
    ],
)
def test_every_fault_of_a_lesson_is_told_with_its_line(tmp_path, lesson, expected):
    assert sorted(found(tmp_path, lesson)) == sorted(expected)


def test_a_stop_that_cannot_be_used_moves_no_line_of_those_after_it(tmp_path):
    unusable = STOP.replace('id = "a"\n', "")
    second = STOP.replace('id = "a"', 'id = "b"').replace("flare", "nowhere")
    assert found(tmp_path, f"[[stops]]\n{unusable}[[stops]]\n{second}") == [("key.missing", 1), ("ref.unknown", 8)]


def test_a_second_fault_of_a_stop_does_not_wait_for_the_first_to_be_mended(tmp_path):
    stop = 'id = ""\nat = "some day"\nkind = "single"\nquestion = ""\nrule = "my-own"\n'
    options = '[[stops.options]]\ntext = ""\nright = true\n[[stops.options]]\ntext = "b"\nright = true\n'
    _, report = case_of(tmp_path, f"[[stops]]\n{stop}{options}")
    assert sorted((issue.code, issue.column) for issue in report if issue.file == "teaching.toml") == [
        ("cell.empty", "stops.1.id"),
        ("stop.no_locator", "stops.1.locator"),
        ("stop.no_question", "stops.1.options.1.text"),
        ("stop.no_question", "stops.1.question"),
        ("stop.no_rule", "stops.1.rule"),
        ("stop.several_right", "stops.1.options"),
        ("time.unreadable", "stops.1.at"),
    ]


def test_a_fault_of_the_lesson_takes_nothing_from_the_case(tmp_path):
    case, report = case_of(tmp_path, "[[stops]\n")
    assert case is not None and case.teaching is None and len(case.rows()) == 3
    assert not report.sound


def test_a_finding_of_a_workbook_names_the_cell(tmp_path):
    case, _ = case_of(tmp_path, f"[[stops]]\n{STOP}".replace("flare", "nowhere"))
    book = receive({"case.xlsx": to_workbook(folder_files(case))})
    places = [(issue.code, issue.file, issue.cell) for issue in book.report if issue.code == "ref.unknown"]
    assert places == [("ref.unknown", "teaching", "A3")]


def test_a_trial_cannot_be_told_to_a_class(tmp_path):
    folder = tmp_path / "trial"
    folder.mkdir()
    for name, data in folder_files(read_case(FOLDERS / "il21-cancer-trials")[0]).items():
        (folder / name).write_bytes(data)
    (folder / "teaching.toml").write_text(f"[[stops]]\n{STOP}", encoding="utf-8")
    _, report = read_case(folder)
    assert [issue.code for issue in report if issue.file == "teaching.toml"] == ["stop.not_a_patient"]


def test_a_date_of_day_zero_is_written_again_as_it_was(tmp_path):
    case, _ = case_of(tmp_path, f"[[stops]]\n{STOP}", HEAD + 'day_zero_date = "2017-03"\n')
    again = receive({"case.zip": zipped(written_files(replace(case, path=None)), "told")})
    assert again.case.header == case.header


def test_the_lesson_of_the_guide_can_be_read():
    guide = (Path(__file__).parents[2] / "cases" / "README.md").read_text(encoding="utf-8")
    text = guide.partition("```toml\n")[2].partition("```")[0]
    lesson, issues = read_teaching(text)
    assert issues == [] and lesson.stops[0].options[0].right and lesson.sequence


@pytest.mark.parametrize(("at", "found"), [("2017-06-02", []), ("2999-03-01", ["stop.beyond"])])
def test_a_date_later_than_all_that_a_case_tells_is_told_as_such(tmp_path, at, found):
    head = HEAD + "day_zero_date = 2017-01-01\n"
    _, report = case_of(tmp_path, f"[[stops]]\n{STOP}".replace("flare", at), head)
    assert [issue.code for issue in report if issue.file == "teaching.toml"] == found
