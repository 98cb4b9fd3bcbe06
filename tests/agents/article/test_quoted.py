"""What a model says that it found counts only where the article says it."""

from agents.article.extract import with_quoted
from agents.article.read import understand

TEXT = "# Eau\n\nLes nappes baissent. La commune pourrait installer des compteurs\nsur chaque forage. Rien ne presse.\n"


def test_quotes_of_the_body_become_recommendations() -> None:
    """A quote that stands in the body, blanks aside, is one more recommendation with its span."""
    article, refused = with_quoted(
        understand(TEXT.encode(), "x.md"), ["La commune pourrait  installer des compteurs sur chaque forage."]
    )
    (one,) = article.recommendations
    assert ("R1", "La commune pourrait installer des compteurs sur chaque forage.") == (one.id, one.text)
    assert [one.text] == [span.text for span in article.spans if span.id in one.spans]
    assert () == refused


def test_inventions_are_dropped_and_named() -> None:
    """What is not in the body is given back, not debated."""
    article, refused = with_quoted(understand(TEXT.encode(), "x.md"), ["Fermer tous les forages.", " "])
    assert () == article.recommendations
    assert ("Fermer tous les forages.", " ") == refused


def test_what_is_known_adds_nothing() -> None:
    """A quote that says what was found already is not debated twice."""
    found = understand(
        b"# T\n\nNous recommandons :\n\n- Installer des compteurs.\n- Taxer les forages.\n", "x.md"
    )
    article, _ = with_quoted(found, ["Installer des compteurs."])
    assert found == article
