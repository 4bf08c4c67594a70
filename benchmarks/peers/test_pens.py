"""The same eight checks with pytest alone: a service started afresh, asked on one client that is kept open."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest


@pytest.fixture(scope="session")
def api():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "app.py"] if Path("app.py").exists() else ["node", "app.mjs"]
    quiet = subprocess.DEVNULL
    service = subprocess.Popen(command, env={**os.environ, "PORT": str(port)}, stdout=quiet, stderr=quiet)
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        assert service.poll() is None
        time.sleep(0.002)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", verify=False, trust_env=False) as client:
        yield client
    service.kill()
    service.wait()


def test_healthy(api):
    reply = api.get("/health")
    assert (reply.status_code, reply.json()) == (200, {"status": "ok"})


def test_empty_at_first(api):
    reply = api.get("/pens")
    assert (reply.status_code, reply.json()) == (200, [])


def test_creates(api):
    reply = api.post("/pens", json={"colour": "red"})
    assert (reply.status_code, reply.json()) == (201, {"id": 1, "colour": "red"})


def test_reads(api):
    reply = api.get("/pens/1")
    assert (reply.status_code, reply.json()) == (200, {"id": 1, "colour": "red"})


def test_lists(api):
    assert api.post("/pens", json={"colour": "blue"}).status_code == 201
    assert api.get("/pens").json() == [{"id": 1, "colour": "red"}, {"id": 2, "colour": "blue"}]


def test_filters(api):
    assert api.get("/pens", params={"colour": "blue"}).json() == [{"id": 2, "colour": "blue"}]


def test_refuses(api):
    assert api.post("/pens", json={}).status_code == 400


def test_unknown(api):
    reply = api.get("/pens/99")
    assert (reply.status_code, reply.json()) == (404, {"error": "no such pen"})
