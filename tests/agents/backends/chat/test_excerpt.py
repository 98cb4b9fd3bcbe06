"""What is shown of an article that is too long."""

from hypothesis import given
from hypothesis import strategies as st

from agents.article.model import Article, Section
from agents.backends.chat.backend import ChatBackend
from agents.backends.chat.excerpt import Excerpt, excerpt, room
from agents.debate.plan import DebatePlan
from tests.agents.backends.chat.conftest import SENTENCES, article, charter, opening_request, plan_of

FILLER = tuple(
    f"Paragraph {n} tells of the harbour master's {n} cats and of nothing else." for n in range(300)
)
LONG = article(sentences=SENTENCES + FILLER + ("Electric ones need a new line to the grid.",) + FILLER)
NEEDED = next(span.id for span in LONG.spans if "new line to the grid" in span.text)


def chosen(plan: DebatePlan) -> Excerpt:
    return excerpt(plan, room(plan).article)


def _with_headings(read: Article) -> Article:
    starts = [span.start for span in read.spans[::50]]
    sections = tuple(Section(title="t", level=1, start=start, end=start + 1) for start in starts)
    return read.model_copy(update={"sections": sections})


class TestExcerpt:
    def test_a_short_article_is_shown_whole(self) -> None:
        """Nothing is left out of an article that has room."""
        shown = chosen(plan_of(article()))

        assert shown.whole
        assert ("S1", "S2", "S3", "S4") == shown.shown("R1")

    def test_a_long_one_shows_what_bears_on_the_proposal(self) -> None:
        """A sentence in the middle of a long text is shown to those who debate its subject, and only to them."""
        shown = chosen(plan_of(_with_headings(LONG), context=8000))

        assert not shown.whole
        assert NEEDED in shown.shown("R1")
        assert NEEDED not in shown.shown("R2")
        assert "S3" in shown.shown("R1")
        assert {LONG.spans[n].id for n in range(0, len(LONG.spans), 50)} <= set(shown.shown("all"))

    @given(st.integers(min_value=2_000, max_value=40_000), st.booleans())
    def test_the_choice_has_room_and_is_reproducible(self, context: int, headed: bool) -> None:
        """Whatever the room, the choice stays within it, in the article's order, and is always the same."""
        plan = plan_of(_with_headings(LONG) if headed else LONG, context=context)
        text = {span.id: span.text for span in LONG.spans}

        for name in ("R1", "R2", "all"):
            shown = chosen(plan).shown(name)
            assert sum(len(text[span]) for span in shown) <= room(plan).article
            assert sorted(shown, key=lambda span: int(span[1:])) == list(shown)
        assert chosen(plan) == chosen(plan)

    def test_the_prompt_says_what_is_left_out(self) -> None:
        """What is not shown is counted in the prompt, and cannot be cited."""
        plan = plan_of(LONG, context=8000)
        prompt = ChatBackend(plan).render(opening_request(plan=plan))

        left_out = len(LONG.spans) - len(chosen(plan).outline)
        assert f"{left_out} more sentences are left out" in "".join(prompt.parts)
        assert {*chosen(plan).shown("R1"), "F-finance-1", "F-energy-1"} == set(
            prompt.schema["$defs"]["sources"]["enum"]
        )


class TestRoom:
    def test_facts_give_way_to_the_article(self) -> None:
        """A small context keeps a part for the article: roles then show their first facts only."""
        many = tuple(
            fact.model_copy(update={"id": f"F-finance-{n}", "text": {"en": "A long fact. " * 20}})
            for fact in charter("finance").facts
            for n in range(20)
        )
        charters = (charter("finance").model_copy(update={"facts": many}), charter("energy"))
        small, large = (plan_of(LONG, charters=charters, context=context) for context in (8_000, 64_000))

        assert {f"F-finance-{n}" for n in range(20)} <= set(room(large).facts)
        assert 0 < len(room(small).facts) < 20
        assert "F-finance-0" in room(small).facts
        assert "F-finance-19" not in ChatBackend(small).render(opening_request(plan=small)).parts[1]

    def test_a_request_stays_within_the_context(self) -> None:
        """Rules, charters, excerpt and reply fit together into what the model takes."""
        for context in (8_000, 16_000, 32_000):
            plan = plan_of(LONG, context=context)
            prompt = ChatBackend(plan).render(opening_request(plan=plan))

            assert sum(map(len, prompt.parts)) <= context * 3
