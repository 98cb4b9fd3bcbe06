"""The strategy as one HTML page: no script, no network, and the article with what was quoted highlighted."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import count
from typing import Any

from markdown_it import MarkdownIt

from agents.article.model import Span
from transcripts.export.drawing import argument_drawing
from transcripts.export.markdown import strategy_markdown
from transcripts.export.material import Material
from transcripts.export.text import plain

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def strategy_html(of: Material) -> str:
    """The document of `strategy_markdown` as a page that stands alone, its argument maps drawn.

    Whatever stands in article or speeches is text here: the page allows no script, and loads nothing.
    """
    body = _rendered(of)
    for name in of.cited:
        if name in of.spans and name in of.anchors:
            # The source list leads on to the passage in the article's text.
            anchor = f'<a id="{name.lower()}"></a><strong>{name}</strong>'
            body = body.replace(
                anchor, f'<a id="{name.lower()}" href="#text-{name.lower()}"><strong>{name}</strong></a>'
            )
    language = of.plan.language
    direction = "rtl" if language == "ar" else "ltr"
    style = files(__package__).joinpath("page.css").read_text("utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(plain(of.strategy.title))}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<main dir="{direction}">\n{body}\n{_article(of)}\n</main>\n</body>\n</html>\n'
    )


def _rendered(of: Material) -> str:
    maps = iter([item.id for item in of.plan.recommendations if item.id in of.rulings])
    numbers = count(1)

    def fence(*_: Any) -> str:
        return argument_drawing(of, next(maps))

    def heading_open(_: Any, tokens: Sequence[Any], index: int, *__: Any) -> str:
        tag = tokens[index].tag
        return f'<{tag} id="section-{next(numbers)}">' if tag == "h2" else f"<{tag}>"

    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    markdown.add_render_rule("fence", fence)
    markdown.add_render_rule("heading_open", heading_open)
    rendered: str = markdown.render(strategy_markdown(of.plan, of.strategy, of.heard))
    rendered = rendered.replace('<div dir="rtl">\n', "").replace("</div>\n", "")
    first = rendered.index("<h2")
    return rendered[:first] + _contents(of, rendered) + rendered[first:]


def _contents(of: Material, rendered: str) -> str:
    titles = re.findall(r'<h2 id="(section-\d+)">\d+\. (.*?)</h2>', rendered)
    items = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title in titles)
    last = f'<li><a href="#article">{escape(of.labels("full_text"))}</a></li>'
    return f"<nav><strong>{escape(of.labels('contents'))}</strong><ol>{items}{last}</ol></nav>\n"


def _article(of: Material) -> str:
    article = of.plan.article
    direction = "rtl" if article.language == "ar" else "ltr"
    paragraphs = "".join(f"<p>{paragraph}</p>\n" for paragraph in _paragraphs(of) if paragraph.strip())
    return (
        f'<h2 id="article">{escape(of.labels("full_text"))}</h2>\n'
        f'<div class="text" lang="{escape(article.language)}" dir="{direction}">\n{paragraphs}</div>'
    )


def _paragraphs(of: Material) -> Iterator[str]:
    """The article's body line by line, cited spans as targets, quoted passages marked."""
    body = of.plan.article.body
    quoted = sorted(
        {(g.start, g.end) for g in of.verified_grounds() if g.start is not None and g.end is not None}
    )
    cited = [of.spans[name] for name in of.cited if name in of.spans and name in of.anchors]
    at = 0
    for line in body.split("\n"):
        yield _marked(body, at, at + len(line), cited, quoted)
        at += len(line) + 1


def _marked(
    body: str, start: int, end: int, cited: Sequence[Span], quoted: Sequence[tuple[int | None, int | None]]
) -> str:
    """body[start:end] escaped, with an anchor where each cited span begins and <mark> around quoted characters."""
    inside = [False] * (end - start + 1)
    for left, right in quoted:
        for place in range(max(start, left or 0), min(end, right or 0)):
            inside[place - start] = True
    anchors = {span.start: span.id for span in cited if start <= span.start < end}
    parts: list[str] = []
    open_ = False
    for place in range(start, end):
        if inside[place - start] != open_:
            parts.append("</mark>" if open_ else "<mark>")
            open_ = not open_
        if place in anchors:
            name = anchors[place]
            parts.append(f'<a id="text-{name.lower()}" href="#{name.lower()}"><sup>{name}</sup></a>')
        parts.append(escape(body[place]))
    return plain("".join(parts)) + ("</mark>" if open_ else "")
