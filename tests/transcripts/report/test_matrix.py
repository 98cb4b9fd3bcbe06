import random
from html.parser import HTMLParser

import pytest

from transcripts.report.html import matrix_html
from transcripts.report.markdown import LONGEST, matrix_markdown
from transcripts.report.matrix import Matrix, matrix
from transcripts.report.run import Configuration, Run
from transcripts.report.wording import columns, comparisons, decisions, overview
from transcripts.statistics.rate import wilson

ONE, OTHER, THIRD = (Configuration(model=f"openai:{name}") for name in ("one", "other", "third"))
HOSTILE = "</title><script>alert(1)</script>|`@team`\n[x](javascript:alert(2)) \u202etxt<img src=x onerror=alert(3)>"


def runs(
    configuration: Configuration,
    flips: int = 0,
    *,
    articles: int = 4,
    repeats: int = 5,
    cost: float | None = 0.01,
) -> list[Run]:
    """Two recommendations an article; the first `flips` repeats of the second are rejected."""
    return [
        Run(
            article=f"article-{article}",
            configuration=configuration,
            seed=7,
            repeat=repeat,
            decisions={"R2": "reject" if repeat <= flips else "adopt", "R10": "defer"},
            calls=10,
            input_tokens=1000,
            output_tokens=100,
            cost=cost,
        )
        for article in range(articles)
        for repeat in range(1, repeats + 1)
    ]


class TestMatrix:
    def test_flips_of_its_own(self) -> None:
        """A configuration flips as often as it decides otherwise than it mostly does."""
        (line,) = matrix("t", runs(ONE, 2)).lines

        assert (8, 40) == line.flips[:2]
        assert {"adopt": 3, "reject": 2} == line.cells[0].outcomes
        assert wilson(2, 5) == line.cells[0].flips[2:]
        assert ["R2", "R10"] == [cell.recommendation for cell in line.cells[:2]]

    def test_other_decisions(self) -> None:
        """One that steadily decides otherwise does not flip; it departs from what the first one decides."""
        first, other = matrix("t", [*runs(ONE), *runs(OTHER, 5)]).lines

        assert (0, 0, 0, 20) == (
            first.flips.flips,
            first.departures.flips,
            other.flips.flips,
            other.departures.flips,
        )
        assert other.difference is not None
        assert (0.5, 40, 4) == other.difference[:3]
        assert (
            other.p == other.difference.p == 2**-3
        )  # all four articles alike: two of sixteen orders of signs

    def test_several_are_corrected(self) -> None:
        """With three configurations each comparison pays for both."""
        draw = random.Random(5)
        noisy = [
            run.model_copy(update={"decisions": {"R2": "adopt" if draw.random() < share else "defer"}})
            for configuration, share in ((ONE, 0.95), (OTHER, 0.4), (THIRD, 0.9))
            for run in runs(configuration, articles=8)
        ]
        _, other, third = matrix("t", noisy).lines
        assert other.difference is not None
        assert third.difference is not None

        assert other.p == pytest.approx(2 * (other.difference.p or 0))
        assert third.p == pytest.approx(third.difference.p or 0)
        assert ["departs more often", "no difference shown"] == [
            row[-1] for row in comparisons(matrix("t", noisy))[1:]
        ]

    def test_given_reference(self) -> None:
        """A reference that is given counts for the first configuration too."""
        reference = {(f"article-{number}", "R2"): "reject" for number in range(4)}
        found = matrix("t", runs(ONE), reference)

        assert 20 == found.lines[0].departures.flips
        assert "Departs from reference" in overview(found)[0]

    def test_one_article(self) -> None:
        """From one article the report says that it tells nothing of others, and still compares its recommendations."""
        found = matrix("t", [*runs(ONE, articles=1), *runs(OTHER, 3, articles=1)])

        assert any("one article" in note for note in found.notes)
        assert found.lines[1].difference is not None
        assert 2 == found.lines[1].difference.clusters

    def test_advice(self) -> None:
        """What so many repeats cannot show stands in every report."""
        assert (
            matrix("t", runs(ONE)).notes[0].startswith("With 5 repeats a flip rate under 45 % cannot be told")
        )

    def test_order_of_debates_is_nothing(self) -> None:
        """Reports are the same bytes whatever the order in which the repeats came."""
        given = [*runs(ONE, 2), *runs(OTHER, 1)]
        mixed = sorted(given, key=lambda run: (run.configuration != ONE, run.article, -run.repeat))

        assert matrix_html(matrix("t", given)) == matrix_html(matrix("t", mixed))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def hostile() -> Matrix:
    configurations = [Configuration(model=f"{HOSTILE}{number}", prompts=HOSTILE) for number in range(2)]
    given = [run for one in configurations for run in runs(one, 1)]
    renamed = [
        run.model_copy(update={"article": HOSTILE + run.article, "decisions": {HOSTILE: HOSTILE}})
        for run in given
    ]
    return matrix(HOSTILE, renamed)


class TestHtml:
    def test_nothing_is_injected(self) -> None:
        """Whatever names say, the page holds no script, no picture from elsewhere, no handler, no link."""
        page = _Page()
        text = matrix_html(hostile())
        page.feed(text)

        tags = {tag for tag, _ in page.seen}
        assert tags <= set(
            "html head meta title style body main h1 h2 ul li div table thead tbody tr th td figure figcaption svg line "
            "text circle rect".split()
        )
        assert not any(
            name.startswith("on") or name in {"href", "src"} for _, attrs in page.seen for name in attrs
        )
        assert "\u202e" not in text

    def test_pictures(self) -> None:
        """A row for each configuration, its dot at its rate and its bar at its share of the dearest."""
        page = _Page()
        page.feed(matrix_html(matrix("t", [*runs(ONE, 2), *runs(OTHER, cost=0.02)])))
        dots = [float(attrs["cx"] or 0) for tag, attrs in page.seen if tag == "circle"]
        bars = [float(attrs["width"] or 0) for tag, attrs in page.seen if tag == "rect"]

        assert [250 + 380 * 0.2, 250.0] == dots
        assert [190.0, 380.0] == bars

    def test_unknown_prices(self) -> None:
        """Where a price is unknown the picture is of tokens, and the table says unknown."""
        text = matrix_html(matrix("t", [*runs(ONE), *runs(OTHER, cost=None)]))

        assert "Tokens of a debate" in text
        assert "<td>unknown</td>" in text


class TestMarkdown:
    def test_nothing_is_injected(self) -> None:
        """Names make no mention, link, cell, code or HTML in a comment."""
        text = matrix_markdown(hostile())
        tables = [line for line in text.splitlines() if line.startswith("|")]

        assert r"\@team" in text
        assert "<script" not in text.replace("\\<script", "")
        assert r"\[x\]" in text
        assert {8 + 1, 5 + 1, 5 + 1} >= {len(line.replace("\\|", "").split("|")) - 1 for line in tables}

    def test_fits_a_comment(self) -> None:
        """A table of decisions that no comment could hold is left to the page."""
        text = matrix_markdown(matrix("t", runs(ONE, articles=900, repeats=1)))

        assert len(text) < LONGEST
        assert "stands in the HTML report" in text


def test_columns() -> None:
    """In a terminal the columns stand under each other."""
    lines = columns(decisions(matrix("t", [*runs(ONE, 2), *runs(OTHER)])))

    assert lines[0].index("openai:one") == lines[1].index("adopt 3, reject 2")
