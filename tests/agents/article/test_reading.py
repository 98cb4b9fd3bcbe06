"""Reading an article from a file or bytes, and choosing among its recommendations."""

import hashlib
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from agents.article.read import (
    bundled_brief,
    pick,
    read_article,
    read_with_source,
    understand,
    with_recommendations,
)
from agents.errors import ArticleError

TEXT = """\
# La bataille de l'eau

Publié le 3 mars 2024

Le barrage contient 400 millions de mètres cubes.

Nous recommandons au gouvernement :

- Installer des compteurs.
- Taxer les forages.
- Publier les volumes.
"""


class TestReadArticle:
    def test_reads_a_file(self, tmp_path: Path) -> None:
        """Title, language, date, hash, figures and recommendations come from the file, its folder stays unsaid."""
        file = tmp_path / "eau.md"
        file.write_text(TEXT, "utf-8")
        article = read_article(str(file))
        assert ("La bataille de l'eau", "fr", date(2024, 3, 3)) == (
            article.title,
            article.language,
            article.published,
        )
        assert "eau.md" == article.source
        assert 64 == len(article.sha256)
        assert ["Installer des compteurs.", "Taxer les forages.", "Publier les volumes."] == [
            one.text for one in article.recommendations
        ]
        assert [("400 millions de mètres cubes", 4e8, "m3")] == [
            (one.text, one.value, one.unit) for one in article.figures
        ]

    def test_keeps_the_bytes_that_it_was_read_from(self, tmp_path: Path) -> None:
        """Whoever saves an article with its source has the bytes of the hash, read once."""
        file = tmp_path / "eau.md"
        file.write_bytes(TEXT.encode("cp1252"))
        read = read_with_source(str(file))
        assert TEXT.encode("cp1252") == read.source
        assert hashlib.sha256(read.source).hexdigest() == read.article.sha256

    @pytest.mark.parametrize(
        "source, said",
        [
            ("", "No article is named"),
            ("ftp://example.org/a", "is no http"),
            ("file:///etc/hosts", "is no http"),
        ],
    )
    def test_only_files_and_web_addresses_are_read(self, source: str, said: str) -> None:
        """Nothing at all, and an address of another kind, are refused with what would do."""
        with pytest.raises(ArticleError, match=said) as caught:
            read_article(source)
        assert caught.value.hint

    def test_a_heading_that_only_names_a_part_is_no_title(self) -> None:
        """A text that begins in the middle of a report is called by its first sentence."""
        text = "Report on small ports\n\nV. Conclusions and recommendations\n\nPorts should publish their fees.\n"
        assert "Report on small ports" == understand(text.encode(), "x.txt").title

    def test_a_missing_file_is_told(self, tmp_path: Path) -> None:
        """A path that leads nowhere is named, with what would do."""
        with pytest.raises(ArticleError, match="There is no file") as caught:
            read_article(str(tmp_path / "rien.txt"))
        assert caught.value.hint

    def test_a_directory_is_told(self, tmp_path: Path) -> None:
        """A directory is not an article."""
        with pytest.raises(ArticleError, match="is a directory"):
            read_article(str(tmp_path))

    def test_an_impossible_path_is_told(self) -> None:
        """A path that no system can open is refused without a traceback."""
        with pytest.raises(ArticleError):
            read_article("a\0b")

    def test_is_deterministic(self) -> None:
        """The same bytes give the same article in any process, whatever the hash seed."""
        code = (
            "import sys; from agents.article.read import understand;"
            "sys.stdout.write(understand(sys.stdin.buffer.read(), 'x.md').model_dump_json())"
        )
        root = Path(__file__).resolve().parents[3]
        outputs = [
            subprocess.run(
                [sys.executable, "-c", code],
                input=TEXT.encode(),
                capture_output=True,
                check=True,
                cwd=root,
                env={"PYTHONHASHSEED": seed},
            ).stdout
            for seed in ("1", "2")
        ]
        assert outputs[0] == outputs[1] == understand(TEXT.encode(), "x.md").model_dump_json().encode()

    def test_plain_text_needs_no_heavy_library(self) -> None:
        """Reading plain text imports none of the libraries that other formats need."""
        code = (
            "import sys; from agents.article.read import understand; understand('Du texte.'.encode(), 'x.txt');"
            "print([m for m in ('trafilatura','lxml','pypdf','docx','httpx','charset_normalizer','markdown_it') if m in sys.modules])"
        )
        root = Path(__file__).resolve().parents[3]
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, cwd=root, text=True
        )
        assert "[]" == done.stdout.strip()


class TestChoosing:
    def test_adds_by_hand(self) -> None:
        """Added recommendations take the next ids and cite nothing."""
        article = with_recommendations(understand(TEXT.encode(), "x.md"), ["  Créer une\nagence. "])
        assert ("R4", "Créer une agence.", ()) == tuple(article.recommendations[-1].model_dump().values())

    def test_an_empty_one_is_refused(self) -> None:
        """Nothing cannot be debated."""
        with pytest.raises(ArticleError, match="empty"):
            with_recommendations(understand(TEXT.encode(), "x.md"), [" "])

    def test_picks_in_the_articles_order(self) -> None:
        """The chosen ones stay in the article's order, whatever the order of the choice."""
        article = pick(understand(TEXT.encode(), "x.md"), ["r3", "R1 "])
        assert ["R1", "R3"] == [one.id for one in article.recommendations]

    @pytest.mark.parametrize("ids", [["R9"], ["R1", "X"], [], [""]])
    def test_an_unknown_id_is_told_with_those_that_exist(self, ids: list[str]) -> None:
        """A wrong choice names what is wrong and what there is."""
        with pytest.raises(ArticleError, match="Unknown recommendation") as caught:
            pick(understand(TEXT.encode(), "x.md"), ids)
        assert "R1, R2, R3" in str(caught.value)


class TestBundledBrief:
    def test_has_six_recommendations_on_morocco(self) -> None:
        """The brief that ships with the program is French, dated, about Morocco, and recommends six things."""
        brief = bundled_brief()
        assert 6 == len(brief.recommendations)
        assert ("fr", date(2025, 2, 7), ("MA", "FR")) == (brief.language, brief.published, brief.countries)
        assert 600 <= len(brief.body.split()) <= 900

    @pytest.mark.skipif(
        not (Path(__file__).resolve().parents[4] / "shared" / "articles" / "seed").is_dir(),
        reason="the article stands beside the checkout",
    )
    def test_is_a_text_of_its_own(self) -> None:
        """It shares no run of nine words with the article on the same facts."""
        seed = read_article(
            str(Path(__file__).resolve().parents[4] / "shared" / "articles" / "seed" / "article.txt")
        )
        words = bundled_brief().body.lower().split()
        other = " ".join(seed.body.lower().split())
        assert [] == [
            run
            for start in range(len(words))
            if len(run := words[start : start + 9]) == 9 and " ".join(run) in other
        ]
