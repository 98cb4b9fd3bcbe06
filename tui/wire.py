"""What a backend tells while it works, on its way to whoever shows it."""

import sys
from functools import partial

from agents.backends.chat.limits import Allowance
from agents.backends.open import open_backend
from agents.backends.watch import Waiting, Watch, Writing
from transcripts.log.session import OpenBackend
from tui.logfile import log_wait
from tui.settings import Settings
from tui.spend import limits_of


class Wire:
    """Carries what a backend tells to a listener who is found only after the backend was made."""

    def __init__(self) -> None:
        self.listener: Watch | None = None
        self._allowance: Allowance | None = None

    def __call__(self, told: Writing | Waiting) -> None:
        """Pass it on, if anybody listens."""
        if isinstance(told, Waiting):
            log_wait(told)
        if self.listener is not None:
            self.listener(told)

    def backend(self, chosen: Settings, *, watched: bool) -> OpenBackend:
        """How backends are opened; replies are streamed, which costs time, only if somebody can see it.

        What one backend has spent is spent for the others on the same wire.

        Raises InputError for a budget that cannot be read.
        """
        self._allowance = self._allowance or Allowance(limits_of(chosen))
        return partial(
            open_backend,
            watch=self,
            streamed=watched or sys.stderr.isatty(),
            limits=self._allowance,
            cache_first=chosen.cache_first,
        )
