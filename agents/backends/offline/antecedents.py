"""Which earlier sentences may name what a sentence speaks of."""

from agents.article.model import Article

_BACK = 2


def antecedents(article: Article) -> tuple[tuple[int, ...], ...]:
    """For each span, the numbers of the sentences just before it in its paragraph and of the heading above it."""
    headings = {span.text: number for number, span in reversed(list(enumerate(article.spans)))}
    found: list[tuple[int, ...]] = []
    for number, span in enumerate(article.spans):
        earlier: list[int] = []
        for previous in range(number - 1, max(number - 1 - _BACK, -1), -1):
            if "\n" in article.body[article.spans[previous].end : article.spans[previous + 1].start]:
                break
            earlier.append(previous)
        heading = headings.get(span.section, number)
        if heading < number and heading not in earlier:
            earlier.append(heading)
        found.append(tuple(earlier))
    return tuple(found)
