"""Sets an environment up: makes the virtual environment, installs the pinned packages, stamps it.

Standard library only. Whatever interrupts it, the stamp is missing afterwards, and the next start begins
anew. A lock lets a second start wait for the first.
"""

from __future__ import annotations

import errno
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kata.bootstrap.environment import Environment, SetupError, packages_digest, requirements

NO_NETWORK = re.compile(
    r"name resolution|name or service not known|nodename nor servname|getaddrinfo failed|dns error"
    r"|NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|connection (refused|broken|reset|aborted)"
    r"|network is unreachable|no route to host|error sending request|failed to fetch",
    re.IGNORECASE,
)
NO_SPACE = re.compile(r"no space left|not enough space|disk quota exceeded", re.IGNORECASE)
NO_PERMISSION = re.compile(r"permission denied|read-only file system|access is denied", re.IGNORECASE)


def set_up(environment: Environment, dev: bool) -> None:
    """Make ``environment`` complete. Says so in one line on standard error, and waits for others who do.

    Args:
        environment: the directory may be missing, incomplete, outdated or broken.
        dev: install the ``dev`` extra too.

    Raises:
        SetupError: it cannot be done; the text says why and what to do next.
    """
    try:
        os.makedirs(os.path.dirname(environment.folder), exist_ok=True)
        with _locked(environment) as inherited:
            if not environment.is_ready(dev):
                _Setup(environment, inherited).run(dev)
    except OSError as error:
        raise SetupError(_explain_os_error(environment, error)) from None


class _Setup:
    """One set-up, under the lock. ``inherited`` descriptors go to the programs that it starts."""

    def __init__(self, environment: Environment, inherited: tuple[int, ...]) -> None:
        self.environment = environment
        self.inherited = inherited
        self.uv = shutil.which("uv")

    def run(self, dev: bool) -> None:
        environment = self.environment
        stamped = environment.stamped()
        owned = os.path.exists(environment.owned)
        _forget(environment.stamp)
        works = self._works()
        if works and (stamped or not owned):
            _say(f"Updating {environment.name} (a few seconds) ...")
        else:
            _say(f"Setting up {environment.name} (once, about 20 seconds) ...")
            self._create(owned)
        dev = dev or stamped.get("extra") == "dev"
        self._install(requirements(environment.root, dev))
        lines = {
            "packages": packages_digest(environment.root),
            "extra": "dev" if dev else "",
            "base": environment.config().get("home", ""),
        }
        _write(environment.stamp, "".join(f"{key} = {value}\n" for key, value in lines.items()))

    def _works(self) -> bool:
        """True when the environment's interpreter starts and is recent enough."""
        if not os.path.exists(self.environment.python):
            return False
        code = "import sys, encodings; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)"
        return self._call([self.environment.python, "-I", "-c", code])[0] == 0

    def _create(self, owned: bool) -> None:
        folder, name = self.environment.folder, self.environment.name
        if os.path.lexists(folder):
            if not owned and not _is_empty(folder):
                raise SetupError(
                    f"{name} was not made by grader.py and holds no Python that starts; remove it, "
                    "or name another directory with KATA_VENV, then start again."
                )
            if owned:
                shutil.rmtree(folder)
        if importlib.util.find_spec("venv") is None or (
            self.uv is None and importlib.util.find_spec("ensurepip") is None
        ):
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            raise SetupError(
                "This Python cannot make virtual environments; install the package python3-venv "
                f"(Debian, Ubuntu: sudo apt install python{version}-venv), then start again."
            )
        os.makedirs(folder, exist_ok=True)
        _write(self.environment.owned, "grader.py made this directory and may remove it.\n")
        command = [_base_python(), "-I", "-m", "venv", folder]
        status, output = self._call([*command, "--without-pip"] if self.uv else command)
        if status != 0:
            raise SetupError(self._explain("The virtual environment could not be made", output))

    def _install(self, packages: list[str]) -> None:
        python = self.environment.python
        wanted = ["-c", os.path.join(self.environment.root, "constraints.txt"), *packages]
        if self.uv is not None:
            status, _ = self._call([self.uv, "pip", "install", "--quiet", "--python", python, *wanted])
            if status == 0:
                return
        # uv knows nothing of pip's settings (mirrors, proxies), so pip has the last word.
        if self._call([python, "-I", "-c", "import pip"])[0] != 0:
            self._call([python, "-I", "-m", "ensurepip"])
        options = ["--quiet", "--no-input", "--no-user", "--disable-pip-version-check", "--retries", "2"]
        status, output = self._call([python, "-I", "-m", "pip", "install", *options, *wanted])
        if status != 0:
            raise SetupError(self._explain("The packages could not be installed", output))

    def _call(self, command: list[str]) -> tuple[int, str]:
        """Run a program; its exit code and all it printed."""
        hidden = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONHOME", "PYTHONPATH")
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                env={key: value for key, value in os.environ.items() if key not in hidden},
                pass_fds=self.inherited,
                check=False,
            )
        except OSError as error:
            return 1, str(error)
        return done.returncode, done.stdout

    def _explain(self, failed: str, output: str) -> str:
        """One line about a program that failed, from what it printed."""
        if NO_SPACE.search(output):
            return _disk_full(self.environment)
        if NO_NETWORK.search(output):
            return f"{failed}: the package index cannot be reached; check the network, then start again."
        if NO_PERMISSION.search(output):
            return _not_writable(self.environment)
        lines = [line.strip() for line in output.splitlines() if line.strip()]
        errors = [line for line in lines if line.lower().startswith("error")]
        reason = (errors or lines or ["no reason given"])[-1]
        log = os.path.join(self.environment.folder, "setup.log")
        try:
            _write(log, output)
        except OSError:
            return f"{failed} ({reason}); mend that, then start again."
        return f"{failed} ({reason}); mend that (all of it is in {log}), then start again."


@contextmanager
def _locked(environment: Environment) -> Iterator[tuple[int, ...]]:
    """Hold the lock of this environment; gives the descriptors that keep it, for programs to inherit.

    Inherited, the lock outlives a grader that is killed for as long as its installer still writes. The
    system drops it with the last process, so no stale lock can be left.
    """
    descriptor = os.open(environment.folder + ".lock", os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not _try_lock(descriptor, wait=False):
            _say(f"Another start is setting up {environment.name}; waiting for it ...")
            while not _try_lock(descriptor, wait=True):
                continue
        yield () if os.name == "nt" else (descriptor,)
    finally:
        os.close(descriptor)


if sys.platform == "win32":

    def _try_lock(descriptor: int, *, wait: bool) -> bool:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _try_lock(descriptor: int, *, wait: bool) -> bool:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks: go on without one
        return True


def _base_python() -> str:
    """The interpreter that environments are made from, also when this one runs in an environment."""
    base: str = getattr(sys, "_base_executable", "") or sys.executable
    return base


def _explain_os_error(environment: Environment, error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _not_writable(environment)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _disk_full(environment)
    return f"{environment.name} could not be set up ({error}); mend that, then start again."


def _disk_full(environment: Environment) -> str:
    return f"The disk is full: {environment.name} needs about 200 MB; make room, then start again."


def _not_writable(environment: Environment) -> str:
    return (
        f"{environment.folder} cannot be written; name a directory that can with KATA_VENV, "
        "for example: KATA_VENV=~/kata-venv python3 grader.py"
    )


def _is_empty(folder: str) -> bool:
    return os.path.isdir(folder) and not os.listdir(folder)


def _forget(path: str) -> None:
    if os.path.lexists(path):
        os.unlink(path)


def _write(path: str, text: str) -> None:
    """Write a small file so that it is there as a whole or not at all."""
    part = path + ".part"
    with open(part, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)
    os.replace(part, path)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
