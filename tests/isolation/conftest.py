"""The command `learn`, as the tests of the command line have it."""

from tests.cli.conftest import learn

__all__ = ["learn"]
