"""Old encodings are told apart, and what is no text is refused."""

import pytest

from agents.article.formats.decode import decoded
from agents.article.read import understand
from agents.errors import ArticleError

FRENCH = (
    "L’État devrait créer un œuvre à cœur ouvert, où « l’été » coûte 3 €. Les élèves français y gagneraient. "
    * 8
)
LATIN_9 = FRENCH.replace("’", "'")
ARABIC = "يجب على الحكومة أن تستثمر في التعليم والصحة، وأن تنشر الأرقام كل سنة. " * 8


@pytest.mark.parametrize(
    "text, encoding",
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "cp1252"),
        (LATIN_9, "iso8859_15"),
        (ARABIC, "utf-8"),
        (ARABIC, "cp1256"),
        (ARABIC, "utf-16"),
        (ARABIC, "utf-16-le"),
    ],
)
def test_tells_the_encoding(text: str, encoding: str) -> None:
    """Text comes back letter for letter, whatever it was encoded in."""
    assert text == decoded(text.encode(encoding), "x.txt")


def test_believes_what_a_page_states() -> None:
    """A charset that the page or the server states is used when the bytes are no UTF-8."""
    page = "<html><head><meta charset='iso-8859-1'></head><body><p>été</p></body></html>"
    assert "été" in decoded(page.encode("latin-1"), "x.html")
    assert "été" in decoded("un été".encode("latin-1"), "x.txt", "text/plain; charset=iso-8859-1")


@pytest.mark.parametrize(
    "data, said",
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
        (b"\x7fELF" + bytes(range(256)), "program"),
        (b"\x1f\x8b\x08" + bytes(range(256)), "gzip"),
        (bytes(range(256)) * 8, "x.bin"),
        (b"\x00\x01\x02\x03" * 500, "x.bin"),
        (b"{\\rtf1 bonjour}", "RTF"),
        (b"PK\x03\x04" + b"\x00" * 64, "archive"),
        (b"%PDF-1.7\n" + b"garbage" * 300, "PDF"),
    ],
    ids=["nothing", "blanks", "mark", "png", "elf", "gzip", "bytes", "controls", "rtf", "zip", "pdf"],
)
def test_refuses_what_is_no_text(data: bytes, said: str) -> None:
    """Empty, binary and damaged files are refused with what they are and what to do."""
    with pytest.raises(ArticleError) as caught:
        understand(data, "x.bin")
    assert said in caught.value.message
    assert caught.value.hint
