"""What the dashboard does for many: how long readers wait when many ask at once, and what it keeps of many views."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import environ, pathsep
from pathlib import Path
from typing import Any, Protocol

from casecurves.bench import load
from casecurves.figure.compile import compile as compile_case
from casecurves.io import read_library, shipped_cases

SERVE = ("-c", "from casecurves_dashboard.app import serve; serve(port=0)")
PEER = ("-m", "casecurves.bench.dash_peer")
USERS = 20
VIEWS = 10_000
QUICK_VIEWS = 1_000
# A server that has seen half of the views has long filled whatever it keeps on purpose. If it grows by more than this
# until it has seen all, it keeps something of each: of 10,000 views, 1 kB of each is 5 MB, 3 % of what it has.
GROWN = 1.02
_ADDRESS = re.compile(r"https?://[\w.]+:\d+/")
_SECONDS = 20.0


class _Measure(Protocol):
    def __call__(self, case_id: str, *, quick: bool) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Served:
    """Something measured at the server: how, what is missing for it, and the names of what it tells."""

    measure: _Measure
    lacks: Callable[[], str]
    names: tuple[str, ...]


@contextmanager
def served(*command: str) -> Iterator[tuple[str, int]]:
    """Start a Python server in a process of its own; give its address and the number of the process."""
    roots = dict.fromkeys((str(Path(__file__).parents[2]), *filter(None, environ.get("PYTHONPATH", "").split(pathsep))))
    surroundings = {**environ, "PYTHONPATH": pathsep.join(roots), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(  # noqa: S603 - this very Python
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=surroundings
    )
    try:
        for line in process.stdout or ():
            if found := _ADDRESS.search(line):
                yield found[0], process.pid
                break
        else:
            raise RuntimeError("a server did not start")
    finally:
        process.terminate()
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _cases(case_id: str) -> tuple[str, ...]:
    """Return the shipped cases that have a figure, one of them first."""
    found = (case for case, _ in read_library(shipped_cases()).values())
    drawn = (case.id for case in found if case is not None and not compile_case(case).empty)
    return tuple(dict.fromkeys((case_id, *drawn)))


def _crowd(case_id: str, *, quick: bool) -> dict[str, Any]:
    with served(*SERVE) as (address, _):
        waits = load.crowd(address, _cases(case_id), USERS, 2 if quick else 20)
    return {"users": USERS, "answers": len(waits), "median": load.share(waits, 0.5), "p95": load.share(waits, 0.95)}


def _memory(case_id: str, *, quick: bool) -> dict[str, Any]:
    views = QUICK_VIEWS if quick else VIEWS
    with served(*SERVE) as (address, process):
        tenth, half, full = load.kept(address, process, _cases(case_id), views)
    return {"views": views, "tenth_mb": tenth, "half_mb": half, "full_mb": full, "grown": full > GROWN * half}


def _lacks_proc() -> str:
    return "" if Path("/proc/self/status").exists() else "/proc"


SERVED = {
    "crowd": Served(_crowd, lambda: "", ("users", "answers", "median", "p95")),
    "memory": Served(_memory, _lacks_proc, ("views", "tenth_mb", "half_mb", "full_mb", "grown")),
}
