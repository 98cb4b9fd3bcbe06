"""Whose words a sentence gives: a source's count, those of reporters and bystanders do not."""

import pytest

from agents.article.read import understand
from agents.article.recommend.cues import cues_of
from agents.article.recommend.voices import Voice, speaker_of

NEWS = """# Bridges

"The city should inspect every bridge twice a year," said Ana Ruiz, an engineer at the university.

The mayor said that residents had to be patient and that speed must be cut. The ministry confirmed that
each operator must file a plan before May. Drivers must use the northern road.

"We should all have a boat," said Tom Hill, a fisherman. "{more}" he added.
"""


@pytest.mark.parametrize(
    "language, sentence, voice",
    [
        ("en", '"Cities must act," said Dr Lindqvist, the lead author.', Voice.SOURCE),
        ("en", "The ministry said that operators must file a plan.", Voice.BYSTANDER),
        ("en", "The farmers' union said that ministers must act.", Voice.SOURCE),
        ("en", "According to the report, taxes should rise.", Voice.SOURCE),
        ("en", "Cities must act.", None),
        ("en", "Former minister Ada Cole said that cities must act.", Voice.SOURCE),
        ("fr", "L'ancien ministre Ali Sadiki a expliqué que l'État devait agir.", Voice.SOURCE),
        ("fr", "« L'État doit agir », explique Karim Bennis, économiste.", Voice.SOURCE),
        ("fr", "Le ministre a déclaré que les communes devront payer.", Voice.BYSTANDER),
        ("fr", "« Il faudrait un pont », soupire Hassan, pêcheur.", Voice.BYSTANDER),
        ("es", "La viceministra explicó que el reglamento debe cambiar.", Voice.BYSTANDER),
        ("es", "«Hay que invertir», sostuvo la investigadora Claudia Monzón.", Voice.SOURCE),
        ("ar", "وأوضح الناطق الرسمي أن المشروع يجب أن يناقش.", Voice.BYSTANDER),
        ("ar", "وقال الخبير الاقتصادي إن على الدولة أن تستثمر.", Voice.SOURCE),
    ],
)
def test_tells_who_speaks(language: str, sentence: str, voice: Voice | None) -> None:
    """A sentence that attributes words names a source or a bystander, one that does not names nobody."""
    assert voice == speaker_of(sentence, cues_of(language))


def test_news_recommends_what_its_sources_do() -> None:
    """In a news report only what a source says counts, not duties in force, officials or passers-by."""
    text = NEWS.format(more="The council must see to it.")
    found = [one.text for one in understand(text.encode(), "x.md").recommendations]
    assert [
        '"The city should inspect every bridge twice a year," said Ana Ruiz, an engineer at the university.'
    ] == found
