"""Files packed into one: opened in memory, with everything refused that a case would not need.

A packed file can claim anything. What it claims is looked at before a byte is unpacked, and unpacking stops
at what was claimed. Nothing is ever written to disk, so that names cannot lead anywhere; odd ones are refused all the
same, because no program of good faith writes them.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib

from casecurves.model.issues import Issue, visible

LARGEST_UPLOAD = 2_000_000
MOST_UNPACKED = 20_000_000
MOST_ENTRIES = 200
# What a person reads of the limits above.
LIMITS = {"megabytes": LARGEST_UPLOAD // 1_000_000, "unpacked": MOST_UNPACKED // 1_000_000, "entries": MOST_ENTRIES}

_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ODD_NAME = re.compile(r"^/|\\|^[A-Za-z]:|(^|/)\.\.(/|$)|[\x00-\x1f]")


class Refused(Exception):  # noqa: N818 - a finding about data, not a fault of the program
    """A file of which nothing is read; ``issue`` says why."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.code)
        self.issue = issue


def unpack(data: bytes, name: str) -> dict[str, bytes]:
    """Return the files packed into a zip, which a workbook is too.

    Parameters
    ----------
    data : bytes
        The zip.
    name : str
        What to call it when something is wrong.

    Returns
    -------
    dict of str to bytes
        Content by path; folders have none.

    Raises
    ------
    Refused
        When it is damaged, locked, or larger than any case (`LARGEST_UPLOAD`, `MOST_UNPACKED`, `MOST_ENTRIES`).
    """
    if len(data) > LARGEST_UPLOAD:
        raise Refused(Issue("error", "upload.too_large", name, params={"found": f"{len(data) / 1e6:.1f}", **LIMITS}))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            _check(entries, name)
            return {entry.filename: packed.read(entry) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Refused(Issue("error", "upload.damaged", name)) from None


def _check(entries: list[zipfile.ZipInfo], name: str) -> None:
    found = {"found": len(entries), **LIMITS}
    if len(entries) > MOST_ENTRIES:
        raise Refused(Issue("error", "upload.too_many_entries", name, params=found))
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED:
        params = {"found": f"{unpacked / 1e6:.0f}", **LIMITS}
        raise Refused(Issue("error", "upload.too_large_unpacked", name, params=params))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refused(Issue("error", "upload.locked", name))
    names = [entry.filename for entry in entries]
    odd = [entry.filename for entry in entries if _odd(entry)]
    odd += [each for each in dict.fromkeys(names) if names.count(each) > 1]
    if odd:
        raise Refused(Issue("error", "upload.odd_entry", name, value=visible(odd[0])))


def _odd(entry: zipfile.ZipInfo) -> bool:
    link = stat.S_ISLNK(entry.external_attr >> 16)
    # Python has cut a name at a NUL; as it was written, it is in orig_filename.
    return link or bool(_ODD_NAME.search(entry.orig_filename)) or entry.compress_type not in _METHODS


def pack(files: dict[str, bytes]) -> bytes:
    """Return files as a zip; the same bytes for the same files, in the order given."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            packed.writestr(entry, content)
    return kept.getvalue()
