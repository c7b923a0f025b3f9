"""How findings are put in words and in order."""

import pytest

from casecurves.model.issues import Issue, Report, visible

ERROR = Issue("error", "number.unreadable", "b.csv", 3, "dose", "1.5 mg")
WARNING = Issue("warning", "drug.unknown", "a.csv", 2, "drug", "x\u202ey")
NOTICE = Issue("notice", "file.bom", "a.csv")


def test_the_most_serious_comes_first():
    later = Issue("error", "cell.empty", "b.csv", 10, "dose")
    earlier = Issue("error", "cell.empty", "b.csv", 9, "dose")
    report = Report.of([NOTICE, later, WARNING, earlier, ERROR])
    assert report.issues == (ERROR, earlier, later, WARNING, NOTICE)
    assert [report.count(level) for level in ("error", "warning", "notice")] == [3, 1, 1]
    assert len(report) == 5


@pytest.mark.parametrize(("issues", "sound"), [([], True), ([WARNING, NOTICE], True), ([NOTICE, ERROR], False)])
def test_only_errors_make_a_case_unsound(issues, sound):
    assert Report.of(issues).sound == sound


def test_a_finding_says_where_what_and_what_to_do():
    assert Report((ERROR,)).to_text() == (
        "Error: b.csv, line 3, column dose: “1.5 mg” is not a number. Allowed: A number alone: 1.5 or 1,5. "
        "To do: Put the unit in the unit column and remarks in the note; leave the cell empty if the number "
        "is not stated."
    )
    assert Report((ERROR,)).to_text("fr").startswith("Erreur : b.csv, ligne 3, colonne dose : « 1.5 mg »")


def test_a_finding_about_the_whole_case_has_no_place():
    assert Report((Issue("error", "case.no_rows"),)).to_text().startswith("Error: No row")


def test_a_key_of_case_toml_is_called_a_key():
    assert Issue("error", "key.missing", "case.toml", column="title").where() == "case.toml, key title"


def test_json_keeps_the_value_and_shows_it_safely_in_words():
    found = WARNING.to_json("en")
    assert found["value"] == "x\u202ey"
    assert "x⟨U+202E⟩y" in found["message"]
    assert list(found) == ["level", "code", "file", "line", "column", "cell", "value", "message", "allowed", "remedy"]


def test_braces_in_data_are_no_placeholders():
    assert "{0} {value}" in Issue("error", "number.unreadable", value="{0} {value}").message()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("\x00\x1b\x85", "⟨U+0000⟩⟨U+001B⟩⟨U+0085⟩"),
        ("\ufeff\u200b\u2066\u2069", "⟨U+FEFF⟩⟨U+200B⟩⟨U+2066⟩⟨U+2069⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("é µ 𝛼 <b> ’ – \n\t 中", "é µ 𝛼 <b> ’ – \n\t 中"),
    ],
)
def test_only_what_hides_or_controls_is_written_out(text, shown):
    assert visible(text) == shown
