"""Calling an assembly: from what a person asked for to a session that is ready to be held."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from agents.argument.rules import rule_named
from agents.article.model import Article
from agents.article.read import bundled_brief, pick, read_with_source, with_recommendations
from agents.backends.open import fitted
from agents.debate.plan import DebatePlan, debate_language
from agents.errors import InputError
from agents.roles.load import choose, load_charters
from transcripts.export.markdown import strategy_markdown
from transcripts.log.session import Session, start
from transcripts.log.tape import Taken
from tui.extract import remarks as search_remarks
from tui.extract import search
from tui.settings import Settings
from tui.wire import Wire


class Convened(NamedTuple):
    """A session, not held yet, the wire to listen on, and what the person should know before."""

    session: Session
    wire: Wire
    remark: str | None


def convene(
    chosen: Settings,
    article: str | None,
    only: Sequence[str] | None = None,
    added: Sequence[str] = (),
    *,
    watched: bool = False,
    agree: Callable[[DebatePlan], None] | None = None,
) -> Convened:
    """A new debate on `article` (default: the bundled brief), its transcript begun.

    `agree` is asked before, with the plan. Raises InputError for whatever does not hold, and what `agree`
    raises, before anything is written.
    """
    found, source = (bundled_brief(), None) if article is None else read_with_source(article)
    read = with_recommendations(found, added)
    wire, searched, remarks = Wire(), None, []
    if chosen.extract == "model":
        plan, _ = planned(chosen, read)
        searched = search(plan, wire.backend(chosen, watched=watched), agree)
        remarks = search_remarks(read, searched)
        read = searched.article
    if only is not None:
        read = pick(read, only)
    if not read.recommendations:
        raise InputError(
            f"{read.source or 'The article'} recommends nothing that could be debated.",
            'Add a recommendation with --recommendation "…". What was understood: '
            f"jemaa article {article or ''}".strip(),
        )
    plan, remark = planned(chosen, read)
    if agree is not None:
        agree(plan)
    if searched is not None:
        plan = plan.model_copy(update={"extraction": searched.extraction})
    taken = () if searched is None else searched.taken
    said = "\n".join([*remarks, *([remark] if remark else [])])
    return begun(chosen, plan, said or None, source, watched=watched, wire=wire, taken=taken)


def planned(chosen: Settings, read: Article) -> tuple[DebatePlan, str | None]:
    """The debate on all recommendations of an article, and what the person should know of its language.

    Raises InputError for whatever does not hold.
    """
    rule_named(chosen.rule)
    known = load_charters(chosen.charters)
    charters = choose(known, list(known) if chosen.roles is None else chosen.roles)
    language, remark = debate_language(read, chosen.language)
    plan = fitted(
        DebatePlan(
            article=read,
            recommendations=read.recommendations,
            charters=charters,
            language=language,
            rounds=chosen.rounds,
            rule=chosen.rule,
            model=chosen.model,
            role_models=chosen.role_models,
            fallbacks=chosen.fallbacks,
            context=chosen.context,
        )
    )
    return plan, remark


def begun(
    chosen: Settings,
    plan: DebatePlan,
    remark: str | None,
    source: bytes | None,
    *,
    watched: bool,
    wire: Wire | None = None,
    taken: Sequence[Taken] = (),
) -> Convened:
    """A session for a plan, its transcript begun; `source` are the bytes that the article was read from.

    `taken` are turns that the plan follows from, `wire` the one that they were taken on. Raises InputError
    when a model cannot be used or the transcript cannot be written.
    """
    wire = wire or Wire()
    session = start(
        plan,
        wire.backend(chosen, watched=watched),
        chosen.transcripts,
        source=source,
        document=strategy_markdown,
        taken=taken,
    )
    return Convened(session, wire, remark)
