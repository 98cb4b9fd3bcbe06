"""Where a screen asks to be led: messages that the app answers, so that no screen needs to know another."""

from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from agents.article.model import Article
    from tui.convene import Convened
    from tui.present.grounds import Citation
    from tui.state import DebateState


class OpenTranscript(Message):
    """Show the debate of a transcript; the app reads it in a worker."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path


class OpenStrategy(Message):
    """Show the strategy of a transcript with its sources; the app reads it in a worker."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path


class OpenEvidence(Message):
    """Show an article at some of its spans, highlighted."""

    def __init__(self, article: "Article", spans: tuple[str, ...]) -> None:
        super().__init__()
        self.article = article
        self.spans = spans


class OpenGrounds(Message):
    """Show an article at what somebody cites."""

    def __init__(self, article: "Article", citations: "tuple[Citation, ...]") -> None:
        super().__init__()
        self.article = article
        self.citations = citations


class OpenWhatIf(Message):
    """Try other weights, arguments, roles and rules on what was said; `path` is where it can be forked from."""

    def __init__(self, state: "DebateState", path: Path | None) -> None:
        super().__init__()
        self.state = state
        self.path = path


class OpenComparison(Message):
    """Show two transcripts side by side."""

    def __init__(self, first: Path, second: Path) -> None:
        super().__init__()
        self.first = first
        self.second = second


class NewSession(Message):
    """Let the person prepare a debate."""


class DebateBrief(Message):
    """Debate the bundled brief with the settings as they are."""


class Begin(Message):
    """Hold a debate that was convened, live."""

    def __init__(self, convened: "Convened") -> None:
        super().__init__()
        self.convened = convened
