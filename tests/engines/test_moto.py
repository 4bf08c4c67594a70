"""moto: packages of this Python, and nothing else in the environment is asked."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from pathlib import Path

import pytest

from runner.engines import Found, Missing, moto


def test_it_is_found_with_its_version() -> None:
    found = moto.find({})
    assert isinstance(found, Found)
    assert importlib.metadata.version("moto").startswith(found.version)
    assert Path(found.path).is_dir()


def test_an_address_in_the_environment_is_not_asked() -> None:
    assert moto.find({"AWS_ENDPOINT_URL": "https://s3.example.org", "AWS_PROFILE": "work"}) == moto.find({})


@pytest.mark.parametrize("module", moto.PACKAGES)
def test_what_is_not_installed_is_missing_with_advice(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = importlib.util.find_spec
    monkeypatch.setattr(moto.importlib.util, "find_spec", lambda name: None if name == module else plain(name))
    missing = moto.find({})
    assert isinstance(missing, Missing)
    assert moto.PACKAGES[module] in missing.reason and "pip install" in missing.advice


def test_an_old_one_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moto.importlib.metadata, "version", lambda name: "5.1.22")
    missing = moto.find({})
    assert isinstance(missing, Missing)
    assert "5.1.22 is older than 5.2" in missing.reason
