"""Workbooks as other programs write them, zips as people make them."""

import io
import zipfile

import openpyxl

from casecurves.io.template import template

HEAD = {"title": "A course", "day_zero": "dupilumab", "patient.sex": "female", "patient.age": "40"}
TABLES = {
    "sources": [{"key": "paper", "title": "A report"}],
    "therapies": [
        {"id": "dupilumab", "drug": "dupilumab", "dose": "300", "dose_unit": "mg", "start": "D0", "end": "ongoing"},
        {"id": "steroids", "drug": "prednisone", "start": "D-30", "end": "D60"},
    ],
    "measurements": [
        {"id": "alb-1", "analyte": "albumin", "value": "38", "unit": "g/L", "time": "D5"},
        {"id": "crp-1", "analyte": "CRP", "value": "12", "unit": "mg/L", "time": "M2"},
    ],
    "events": [
        {"id": "skin", "kind": "flare", "label": "skin flare", "time": "D-10"},
        {"id": "last", "kind": "last_follow_up", "label": "last visit", "time": "Y1"},
    ],
}
SOURCED = {"source": "paper", "locator": "Text"}


def filled(lang="en", head=HEAD, tables=TABLES):
    """The template, opened and filled in by another program, sound unless it is changed further."""
    book = openpyxl.load_workbook(io.BytesIO(template(lang)))
    for row in book["case"].iter_rows(min_row=2):
        if row[0].value in head:
            row[1].value = head[row[0].value]
    for name, rows in tables.items():
        for line, cells in enumerate(rows, 2):
            more = {} if name == "sources" else SOURCED
            for key, value in {**more, **cells}.items():
                put(book[name], key, line, value)
    return book


def put(sheet, header, line, value):
    """Write a cell by the header of its column, and return it."""
    column = next(cell.column for cell in sheet[1] if cell.value == header)
    cell = sheet.cell(line, column)
    cell.value = value
    return cell


def saved(book):
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def zipped(files, **more):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, **more) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return kept.getvalue()


def repacked(data, change):
    """A workbook with some of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {entry.filename: packed.read(entry) for entry in packed.infolist()}
    return zipped(change(parts))
