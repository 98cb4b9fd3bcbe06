"""What can go wrong, as one small tree.

JemaaError
├── InputError          the person must change something (exit code 2)
│   ├── ArticleError    an article that cannot be read
│   ├── CharterError    a charter that does not hold
│   ├── KnowledgeError  a knowledge file that does not hold
│   └── SuiteError      a suite of regression runs that does not hold
├── TranscriptError     a transcript that cannot be read, written or continued
│   ├── StorageError    a disk that takes no more (exit code 3, resumable)
│   ├── BeingWritten    a transcript that another process is writing
│   └── TapeMismatch    a recorded turn that is missing or answers another request
├── ChairStop           the chair ended the debate early (exit code 3, resumable)
├── ClusterError        a cluster that is not there, or no longer (exit code 3, resumable)
└── ProviderError       a model or its server failed for good (exit code 3, resumable)
"""


class JemaaError(Exception):
    """Base of all errors that are shown to people without a traceback.

    `message` says what was wrong and with which value; `hint`, when given, says which values would do
    and what to do next.
    """

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message if hint is None else f"{message}\n{hint}")
        self.message = message
        self.hint = hint


class InputError(JemaaError):
    """The person who ran the command must change something."""


class ArticleError(InputError):
    """An article that cannot be found, opened, decoded or understood."""


class CharterError(InputError):
    """A role charter that cannot be read or does not hold."""


class KnowledgeError(InputError):
    """A knowledge file that cannot be read or does not hold."""


class SuiteError(InputError):
    """A suite of regression runs that cannot be read or does not hold."""


class TranscriptError(JemaaError):
    """A transcript that cannot be read, written or continued."""


class StorageError(TranscriptError):
    """The disk is full or fails; every reply that was used is on it, and the debate can be resumed."""


class BeingWritten(TranscriptError):
    """Another process writes the transcript at this moment."""


class TapeMismatch(TranscriptError):
    """A recorded turn is missing, or was the answer to another request.

    `address` names the first such turn or record; `differences` are, for each part of the request that
    differs, its name, the recorded text and the requested one.
    """

    def __init__(
        self,
        message: str,
        hint: str | None = None,
        *,
        address: str,
        differences: tuple[tuple[str, str, str], ...] = (),
    ) -> None:
        super().__init__(message, hint)
        self.address = address
        self.differences = differences


class ClusterError(JemaaError):
    """A cluster that is not there, or no longer; what is missing of a sweep can be held by the same command."""


class ProviderError(JemaaError):
    """A model or its server failed for good; the debate can be resumed."""


class ChairStop(JemaaError):
    """The chair has stopped the debate; it can be resumed."""
