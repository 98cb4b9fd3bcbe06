"""The two lines that tell what is going on: what is debated, and who speaks, what waits and what it cost."""

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tui.app.interface import say
from tui.present.minutes import who
from tui.present.speech import retry_lines
from tui.present.words import number, styled
from tui.sitting import Sitting


def title(sitting: Sitting) -> Text:
    """The title of the article, or why the debate has stopped."""
    state = sitting.state
    if state.stopped:
        why = " ".join(str(state.stopped).split())
        return styled((say("Stopped: {why}", why=why), "bold red"))
    return styled(("Jemaa", "bold"), (" · ", "dim"), " ".join(state.title.split()))


def standing(sitting: Sitting) -> Text:
    """Playing or held, at which speed, and what is happening at this moment."""
    state, playback = sitting.state, sitting.playback
    if state.retries:
        more = f" (+{len(state.retries) - 1})" if len(state.retries) > 1 else ""
        return styled((f"↻ {retry_lines(state)[0]}{more}", "yellow"))
    if sitting.live:
        sign, word = ("⏸", say("paused")) if sitting.paused else ("▶", say("live"))
    elif not playback.over:
        sign, word = ("⏸", say("paused")) if sitting.paused else ("▶", say("playing"))
    else:
        sign, word = "■", say("finished") if state.finished else say("interrupted")
    speed = f" ×{playback.speed:g}" if playback.paced and not playback.over and playback.speed != 1 else ""
    line = styled((f"{sign} {word}{speed}", "bold"))
    if sitting.pending:
        line.append_text(styled((f" · {say('{n} of yours waiting', n=len(sitting.pending))}", "cyan")))
    under_way = {**state.speaking, **state.writing}
    if under_way:
        address, *others = under_way
        more = f" (+{len(others)})" if others else ""
        line.append_text(styled(" · ", f"{address.split('/')[0]} ", who(address, state), more))
    if state.spent.failed:
        line.append_text(styled((f" · ✗ {say('{n} turns lost', n=state.spent.failed)}", "red")))
    return line


def usage(sitting: Sitting) -> Text:
    """Turns taken, calls, tokens, money and time."""
    state, spent = sitting.state, sitting.state.spent
    parts = [say("{n}/{of} turns", n=spent.turns, of=max(spent.turns, state.expected))]
    if spent.calls:
        parts.append(say("{n} calls", n=spent.calls))
        parts.append(say("{n} tokens", n=_short(spent.input_tokens + spent.output_tokens)))
        parts.append(f"${number(spent.cost, state)}" if spent.priced else say("price unknown"))
    if spent.retries:
        parts.append(say("{n} retries", n=spent.retries))
    parts.append(clock(sitting.seconds))
    return styled((" · ".join(parts), "dim"))


def both_ends(left: Text, right: Text) -> RenderableType:
    """One line: what stands at the left is cut where it meets what stands at the right."""
    line = Table.grid(expand=True, padding=(0, 1, 0, 0), pad_edge=False)
    line.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    line.add_column(no_wrap=True, justify="right")
    line.add_row(left, right)
    return line


def clock(seconds: float) -> str:
    """Minutes and seconds, with hours when there are any; tenths under ten seconds."""
    if 0 < seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _short(count: int) -> str:
    return str(count) if count < 10_000 else f"{count / 1000:.0f}k"
