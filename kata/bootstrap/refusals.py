"""Why an environment could not be set up: one line for each case, which says what to do next."""

from __future__ import annotations

import errno
import os
import re

from kata.bootstrap.environment import Environment

NO_NETWORK = re.compile(
    r"name resolution|name or service not known|nodename nor servname|getaddrinfo failed|dns error"
    r"|NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|connection (refused|broken|reset|aborted)"
    r"|network is unreachable|no route to host|error sending request|failed to fetch",
    re.IGNORECASE,
)
NO_SSL = re.compile(r"ssl module .{0,20}not available", re.IGNORECASE)
NO_TRUST = re.compile(r"certificate_?verify_?failed|invalid peer certificate", re.IGNORECASE)
NO_SPACE = re.compile(r"no space left|not enough space|disk quota exceeded", re.IGNORECASE)
NO_PERMISSION = re.compile(r"permission denied|read-only file system|access is denied", re.IGNORECASE)


def of_a_program(environment: Environment, failed: str, output: str) -> str:
    """One line about a program that failed, from what it printed, all of which is kept in ``setup.log``.

    Args:
        environment: the one that was to be set up.
        failed: what could not be done, as the beginning of a sentence.
        output: what the program printed.
    """
    log = os.path.join(environment.folder, "setup.log")
    try:
        with open(log, "w", encoding="utf-8") as file:
            file.write(output)
        kept = f" (the whole output is in {log})"
    except OSError:
        kept = ""
    if NO_SPACE.search(output):
        return _disk_full(environment)
    if NO_SSL.search(output):
        return f"{failed}: this Python was built without ssl and can fetch nothing; start with another one."
    if NO_TRUST.search(output):
        return (
            f"{failed}: the certificate of the package index is not trusted here, where a proxy may stand between"
            f"{kept}; name the file with its authority as PIP_CERT, then start again."
        )
    if NO_NETWORK.search(output):
        return f"{failed}: the package index cannot be reached{kept}; check the network, then start again."
    if NO_PERMISSION.search(output) and not os.access(environment.folder, os.W_OK):
        return not_writable(environment)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    reason = (errors or lines or ["no reason given"])[-1]
    return f"{failed} ({reason}); mend that{kept}, then start again."


def of_the_system(environment: Environment, error: OSError) -> str:
    """One line about a directory that cannot be made, locked or written."""
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return not_writable(environment)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _disk_full(environment)
    return f"{environment.name} could not be set up ({error}); mend that, then start again."


def holds_other_things(environment: Environment, what: str) -> str:
    """One line about a directory that is somebody else's: nothing in it is touched, nor shall the user remove it."""
    return f"{environment.name} {what}, so it is left as it is; {elsewhere('name a new or an empty directory')}"


def not_writable(environment: Environment) -> str:
    """One line about a directory that belongs to somebody else, or lies on a disk that is read only."""
    return f"{environment.folder} cannot be written; {elsewhere('name a directory that can')}"


def elsewhere(what: str) -> str:
    """The end of a line that sends the user to another directory."""
    from kata.program import COMMAND

    return f"{what} with KATA_VENV, for example: KATA_VENV=~/kata-venv {COMMAND}"


def _disk_full(environment: Environment) -> str:
    return (
        f"The disk is full, that of {environment.folder} (it needs about 200 MB) or that of temporary files "
        "(TMPDIR names their directory); make room, then start again."
    )
