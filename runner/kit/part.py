"""What stands behind a fixture that is made ahead of the checks, for one run."""

from __future__ import annotations


class Part:
    """What happens to it in the course of a run; what does not concern a part, it leaves as it is here."""

    @property
    def environment(self) -> dict[str, str]:
        """Names that the learner's services and programs get in their environment, to find it by."""
        return {}

    def prepare(self) -> None:
        """Ahead of the save: reach, start and load what the checks will need.

        Raises:
            EngineFailed: a server does not answer; told by the checks that use it.
        """

    def renew(self, seed: str) -> None:
        """At the beginning of a check; what is drawn is drawn from SEED."""

    def tidy(self) -> None:
        """At the end of a check: as it was at its beginning."""

    def record(self) -> None:
        """At the end of the run: keep what the learner's code printed, if that is not kept as it comes."""

    def close(self) -> None:
        """After the run: end what was started, remove what was made."""
