"""Transcripts rewritten by somebody who knows the format: consistent, rechained, and found all the same."""

import asyncio
import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from agents.article.read import bundled_brief, bundled_data
from agents.backends.open import open_backend
from agents.debate.plan import DebatePlan
from agents.roles.load import load_charters
from transcripts.export.markdown import strategy_markdown
from transcripts.library.verify import Verification, verify
from transcripts.log.session import start


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished debate of the embedded debaters, its source inside and its strategy beside it."""
    brief = bundled_brief()
    plan = DebatePlan(
        article=brief,
        recommendations=brief.recommendations,
        charters=tuple(load_charters(None).values()),
        language="fr",
    )
    folder = tmp_path_factory.mktemp("held")
    session = start(plan, open_backend, folder, source=bundled_data(), document=strategy_markdown)

    async def hold() -> None:
        async for _ in session.events():
            pass

    asyncio.run(hold())
    return session.path


@pytest.fixture
def copied(held: Path, tmp_path: Path) -> Path:
    """A copy that a test may forge."""
    shutil.copy(held.with_suffix(".md"), tmp_path)
    return Path(shutil.copy(held, tmp_path))


def _record(path: Path, name: str) -> dict[str, Any]:
    lines = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    found: dict[str, Any] = next(line for line in lines if line["id"] == name)
    return found


def _kinds(found: Verification) -> set[str]:
    return {problem.kind for problem in found.problems}


def test_an_untouched_debate_is_argued_again_and_holds(copied: Path) -> None:
    """Nothing is found, and nothing was left unchecked."""
    assert (True, (), ()) == verify(copied)


@pytest.mark.parametrize("turn", ["R2/opening/1/energy", "R2/rebuttal/2/finance"])
def test_a_speech_reworded_in_reply_and_speech_is_found(copied: Path, reseal: Any, turn: str) -> None:
    """A forged text is neither what the debaters say nor what those who answered it were shown."""
    text = json.dumps(_record(copied, f"answered/{turn}")["reply"]["text"], ensure_ascii=False)
    lines = copied.read_text("utf-8").splitlines(keepends=True)
    forged = {f"answered/{turn}", f"speech/{turn}"}
    copied.write_text(
        "".join(
            line.replace(text, '"Un autre discours."') if json.loads(line)["id"] in forged else line
            for line in lines
        ),
        "utf-8",
    )
    reseal(copied, b"\x00", b"\x00")

    assert {"reply", "material"} == _kinds(verify(copied))


def test_a_reworded_strategy_is_found(copied: Path, reseal: Any) -> None:
    """A sentence of the synthesis forged in reply and strategy alike is not what the moderator writes."""
    sentence = _record(copied, "strategy")["strategy"]["vision"][0]["text"]
    reseal(copied, sentence.encode(), b"Le Maroc devient le centre du monde.")

    assert {"reply"} <= _kinds(verify(copied))


@pytest.mark.parametrize(
    "old, new, kind",
    [
        (b'"title":"Intelligence', b'"title":"Une intelligence', "header"),
        (b'"roles":["finance","energy"', b'"roles":["finance","health"', "header"),
        (b'"rounds":2', b'"rounds":3', "plan"),
        (b'"rule":"consent","model"', b'"rule":"majority","model"', "plan"),
    ],
)
def test_a_header_that_says_otherwise_is_found(
    copied: Path, reseal: Any, old: bytes, new: bytes, kind: str
) -> None:
    """Title, roles, rounds and rule of the header are held against the parts and the requests."""
    header, rest = copied.read_bytes().split(b"\n", 1)
    assert old in header.replace(b", ", b",").replace(b": ", b":")
    copied.write_bytes(header.replace(old, new, 1) + b"\n" + rest)
    reseal(copied, b"\x00", b"\x00")

    assert kind in _kinds(verify(copied))


def test_a_document_beside_it_that_says_otherwise_is_found(copied: Path) -> None:
    """One changed character of the Markdown is named; without the file, nothing is missing."""
    beside = copied.with_suffix(".md")
    beside.write_text(beside.read_text("utf-8").replace("Différée", "Adoptée", 1), "utf-8")
    assert [("strategy_file", beside.name)] == [(p.kind, p.where) for p in verify(copied).problems]
    beside.unlink()
    assert verify(copied).ok


def test_another_edition_is_said_and_not_held_against_it(copied: Path, reseal: Any) -> None:
    """What another edition of the debaters argued is not argued again, and verify says so."""
    edition = _record(copied, "header")["edition"]
    reseal(copied, edition.encode(), b"0" * 64)
    found = verify(copied)

    assert found.ok
    assert 1 == len(found.notes)
    assert "another edition" in found.notes[0]


def test_an_article_that_is_not_its_source_is_found(copied: Path, reseal: Any) -> None:
    """The source is read again: figures that it does not give are named."""
    article = _record(copied, f"blob/{_record(copied, 'header')['plan']['article']}")
    value = json.loads(article["text"])["published"]
    text = article["text"].replace(value, "2020-01-01")
    old = article["id"].removeprefix("blob/").encode()
    reseal(
        copied,
        json.dumps(article["text"], ensure_ascii=False).encode(),
        json.dumps(text, ensure_ascii=False).encode(),
    )
    reseal(copied, old, sha256(text.encode()).hexdigest().encode())

    assert {"source", "plan"} <= _kinds(verify(copied))
