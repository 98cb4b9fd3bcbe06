"""The time of records."""

from datetime import UTC, datetime
from time import perf_counter

from transcripts.log.record import Time


class Clock:
    """Stamps the records of one run; `elapsed` counts from its making."""

    def __init__(self) -> None:
        self._began = perf_counter()

    def now(self, took: float | None = None) -> Time:
        """The present, to the microsecond."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return Time(at=at, elapsed=round(perf_counter() - self._began, 6), took=took)
