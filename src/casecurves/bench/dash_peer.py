"""A Dash app as tutorials make it: a list of patients, a callback that makes the naive figure of the one clicked on.

Run as a program it serves the shipped cases and prints its address; with ``one CASE`` it is a page with one figure.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from casecurves.bench import peers
from casecurves.bench.plain import plain
from casecurves.figure.compile import compile as compile_case
from casecurves.io import open_case, shipped_cases


def app(case_ids: tuple[str, ...], *, one: bool) -> Any:  # noqa: ANN401 - Dash is loaded late
    """Return the app; ``one`` puts the careful figure of the first case into the page itself."""
    dash = import_module("dash")
    found = {case_id: _bare(case_id) for case_id in case_ids}
    made = dash.Dash("casecurves_bench_peer")
    if one:
        made.layout = dash.html.Div(dash.dcc.Graph(figure=peers.careful(found[case_ids[0]])))
        return made
    buttons = [dash.html.Button(case_id, id=case_id) for case_id in case_ids]
    made.layout = dash.html.Div([*buttons, dash.html.H1(id="shown"), dash.dcc.Graph(id="graph")])
    inputs = [dash.Input(case_id, "n_clicks") for case_id in case_ids]

    def draw(*_: object) -> tuple[object, object]:
        case_id = dash.ctx.triggered_id or case_ids[0]
        if not dash.ctx.triggered_id:
            return {}, ""
        return peers.naive(found[case_id]), case_id

    made.callback(dash.Output("graph", "figure"), dash.Output("shown", "children"), *inputs)(draw)
    return made


def _bare(case_id: str) -> Any:  # noqa: ANN401 - Plain
    case, _ = open_case(shipped_cases(), case_id)
    if case is None:
        raise ValueError(case_id)
    return plain(compile_case(case))


def main(arguments: list[str]) -> None:
    """Serve on a free port of this machine with the server that Dash comes with."""
    one = arguments[0] == "one"
    server = import_module("werkzeug.serving").make_server(
        "127.0.0.1", 0, app(tuple(arguments[1:]), one=one).server, threaded=True
    )
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}/\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
