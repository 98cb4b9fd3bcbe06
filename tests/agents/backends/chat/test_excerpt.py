"""What is shown of an article that is too long."""

from hypothesis import given
from hypothesis import strategies as st

from agents.article.model import Article, Section
from agents.backends.chat.backend import ChatBackend
from agents.backends.chat.excerpt import excerpt
from tests.agents.backends.chat.conftest import SENTENCES, article, opening_request, plan_of

FILLER = tuple(
    f"Paragraph {n} tells of the harbour master's {n} cats and of nothing else." for n in range(300)
)
LONG = article(sentences=SENTENCES + FILLER + ("Electric ones need a new line to the grid.",) + FILLER)
LAST_WORD = next(span.id for span in LONG.spans if "new line to the grid" in span.text)


def _with_headings(read: Article) -> Article:
    starts = [span.start for span in read.spans[::50]]
    sections = tuple(Section(title="t", level=1, start=start, end=start + 1) for start in starts)
    return read.model_copy(update={"sections": sections})


class TestExcerpt:
    def test_a_short_article_is_shown_whole(self) -> None:
        """Nothing is left out of an article that has room."""
        chosen = excerpt(plan_of(article()))

        assert chosen.whole
        assert ("S1", "S2", "S3", "S4") == chosen.shown("R1")

    def test_a_long_one_shows_what_bears_on_the_proposal(self) -> None:
        """A sentence in the middle of a long text is shown to those who debate its subject, and only to them."""
        chosen = excerpt(plan_of(_with_headings(LONG), context=3000))

        assert not chosen.whole
        assert LAST_WORD in chosen.shown("R1")
        assert LAST_WORD not in chosen.shown("R2")
        assert {"S3"} <= set(chosen.shown("R1"))
        assert {LONG.spans[n].id for n in range(0, len(LONG.spans), 50)} <= set(chosen.shown("all"))

    @given(st.integers(min_value=500, max_value=30_000), st.booleans())
    def test_the_choice_has_room_and_is_reproducible(self, context: int, headed: bool) -> None:
        """Whatever the room, the choice stays within half of it, in the article's order, and is always the same."""
        plan = plan_of(_with_headings(LONG) if headed else LONG, context=context)
        chosen = excerpt(plan)
        text = {span.id: span.text for span in LONG.spans}

        for name in ("R1", "R2", "all"):
            shown = chosen.shown(name)
            assert sum(len(text[span]) for span in shown) <= context * 3 / 2
            assert sorted(shown, key=lambda span: int(span[1:])) == list(shown)
        assert chosen == excerpt(plan)

    def test_the_prompt_says_what_is_left_out(self) -> None:
        """What is not shown is counted in the prompt, and cannot be cited."""
        plan = plan_of(LONG, context=3000)
        prompt = ChatBackend(plan).render(opening_request(plan=plan))

        left_out = len(LONG.spans) - len(excerpt(plan).outline)
        assert f"{left_out} more sentences are left out" in "".join(prompt.parts)
        ids = prompt.schema["properties"]["arguments"]["items"]["properties"]["grounds"]["items"][
            "properties"
        ]
        assert {*excerpt(plan).shown("R1"), "F-finance-1", "F-energy-1"} == set(ids["id"]["enum"])
