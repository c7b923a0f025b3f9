"""Files that are asked for while others are being made: each is whole, and the same as when it is made alone."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from casecurves_dashboard.app import create_app

# Of several kinds and cases; some twice, as by two people at once.
ASKED = (
    "/export/mn-dupilumab-1.png?lang=en",
    "/export/mn-dupilumab-1.pdf?lang=fr",
    "/export/dm-mda5-ruxolitinib.svg?lang=fr",
    "/export/igg4-dupilumab-1.pptx?lang=en",
    "/export/mn-dupilumab-1.png?lang=en",
    "/export/mn-dupilumab-2.txt?lang=fr",
    "/handout/igg4-dupilumab-1.pdf?lang=en",
    "/files/mn-dupilumab-1.zip",
)


def made(app, path):
    answer = app.server.test_client().get(path)
    return answer.status_code, answer.get_data()


def test_an_export_while_others_run_is_the_one_that_is_made_alone():
    alone = [made(create_app(), path) for path in ASKED]
    assert {status for status, _ in alone} == {200} and min(len(data) for _, data in alone) > 500
    app = create_app()  # nothing is kept yet
    with ThreadPoolExecutor(len(ASKED)) as people:
        together = list(people.map(lambda path: made(app, path), ASKED))
    assert [path for path, a, b in zip(ASKED, alone, together, strict=True) if a != b] == []


def test_two_programs_that_write_one_file_leave_one_whole_file(tmp_path):
    target = tmp_path / "course.png"
    command = [sys.executable, "-m", "casecurves", "render", "igg4-dupilumab-1", "-o", str(target), "--force"]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(one.wait(120), one.stderr.read()) for one in both] == [(0, b""), (0, b"")]
    assert target.read_bytes().startswith(b"\x89PNG") and target.read_bytes().endswith(b"IEND\xaeB`\x82")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course.png"]
