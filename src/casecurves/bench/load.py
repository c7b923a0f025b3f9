"""Many readers at once: what a click on another case waits for, and whether the server keeps what it should not.

The one file of casecurves that opens a connection: to a server that the bench has started on this very machine. Any
other host is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import cycle, islice, product
from math import ceil
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

HERE = ("127.0.0.1", "localhost", "::1")
_SECONDS = 30.0
_UNITS = ("auto", "days", "weeks", "months", "years")
_ORDERS = ("start", "class", "name")


class Reader:
    """One reader's connection to a dashboard on this machine.

    Parameters
    ----------
    address : str
        Of the dashboard.

    Raises
    ------
    ValueError
        When the address is not one of this machine.
    """

    def __init__(self, address: str) -> None:
        found = urlsplit(address)
        if found.scheme != "http" or found.hostname not in HERE:
            raise ValueError(f"not on this machine: {address}")
        self._host = found.netloc
        self._line = HTTPConnection(found.hostname or "", found.port, timeout=_SECONDS)
        callbacks = json.loads(self.ask("GET", "/_dash-dependencies"))
        self._callback = next(each for each in callbacks if any(i["property"] == "pathname" for i in each["inputs"]))

    def switch(self, case_id: str, search: str = "") -> float:
        """Return the seconds that the answer to a click on a case takes."""
        values = {"pathname": f"/case/{case_id}", "search": search}
        inputs = [{**given, "value": values.get(given["property"])} for given in self._callback["inputs"]]
        output = self._callback["output"]
        parts = [part.rsplit(".", 1) for part in output.strip(".").split("...")]
        body = {
            "output": output,
            "outputs": [{"id": name, "property": column} for name, column in parts],
            "inputs": inputs,
            "changedPropIds": [f"{inputs[0]['id']}.{inputs[0]['property']}"],
            # Nothing is shown yet, so that the page is drawn each time.
            "state": [{**given, "value": None} for given in self._callback["state"]],
        }
        start = perf_counter()
        answer = self.ask("POST", "/_dash-update-component", json.dumps(body))
        seconds = perf_counter() - start
        if b'"layout"' not in answer:
            raise ValueError(f"no figure of {case_id}")
        return seconds

    def ask(self, method: str, path: str, body: str | None = None) -> bytes:
        """Return what the server answers.

        Raises
        ------
        ValueError
            When it does not answer well.
        """
        headers = {"Content-Type": "application/json", "Origin": f"http://{self._host}"}
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        data = answer.read()
        if answer.status != 200:
            raise ValueError(f"{path}: {answer.status}")
        return data


def crowd(address: str, case_ids: Sequence[str], users: int, switches: int) -> list[float]:
    """Return the seconds that readers wait who all ask at once, again and again."""

    def read(number: int) -> list[float]:
        reader = Reader(address)
        return [reader.switch(case_ids[(number + turn) % len(case_ids)]) for turn in range(switches)]

    with ThreadPoolExecutor(users) as pool:
        return [seconds for waits in pool.map(read, range(users)) for seconds in waits]


def share(waits: Sequence[float], part: float) -> float:
    """Return the shortest wait that a part of all waits (0.95 is the 95th percentile) does not exceed."""
    return sorted(waits)[max(0, ceil(part * len(waits)) - 1)]


def views(case_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Return cases and queries of views, one after the other without end, no two of the same address."""
    ways = cycle(product(_UNITS, _ORDERS, ("en", "fr"), ("light", "dark"), ("shown", "hidden"), case_ids))
    for turn, (unit, order, lang, theme, absent, case_id) in enumerate(ways):
        # Every other view is of a part of the axis, as after a zoom: of such addresses there is no end.
        window = f"&from=-{turn}.5&to={turn + 400}" if turn % 2 else f"&at={turn}"
        yield case_id, f"?lang={lang}&theme={theme}&unit={unit}&order={order}&absent={absent}{window}"


def kept(address: str, process: int, case_ids: Sequence[str], count: int) -> tuple[float, float, float]:
    """Return the megabytes of a server after a tenth of many views, after half of them, and after all."""
    reader = Reader(address)
    read = {}
    for turn, (case_id, search) in enumerate(islice(views(case_ids), count), start=1):
        reader.switch(case_id, search)
        if turn in (max(count // 10, 1), count // 2, count):
            read[turn] = _megabytes(process)
    tenth, half, full = read.values()
    return tenth, half, full


def _megabytes(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
