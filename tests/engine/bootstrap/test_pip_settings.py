"""Settings of pip: those are followed that say where packages are, the others cannot spoil a set-up."""

from __future__ import annotations

import os

import pytest

from kata.bootstrap.pip_settings import to_install


def test_mirrors_and_proxies_are_followed() -> None:
    listed = "global.index-url='https://mirror.example/simple'\nglobal.extra-index-url='\\na\\nb'\n:env:.proxy='p:1'\n"
    assert to_install(listed, {"HOME": "/h"}) == {
        "HOME": "/h",
        "PIP_INDEX_URL": "https://mirror.example/simple",
        "PIP_EXTRA_INDEX_URL": "\na\nb",
        "PIP_PROXY": "p:1",
        "PIP_CONFIG_FILE": os.devnull,
    }


def test_the_environment_goes_before_the_command_and_that_before_the_rest() -> None:
    listed = "install.cert='second'\nglobal.cert='first'\n:env:.timeout='3'\nglobal.timeout='1'\ninstall.timeout='2'\n"
    chosen = to_install(listed, {})
    assert (chosen["PIP_CERT"], chosen["PIP_TIMEOUT"]) == ("second", "3")


@pytest.mark.parametrize(
    "key", ["target", "prefix", "root", "user", "no-deps", "dry-run", "python", "require-hashes", "not-known-yet"]
)
def test_what_sends_packages_elsewhere_or_asks_for_others_is_left_out(key: str) -> None:
    variable = f"PIP_{key.upper().replace('-', '_')}"
    listed = f"global.{key}='1'\ninstall.{key}='1'\n:env:.{key}='1'\ndownload.cert='other'\n"
    assert to_install(listed, {variable: "1", "pip_target": "x"}) == {"PIP_CONFIG_FILE": os.devnull}


def test_what_is_printed_beside_the_settings_is_no_setting() -> None:
    assert to_install("WARNING: the cache is disabled\n\nglobal.cert=odd'", {})["PIP_CERT"] == "odd'"
