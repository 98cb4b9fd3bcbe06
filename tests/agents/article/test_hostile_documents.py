"""Documents made to do harm are refused, clearly and soon."""

import io
import resource
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pypdf
import pytest

from agents.article import formats
from agents.article.read import read_article, understand
from agents.errors import ArticleError

SECONDS = 5
WORD = "word/document.xml"


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of numbered objects, the first of them its root."""
    out, offsets = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(out),
        )
    )


def one_page(content: bytes, page: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>%b>>"
            % page,
            b"<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (len(packed), packed),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def many_pages(count: int) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%b]/Count %d>>" % (b"3 0 R " * count, count),
            page,
        ]
    )


def word(change: Callable[[bytes], bytes]) -> bytes:
    """A Word document whose main part is changed."""
    plain = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Texte.")
    document.save(plain)
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, change(data) if name == WORD else data)
    return out.getvalue()


def inside(xml: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(b"</w:body>", xml + b"</w:body>")


def laughs(data: bytes) -> bytes:
    names = b"abcdefghij"
    entities = b'<!ENTITY a "haha">' + b"".join(
        b'<!ENTITY %c "%b">' % (names[n], (b"&%c;" % names[n - 1]) * 20) for n in range(1, 10)
    )
    start = data.index(b"<w:document")
    bomb = inside(b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p>")(data)
    return bomb[:start] + b"<!DOCTYPE x [" + entities + b"]>" + bomb[start:]


BOMBS: dict[str, Callable[[], bytes]] = {
    "a small Word file that expands to 200 MB": lambda: word(
        inside(b"<w:p><w:r><w:t>" + b"a" * (200 * 2**20) + b"</w:t></w:r></w:p>")
    ),
    "a Word file of half a million paragraphs": lambda: word(
        inside(b"<w:p><w:r><w:t>abc</w:t></w:r></w:p>" * 700_000)
    ),
    "deep XML": lambda: word(inside(b"<w:p>" * 200_000 + b"</w:p>" * 200_000)),
    "entities that expand": lambda: word(laughs),
    "nested arrays": lambda: one_page(b"BT ET", b"/X " + b"[" * 100_000 + b"]" * 100_000),
    "a stream that expands": lambda: one_page(b"BT /F 12 Tf (" + b"a" * 100 * 2**20 + b") Tj ET"),
    "millions of operators": lambda: one_page(b"BT /F 12 Tf (a) Tj ET\n" * 2_000_000),
    "far too many pages": lambda: many_pages(100_000),
    "a page tree that is a ring": lambda: pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"]
    ),
    "deep HTML": lambda: b"<html><body>" + b"<div>" * 300_000 + b"<p>x</p></body></html>",
}


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS.keys())
def test_bombs_are_refused_soon(make: Callable[[], bytes]) -> None:
    """A bomb ends in a clear error, within 5 s of the process that opens it."""
    data = make()
    start = processor_seconds()
    with pytest.raises(ArticleError) as caught:
        understand(data, "bombe")
    assert processor_seconds() - start < SECONDS
    assert caught.value.message.startswith("bombe ")
    assert caught.value.hint


def test_the_reading_process_has_little_memory() -> None:
    """The process that opens documents cannot take more than 512 MB, whatever it opens."""
    code = (
        "from agents.article.formats.limits import limit; limit()\n"
        "try: bytearray(450 * 2**20)\n"
        "except MemoryError: print('refused')"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=root, text=True)
    assert "refused" == done.stdout.strip()


def test_a_file_beyond_all_measure_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document above the limit of size is refused before anything opens it."""
    monkeypatch.setattr(formats, "MOST_BYTES", 100)
    with pytest.raises(ArticleError, match="larger than"):
        understand(one_page(b"BT /F 12 Tf (abc) Tj ET"), "gros.pdf")


def test_a_text_beyond_all_measure_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text above its own limit is refused, and of a file no more than the limit of size is taken in."""
    monkeypatch.setattr(formats, "MOST_TEXT", 100)
    (tmp_path / "long.txt").write_text("Nous recommandons de lire moins. " * 10)
    with pytest.raises(ArticleError, match=r"long\.txt is larger than"):
        read_article(str(tmp_path / "long.txt"))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of POSIX systems")
def test_a_device_that_never_ends_is_refused() -> None:
    """Reading stops at the limit of size, also where a file has no end."""
    with pytest.raises(ArticleError, match="larger than"):
        read_article("/dev/zero")


@pytest.mark.parametrize(
    "data, said",
    [
        (b"PK\x03\x04garbage", "damaged archive"),
        (one_page(b"q Q"), "scanned"),
        (b"%PDF-1.7\nnothing", "cannot be read as PDF"),
    ],
    ids=["archive", "scan", "broken"],
)
def test_says_what_is_wrong(data: bytes, said: str) -> None:
    """Damaged archives and scans are named as such."""
    with pytest.raises(ArticleError, match=said):
        understand(data, "x")


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(
        io.BytesIO(one_page(b"BT /F 12 Tf 50 700 Td (The council should publish its accounts.) Tj ET"))
    )
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_an_encrypted_pdf_says_so() -> None:
    """A PDF that opens with a password only is refused as encrypted; one that opens without is read."""
    with pytest.raises(ArticleError, match="encrypted"):
        understand(encrypted("secret"), "x.pdf")
    assert "The council should publish its accounts." == understand(encrypted(""), "x.pdf").body


def test_nobody_elses_packages_take_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with packages of our names as the working directory changes nothing."""
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "__init__.py").write_text("raise SystemExit('foreign')")
    (tmp_path / "json.py").write_text("raise SystemExit('foreign')")
    monkeypatch.chdir(tmp_path)
    page = (
        b"<html><body><article><p>"
        + b"The council should publish its accounts. " * 9
        + b"</p></article></body></html>"
    )
    assert understand(page, "x.html").body.startswith("The council should")
