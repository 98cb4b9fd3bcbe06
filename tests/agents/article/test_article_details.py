"""Dates, languages, countries and boilerplate of articles."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.article.block import Block, Kind
from agents.article.boilerplate import without_boilerplate
from agents.article.countries import countries_in
from agents.article.dates import date_in, is_dateline, published_in
from agents.article.language import language_of
from agents.article.numbering import with_written_lists
from agents.article.read import understand


@pytest.mark.parametrize(
    "text, day",
    [
        ("Publié dans un journal le 07 - 02 - 2025", date(2025, 2, 7)),
        ("le 1er août 2023", date(2023, 8, 1)),
        ("February 7, 2025", date(2025, 2, 7)),
        ("24th of January 2024", date(2024, 1, 24)),
        ("18 de noviembre de 2022", date(2022, 11, 18)),
        ("2022-04-21T10:00", date(2022, 4, 21)),
        ("٧ فبراير ٢٠٢٥", date(2025, 2, 7)),
        ("22 شتنبر 2023", date(2023, 9, 22)),
        ("31/02/2024", None),
        ("en 2024", None),
    ],
)
def test_reads_dates(text: str, day: date | None) -> None:
    """Dates are read in four languages and in digits; what is no day of the calendar is none."""
    assert day == date_in(text)


def test_tells_date_lines_from_sentences() -> None:
    """A line that says when an article appeared is no sentence about a day."""
    assert is_dateline("Rabat, le 3 mars 2024")
    assert is_dateline("Posted on June 2, 2025")
    assert not is_dateline("Le 6 février 2025, la France a franchi une nouvelle étape dans sa stratégie.")


@pytest.mark.parametrize(
    "line, day",
    [
        ("Publié le 3 mars 2024", date(2024, 3, 3)),
        ("Note de la Fondation Ibn Rochd, janvier 2021", date(2021, 1, 1)),
        ("Informe de la relatora, mayo de 2022", date(2022, 5, 1)),
        ("بقلم أستاذ باحث في اقتصاد الطاقة - 15 يناير 2025", date(2025, 1, 15)),
        (
            "Le barrage a été construit entre 1976 et 1981 sur l'oued qui traverse la plaine, avant l'été 1982.",
            None,
        ),
    ],
)
def test_finds_when_an_article_appeared(line: str, day: date | None) -> None:
    """The day, or the month, stands on a line of its own below the title."""
    assert day == published_in(["Le titre de l'article", line, "Du texte."], "fr")


@pytest.mark.parametrize(
    "language, text",
    [
        ("fr", "Les élus ont voté la loi pour que les communes aient plus de moyens."),
        ("en", "The council has voted for the law that gives cities more of the money."),
        ("es", "El congreso ha votado la ley para que los municipios tengan más medios."),
        ("pt", "O congresso votou a lei para que os municípios não percam mais verbas."),
        ("de", "Der Rat hat das Gesetz für die Städte nicht mit den Ländern beraten."),
        ("ar", "صادق البرلمان على القانون الذي يمنح الجماعات موارد أكبر."),
        ("fa", "مجلس قانونی را تصویب کرد که به شهرها بودجه می‌دهد و گزارش چاپ می‌کند."),
        ("ru", "Совет принял закон о городах."),
    ],
)
def test_tells_languages(language: str, text: str) -> None:
    """The language is told by script and small words."""
    assert language == language_of(text * 3)


@pytest.mark.parametrize(
    "language, text, countries",
    [
        ("fr", "Le Maroc et la France négocient. Les Marocains attendent. Le Maroc insiste.", ("MA", "FR")),
        ("en", "Kenyan farmers want rain. Kenya has none. The Kenyan state pays.", ("KE",)),
        ("es", "Chile exporta cobre. Los chilenos lo saben, y Chile también.", ("CL",)),
        ("ar", "يستثمر المغرب في الطاقة. وتدعم الحكومة المغربية القطاع بالمغرب.", ("MA",)),
        ("fr", "La réunion a porté sur l'inde du jardin, au niger de la page.", ()),
        ("en", "He ate turkey with a jordan almond and a chad of paper.", ()),
    ],
)
def test_tells_what_countries_a_text_is_about(language: str, text: str, countries: tuple[str, ...]) -> None:
    """Names and demonyms count, most spoken of first; words that only look like them do not."""
    assert countries == countries_in(text, language)


def test_a_country_in_passing_does_not_count() -> None:
    """One mention in a long text says nothing about what it is about."""
    assert () == countries_in("Les communes investissent moins. " * 200 + "L'Espagne a mis vingt ans.", "fr")


def paragraphs(*texts: str) -> list[Block]:
    return [Block(Kind.PARAGRAPH, text) for text in texts]


LONG = "Le conseil a examiné le rapport de la commission des finances sur les communes du littoral, qui compte deux cents pages."


@pytest.mark.parametrize(
    "text, reason",
    [
        (
            "Un titre    Un autre titre    Un troisième    Encore un    Et un autre    Un sixième    Fin",
            "ticker or menu",
        ),
        ("Nous utilisons des cookies pour améliorer votre expérience.", "cookie notice"),
        ("Abonnez-vous pour lire la suite", "subscription notice"),
        ("Partager Facebook Twitter WhatsApp", "share buttons"),
        ("Cliquez ici pour lire l'article depuis sa source.", "notice of a copying site"),
        ("Lire aussi : les barrages se vident", "related article"),
        ("© 2024 Journal. Tous droits réservés", "copyright notice"),
        ("Accueil > Économie > Énergie", "menu"),
        ("Publié le 3 mars 2024", "date line"),
        ("جميع الحقوق محفوظة", "copyright notice"),
        ("اقرأ أيضا: السدود تفرغ", "related article"),
        ("Photo: A. Martin", "picture credit"),
        ("* * *", "ornament"),
    ],
)
def test_leaves_out_what_stands_around(text: str, reason: str) -> None:
    """Tickers, notices, buttons and the like are left out, each with its reason."""
    kept, dropped = without_boilerplate(paragraphs(LONG, text, LONG))
    assert [LONG, LONG] == [block.text for block in kept]
    assert [(text, reason)] == [(one.text, one.reason) for one in dropped]


@pytest.mark.parametrize(
    "text",
    [
        "La politique des cookies des sites publics sera auditée par la commission nationale l'an prochain.",
        "Les droits réservés aux communes ont été étendus par la loi de finances.",
        "Partager les données entre administrations ferait gagner du temps à chacun, dit le rapport de la cour.",
        "Le 6 février 2025, la France a franchi une étape.",
    ],
)
def test_keeps_sentences_about_such_things(text: str) -> None:
    """A sentence of the article that merely speaks of cookies, rights or sharing stays."""
    kept, _ = without_boilerplate(paragraphs(LONG, text, LONG))
    assert text in [block.text for block in kept]


def test_comments_end_an_article() -> None:
    """What follows the heading of the comments is not the article."""
    kept, dropped = without_boilerplate(
        paragraphs(LONG, LONG, LONG, "Commentaires (2)", "Karim : il faut baisser les taxes !")
    )
    assert [LONG] * 3 == [block.text for block in kept]
    assert {"comments"} == {one.reason for one in dropped}


def test_related_articles_may_stand_in_the_middle() -> None:
    """A list of other articles goes, what follows it stays."""
    kept, _ = without_boilerplate(
        paragraphs(LONG, "Sur le même sujet", "L'État doit agir", "Trois questions sur l'eau", LONG)
    )
    assert [LONG, LONG] == [block.text for block in kept]


def test_a_menu_before_the_title_goes() -> None:
    """A run of loose lines before the text is a menu; its last line is the title."""
    menu = [Block(Kind.HEADING, f"Rubrique {n}", 2) for n in range(9)]
    kept, _ = without_boilerplate(
        [
            *menu,
            Block(Kind.HEADING, "Le solaire attend toujours son décret d'application", 2),
            *paragraphs(LONG),
        ]
    )
    assert ["Le solaire attend toujours son décret d'application", LONG] == [block.text for block in kept]


def test_lists_numbered_by_hand_become_items() -> None:
    """Paragraphs that count 1, 2, 3 or أولا, ثانيا are a list; a lone number is not."""
    made = with_written_lists(paragraphs("أولا: تسريع الإنجاز.", "شرح.", "ثانيا: منع الضخ.", "1) seul"))
    assert [("item", "أولا:"), ("paragraph", ""), ("item", "ثانيا:"), ("paragraph", "")] == [
        (str(b.kind), b.marker) for b in made
    ]


@given(st.lists(st.text(max_size=40), max_size=15))
def test_nothing_is_lost_without_a_trace(texts: list[str]) -> None:
    """Every block is either kept or dropped with a reason."""
    written = paragraphs(*texts)
    kept, dropped = without_boilerplate(written)
    assert len(written) == len(kept) + len(dropped)
    assert all(one.reason for one in dropped)


def test_what_is_shared_by_states_is_no_button() -> None:
    """An item that begins with a word of share buttons is dropped only when it says no more."""
    text = (
        "# Ships\n\n## Recommendations\n\n- Share tracking data with coastal states in real time;\n"
        "- Print the list of ships.\n\nShare this page on Facebook\n\nShips burn oil and states look away.\n"
    )
    article = understand(text.encode(), "x.md")
    assert "Share tracking data" in article.body
    assert ["Share this page on Facebook"] == [one.text for one in article.dropped]
