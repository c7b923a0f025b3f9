"""What every request and every answer must be, whoever asks.

The browser of somebody who looks at another page may send requests here too, and so may anybody on the same network
once the server listens there. So: known hosts only, bodies that one of our own pages would send, and answers that no
other page can frame, keep or read.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path

from dash import Dash
from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, HTTPException, NotFound, RequestEntityTooLarge

from casecurves.io.archive import LARGEST_UPLOAD
from casecurves_dashboard import ids

LARGEST_BODY = 1_000_000
# A file in base 64, with the names round it.
LARGEST_UPLOAD_BODY = LARGEST_UPLOAD * 4 // 3 + 100_000
_YEAR = "max-age=31536000"
CALLBACKS = "/_dash-update-component"
# Names of this machine for itself.
LOOPBACK: tuple[str, ...] = ("127.0.0.1", "localhost")
log = logging.getLogger("casecurves.dashboard")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_POLICY = {
    "default-src": "'none'",
    "style-src": "'self' 'unsafe-inline'",  # plotly and Mantine write styles into the page
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
_AGAIN = re.compile(r"@[0-9a-f]{1,64}")
_KEYS = {"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"}


def secure(app: Dash, hosts: Sequence[str]) -> None:
    """Close the app; to be called when its last callback is registered.

    Parameters
    ----------
    app : Dash
        The app.
    hosts : sequence of str
        Names under which the server may be asked.
    """
    server: Flask = app.server
    server.config.update(TRUSTED_HOSTS=list(hosts), MAX_CONTENT_LENGTH=LARGEST_UPLOAD_BODY)
    policy = {**_POLICY, "script-src": " ".join(["'self'", *app.csp_hashes()])}
    headers = {
        **_HEADERS,
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in sorted(policy.items())),
    }

    @server.before_request
    def _ask() -> None:
        if request.path == CALLBACKS and request.method == "POST":
            body = _json()
            if (request.content_length or 0) > LARGEST_BODY and not _brings_a_file(body):
                raise RequestEntityTooLarge
            check_body(app, body)

    @server.after_request
    def _answer(response: Response) -> Response:
        response.headers.update(headers)
        response.headers["Cache-Control"] = _kept_how(response)
        return response

    server.register_error_handler(HTTPException, _refusal)
    server.register_error_handler(Exception, _failure)


def _json() -> object:
    try:
        return request.get_json()
    except RecursionError:  # brackets in brackets in brackets
        raise BadRequest from None


def check_body(app: Dash, body: object) -> None:
    """Refuse the body of a callback that none of our pages would send.

    Parameters
    ----------
    app : Dash
        The app, for its callbacks.
    body : object
        The JSON of the request.

    Raises
    ------
    BadRequest
        When the callback does not exist or is not given exactly its own inputs, states and outputs.
    """
    if not isinstance(body, dict) or not set(body) <= _KEYS or not isinstance(body.get("output"), str):
        raise BadRequest
    callback = app.callback_map.get(body["output"])
    if callback is None:
        raise BadRequest
    for part in ("inputs", "state"):
        if _named(body.get(part, [])) != [(entry["id"], entry["property"]) for entry in callback[part]]:
            raise BadRequest
    # Dash marks a second callback of one output with a number after an @.
    if _AGAIN.sub("", body["output"]) != _AGAIN.sub("", _output(body.get("outputs")) or ""):
        raise BadRequest
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(name, str) and "." in name for name in changed):
        raise BadRequest
    if not isinstance(body.get("parsedChangedPropsIds", []), list):
        raise BadRequest


def _brings_a_file(body: object) -> bool:
    named = _named(body.get("inputs")) if isinstance(body, dict) else None
    return named is not None and (ids.UPLOAD, "contents") in named


def _named(given: object) -> list[tuple[object, object]] | None:
    if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
        return None
    return [(entry.get("id"), entry.get("property")) for entry in given]


def _output(given: object) -> str | None:
    """Return the name that Dash gives to a callback with these outputs."""
    several = isinstance(given, list)
    named = _named(given if several else [given])
    if named is None:
        return None
    joined = "...".join(f"{id_}.{name}" for id_, name in named)
    return f"..{joined}.." if several else joined


def _kept_how(response: Response) -> str:
    """Return how long a browser may keep an answer: never what may be about a patient."""
    if response.status_code != 200:
        return "no-store"
    if request.path.startswith("/assets/"):
        return _YEAR if "m" in request.args else "no-store"
    if request.path.startswith("/fonts/"):
        return _YEAR if "v" in request.args else "no-store"
    if request.path.startswith("/_dash-component-suites/"):
        # Some scripts have no version in their address (plotly.js is one): the browser asks whether they changed.
        return _YEAR if response.cache_control.max_age else "no-cache"
    return "no-store"


def _refusal(error: HTTPException) -> Response:
    """Answer a request that cannot be served: number and name, nothing that was sent."""
    code = error.code or 500
    return Response(f"{code} {error.name}\n", status=code, mimetype="text/plain")


def _failure(error: Exception) -> Response:
    """Answer for a fault of ours. The log says where it happened; what it says may hold a patient's data."""
    # Dash raises this for a file that none of its packages has.
    if type(error).__name__ in ("DependencyException", "InvalidResourceError"):
        return _refusal(NotFound())
    note(error)
    return Response("500 Internal Server Error\n", status=500, mimetype="text/plain")


def note(error: Exception) -> None:
    """Write down where a fault happened, without the words of the error."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-6:]))
    log.error("%s at %s", type(error).__name__, where)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach an address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name
        return False
