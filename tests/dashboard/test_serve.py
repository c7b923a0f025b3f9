"""The server: prints where it is, ends quietly, and says in one sentence what it lacks."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import closing
from http.client import HTTPConnection
from threading import Event, Thread
from types import SimpleNamespace

import pytest

from casecurves.errors import UsageError
from casecurves.figure.export import MOST_PIXELS
from casecurves.figure.pictures import LARGEST_FILE
from casecurves_dashboard import app as module
from casecurves_dashboard.app import serve
from casecurves_dashboard.photos import MOST_PER_FIGURE
from casecurves_dashboard.security import LARGEST_UPLOAD_BODY

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
        out, err = process.communicate(timeout=60)
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


@pytest.fixture
def served(cases, monkeypatch):
    """The real server in a thread: its port, what it was told, and what it wrote to files."""
    told, files, made = {}, [], Event()
    really, to_file = module.waitress.create_server, tempfile.TemporaryFile

    def create(app, **given):
        told.update(given, server=really(app, **given))
        made.set()
        return told["server"]

    monkeypatch.setattr(module.waitress, "create_server", create)
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *a, **b: files.append(a) or to_file(*a, **b))
    thread = Thread(target=serve, kwargs={"port": 0, "cases": cases}, daemon=True)
    thread.start()
    assert made.wait(20)
    yield SimpleNamespace(port=int(told["server"].effective_port), told=told, files=files)
    told["server"].close()
    thread.join(20)
    assert not thread.is_alive()


def test_a_large_figure_makes_no_file(served):
    with closing(HTTPConnection("127.0.0.1", served.port, timeout=30)) as connection:
        connection.request("GET", "/export/sound.png?dpi=600")
        assert len(connection.getresponse().read()) > 1 << 20, "too small to tell"
    assert served.files == []


def test_a_picture_that_is_sent_makes_no_file(served):
    with closing(HTTPConnection("127.0.0.1", served.port, timeout=30)) as connection:
        connection.request("POST", "/photos/sound", body=b"x" * (LARGEST_UPLOAD_BODY + 1))
        assert connection.getresponse().status >= 400
    assert served.files == []


def test_the_server_keeps_in_memory_the_largest_file_that_there_can_be(served):
    # Four bytes for each pixel, and what an author's own pictures bring along.
    assert served.told["outbuf_overflow"] >= 4 * MOST_PIXELS + MOST_PER_FIGURE * LARGEST_FILE
    assert served.told["inbuf_overflow"] > served.told["max_request_body_size"]
