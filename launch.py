#!/usr/bin/env python3
"""Start casecurves from a fresh copy, with nothing but Python 3.11 or newer.

    python3 launch.py                 the dashboard, with the shipped cases
    python3 launch.py test            every test; on Debian as root it installs a browser for them
    python3 launch.py COMMAND ...     any other casecurves command, such as: validate my-case

The first start makes a private environment in .venv (or in the folder that CASECURVES_VENV names) and
installs locked dependencies into it, each checked against its hash. Later starts use no network. What
follows "test" goes to pytest; nothing runs every test, on all cores; with -m "not browser" no browser is needed. On
Windows, say py for python3.
"""

# Old Pythons must be able to read this file far enough to be told that they are old: no newer syntax.
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Optional

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("CASECURVES_VENV") or str(ROOT / ".venv")).expanduser().absolute()
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
LOG = VENV / "casecurves-install.log"
OLDEST = (3, 11)
# What pytest is told where nobody tells it anything: every test, shared among the cores. Each core begins with tests
# that stand side by side, so that what they share is made once, and takes from another when it has none left.
ALL_CORES = ["-n", "auto", "--dist", "worksteal"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class CannotStartError(Exception):
    """Something is missing; the text is one sentence that says what to do."""


def main(arguments: List[str]) -> int:
    """Prepare the environment, then become the wanted program."""
    if sys.version_info < OLDEST:
        raise CannotStartError(
            f"this is Python {sys.version_info[0]}.{sys.version_info[1]} and Python 3.11 or newer is needed: "
            "install one (from python.org or your system's packages) and start again with it, for example: "
            "python3.11 launch.py"
        )
    if arguments[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    if arguments[:1] == ["test"]:
        prepare("test")
        if "not browser" not in arguments:
            ensure_browser()
        os.chdir(str(ROOT))
        return become([str(PYTHON), "-m", "pytest", *(arguments[1:] or ALL_CORES)])
    prepare("app")
    return become([str(SCRIPTS / "casecurves")] + (arguments or ["serve"]))


def prepare(wanted: str) -> None:
    """Make the environment and install what the lock lists, unless that is done already."""
    state = fingerprint()
    stamps = {name: VENV / (".casecurves-" + name) for name in ("app", "test")}
    good_enough = ["test"] if wanted == "test" else ["app", "test"]
    if PYTHON.exists() and any(read(stamps[name]) == state for name in good_enough):
        return
    uv = find_uv()
    if not (uv and PYTHON.exists()) and not has_pip():
        make_environment(uv)
    tell(f"installing its dependencies into {VENV} (once) ...")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    binary = ["--only-binary", ":all:"]
    if uv:
        pip, binary = [uv, "pip", "install", "--python", str(PYTHON)], ["--no-build"]
    LOG.write_bytes(b"")
    install(pip + binary + ["--require-hashes", "--requirement", str(lock(wanted))])
    install([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    stamps[wanted].write_text(state, encoding="utf-8")


def tell(text: str) -> None:
    """Say something beside standard output, which belongs to the command that follows."""
    print(f"casecurves: {text}", file=sys.stderr, flush=True)


def fingerprint() -> str:
    """Digest of all that decides what is installed, so that any change of it installs anew."""
    digest = hashlib.sha256(str(ROOT).encode("utf-8", "surrogateescape"))
    for path in (ROOT / "pyproject.toml", lock("app"), lock("test")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def lock(name: str) -> Path:
    """Path of a lock file."""
    return ROOT / f"requirements-{name}.txt"


def read(path: Path) -> Optional[str]:
    """Text of a stamp, or None where there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else None


def find_uv() -> Optional[str]:
    """Path of a uv that works, or None; a version manager may leave one that does not."""
    uv = shutil.which("uv")
    if uv is None or subprocess.call([uv, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        return None
    return uv


def has_pip() -> bool:
    """Tell whether the environment is there and whole: one made by uv, or cut short, has no pip."""
    quiet = subprocess.DEVNULL
    return PYTHON.exists() and not subprocess.call([str(PYTHON), "-m", "pip", "--version"], stdout=quiet, stderr=quiet)


def make_environment(uv: Optional[str]) -> None:
    """Create the virtual environment, or leave nothing behind."""
    if VENV.exists() and (not VENV.is_dir() or any(VENV.iterdir())):
        raise CannotStartError(
            f"{VENV} is not a Python environment that works: delete it, if it is an old one, or move it "
            "away, and start again."
        )
    command = [uv, "venv", "--quiet", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
    try:
        made = subprocess.run([*command, str(VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    except BaseException:
        shutil.rmtree(str(VENV), ignore_errors=True)
        raise
    if made.returncode == 0:
        return
    shutil.rmtree(str(VENV), ignore_errors=True)
    said = made.stdout.decode(errors="replace")
    if "ensurepip" in said or "No module named venv" in said:
        raise CannotStartError(
            "This Python came without its venv module: install it (on Debian and Ubuntu: apt install "
            "python3-venv) and start again."
        )
    raise CannotStartError(f"No environment could be made in {VENV}: {last_line(said)}")


def install(command: List[str]) -> None:
    """Run an installer quietly; its messages go to the log."""
    with LOG.open("ab") as log:
        failed = subprocess.call(command, stdout=log, stderr=subprocess.STDOUT, cwd=str(ROOT), env=environment())
    if failed:
        raise CannotStartError(
            "The dependencies could not be installed ({}); installing needs the network, and all the "
            "installer said is in {}".format(last_line(LOG.read_text("utf-8", "replace")), LOG)
        )


def last_line(said: str) -> str:
    """The last line that tells something: an error if there is one."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    return (errors or lines or ["it gave no reason"])[-1]


def ensure_browser() -> None:
    """See to it that the tests find Chromium and its driver; on Debian as root, install them."""
    missing = not find_browser() or (sys.platform.startswith("linux") and not shutil.which("chromedriver"))
    if missing and on_debian_as_root():
        tell("installing Chromium and its driver for the tests (once) ...")
        apt, quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"], subprocess.DEVNULL
        variables = dict(environment(), DEBIAN_FRONTEND="noninteractive")
        subprocess.call([*apt, "update"], stdout=quiet, env=variables)
        packages = ["--no-install-recommends", "chromium", "chromium-driver"]
        missing = subprocess.call([*apt, "install", "--yes", *packages], stdout=quiet, env=variables) != 0
    if missing:
        raise CannotStartError(
            "The browser tests need Chromium (or Chrome) and chromedriver, which are not here: install both "
            "(on Debian: apt install chromium chromium-driver) and start again, or run the other tests with: "
            'python3 launch.py test -m "not browser"'
        )


def find_browser() -> bool:
    """Tell whether a browser that the tests can drive is installed."""
    usual = [
        os.environ.get("BROWSER_PATH", ""),
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        os.path.join(os.environ.get("PROGRAMFILES", ""), "Google", "Chrome", "Application", "chrome.exe"),
    ]
    return any(map(shutil.which, BROWSERS)) or any(map(os.path.isfile, usual))


def on_debian_as_root() -> bool:
    """Tell whether this may install system packages; Ubuntu's chromium is a snap and does not serve."""
    release = Path("/etc/os-release")
    if not (release.exists() and shutil.which("apt-get") and hasattr(os, "geteuid")):
        return False
    return os.geteuid() == 0 and "ID=debian" in release.read_text(encoding="utf-8").splitlines()


def environment() -> Dict[str, str]:
    """The variables of what is started: its own programs first, nothing of another Python."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    return dict(kept, PATH=os.pathsep.join([str(SCRIPTS), os.environ.get("PATH", os.defpath)]))


def become(command: List[str]) -> int:
    """Turn into another program where the system can, so that signals and exit code are its own."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(command[0], command, environment())
    return subprocess.call(command, env=environment())


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (CannotStartError, OSError) as problem:
        sys.exit(f"casecurves: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
