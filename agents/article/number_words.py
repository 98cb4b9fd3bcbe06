"""Numbers written as words, in French, English, Spanish and Arabic."""

from functools import cache

_UNITS = {
    "fr": "un,deux,trois,quatre,cinq,six,sept,huit,neuf,dix,onze,douze,treize,quatorze,quinze,seize,dix-sept,dix-huit,"
    "dix-neuf",
    "en": "one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,fifteen,sixteen,seventeen,"
    "eighteen,nineteen",
    "es": "un,dos,tres,cuatro,cinco,seis,siete,ocho,nueve,diez,once,doce,trece,catorce,quince,dieciséis,diecisiete,"
    "dieciocho,diecinueve",
}
_TENS = {
    "fr": {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"},
    "en": {
        20: "twenty",
        30: "thirty",
        40: "forty",
        50: "fifty",
        60: "sixty",
        70: "seventy",
        80: "eighty",
        90: "ninety",
    },
    "es": {
        30: "treinta",
        40: "cuarenta",
        50: "cincuenta",
        60: "sesenta",
        70: "setenta",
        80: "ochenta",
        90: "noventa",
    },
}
_TWENTIES = (
    "veinte,veintiuno,veintidós,veintitrés,veinticuatro,veinticinco,veintiséis,veintisiete,veintiocho,"
    "veintinueve"
)
_ARABIC_UNITS = {
    3: "ثلاث",
    4: "أربع",
    5: "خمس",
    6: "ست",
    7: "سبع",
    8: "ثماني",
    9: "تسع",
}
_ARABIC_TENS = {20: "عشر", 30: "ثلاث", 40: "أربع", 50: "خمس", 60: "ست", 70: "سبع", 80: "ثمان", 90: "تسع"}
_OTHERS: dict[str, dict[str, float]] = {
    "fr": {"une": 1, "cent": 100},
    "en": {"a": 1, "half a": 0.5, "a hundred": 100},
    "es": {
        "uno": 1,
        "una": 1,
        "medio": 0.5,
        "cien": 100,
        "doscientos": 200,
        "trescientos": 300,
        "cuatrocientos": 400,
        "quinientos": 500,
        "seiscientos": 600,
        "setecientos": 700,
        "ochocientos": 800,
        "novecientos": 900,
    },
    "ar": {"نصف": 0.5, "مائة": 100, "مئة": 100, "مائتي": 200, "مئتي": 200},
}
ARABIC_DUALS = {
    "مليوني": 2e6,
    "مليونا": 2e6,
    "مليونين": 2e6,
    "ملياري": 2e9,
    "مليارا": 2e9,
    "مليارين": 2e9,
    "مليون": 1e6,
    "مليار": 1e9,
}
"""What these words say where no number stands before them: two millions, one milliard."""


@cache
def number_words(language: str) -> dict[str, float]:
    """The numbers below a hundred, and some above, as `language` writes them; of all four for any other."""
    if language not in {"fr", "en", "es", "ar"}:
        return {word: value for one in ("ar", "en", "es", "fr") for word, value in number_words(one).items()}
    known = _arabic() if language == "ar" else _latin(language)
    return known | _OTHERS[language]


def _latin(language: str) -> dict[str, float]:
    small = dict(enumerate(_UNITS[language].split(","), 1))
    known = {word: float(value) for value, word in small.items()}
    if language == "es":
        known |= {word: float(value) for value, word in enumerate(_TWENTIES.split(","), 20)}
    for ten, word in _TENS[language].items():
        known[word] = float(ten)
        for value, unit in small.items():
            if value > (19 if language == "fr" and ten == 60 else 9):
                break
            if language == "es":
                known[f"{word} y {unit}"] = float(ten + value)
                continue
            known[f"{word}-{unit}"] = known[f"{word} {unit}"] = float(ten + value)
            if language == "fr" and value in {1, 11}:
                known[f"{word} et {unit}"] = known[f"{word}-et-{unit}"] = float(ten + value)
    hundred = {"fr": "cents", "en": "hundred"}.get(language)
    if hundred:
        known |= {f"{unit} {hundred}": 100.0 * value for value, unit in small.items() if value < 10}
    if language == "fr":
        known |= {"quatre-vingts": 80.0, "quatre-vingt": 80.0}
        known |= {f"quatre-vingt-{unit}": float(80 + value) for value, unit in small.items()}
    return known


def _arabic() -> dict[str, float]:
    known: dict[str, float] = {"عشرة": 10.0, "عشر": 10.0}
    for value, stem in _ARABIC_UNITS.items():
        for form in (stem, stem + "ة"):
            known[form] = float(value)
            known[f"{form} عشر"] = known[f"{form} عشرة"] = float(10 + value)
    known["ثمانية"] = 8.0
    known["ثمانية عشر"] = 18.0
    for ten, stem in _ARABIC_TENS.items():
        for ending in ("ون", "ين"):
            word = stem + ending
            known[word] = float(ten)
            for value, unit in _ARABIC_UNITS.items():
                known[f"{unit}ة و{word}"] = known[f"{unit} و{word}"] = float(ten + value)
    return known


@cache
def small_numbers(language: str) -> dict[str, int]:
    """Whole numbers that are one word; all languages together when `language` is not one of the four."""
    known = number_words(language).items()
    return {word: int(value) for word, value in known if word.isalpha() and len(word) > 1 and value >= 1}
