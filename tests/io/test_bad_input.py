"""Whatever is wrong with a case is said once, with its place and what to do; nothing on disk is touched."""

import ast
import re
from pathlib import Path

import pytest
from badinput import SOUND, Fault, write
from badinput.accepted import ACCEPTED, WARNED
from badinput.unreadable import UNREADABLE
from badinput.untrue import UNTRUE

import casecurves
from casecurves.io import read_case
from casecurves.model.issues import LEVELS
from casecurves.words import LANGS, catalogue

LEVEL = {"error": UNREADABLE + UNTRUE, "warning": WARNED, "notice": ACCEPTED}
CORPUS = [pytest.param(level, fault, id=fault.name) for level, faults in LEVEL.items() for fault in faults]
PACKAGE = Path(casecurves.__file__).parent
# Reached by tests of their own, which need more than the files of one folder.
ELSEWHERE = {
    "case.id_form",
    "case.id_number",
    "case.link_out",
    "file.link_out",
    "file.no_access",
    "companion.no_original",
}
# Those of workbooks and zips, by name.
PACKED = "".join((Path(__file__).parent / name).read_text() for name in ("test_workbook.py", "test_received.py"))
# Those of the tables of relations.
LESSONS = (Path(__file__).parent / "test_lesson.py").read_text(encoding="utf-8")
RELATIONS = (Path(__file__).parents[1] / "knowledge" / "test_relations.py").read_text()


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_the_sound_case_is_sound(tmp_path):
    case, report = read_case(write(tmp_path / "a-case"))
    assert report.to_text() == ""
    assert case is not None
    assert (case.id, len(case.rows())) == ("a-case", 6)


def test_a_case_may_be_called_by_a_number(tmp_path):
    case, report = read_case(write(tmp_path / "007"))
    assert [(issue.level, issue.code, issue.value) for issue in report] == [("notice", "case.id_number", "007")]
    assert case is not None
    assert case.id == "007"


@pytest.mark.parametrize(("level", "fault"), CORPUS)
def test_one_fault_is_one_finding(tmp_path, level: str, fault: Fault):
    folder = write(tmp_path / "a-case", fault.changes)
    before = state(folder)
    case, report = read_case(folder)
    assert state(folder) == before
    assert (case is not None) == fault.drawn
    found = [issue for issue in report if issue.code == fault.code]
    assert {issue.code for issue in report} - {fault.code} <= set(fault.also), report.to_text()
    assert found, report.to_text()
    first = found[0]
    assert first.level == level
    assert not report.sound if level == "error" else report.sound
    assert first.file == fault.file
    for expected, actual in (
        (fault.line, first.line),
        (fault.column, first.column),
        (fault.value, first.value),
    ):
        assert not expected or actual == expected
    assert fault.says in f"{first.message()} {first.allowed()} {first.remedy()}"
    assert len(found) == fault.times, report.to_text()


@pytest.mark.parametrize(("level", "fault"), CORPUS)
@pytest.mark.parametrize("lang", LANGS)
def test_each_finding_is_said_in_full(tmp_path, level: str, fault: Fault, lang: str):
    _, report = read_case(write(tmp_path / "a-case", fault.changes))
    for issue in report:
        said = [issue.message(lang), issue.allowed(lang), issue.remedy(lang)]
        assert said[0]
        assert issue.level == "notice" or all(said)
        assert not re.search(r"[{}]", " ".join(said).replace("{creat}", "").replace("{1.73_m2}", ""))
        assert issue.file in issue.where(lang)
        assert issue.value in said[0] or issue.value in issue.to_json(lang)["value"]
    lines = report.to_text(lang).splitlines()
    assert len(lines) == len(report)


def test_everything_is_said_at_once_most_serious_first(tmp_path):
    changes = {
        "therapies.csv": SOUND["therapies.csv"].replace(",40,", ",1.5 mg,").replace("D60", "30/02/2017"),
        "measurements.csv": SOUND["measurements.csv"].replace(",38,", ",NaN,").replace("35,50", "50,35"),
        "events.csv": SOUND["events.csv"]
        .replace("skin,flare", "skin,flair")
        .replace("D-10", "in May")
        .replace(",", ";"),
        "case.toml": SOUND["case.toml"].replace("40", "400"),
    }
    case, report = read_case(write(tmp_path / "a-case", changes))
    codes = [issue.code for issue in report if issue.level == "error"]
    assert sorted(codes) == sorted(
        [
            *("number.unreadable", "time.no_such_day"),
            *("number.not_finite", "range.low_above_high"),
            *("choice.unknown", "time.unreadable"),
            "key.out_of_range",
        ]
    )
    levels = [LEVELS.index(issue.level) for issue in report]
    assert levels == sorted(levels)
    assert case is not None
    assert [row.id for row in case.rows()] == ["dupilumab", "crp-1", "last"]


def raised() -> set[str]:
    """Return the codes given to whatever makes findings, and the constants that are codes."""
    calls = {"Issue": 1, "issue_at": 1, "fault": 0, "QuantityError": 0, "TimeError": 0}
    found = set()
    for path in (path for part in ("model", "io", "knowledge") for path in PACKAGE.glob(f"{part}/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in calls:
                code = node.args[calls[node.func.id]]
                found |= {code.value} if isinstance(code, ast.Constant) else set()
            elif isinstance(node, ast.Constant) and f"issue.{node.value}.message" in catalogue():
                found.add(node.value)
    return found


def test_every_code_has_its_sentences_and_every_sentence_a_code():
    codes = {
        key.split(".", 1)[1].rsplit(".", 1)[0] for key in catalogue() if re.fullmatch(r"issue\.\w+\.\w+\.message", key)
    }
    assert raised() == codes


def test_every_code_is_reached():
    reached = {fault.code for faults in LEVEL.values() for fault in faults} | ELSEWHERE
    reached |= {code for faults in LEVEL.values() for fault in faults for code in fault.also}
    packed = {code for code in raised() if code.startswith(("upload.", "sheet.", "cell.")) and f'"{code}"' in PACKED}
    packed |= {code for code in raised() if code.startswith("relation.") and f'"{code}"' in RELATIONS}
    packed |= {code for code in raised() if f'"{code}"' in LESSONS}
    assert raised() - reached - packed == set()
