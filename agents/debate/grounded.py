"""How what was said is grounded."""

from collections import Counter
from collections.abc import Iterable, Iterator

from agents.argument.model import Ground, Speech
from agents.debate.document import Grounding


def grounding(speeches: Iterable[Speech]) -> Grounding:
    """How the grounds of all that was said fared; grounds that are other arguments are not counted."""
    counts = Counter(ground.status for ground in grounds_of(speeches) if ground.kind != "argument")
    return Grounding(**{str(status): count for status, count in counts.items()})


def grounds_of(speeches: Iterable[Speech]) -> Iterator[Ground]:
    """Every ground of an argument, or of an answer to the chair."""
    for speech in speeches:
        for argument in speech.arguments:
            yield from argument.grounds
        yield from speech.grounds
