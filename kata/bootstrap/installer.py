"""Sets an environment up: makes the virtual environment, installs the pinned packages, tries them, stamps it.

Standard library only. Whatever interrupts it, the stamp is missing afterwards, and the next start begins
anew. A lock lets a second start wait for the first.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from kata.bootstrap import pip_settings, refusals
from kata.bootstrap.environment import LOCK, OWNED, Environment
from kata.bootstrap.packages import SetupError, digest, look, requirements


def set_up(environment: Environment, dev: bool) -> None:
    """Make ``environment`` complete. Says so in one line on standard error, and waits for others who do.

    Args:
        environment: the directory may be missing, incomplete, outdated or broken.
        dev: install the ``dev`` extra too.

    Raises:
        SetupError: it cannot be done; the text says why and what to do next.
    """
    try:
        _claim(environment)
        with _locked(environment) as inherited:
            if not environment.is_ready(dev):
                _Setup(environment, inherited).run(dev)
    except OSError as error:
        raise SetupError(refusals.of_the_system(environment, error)) from None


def _claim(environment: Environment) -> None:
    """Make the directory, and mark it as ours where it is new or empty.

    Raises:
        SetupError: it holds other things.
    """
    folder = environment.folder
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise SetupError(refusals.holds_other_things(environment, "is no directory"))
    os.makedirs(folder, exist_ok=True)
    found = os.listdir(folder)  # looked at once: another start may write the mark at any moment
    if OWNED in found:
        return
    if not found:
        with open(environment.owned, "w", encoding="utf-8") as file:  # that it is there says all, on a full disk too
            file.write("grader.py made this environment and may remove what is in it.\n")
    elif not os.path.exists(environment.config_file):
        raise SetupError(refusals.holds_other_things(environment, "holds other things than a Python environment"))


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
        if not environment.forget():
            raise PermissionError(environment.stamp)
        if self._works() and (stamped or not owned):
            _say(f"Updating {environment.name} (a few seconds) ...")
        else:
            _say(f"Setting up {environment.name} (once, about 20 seconds) ...")
            self._create(owned)
        dev = dev or stamped.get("extra") == "dev"
        self._install(requirements(environment.root, dev), anew=not stamped)
        lines = {
            "packages": digest(environment.root),
            "extra": "dev" if dev else "",
            "base": environment.config().get("home", ""),
        }
        _write(environment.stamp, "".join(f"{key} = {value}\n" for key, value in lines.items()))

    def _works(self) -> bool:
        """True when the environment's interpreter starts, is recent enough and is that of the environment."""
        if not os.path.exists(self.environment.python):
            return False
        code = "import sys, encodings; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)"
        return self._call([self.environment.python, "-I", "-c", code])[0] == 0

    def _create(self, owned: bool) -> None:
        environment = self.environment
        if not owned:
            lacks = "holds no environment of Python 3.11 or newer that starts"
            raise SetupError(refusals.holds_other_things(environment, lacks))
        if importlib.util.find_spec("venv") is None or (
            self.uv is None and importlib.util.find_spec("ensurepip") is None
        ):
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            raise SetupError(
                "This Python cannot make virtual environments; install the package python3-venv "
                f"(Debian, Ubuntu: sudo apt install python{version}-venv), then start again."
            )
        _empty(environment.folder)
        status, output = self._call([_base_python(), "-I", "-m", "venv", "--without-pip", environment.folder])
        if status != 0:
            raise SetupError(refusals.of_a_program(environment, "The virtual environment could not be made", output))

    def _install(self, packages: list[str], *, anew: bool) -> None:
        """Install the packages and try them.

        Args:
            packages: requirements such as ``rich>=13.9``.
            anew: install also what seems to be there already, since it may be damaged.
        """
        wanted = ["-c", os.path.join(self.environment.root, "constraints.txt"), *packages]
        if self.uv is not None:
            options = ["--quiet", "--python", self.environment.python, *(["--reinstall"] if anew else [])]
            status, _ = self._call([self.uv, "pip", "install", *options, *wanted])
            if status == 0 and not self._fault(packages):
                return
            anew = True
        # uv knows nothing of pip's settings (mirrors, proxies), so pip has the last word.
        self._install_with_pip(wanted, anew)
        if found := self._fault(packages):
            raise SetupError(f"The packages were installed and do not work: {found}; mend that, then start again.")

    def _install_with_pip(self, wanted: list[str], anew: bool) -> None:
        python = self.environment.python
        if self._call([python, "-I", "-c", "import pip"])[0] != 0:
            self._must("pip could not be installed", [python, "-I", "-m", "ensurepip"])
        failed = "The packages could not be installed"
        pip = [python, "-I", "-m", "pip"]
        listed = self._must(failed, [*pip, "config", "list"], pip_settings.to_list(python, os.environ))
        options = ["--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2"]
        command = [*pip, "install", *options, *(["--force-reinstall"] if anew else []), *wanted]
        self._must(failed, command, pip_settings.to_install(listed, os.environ))

    def _fault(self, packages: list[str]) -> str:
        return look([self.environment.python, "-I"], packages, keep_open=self.inherited)

    def _must(self, failed: str, command: list[str], environ: Mapping[str, str] | None = None) -> str:
        """What a program prints.

        Raises:
            SetupError: it fails.
        """
        status, output = self._call(command, environ)
        if status != 0:
            raise SetupError(refusals.of_a_program(self.environment, failed, output))
        return output

    def _call(self, command: list[str], environ: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Run a program; its exit code and all it printed."""
        if environ is None:
            environ = os.environ
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                env={key: value for key, value in environ.items() if key not in ("PYTHONHOME", "PYTHONPATH")},
                pass_fds=self.inherited,
                check=False,
            )
        except OSError as error:
            return 1, str(error)
        return done.returncode, done.stdout


@contextmanager
def _locked(environment: Environment) -> Iterator[tuple[int, ...]]:
    """Hold the lock of this environment; gives the descriptors that keep it, for programs to inherit.

    Inherited, the lock outlives a grader that is killed for as long as its installer still writes. The
    system drops it with the last process, so no stale lock can be left.
    """
    descriptor = os.open(environment.lock, os.O_RDWR | os.O_CREAT, 0o666)
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


def _empty(folder: str) -> None:
    """Remove what is in the directory but not the directory, which may be a mount, or lie where we may not write."""
    with os.scandir(folder) as entries:
        found = [entry for entry in entries if entry.name not in (OWNED, LOCK)]
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)


def _write(path: str, text: str) -> None:
    """Write a small file so that it is there as a whole or not at all."""
    part = path + ".part"
    with open(part, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)
    os.replace(part, path)


def _say(line: str) -> None:
    """Tell the user what takes time; that nobody can read it is no reason to stop."""
    with contextlib.suppress(OSError):
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
