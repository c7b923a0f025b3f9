"""The server: prints where it is, ends quietly, and says in one sentence what it lacks."""

import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection

import pytest

from casecurves.errors import UsageError
from casecurves_dashboard import app as module
from casecurves_dashboard.app import serve

CODE = """
import sys
from pathlib import Path
from casecurves_dashboard.app import serve
serve(port=0, cases=Path(sys.argv[1]))
"""


def test_it_serves_until_interrupted(cases):
    paths = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.Popen(
        [sys.executable, "-c", CODE, str(cases)],
        env={**os.environ, "PYTHONPATH": paths, "HOST": "0.0.0.0", "PORT": "1", "DASH_DEBUG": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs all of this in the background has its programs ignore the signal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread is begun here
    )
    try:
        line = process.stdout.readline()
        assert "http://127.0.0.1:" in line, process.stderr.read()
        port = int(line.split("http://127.0.0.1:")[1].split("/")[0])
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/case/sound", headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("Content-Encoding"), answer.getheader("Server")) == (200, "br", None)
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "", "")


def test_a_busy_port_is_one_sentence(cases):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=rf"127\.0\.0\.1:{port} .*--port") as error:
            serve(port=port, cases=cases)
    assert "\n" not in str(error.value)


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(UsageError, match="none"):
        serve(port=0, cases=tmp_path / "none")


@pytest.mark.parametrize(
    ("host", "shown", "warned"),
    [
        ("127.0.0.1", "127.0.0.1", False),
        ("localhost", "localhost", False),
        ("::1", "localhost", False),
        ("0.0.0.0", socket.gethostname(), True),
    ],
)
def test_going_beyond_this_machine_is_warned_of(cases, capsys, monkeypatch, host, shown, warned):
    class Server:
        effective_port = 8050

        def run(self):
            raise KeyboardInterrupt

        def close(self):
            pass

    asked = {}
    monkeypatch.setattr(module.waitress, "create_server", lambda app, **given: asked.update(given) or Server())
    serve(host=host, cases=cases)
    printed = capsys.readouterr().out
    assert f"http://{shown}:8050/" in printed
    assert ("without a password" in printed) == warned
    assert asked["host"] == host
