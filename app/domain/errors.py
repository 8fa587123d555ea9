"""The errors of Doorstep, one tree, ordered by what the person can do.

    Refused                      expected; shown as a sentence, never a traceback
    ├─ RuleBroken                fix the wish           "Stop 14 was delivered at 10:42"
    ├─ NotFound                  look again
    ├─ Conflict                  somebody was faster: reload
    ├─ Denied                    not yours to see or do
    ├─ Cancelled                 the person stopped it; nothing was changed
    ├─ SetupMissing              something of the installation is not there: run the set-up
    └─ Malformed                 fix the input          "row 17, column Lat: not a number"
    Outside                      the world failed; carries `retry_after | None`
    ├─ Unavailable ├─ Throttled ├─ CredentialsRefused ├─ Rejected └─ BadAnswer
    anything else                a bug: crash dialog, log, offer to copy a redacted report

Each carries a `Sentence`; the catalogue makes the words in the reader's language.
"""

from app.domain.sentences import Fact, Sentence


class Refused(Exception):
    """An expected refusal, said to the person as one sentence."""

    def __init__(self, key: str, **facts: Fact) -> None:
        super().__init__(key, facts)
        self.sentence = Sentence.of(key, **facts)

    def __str__(self) -> str:
        return str(self.sentence)


class RuleBroken(Refused):
    """The wish contradicts a fact or a rule that cannot bend."""


class NotFound(Refused):
    """A thing that was named does not exist."""


class Conflict(Refused):
    """The thing was changed by somebody else since it was read."""


class Denied(Refused):
    """The asker may not see or do this."""


class Cancelled(Refused):
    """The person stopped the work; nothing of it is kept."""

    def __init__(self, key: str = "general.cancelled", **facts: Fact) -> None:
        super().__init__(key, **facts)


class SetupMissing(Refused):
    """A part of the installation is missing; the sentence says what to run."""


class Malformed(Refused):
    """Input from outside cannot be understood; the sentence says where, why and how to mend it."""


class Outside(Exception):
    """Something outside the house failed; `retry_after` in seconds where trying again may help."""

    def __init__(self, key: str, *, retry_after: float | None = None, **facts: Fact) -> None:
        super().__init__(key, facts)
        self.sentence = Sentence.of(key, **facts)
        self.retry_after = retry_after

    def __str__(self) -> str:
        return str(self.sentence)


class Unavailable(Outside):
    """Time-out, broken connection, a child process that died: again later."""


class Throttled(Outside):
    """Too many requests; `retry_after` says when."""


class CredentialsRefused(Outside):
    """The other side does not know us: ask the person."""


class Rejected(Outside):
    """The other side refuses this input; its words are kept in the facts."""


class BadAnswer(Outside):
    """The other side answered what its contract does not allow."""
