"""No file, however odd, brings the reader down; whatever it holds ends in a case or in a told error."""

import random

import pytest
from badinput import DOSES, SOUND, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casecurves.io import read_case, to_json

FILES = SOUND | {"doses.csv": DOSES}
# Characters that mean something to a table, a TOML file, a time or a number.
SIGNS = [
    *",;\t\n\"'[]=.-~&:<>/0123456789DMYWJ \ufeff\u202eé{}%",
    *("after:", "dupilumab", "ongoing", "..", "birth"),
]


def judge(folder) -> None:
    case, report = read_case(folder)
    assert report.to_text("fr").count("\n") + 1 >= len(report)
    if case is None:
        assert not report.sound
    else:
        assert to_json(case)["id"] == folder.name


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(FILES)), data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes(tmp_path, name, data):
    judge(write(tmp_path / "a-case", FILES | {name: data}))


@pytest.mark.parametrize("seed", range(150))
def test_a_sound_case_with_slips_of_the_pen(tmp_path, seed):
    rng = random.Random(seed)
    changed = dict(FILES)
    for name in rng.sample(sorted(FILES), rng.randint(1, 3)):
        text = changed[name]
        for _ in range(rng.randint(1, 6)):
            at = rng.randrange(len(text) + 1)
            text = text[:at] + rng.choice(SIGNS) + text[at + rng.randint(0, 4) :]
        changed[name] = text
    judge(write(tmp_path / "a-case", changed))
