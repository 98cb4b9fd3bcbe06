"""A model's search for recommendations: what is read, and what is made of the answers."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from agents.article.model import Article, Span
from agents.debate.extraction import PASSAGE, extracted, extraction_requests, refused
from agents.debate.plan import DebatePlan, Extraction
from agents.debate.turn import Answer, ExtractionReply


def article(*sentences: str) -> Article:
    spans, start = [], 0
    for number, text in enumerate(sentences, 1):
        spans.append(Span(id=f"S{number}", text=text, start=start, end=start + len(text)))
        start += len(text) + 1
    return Article(
        title="t",
        language="en",
        sha256="0" * 64,
        body=" ".join(sentences),
        published=date(2025, 1, 1),
        spans=tuple(spans),
        recommendations=(),
    )


def plan(read: Article, *, context: int | None = None, search: bool = True) -> DebatePlan:
    return DebatePlan(
        article=read,
        recommendations=(),
        charters=(),
        language="en",
        context=context,
        extraction=Extraction(model="openai:x") if search else None,
    )


def answers(*quotes: str) -> list[Answer]:
    return [Answer(ExtractionReply(quotes=quotes))]


class TestRequests:
    def test_a_debate_without_a_search_asks_nothing(self) -> None:
        """Nothing is looked for that nobody asked for."""
        assert [] == extraction_requests(plan(article("One."), search=False))

    @given(st.lists(st.integers(10, 9000), min_size=1, max_size=40), st.sampled_from([None, 4096, 100_000]))
    def test_every_sentence_is_read_once(self, lengths: list[int], context: int | None) -> None:
        """However long the article is, its passages together are the whole of it, each within its room."""
        sentences = [("x" * (length - 1)) + "." for length in lengths]

        requests = extraction_requests(plan(article(*sentences), context=context))

        assert sentences == [text for request in requests for text in request.passage]
        assert [f"-/extraction/{n}/reader" for n in range(1, len(requests) + 1)] == [
            str(request.address) for request in requests
        ]
        for request in requests:
            assert len(requests) == request.passages
            assert 1 == len(request.passage) or len("".join(request.passage)) <= PASSAGE


class TestExtracted:
    def test_only_typography_may_differ(self) -> None:
        """Another apostrophe is mended to the article's; another word is refused."""
        read = article("The town’s council should plant trees.", "It may rain.")

        found = extracted(
            read, answers("The town's council should plant trees.", "The town should plant trees.")
        )

        assert ["The town’s council should plant trees."] == [
            one.text for one in found.article.recommendations
        ]
        assert ("The town should plant trees.",) == found.refused

    def test_what_is_refused_does_not_depend_on_what_was_known(self) -> None:
        """The plan's list of refused quotes can be computed again from the article and the answers alone."""
        read = article("The town should plant trees.", "It may rain.")
        said = answers("The town should plant trees.", "No such thing is here.")
        found = extracted(read, said)

        assert found.refused == refused(plan(found.article), said) == refused(plan(read), said)

    def test_failed_turns_add_nothing(self) -> None:
        """A passage that could not be searched leaves the article as it is."""
        read = article("The town should plant trees.")

        assert (read, ()) == extracted(read, [Answer(None, failure="no reply")])
