"""How plainly a sentence proposes."""

from enum import IntEnum


class Force(IntEnum):
    """How plainly a sentence proposes."""

    NONE = 0
    WEAK = 1
    """A norm without addressee: a proposal only where proposals are announced."""
    NORM = 2
    """A norm laid on a decision-maker, or set by impersonal words."""
    PROPOSED = 3
    """Somebody says in so many words that it is proposed."""
    BEYOND = 4
    """More than any sentence has."""
