"""What a spreadsheet of another country writes, said once for a file and not once for each habit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casecurves.model.issues import Issue

# Nothing of this changes what is meant.
HABITS = frozenset(
    (
        "file.bom",
        "file.windows_1252",
        "file.delimiter",
        "file.sep_line",
        "column.french",
        "number.decimal_comma",
        "time.rewritten",
    )
)


def as_one(issues: Iterable[Issue]) -> list[Issue]:
    """Return findings with the habits of each file as one notice.

    Parameters
    ----------
    issues : iterable of Issue
        Findings of any files.

    Returns
    -------
    list of Issue
        Where a file shows several habits, one ``file.habits`` that says them all stands in the place of the first;
        a single one and every other finding stay as they are.
    """
    found = list(issues)
    together = {file: same for file in {issue.file for issue in found} if len(same := _habits(found, file)) > 1}
    kept: list[Issue] = []
    for issue in found:
        same = together.get(issue.file, [])
        if issue not in same:
            kept.append(issue)
        elif issue is same[0]:
            kept.append(_notice(issue.file, same))
    return kept


def _habits(found: Sequence[Issue], file: str) -> list[Issue]:
    return [issue for issue in found if issue.file == file and issue.level == "notice" and issue.code in HABITS]


def _notice(file: str, same: Sequence[Issue]) -> Issue:
    def habits(lang: str) -> str:
        return ". ".join(issue.message(lang) for issue in same)

    return Issue("notice", "file.habits", file, params={"habits": habits})
