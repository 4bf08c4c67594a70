"""The fixture `azure`: a storage account of the run's own on Azurite, which other runs use at the same time.

Who has which of its accounts is told by locks on files, one for each, beside the server's socket. The kernel lets go of
a lock when the run that holds it ends, however that is; what a killed run left is removed by the next that has the
account.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import random
from pathlib import Path

import httpx
from azure.core.exceptions import AzureError
from azure.storage.blob import BlobServiceClient

from runner.kit.context import Context
from runner.kit.learner import Handle
from runner.kit.outcomes import EngineFailed, NotYet
from runner.kit.part import Part
from runner.kit.proxy import Proxy

MOST_SHOWN = 300
"""Characters of a URL that a message shows."""

ANSWER_LIMIT = 10.0
"""Seconds that Azurite has for an answer."""


class Azure(Part):
    """One run's storage account, empty at first."""

    def __init__(self, context: Context) -> None:
        self._context = context
        address = context.servers["azurite"]
        self._folder = Path(address["socket"])
        self._keys = dict(each.split(":", 1) for each in address["accounts"].split(";"))
        self._proxy = Proxy(context, str(self._folder / address["name"]))
        self._http = httpx.Client(verify=False, trust_env=False, timeout=ANSWER_LIMIT)
        self._lock = -1
        self.account = self.key = ""
        self._service: BlobServiceClient | None = None

    def prepare(self) -> None:
        """Take an account, and remove what is in it.

        Raises:
            EngineFailed: all are taken, or Azurite does not answer.
        """
        self.account = self._taken()
        self.key = self._keys[self.account]
        try:
            self._service = BlobServiceClient.from_connection_string(
                self.connection_string,
                retry_total=0,
                connection_timeout=ANSWER_LIMIT,
                read_timeout=ANSWER_LIMIT,
                use_env_settings=False,  # a proxy of the person's
            )
            self._empty()
            self._context.ahead.append(self.handle().asked)
        except AzureError as error:
            raise EngineFailed(expected="an answer of Azurite", got=str(error)) from None

    @property
    def service(self) -> BlobServiceClient:
        """The account, for the check's own use, as azure-storage-blob has it."""
        assert self._service
        return self._service

    @property
    def url(self) -> str:
        """The address of the account, which a URL of a container or blob begins with."""
        return f"http://127.0.0.1:{self._proxy.port}/{self.account}"

    @property
    def connection_string(self) -> str:
        """What the learner's program needs to reach the account, with its key."""
        parts = {
            "DefaultEndpointsProtocol": "http",
            "AccountName": self.account,
            "AccountKey": self.key,
            "BlobEndpoint": self.url,
        }
        return ";".join(f"{name}={value}" for name, value in parts.items()) + ";"

    def handle(self) -> Handle:
        """The connection string as an argument of `learner.call`; the learner's child loads the client ahead."""
        return Handle("azure", {"text": self.connection_string}, "connection_string")

    def anonymous(self, method: str, url: str, **options: object) -> httpx.Response:
        """Ask with nothing but URL, which may be one that the learner's program made.

        Args:
            options: httpx's: `content`, `headers`.

        Raises:
            NotYet: URL leads elsewhere than to the account.
        """
        if not url.startswith(f"{self.url}/"):
            raise NotYet(expected=f"a URL that begins with {self.url}/", got=short(url))
        try:
            return self._http.request(method, url, **options)  # type: ignore[arg-type]
        except (httpx.InvalidURL, ValueError) as error:
            raise NotYet(expected="a URL", got=f"{short(url)}: {error}") from None
        except httpx.HTTPError as error:
            raise EngineFailed(expected="an answer of Azurite", got=str(error)) from None

    def close(self) -> None:
        """Remove what is in the account, and give it up."""
        if self._service:
            with contextlib.suppress(AzureError):
                self._empty()
            self._service.close()
        self._http.close()
        self._proxy.close()
        if self._lock >= 0:
            os.close(self._lock)

    def _taken(self) -> str:
        """The name of an account that no other run has."""
        for name in random.sample(list(self._keys), len(self._keys)):
            lock = os.open(self._folder / name, os.O_RDONLY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(lock)
                continue
            self._lock = lock
            return name
        raise EngineFailed(expected="an account of Azurite that no run has", got=f"all {len(self._keys)} are taken")

    def _empty(self) -> None:
        for each in list(self.service.list_containers()):
            self.service.delete_container(each.name)


def short(url: str) -> str:
    """URL for a message, its end left out where it is long."""
    text = ascii(url)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]} … ({len(url)} characters)"
