"""The start of the program: finds the environment, hands over to it, runs the command line in it.

Whatever breaks on the way there, or ends a command later, is looked into: where packages are missing or damaged, the
environment loses its stamp, the next start sets it up anew, and one line says so.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

from kata.bootstrap.environment import Environment, chosen, distrust, has_packages
from kata.bootstrap.packages import DISTRIBUTION, SetupError, cut_off, installed_requirements, look, requirements

EXIT_FAILED = 3
"""The exit code for "the grader itself could not do its work"."""

EXIT_INTERRUPTED = 130

DEV_COMMANDS = frozenset({"dev", "selftest"})
"""Commands that need the ``dev`` extra too."""

HANDED_OVER = "kata-environment"
"""The ``-X`` option by which a process knows that it was handed over, and to which directory."""


def start(root: str, arguments: list[str]) -> NoReturn:
    """Run the command line in an environment that has the packages. Ends the process.

    A process that was handed over never hands over again: one in which the environment's interpreter does not come
    up as it should ends with exit code 3.

    Args:
        root: the clone, as a real path without links.
        arguments: the command line after ``grader.py``.
    """
    open_streams()
    dev = needs_dev(arguments)
    folder = _handed_over()
    try:
        environment = Environment(root, folder) if folder else find(root, dev, os.environ)
        if environment is not None and not environment.is_running:
            if folder:
                raise SetupError(_mended(environment, "its Python does not use it"))
            environment.begin()
            _hand_over(environment, arguments)
    except SetupError as error:
        _end(str(error))
    except KeyboardInterrupt:
        _end("The set-up was interrupted; start again and it is done anew.")
    sys.argv[:] = ["grader.py", *arguments]
    _run(lambda: _broken(root, dev, environment), environment)


def installed() -> NoReturn:
    """The command of the installed package: nothing is found or set up. Ends the process."""
    open_streams()
    _run(_broken_as_installed, None)


def needs_dev(arguments: Sequence[str]) -> bool:
    """True when the command (the first argument that is no option) is one for authors."""
    command = next((argument for argument in arguments if not argument.startswith("-")), "")
    return command in DEV_COMMANDS


def find(root: str, dev: bool, environ: Mapping[str, str]) -> Environment | None:
    """The environment to run in, or None when the running interpreter has all that is needed without one of ours.

    Sets an environment up when there is none.

    Raises:
        SetupError: there is none and none can be made.
    """
    environment = chosen(root, environ)
    ended_on_its_way = environment.come_up()  # the last start did, perhaps without a word and for a damaged package
    if ended_on_its_way and environment.is_ready(dev) and look([environment.python, "-I"], requirements(root, dev)):
        environment.forget()
    named = bool(environ.get("KATA_VENV"))
    activated = sys.prefix != sys.base_prefix and not environment.is_running
    if (named or not activated) and environment.is_ready(dev):
        return environment
    if not named and not environment.is_running and has_packages(root, dev):
        return None
    if not environment.is_ready(dev):
        from kata.bootstrap.installer import set_up

        set_up(environment, dev)
    return environment


def open_streams() -> None:
    """Make up for a closed standard stream, so that no file opened later takes its number, here or in a program that
    we start. Reading there and writing there fails, as it would if it were closed; only errors go nowhere."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            null = os.open(os.devnull, (os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)[number])
            if null != number:
                os.dup2(null, number)
                os.close(null)
            os.set_inheritable(number, True)
        if getattr(sys, name) is None:
            stream = open(number, "w" if number else "r", closefd=False)  # noqa: SIM115 - it lasts as long as we
            setattr(sys, name, stream)


def _handed_over() -> str:
    """The directory of the environment that this process was handed over to, or nothing.

    Asked once: from then on this interpreter is like any that was started without options, and can be copied.
    """
    from kata import program  # which reads the option that is its own

    sys._xoptions.pop(program.TYPED, None)
    return str(sys._xoptions.pop(HANDED_OVER, ""))


def _hand_over(environment: Environment, arguments: Sequence[str]) -> NoReturn:
    """Become the environment's interpreter: same terminal, same standard input, same exit code.

    Raises:
        SetupError: it cannot be started.
    """
    from kata.program import COMMAND, TYPED

    marks = "-X", f"{HANDED_OVER}={environment.folder}", "-X", f"{TYPED}={COMMAND}"
    script = os.path.join(environment.root, "grader.py")
    command = [environment.python, "-I", *marks, script, *arguments]
    try:
        if os.name != "nt":
            os.execv(command[0], command)
        sys.exit(_wait_for(command))
    except OSError as error:
        raise SetupError(_mended(environment, f"its Python cannot be started, {error.strerror}")) from None


def _wait_for(command: Sequence[str]) -> int:
    """Run ``command`` and give its exit code. Ctrl-C reaches it too: how to end is its decision."""
    import subprocess

    process = subprocess.Popen(command)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def _run(broken: Callable[[], str], environment: Environment | None) -> NoReturn:
    """Run the command line; ``broken`` looks at the packages when something ends it that should not."""
    try:
        from kata.cli import main

        if environment is not None:
            environment.come_up()
        code = main(broken=broken)
    except KeyboardInterrupt:
        _end("\nStopped.", EXIT_INTERRUPTED)
    except Exception as error:
        import traceback

        if "--debug" in sys.argv or os.environ.get("KATA_DEBUG", "") not in ("", "0"):
            traceback.print_exc()
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{os.path.basename(last.filename)}:{last.lineno}"
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        advice = "add --debug to see the traceback, and please report it"
        _end(broken() or f"The grader itself cannot be loaded ({reason}) at {place}; {advice}.")
    sys.exit(code)


def _broken(root: str, dev: bool, environment: Environment | None) -> str:
    """One line about packages that are missing or damaged, which the next start mends; nothing when all are well."""
    found = look(_this_python(), requirements(root, dev))
    if not found:
        return _without_cut_off_files(root)
    if environment is not None:
        return _mended(environment, found)
    if distrust(root, dev):
        from kata.program import COMMAND

        return f"Packages in {sys.prefix} do not work: {found}; to use an environment of its own, type: {COMMAND}"
    from kata.bootstrap.refusals import elsewhere

    return f"Packages in {sys.prefix} do not work: {found}; {elsewhere('name another environment')}"


def _broken_as_installed() -> str:
    from kata.program import ROOT

    found = look(_this_python(), installed_requirements())
    if not found:
        return _without_cut_off_files(str(ROOT))
    again = f"{sys.executable} -m pip install --force-reinstall {DISTRIBUTION}"
    return f"Packages in {sys.prefix} do not work: {found}; to install them again, type: {again}"


def _without_cut_off_files(root: str) -> str:
    """Remove compiled files of the program that Python cannot read; one line when there were any."""
    removed = False
    for folder, _, files in os.walk(os.path.join(root, "kata")):
        for compiled in filter(None, (cut_off(os.path.join(folder, file)) for file in files if file.endswith(".py"))):
            with contextlib.suppress(OSError):
                os.unlink(compiled)
                removed = True
    if not removed:
        return ""
    from kata.program import COMMAND

    return f"Compiled files of the grader were cut off, perhaps by a full disk, and are removed; now type: {COMMAND}"


def _mended(environment: Environment, found: str) -> str:
    """One line about an environment that is damaged, whose stamp is then gone."""
    if environment.forget():
        from kata.program import COMMAND

        return f"{environment.name} is damaged: {found}; to set it up anew, type: {COMMAND}"
    from kata.bootstrap.refusals import elsewhere

    return f"{environment.name} is damaged and cannot be written: {found}; {elsewhere('name a directory that can')}"


def _this_python() -> list[str]:
    """How another process like this one is started: with the same packages in sight, and no scratch file."""
    return [sys.executable, "-I" if sys.flags.isolated else "-P"]


def _end(line: str, code: int = EXIT_FAILED) -> NoReturn:
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except OSError:
        pass  # nobody can read it: the exit code remains
    sys.exit(code)
