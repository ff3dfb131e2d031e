"""The user's settings of pip, as far as a set-up may follow them: from where packages come and how to get there.

All others are left out. Some (``target``, ``prefix``, ``root``, ``dry-run``, ``python``) send the packages elsewhere,
some (``no-deps``, ``require-hashes``, ``no-binary``) ask for others; pip knows more of them with each version.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Mapping

FOLLOWED = frozenset(
    {
        "cache-dir",
        "cert",
        "client-cert",
        "default-timeout",
        "extra-index-url",
        "find-links",
        "index-url",
        "keyring-provider",
        "no-cache-dir",
        "no-index",
        "proxy",
        "pypi-url",
        "timeout",
        "trusted-host",
        "use-deprecated",
        "use-feature",
    }
)

SECTIONS = ("global", "install", ":env:")
"""Where settings stand; the later overrides the earlier, as in pip."""


def to_list(python: str, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment in which ``pip config list`` prints all settings, whatever they say about printing."""
    return {**environ, "PIP_QUIET": "0", "PIP_VERBOSE": "0", "PIP_LOG": os.devnull, "PIP_PYTHON": python}


def to_install(listed: str, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for ``pip install``: the settings that are followed, and no others.

    Args:
        listed: what ``pip config list`` printed, such as ``global.index-url='https://mirror.example/simple'``.
        environ: the environment that pip would see otherwise.
    """
    chosen: dict[str, str] = {}
    for section in SECTIONS:
        for line in listed.splitlines():
            name, _, value = line.partition("=")
            key = name.removeprefix(f"{section}.")
            if key != name and key in FOLLOWED:
                chosen[f"PIP_{key.upper().replace('-', '_')}"] = _text(value)
    others = {key: value for key, value in environ.items() if not key.upper().startswith("PIP_")}
    return {**others, **chosen, "PIP_CONFIG_FILE": os.devnull}


def _text(value: str) -> str:
    try:
        return str(ast.literal_eval(value))
    except (ValueError, SyntaxError):
        return value
