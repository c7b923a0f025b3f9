"""A file of a case, from bytes to text; nothing is guessed that is not said."""

from __future__ import annotations

import re
from pathlib import Path

from casecurves.model.issues import Issue, visible

# A case has hundreds of rows; whatever is larger is not one, and would only fill the memory.
LARGEST_FILE = 5_000_000

# How files begin that are not text: zip (xlsx, ods), old Excel, PNG, PDF, JPEG, gzip.
_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"%PDF", b"\xff\xd8\xff", b"\x1f\x8b")
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> tuple[str | None, list[Issue]]:
    """Read a text file.

    Parameters
    ----------
    path : Path
        A file in UTF-8, or else in Windows-1252, which French Excel writes.

    Returns
    -------
    str or None
        The text with single line feeds and every control or bidirectional character written out as
        ``⟨U+202E⟩``; ``None`` when there is no text to be had.
    list of Issue
        What is wrong (``file.*``), and what was read in a way worth knowing.
    """
    name = path.name
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, [Issue("error", "file.no_access", name, params={"reason": reason})]
    if size > LARGEST_FILE:
        return None, [_too_large(name, size)]
    return to_text(data, name)


def to_text(data: bytes, name: str) -> tuple[str | None, list[Issue]]:
    """Return the text of a file of this content and name; as `read_text`."""
    if len(data) > LARGEST_FILE:
        return None, [_too_large(name, len(data))]
    if not data.removeprefix(_BOM).strip():
        return None, [Issue("error", "file.empty", name)]
    if data.startswith(_UTF_16):
        return None, [Issue("error", "file.utf_16", name)]
    if b"\0" in data or data.startswith(_NOT_TEXT):
        return None, [Issue("error", "file.binary", name)]
    return _decode(data, name)


def _too_large(name: str, size: int) -> Issue:
    params = {"megabytes": f"{size / 1e6:.1f}", "limit": LARGEST_FILE // 1_000_000}
    return Issue("error", "file.too_large", name, params=params)


def _decode(data: bytes, name: str) -> tuple[str | None, list[Issue]]:
    issues = [Issue("notice", "file.bom", name)] if data.startswith(_BOM) else []
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            return None, [Issue("error", "file.binary", name)]
        issues.append(Issue("notice", "file.windows_1252", name))
    text = re.sub("\r\n?", "\n", text)
    shown = visible(text)
    if shown != text:
        line = next(n for n, (a, b) in enumerate(zip(text.split("\n"), shown.split("\n"), strict=True), 1) if a != b)
        issues.append(Issue("notice", "text.hidden_characters", name, line))
    return shown, issues
