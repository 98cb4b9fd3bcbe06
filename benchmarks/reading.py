"""How faithfully labelled articles are read: recommendations, facts kept, boilerplate left out, time.

    .venv/bin/python benchmarks/reading.py [FOLDER ...]

A FOLDER holds folders of articles, each with a `labels.yaml` (or is one such folder); the default is
`../shared/articles` beside the checkout, and the project's own examples. A label names its `file` and lists
`recommendations` (`text`, `plain`, `other_wordings`, `core`), `borderline_not_counted`, `facts` and
`boilerplate_not_in_body`. A text may also be marked in place: ⟦1|text⟧ is recommendation 1, a second ⟦1|…⟧
another wording of it, and ⟦?|text⟧ a borderline case that is not counted.

What is found matches a label when they share at least 0.8 of the shorter text's words and 0.5 of the longer's;
each label is matched once. Labels with `core: false` and borderline ones are neither missed nor wrong. Exit code
1 when the mean F1 is below 0.85, fewer than 98 % of the facts are kept, or any labelled boilerplate is.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from agents.article.model import Article
from agents.article.read import understand

F1_FLOOR, FACTS_FLOOR = 0.85, 0.98
_MARK = re.compile(r"⟦(\d+|\?)\|([^⟧]*)⟧")
_WORD = re.compile(r"\w+")
_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")


class Score(NamedTuple):
    """One article: hits, what was missed and what was wrong, facts and boilerplate as counts, milliseconds."""

    name: str
    hits: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]
    facts_kept: int
    facts_lost: tuple[str, ...]
    boilerplate_kept: tuple[str, ...]
    milliseconds: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where nothing is to be found and nothing is."""
        total = 2 * self.hits + len(self.missed) + len(self.wrong)
        return 2 * self.hits / total if total else 1.0


def words(text: str) -> Counter[str]:
    """The words of `text` without case, vowel marks and punctuation."""
    return Counter(_WORD.findall(_ARABIC_MARKS.sub("", text).lower()))


def match(one: Counter[str], other: Counter[str]) -> bool:
    """Whether two texts are the same recommendation."""
    shared = (one & other).total()
    shorter, longer = sorted((one.total(), other.total()))
    return shorter > 0 and shared >= 0.8 * shorter and shared >= 0.5 * longer


def wordings(label: dict[str, Any]) -> list[Counter[str]]:
    """Every way in which the article says a labelled recommendation."""
    said = [label, *label.get("other_wordings", ())]
    texts = [one if isinstance(one, str) else one.get(key) for one in said for key in ("text", "plain")]
    return [words(text) for text in dict.fromkeys(filter(None, texts))]


def score(path: Path) -> Score:
    """Read a labelled folder or a marked file, and compare what is found with the labels."""
    if path.is_file():
        text, labels = unmarked(path.read_text("utf-8"))
        labels["name"] = f"{path.parent.name}/{path.stem}"
        data, name = text.encode(), path.name
    else:
        labels = yaml.safe_load((path / "labels.yaml").read_text("utf-8"))
        data, name = (path / labels["file"]).read_bytes(), labels["file"]
    start = time.process_time()
    article = understand(data, name)
    milliseconds = (time.process_time() - start) * 1000
    return compared(labels, article, milliseconds)


def unmarked(text: str) -> tuple[str, dict[str, Any]]:
    """A marked text without its marks, and the labels that they make."""
    proposed: dict[str, dict[str, Any]] = {}
    borderline: list[dict[str, Any]] = []
    for number, said in _MARK.findall(text):
        if number == "?":
            borderline.append({"text": said})
        elif number in proposed:
            proposed[number].setdefault("other_wordings", []).append(said)
        else:
            proposed[number] = {"text": said}
    labels = {"recommendations": list(proposed.values()), "borderline_not_counted": borderline}
    return _MARK.sub(r"\2", text), labels


def compared(labels: dict[str, Any], article: Article, milliseconds: float = 0.0) -> Score:
    """What was found in an article against its labels."""
    recommended = labels.get("recommendations") or []
    core = [label for label in recommended if label.get("core", True)]
    spared = [label for label in recommended if not label.get("core", True)]
    spared += labels.get("borderline_not_counted") or []
    found = [(item.text, words(item.text)) for item in article.recommendations]
    pairs = _matching([[_says(got, label) for label in core] for _, got in found])
    hit_labels = set(pairs.values())
    wrong = [
        text
        for position, (text, got) in enumerate(found)
        if position not in pairs and not any(_says(got, label) for label in spared)
    ]
    missed = [label["text"] for position, label in enumerate(core) if position not in hit_labels]
    lost, kept = _facts(labels, article)
    return Score(
        name=labels["name"],
        hits=len(pairs),
        missed=tuple(missed),
        wrong=tuple(wrong),
        facts_kept=kept,
        facts_lost=tuple(lost),
        boilerplate_kept=tuple(_boilerplate(labels, article)),
        milliseconds=milliseconds,
    )


def _says(got: Counter[str], label: dict[str, Any]) -> bool:
    return any(match(got, one) for one in wordings(label))


def _matching(table: Sequence[Sequence[bool]]) -> dict[int, int]:
    """A largest matching of found (rows) to labels (columns), by augmenting paths."""
    row_of: dict[int, int] = {}

    def place(row: int, tried: set[int]) -> bool:
        for column, fits in enumerate(table[row]):
            if fits and column not in tried:
                tried.add(column)
                if column not in row_of or place(row_of[column], tried):
                    row_of[column] = row
                    return True
        return False

    for row in range(len(table)):
        place(row, set())
    return {row: column for column, row in row_of.items()}


def _facts(labels: dict[str, Any], article: Article) -> tuple[list[str], int]:
    body = " ".join(article.body.split())
    facts = labels.get("facts") or []
    lost = [fact["text"] for fact in facts if not _stands(fact, body)]
    return lost, len(facts) - len(lost)


def _stands(fact: dict[str, Any], body: str) -> bool:
    return any(" ".join(fact[key].split()) in body for key in ("text", "plain") if fact.get(key))


def _boilerplate(labels: dict[str, Any], article: Article) -> Iterator[str]:
    body = " ".join(article.body.split())
    for text in labels.get("boilerplate_not_in_body") or ():
        if " ".join(text.split()) in body:
            yield text


def labelled(paths: Sequence[Path]) -> list[Path]:
    """The labelled folders and marked files in `paths`."""
    found = [path for path in paths if path.is_file() or (path / "labels.yaml").is_file()]
    found += [label.parent for path in paths for label in sorted(path.glob("*/labels.yaml"))]
    return found + [
        file
        for path in paths
        for file in sorted((*path.glob("*.md"), *path.glob("*.txt")))
        if _is_marked(path)
    ]


def _is_marked(folder: Path) -> bool:
    return folder.name in {"examples", "held_out"}


def main() -> int:
    """Score the folders that were asked for; the exit code says whether the floors hold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--details", action="store_true", help="also say what was missed, wrong, lost and kept"
    )
    options = parser.parse_args()
    checkout = Path(__file__).resolve().parents[1]
    own = checkout / "tests" / "agents" / "article"
    default = [checkout.parent / "shared" / "articles", own / "examples", own / "held_out"]
    folders = labelled(options.folders or default)
    if not folders:
        print("No labelled articles there: a folder with a labels.yaml is looked for.", file=sys.stderr)
        return 2
    scores = [score(folder) for folder in folders]
    width = max(len(one.name) for one in scores)
    print(f"{'article':<{width}}  F1     hits  missed  wrong  facts    boilerplate  ms")
    for one in scores:
        facts = f"{one.facts_kept}/{one.facts_kept + len(one.facts_lost)}"
        print(
            f"{one.name:<{width}}  {one.f1:.3f}  {one.hits:>4}  {len(one.missed):>6}  {len(one.wrong):>5}  {facts:<7}"
            f"  {len(one.boilerplate_kept):>11}  {one.milliseconds:.0f}"
        )
        if options.details:
            for title in ("missed", "wrong", "facts_lost", "boilerplate_kept"):
                for text in getattr(one, title):
                    print(f"    {title.replace('_', ' ')}: {' '.join(text.split())[:200]}")
    mean = sum(one.f1 for one in scores) / len(scores)
    kept = sum(one.facts_kept for one in scores)
    stated = kept + sum(len(one.facts_lost) for one in scores)
    boilerplate = sum(len(one.boilerplate_kept) for one in scores)
    share = kept / stated if stated else 1.0
    print(f"mean F1 {mean:.3f}; facts kept {kept}/{stated}; boilerplate strings kept {boilerplate}")
    return 0 if mean >= F1_FLOOR and share >= FACTS_FLOOR and not boilerplate else 1


if __name__ == "__main__":
    sys.exit(main())
