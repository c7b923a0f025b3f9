"""Whatever is dropped ends in a case or in a sentence that says what to do: no traceback, no bomb, nothing lost."""

import io
import random
import resource
import zipfile

import pytest
from badinput import SOUND
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import filled, repacked, saved, zipped

from casecurves.io import receive
from casecurves.io.archive import LARGEST_UPLOAD, MOST_ENTRIES, MOST_UNPACKED
from casecurves.io.spreadsheet import MOST_CELLS, Sheet, letters, read_sheets
from casecurves.io.workbook import MOST_ROWS
from casecurves.words import LANGS

FILES = {name: text.encode() for name, text in SOUND.items()}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
BOOK = saved(filled())
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SLIPS = [b"", b"<", b"&", b"9", b'"', b"r=", b"\xff", b"A1"]
SHEET = "xl/worksheets/sheet5.xml"


def entry(name: str, content: bytes = b"x", **more: int) -> bytes:
    """A zip with the sound case and one entry that has something odd."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        for each, text in FILES.items():
            packed.writestr(each, text)
        odd = zipfile.ZipInfo(name)
        for key, value in more.items():
            setattr(odd, key, value)
        packed.writestr(odd, content)
    return kept.getvalue()


def locked() -> bytes:
    """A zip whose entries say that they are encrypted."""
    data = bytearray(zipped(FILES))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            data[start + place] |= 1
    return bytes(data)


def lying() -> bytes:
    """A zip whose table says that it is small, and is not."""
    data = zipped({"case.toml": b"#" * 1_000_000})
    return data.replace((1_000_000).to_bytes(4, "little"), (20).to_bytes(4, "little"))


def bomb() -> bytes:
    return zipped({"case.toml": bytes(MOST_UNPACKED + 1)})


def with_sheet(xml: str) -> bytes:
    return repacked(BOOK, lambda parts: parts | {SHEET: xml.encode()})


def entities() -> bytes:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return with_sheet(f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><worksheet><a>&l9;</a></worksheet>')


ROWS = "".join(f'<row r="{n}"><c/></row>' for n in range(1, MOST_CELLS // 2 + 2))

REFUSED = {
    "too_large": ({"a.xlsx": b"PK\x03\x04" + bytes(LARGEST_UPLOAD)}, "upload.too_large"),
    "bomb": ({"a.zip": bomb()}, "upload.too_large_unpacked"),
    "lying_size": ({"a.zip": lying()}, "upload.damaged"),
    "entities": ({"a.xlsx": entities()}, "upload.damaged"),
    "external_entity": (
        {"a.xlsx": with_sheet('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>')},
        "upload.damaged",
    ),
    "thousand_files": ({"a.zip": zipped({f"{n}.csv": b"" for n in range(1000)})}, "upload.too_many_entries"),
    "path_up": ({"a.zip": entry("../case.toml")}, "upload.odd_entry"),
    "path_absolute": ({"a.zip": entry("/etc/case.toml")}, "upload.odd_entry"),
    "path_drive": ({"a.zip": entry("C:case.toml")}, "upload.odd_entry"),
    "path_backslash": ({"a.zip": entry("..\\case.toml")}, "upload.odd_entry"),
    "link": ({"a.zip": entry("notes.csv", b"/etc/passwd", external_attr=0o120777 << 16)}, "upload.odd_entry"),
    "method": ({"a.zip": entry("x.csv", b"x", compress_type=zipfile.ZIP_BZIP2)}, "upload.odd_entry"),
    "encrypted_zip": ({"a.zip": locked()}, "upload.locked"),
    "password": ({"a.xlsx": OLE + "EncryptedPackage".encode("utf-16-le")}, "upload.protected"),
    "old_excel": ({"a.xls": OLE}, "upload.old_excel"),
    "picture": ({"a.xlsx": PNG}, "upload.not_a_case"),
    "one_table": ({"therapies.csv": FILES["therapies.csv"]}, "upload.not_a_case"),
    "cut_off": ({"a.xlsx": BOOK[:9000]}, "upload.damaged"),
    "empty": ({"a.xlsx": b""}, "upload.empty"),
    "empty_zip": ({"a.zip": zipped({})}, "upload.no_case"),
    "libreoffice": ({"a.ods": zipped({"mimetype": b"x", "content.xml": b"<a/>"})}, "upload.other_spreadsheet"),
    "document": ({"a.docx": zipped({"word/document.xml": b"<a/>"})}, "upload.no_case"),
    "workbook_in_a_zip": ({"a.zip": zipped({"a.xlsx": BOOK})}, "upload.no_case"),
    "two_workbooks": ({"a.xlsx": BOOK, "b.xlsx": BOOK}, "upload.several"),
    "two_cases": ({"a.zip": zipped({"a/case.toml": b"", "b/case.toml": b""})}, "upload.several_cases"),
    "many_cells": ({"a.xlsx": with_sheet(f"<w><sheetData>{ROWS}</sheetData></w>")}, "upload.too_many_cells"),
    "no_such_string": ({"a.xlsx": with_sheet('<w><c r="A1" t="s"><v>99999</v></c></w>')}, "upload.damaged"),
    "far_column": ({"a.xlsx": with_sheet('<worksheet><c r="ZZZZZZ1"><v>1</v></c></worksheet>')}, "upload.damaged"),
    "no_number": ({"a.xlsx": with_sheet('<worksheet><c r="A1"><v>x</v></c></worksheet>')}, "upload.damaged"),
    "no_sheets": ({"a.xlsx": repacked(BOOK, lambda parts: {"xl/workbook.xml": b"<a/>"})}, "upload.damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_refused_in_one_sentence(name):
    files, code = REFUSED[name]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = receive(files)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert [issue.code for issue in found.report] == [code], found.report.to_text()
    assert found.case is None
    assert found.files == {}
    assert grown < 150_000, "kilobytes"
    for lang in LANGS:
        issue = found.report.issues[0]
        assert all((issue.message(lang), issue.allowed(lang), issue.remedy(lang)))


def test_the_far_corner_costs_nothing():
    far = '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = receive({"a.xlsx": with_sheet(far)})
    assert found.case is not None
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000, "kilobytes"


@pytest.mark.parametrize("folder", ["", "my-case/", "Documents/cases/my-case/"])
def test_a_zip_may_wrap_the_files_in_a_folder(folder):
    clutter = {"__MACOSX/._case.toml": b"\0\5", f"{folder}.DS_Store": b"\0"}
    found = receive({"my-case.zip": zipped({f"{folder}{name}": text for name, text in FILES.items()} | clutter)})
    assert found.report.to_text() == ""
    assert len(found.case.rows()) == 6
    assert found.files == FILES


def test_the_files_of_a_folder_may_be_dropped_together():
    found = receive({f"my-case/{name}": text for name, text in FILES.items()})
    assert found.report.to_text() == ""
    assert (found.name, found.case.id) == ("my-case", "my-case")


def test_what_is_packed_besides_is_reported():
    more = {"my-case/notes.docx": b"x", "my-case/more.csv": b"a", "readme.txt": b"x", "my-case/inner/deep.csv": b""}
    found = receive({"a.zip": zipped({f"my-case/{name}": text for name, text in FILES.items()} | more)})
    told = {issue.file for issue in found.report if issue.code in ("upload.not_read", "file.unknown")}
    assert told == set(more)
    assert found.case is not None


def test_a_zip_is_checked_as_a_folder_is():
    found = receive({"a.zip": zipped(FILES | {"events.csv": b"id,kind\nskin,flair\n"})})
    assert {"choice.unknown", "column.missing"} <= {issue.code for issue in found.report}
    assert "events.csv, line 2" in found.report.to_text()


def test_as_many_rows_as_are_allowed_are_read():
    rows = "".join(f"v-{n},CRP,5,D{n}\n" for n in range(MOST_ROWS))
    text = {"measurements.csv": f"id,analyte,value,time\n{rows}".encode()}
    assert len(receive({"a.zip": zipped(FILES | text)}).case.measurements) == MOST_ROWS
    text = {"measurements.csv": f"id,analyte,value,time\n{rows}more-1,CRP,5,D1\n".encode()}
    assert "file.too_many_rows" in [issue.code for issue in receive({"a.zip": zipped(FILES | text)}).report]


def test_the_limit_of_entries_is_kept_to_the_letter():
    more = {f"{n}.txt": b"" for n in range(MOST_ENTRIES - len(FILES))}
    assert receive({"a.zip": zipped(FILES | more)}).case is not None
    assert receive({"a.zip": zipped(FILES | more | {"one": b""})}).case is None


def test_columns_have_their_letters():
    assert [letters(n) for n in (1, 26, 27, 702, 703, 16_384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_text_in_several_fonts_is_one_text_and_how_it_is_spoken_is_none():
    rich = '<si><r><t>dupi</t></r><r><t xml:space="preserve">lumab </t></r><rPh><t>sound</t></rPh></si>'
    rel = "http://x/worksheet"
    parts = {
        "xl/workbook.xml": '<w xmlns:r="u"><sheets><sheet name="a" r:id="i"/></sheets></w>',
        "xl/_rels/workbook.xml.rels": f'<R><Relationship Id="i" Type="{rel}" Target="/xl/s.xml"/></R>',
        "xl/sharedStrings.xml": f"<sst>{rich}<si><t>a_x000A_b</t></si></sst>",
        "xl/s.xml": '<w><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="b"><v>1</v></c></row>'
        "<row><c/><c><v>3.7999999999999998</v></c></row></w>",
    }
    (sheet,) = read_sheets({name: text.encode() for name, text in parts.items()}, "a")
    assert isinstance(sheet, Sheet)
    assert [cell.text for cell in sheet.rows[1].values()] == ["dupilumab ", "a\nb", "TRUE"]
    assert {column: cell.text for column, cell in sheet.rows[2].items()} == {2: "3.8"}


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300), head=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", OLE[:8]]))
def test_any_bytes_end_in_a_sentence(data, head):
    assert receive({"a.xlsx": head + data}).report.to_text("fr")


@pytest.mark.parametrize("seed", range(25))
def test_a_workbook_damaged_anywhere_ends_in_a_case_or_a_sentence(seed):
    rng = random.Random(seed)

    def change(parts):
        name = rng.choice([name for name in parts if name.endswith((".xml", ".rels")) and "drawing" not in name])
        text = parts[name]
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(text))
            text = text[:at] + rng.choice(SLIPS) + text[at + rng.randint(0, 5) :]
        return parts | {name: text}

    found = receive({"a.xlsx": repacked(BOOK, change)})
    assert found.case is not None or not found.report.sound
