"""Sentences end where readers see them end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.article.sentences import sentences


@pytest.mark.parametrize(
    "language, parts",
    [
        ("fr", ["M. Dupont a parlé.", "Il a cité l'art. 12 de la loi."]),
        ("fr", ["« Il faut agir ! »", "La ministre a souri."]),
        ("fr", ["Le taux est de 3.5 points.", "Cf. le tableau n. 4 ci-dessous."]),
        ("fr", ["Les PME, ETI, etc. en profitent.", "Le reste attend..."]),
        ("en", ["The U.S. government paid $4.5 million.", "Dr. Smith agreed."]),
        ("en", ["J. K. Rowling wrote it.", "Why not?", "Because."]),
        ("en", ['"We must act," he said.', "Nobody did."]),
        ("es", ["El Sr. Pérez llegó.", "¿Por qué no?", "¡Vamos!"]),
        ("es", ["En EE.UU. es distinto.", "Aquí no."]),
        ("ar", ["يجب على الحكومة أن تتحرك.", "لماذا لا تفعل ذلك؟", "الوقت يمر."]),
    ],
)
def test_cuts_between_sentences(language: str, parts: list[str]) -> None:
    """Abbreviations, initials and decimals do not end a sentence; marks and closing quotes do."""
    text = " ".join(parts)
    assert parts == [text[start:end] for start, end in sentences(text, language)]


@given(st.text(alphabet="aB .!?…«»\"'()؟عA1é\n", max_size=120), st.sampled_from(["fr", "en", "es", "ar", ""]))
def test_loses_nothing(text: str, language: str) -> None:
    """Every character that is no blank stands in exactly one sentence, in order."""
    found = sentences(text, language)
    assert "".join(text.split()) == "".join("".join(text[start:end].split()) for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)
