"""A debate in preparation: a plain object that keeps what the person has chosen so far."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from agents.article.model import Article, Recommendation
from agents.article.read import bundled_brief, read_with_source, understand
from agents.errors import ArticleError, InputError

PASTED = "pasted.md"
"""What a pasted text is called; Markdown is read as plain text reads, and understands lists besides."""


@dataclass(frozen=True)
class Point:
    """A recommendation as it will be debated; `found` has its text as the article says it, None for an own one."""

    id: str
    text: str
    found: Recommendation | None
    ticked: bool = True

    @property
    def own(self) -> bool:
        """Whether these are the person's words."""
        return self.found is None or self.found.text != self.text

    def recommendation(self) -> Recommendation:
        """What goes into the debate: the person's own words rest on no place of the article."""
        return Recommendation(id=self.id, text=self.text) if self.found is None or self.own else self.found


@dataclass
class Draft:
    """`place` is what was typed for a file or an address, `pasted` the text that was pasted."""

    place: str = ""
    pasted: str = ""
    article: Article | None = None
    source: bytes | None = None
    points: list[Point] = field(default_factory=list)

    def take(self, article: Article, source: bytes | None) -> None:
        """Begin with an article; points of the person's own on the same article stay."""
        if self.article is not None and self.article.sha256 == article.sha256:
            return
        self.article, self.source = article, source
        self.points = [Point(found.id, found.text, found) for found in article.recommendations]

    def tick(self, place: int) -> None:
        """Take a point out of the debate, or in again."""
        self.points[place] = replace(self.points[place], ticked=not self.points[place].ticked)

    def write(self, place: int, text: str) -> None:
        """Put a point in the person's own words; the words that were found bring back what was found."""
        self.points[place] = replace(self.points[place], text=_one_paragraph(text), ticked=True)

    def add(self, text: str) -> None:
        """Add a point of the person's own, under the next free id."""
        last = max((int(point.id[1:]) for point in self.points), default=0)
        self.points.append(Point(f"R{last + 1}", _one_paragraph(text), None))

    def chosen(self) -> Article:
        """The article with what is ticked. Raises InputError when nothing is."""
        assert self.article is not None
        ticked = tuple(point.recommendation() for point in self.points if point.ticked)
        if not ticked:
            raise InputError(
                "Nothing is left to debate.", "Tick a recommendation with Space, or add one with a."
            )
        return self.article.model_copy(update={"recommendations": ticked})


def read_place(place: str) -> tuple[Article, bytes | None]:
    """The article in a file or at an address, and the bytes that it was read from. Raises ArticleError."""
    place = place.strip()
    if not place:
        raise ArticleError("No file or address is named.", "Type one, or choose a file from the tree.")
    return read_with_source(place)


def read_pasted(text: str) -> tuple[Article, bytes]:
    """The article in a pasted text, and its bytes. Raises ArticleError."""
    if not text.strip():
        raise ArticleError("Nothing was pasted.", "Paste the text of an article, or choose a file.")
    data = text.encode("utf-8", "replace")
    return understand(data, PASTED), data


def read_brief() -> tuple[Article, None]:
    """The article that ships with the program."""
    return bundled_brief(), None


def completed(place: str) -> str | None:
    """`place` with the first name that it is the beginning of; None when there is none.

    Folders end in a slash, so that one can go on; hidden names come only when asked for.
    """
    if not place or place.lower().startswith(("http:", "https:")):
        return None
    head, slash, begun = place.rpartition("/")
    folder = Path(f"{head}{slash}" or ".").expanduser()
    try:
        names = sorted(
            f"{path.name}/" if path.is_dir() else path.name
            for path in folder.iterdir()
            if path.name.startswith(begun)
            and path.name.isprintable()
            and (begun or not path.name.startswith("."))
        )
    except (OSError, ValueError):
        return None
    return f"{head}{slash}{names[0]}" if names else None


def _one_paragraph(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise InputError("A recommendation needs words.", "Say what is to be done.")
    return words
