"""The recommendations at the left: how far each is, and what was decided."""

from rich.text import Text
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.app.widgets.choices import Choices
from tui.present.words import GLYPH, MARK, decision, styled
from tui.state import DebateState


class Agenda(Choices):
    """Posts `Chosen` when another recommendation is under the cursor."""

    class Chosen(Message):
        """The recommendation whose debate should be shown."""

        def __init__(self, recommendation: str) -> None:
            super().__init__()
            self.recommendation = recommendation

    def update(self, state: DebateState) -> None:
        """Show the state; the cursor stays where it is."""
        prompts = {name: item(name, state) for name in state.recommendations}
        if self.option_count != len(prompts):
            self.clear_options()
            self.add_options(Option(prompt, id=name) for name, prompt in prompts.items())
            self.highlighted = 0
            return
        for name, prompt in prompts.items():
            self.replace_option_prompt(name, prompt)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say which recommendation the cursor has come to."""
        event.stop()
        if event.option_id is not None:
            self.post_message(self.Chosen(event.option_id))


def item(recommendation: str, state: DebateState) -> Text:
    """Three lines: id and progress, what was decided or how the roles stand, the first words of its text."""
    marks = [MARK[state.progress(recommendation, round_)] for round_ in range(1, state.ruling_round + 1)]
    ruling = state.ruling(recommendation)
    if ruling:
        outcome = decision(ruling.decision, state)
    else:
        held = [state.stance(recommendation, role) for role in state.roles]
        outcome = styled(" ".join(GLYPH[stance] if stance else " " for stance in held))
    first_words = styled((state.recommendations[recommendation].split("\n")[0], "dim"))
    return styled((f"{recommendation}  ", "bold"), *marks, "\n", outcome, "\n", first_words)
