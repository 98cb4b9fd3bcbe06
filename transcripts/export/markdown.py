"""The strategy as a Markdown document that can be read, printed and passed on."""

from collections.abc import Callable, Sequence

from agents.debate.document import Strategy
from agents.debate.event import Ruled
from agents.debate.plan import DebatePlan
from transcripts.export.annexes import annexes
from transcripts.export.delivery import cross_cutting, governance, minority, sequence
from transcripts.export.front import diagnosis, mandate, summary, vision
from transcripts.export.material import Block, Material, in_order
from transcripts.export.measures import measures

SECTIONS: tuple[tuple[str, Callable[[Material], list[Block]]], ...] = (
    ("mandate", mandate),
    ("summary", summary),
    ("diagnosis", diagnosis),
    ("vision", vision),
    ("measures", measures),
    ("cross_cutting", cross_cutting),
    ("sequence", sequence),
    ("governance", governance),
    ("minority", minority),
    ("annexes", annexes),
)
"""The ten sections of a strategy, by the name of their heading."""


def strategy_markdown(plan: DebatePlan, strategy: Strategy, heard: Sequence[Ruled]) -> str:
    """The document of a finished debate, in the language that it was held in.

    `heard` are the rulings with their speeches, in the plan's order. Text of the article and of models is
    escaped: it shows as it is and cannot become markup. The same debate gives the same document.
    """
    of = Material(plan, strategy, heard)
    blocks = [
        f"# {of.prose(strategy.title)}",
        f"*{of.prose(of.labels('subtitle', title=strategy.article_title))}*",
    ]
    for number, (name, make) in enumerate(SECTIONS, 1):
        blocks += [f"## {number}. {of.labels(name)}", *make(of)]
    if plan.language == "ar":
        blocks = ['<div dir="rtl">', *blocks, "</div>"]
    blocks.append("\n".join(f"[{name}]: #{name.lower()}" for name in in_order(of.anchors)))
    return "\n\n".join(block for block in blocks if block) + "\n"
