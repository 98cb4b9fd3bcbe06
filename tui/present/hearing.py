"""One recommendation from its first word to its ruling."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from tui.present.ruling import computation, headline, holdings
from tui.present.speech import speech_text, unfinished
from tui.present.words import styled, words
from tui.state import DebateState


def hearing(recommendation: str, state: DebateState) -> RenderableType:
    """All that was said on it, and the decision."""
    return Group(
        Padding(speeches(recommendation, state), (0, 0, 1, 0)),
        Padding(ruling(recommendation, state), (0, 0, 2, 0)),
    )


def speeches(recommendation: str, state: DebateState) -> Text:
    """The recommendation in its own words and everything that was said on it."""
    head = styled((f"{recommendation}  ", "bold"), (state.recommendations.get(recommendation, ""), "italic"))
    said = [speech_text(speech, state) for speech in state.speeches.get(recommendation, [])]
    said += unfinished(recommendation, state)
    return Text("\n\n").join([head, *(said or [styled((words(state)("silent"), "dim"))])])


def ruling(recommendation: str, state: DebateState) -> RenderableType:
    """The decision with the moderator's reasons, who holds what, and how it was computed."""
    found = state.ruling(recommendation)
    if found is None:
        return styled((words(state)("not_ruled"), "dim"))
    reasons = state.ruled[recommendation].reasons if recommendation in state.ruled else ()
    return Group(
        headline(found, state),
        *(styled(reason.text, (f" [{', '.join(reason.rests_on)}]", "dim")) for reason in reasons),
        Padding(holdings(found, state), (1, 0)),
        computation(found, state),
    )
