"""Figures keep what was written and mean the same in four languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.article.figures import figures_in


@pytest.mark.parametrize(
    "language, text, written, value, unit",
    [
        ("fr", "Quelque 35 sites seront ouverts.", "35 sites", 35, "site"),
        ("fr", "sur 1 200 hectares de terrain", "1 200 hectares", 1200, "hectare"),
        ("fr", "sur 1\u202f200 hectares", "1\u202f200 hectares", 1200, "hectare"),
        ("fr", "près de 400 millions d’euros", "400 millions d’euros", 4e8, "EUR"),
        ("fr", "les 5,7 millions d'agents", "5,7 millions d'agents", 5.7e6, "person"),
        ("fr", "un prêt de 2,5 Md€", "2,5 Md€", 2.5e9, "EUR"),
        ("fr", "soit 12,5 % du total", "12,5 %", 12.5, "percent"),
        ("fr", "115 milliards de dirhams", "115 milliards de dirhams", 1.15e11, "MAD"),
        ("fr", "un milliard d'euros", "un milliard d'euros", 1e9, "EUR"),
        ("fr", "une puissance de 800 MW", "800 MW", 8e8, "W"),
        ("fr", "depuis 2019, le prix monte", "2019", 2019, "year"),
        ("fr", "pendant 10 ans", "10 ans", 10, "years"),
        ("fr", "une hausse de 1,4 degré", "1,4 degré", 1.4, "celsius"),
        ("en", "a growth of 12.5%", "12.5%", 12.5, "percent"),
        ("en", "a $4.5 million grant", "$4.5 million", 4.5e6, "USD"),
        ("en", "paid £4,230 for it", "£4,230", 4230, "GBP"),
        ("en", "some 1,200 jobs", "1,200 jobs", 1200, "job"),
        ("en", "five per cent of homes", "five per cent", 5, "percent"),
        ("en", "worth 3 billion dollars", "3 billion dollars", 3e9, "USD"),
        ("es", "unas 1.200 hectáreas", "1.200 hectáreas", 1200, "hectare"),
        ("es", "2.000 millones de euros", "2.000 millones de euros", 2e9, "EUR"),
        ("es", "el 3,5 por ciento", "3,5 por ciento", 3.5, "percent"),
        ("es", "cinco mil millones de dólares", "cinco mil millones de dólares", 5e9, "USD"),
        ("ar", "٣٥ موقعا", "٣٥ موقعا", 35, "site"),
        ("ar", "نسبة ١٢٫٥٪", "١٢٫٥٪", 12.5, "percent"),
        ("ar", "400 مليون درهم", "400 مليون درهم", 4e8, "MAD"),
        ("ar", "12,5 في المائة", "12,5 في المائة", 12.5, "percent"),
        ("ar", "سنة ٢٠٢٥", "٢٠٢٥", 2025, "year"),
        ("fr", "soit MAD 1,2 milliard", "MAD 1,2 milliard", 1.2e9, "MAD"),
        ("fr", "doté de 450 MDH", "450 MDH", 4.5e8, "MAD"),
        ("fr", "pour 15 M€", "15 M€", 1.5e7, "EUR"),
        ("fr", "vingt-six millions de tonnes", "vingt-six millions de tonnes", 2.6e7, "tonne"),
        ("fr", "soixante-dix pour cent", "soixante-dix pour cent", 70, "percent"),
        ("fr", "un tiers des ménages", "un tiers", 33.3333333333, "percent"),
        ("fr", "la moitié des élèves", "la moitié", 50, "percent"),
        ("fr", "un habitant sur neuf", "un habitant sur neuf", 11.1111111111, "percent"),
        ("fr", "25 points de base", "25 points de base", 0.25, "point"),
        ("fr", "à 30 km/h", "30 km/h", 30, "km/h"),
        ("fr", "une évolution de -3,2 %", "3,2 %", 3.2, "percent"),
        ("en", "US$2bn a year", "US$2bn", 2e9, "USD"),
        ("en", "some USD 2 billion", "USD 2 billion", 2e9, "USD"),
        ("en", "cost £60m", "£60m", 6e7, "GBP"),
        ("en", "a 120-megawatt plant", "120-megawatt", 1.2e8, "W"),
        ("en", "half a million jobs", "half a million jobs", 5e5, "job"),
        ("en", "two thirds of villages", "two thirds", 66.6666666667, "percent"),
        ("en", "one in five families", "one in five", 20, "percent"),
        ("en", "twenty-five per cent", "twenty-five per cent", 25, "percent"),
        ("es", "un tercio de la población", "un tercio", 33.3333333333, "percent"),
        ("es", "uno de cada siete adolescentes", "uno de cada siete", 14.2857142857, "percent"),
        ("es", "US$ 3.200 millones", "US$ 3.200 millones", 3.2e9, "USD"),
        ("ar", "مليوني درهم", "مليوني درهم", 2e6, "MAD"),
        ("ar", "خمسة عشر مليون شخص", "خمسة عشر مليون شخص", 1.5e7, "person"),
        ("ar", "ثلث الأسر", "ثلث", 33.3333333333, "percent"),
        ("ar", "ثلاثة مليارات درهم", "ثلاثة مليارات درهم", 3e9, "MAD"),
    ],
)
def test_reads_value_and_unit(language: str, text: str, written: str, value: float, unit: str) -> None:
    """A figure is found as written, its value in base units and its unit by a canonical name."""
    found = figures_in(text, language)
    assert [(written, value, unit)] == [(one.text, one.value, one.unit) for one in found]


@pytest.mark.parametrize(
    "language, one, other",
    [
        ("fr", "1 200 hectares", "1.200 hectares"),
        ("fr", "0,4 milliard d'euros", "400 millions d'euros"),
        ("en", "1.5 million people", "1,500,000 people"),
        ("ar", "٥٠ في المئة", "50%"),
    ],
)
def test_equal_amounts_are_equal(language: str, one: str, other: str) -> None:
    """Two ways to write one amount give one value and unit."""
    left, right = figures_in(one, language)[0], figures_in(other, language)[0]
    assert (left.value, left.unit) == (right.value, right.unit)


def test_billion_is_read_by_language() -> None:
    """A French billion is a thousand times an English one."""
    assert 1e12 == figures_in("2 billions", "fr")[0].value / 2
    assert 1e9 == figures_in("2 billion", "en")[0].value / 2


def test_a_range_shares_its_unit() -> None:
    """The first number of a range has the unit and magnitude that are only said of the second."""
    found = figures_in("entre 10 et 15 %, soit de 5 à 7 millions de personnes", "fr")
    expected = [(10, "percent"), (15, "percent"), (5e6, "person"), (7e6, "person")]
    assert expected == [(one.value, one.unit) for one in found]


@pytest.mark.parametrize(
    "language, text, values",
    [
        ("fr", "entre 3 et 5 %", [(3, "percent"), (5, "percent")]),
        ("fr", "2 560 à 620 m³ par habitant", [(2560, "m3"), (620, "m3")]),
        ("fr", "le plan 2020-2027", [(2020, "year"), (2027, "year")]),
        ("en", "5-10% of sales", [(5, "percent"), (10, "percent")]),
        ("en", "$200-300 million", [(2e8, "USD"), (3e8, "USD")]),
        ("en", "from 8.3 to 2.1 percent", [(8.3, "percent"), (2.1, "percent")]),
        ("es", "del 41 % al 58 %", [(41, "percent"), (58, "percent")]),
        ("ar", "بين 3 و5 في المائة", [(3, "percent"), (5, "percent")]),
        ("ar", "من 10 إلى 15 بالمئة", [(10, "percent"), (15, "percent")]),
    ],
)
def test_ranges_in_four_languages(language: str, text: str, values: list[tuple[float, str]]) -> None:
    """Both ends of a range have their value and unit, however it is written."""
    assert values == [(one.value, one.unit) for one in figures_in(text, language)]


@pytest.mark.parametrize(
    "text",
    [
        "la moitié d'un projet",
        "the second half of the year",
        "un tiers payant",
        "au XXIe siècle",
        "the 1990s",
        "le dossier 06-12-34",
        "le 40e contingent",
        "la COVID-19 et la 5G",
        "la norme ISO 27001",
        "l'article 12 de la loi",
        "à 10h30 précises",
        "le 6 février",
        "the 21st century",
        "from June 13 to 17",
        "du 3 au 7 mai",
        "directriz 133-MP-MICITT",
        "See page 14",
        "المادة 12",
    ],
)
def test_leaves_names_alone(text: str) -> None:
    """Ordinals, days, hours, articles, pages and digits inside names are no figures."""
    assert [] == figures_in(text, "")


def test_a_date_gives_its_year() -> None:
    """Of a date only the year is a figure."""
    assert [(2025.0, "year")] == [
        (one.value, one.unit) for one in figures_in("Le 6 février 2025 à Paris", "fr")
    ]


@given(
    st.text(alphabet="0123456789 ., %€$abdeilmnorst٣٥٫\u00a0-/\n", max_size=80),
    st.sampled_from(["fr", "en", "es", "ar", "de", ""]),
)
def test_offsets_are_exact(text: str, language: str) -> None:
    """Whatever the text, each figure stands where it says, in order and apart from the next."""
    end = 0
    for one in figures_in(text, language):
        assert text[one.start : one.end] == one.text
        assert end <= one.start < one.end
        end = one.end


@given(st.integers(0, 10**9), st.sampled_from([(" ", "fr"), (",", "en"), (".", "es"), ("٬", "ar")]))
def test_grouped_digits_keep_their_value(number: int, style: tuple[str, str]) -> None:
    """Any whole number survives being grouped by thousands in the manner of its language."""
    mark, language = style
    grouped = f"{number:,}".replace(",", mark)
    found = figures_in(f"x {grouped} %", language)
    assert [float(number)] == [one.value for one in found]
