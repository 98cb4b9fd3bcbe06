"""A model file run in this process."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from agents.backends.chat.backend import ChatBackend
from agents.backends.chat.method import SMALL, bounded
from agents.backends.chat.provider import context_of
from agents.backends.open import fitted
from tests.agents.backends.chat.conftest import article, opening_request, plan_of

ROOT = Path(__file__).parents[4]
MODEL = os.environ.get("JEMAA_TEST_GGUF", "")


def model_file(folder: Path, trained: int, layers: int = 2) -> Path:
    """A GGUF file with what a real one says of itself, and no weights."""
    gguf = pytest.importorskip("gguf")
    path = folder / f"trained_on_{trained}.gguf"
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_context_length(trained)
    writer.add_block_count(layers)
    writer.add_embedding_length(64)
    writer.add_head_count(4)
    writer.add_head_count_kv(2)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


class TestContext:
    def test_is_what_the_model_was_trained_for(self, tmp_path: Path) -> None:
        """The file says how much the model takes, up to what a debate needs."""
        assert 8192 == context_of(f"gguf:{model_file(tmp_path, 8192)}")
        assert 32_768 == context_of(f"gguf:{model_file(tmp_path, 1_000_000)}")

    def test_gives_way_to_memory(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A machine without the memory for it runs the model with less."""
        path = model_file(tmp_path, 32_768, layers=100)
        monkeypatch.setattr(
            "os.sysconf", lambda name: {"SC_PAGE_SIZE": 4096, "SC_AVPHYS_PAGES": 50_000}[name]
        )

        assert 2048 <= (context_of(f"gguf:{path}") or 0) < 32_768

    def test_is_on_the_record_before_the_debate(self, tmp_path: Path) -> None:
        """A plan is fitted to the smallest context among its models."""
        plan = plan_of(article(), model=f"gguf:{model_file(tmp_path, 4096)}")

        assert 4096 == fitted(plan).context


def refusal(model: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """A debate with a model file, in a process of its own: llama.cpp's binding shares its with no other's."""
    if not (find_spec("gguf") and find_spec("xllamacpp")):
        pytest.skip("the extra local is not installed")
    command = [
        sys.executable,
        "-m",
        "jemaa",
        "debate",
        "--model",
        f"gguf:{model}",
        "--transcripts",
        str(folder),
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


class TestRefusals:
    def test_a_missing_file_is_one_line(self, tmp_path: Path) -> None:
        """A path that leads nowhere is named, before anything is loaded."""
        refused = refusal(tmp_path / "nowhere.gguf", tmp_path)

        assert (2, True) == (refused.returncode, "nowhere" in "".join(refused.stderr.split()))
        assert "Traceback" not in refused.stderr

    def test_a_file_that_is_no_model_is_one_line(self, tmp_path: Path) -> None:
        """So is a file of another kind."""
        path = tmp_path / "letter.gguf"
        path.write_text("Dear reader, this is no model at all.", encoding="utf-8")
        refused = refusal(path, tmp_path)

        assert (2, True) == (refused.returncode, "letter" in "".join(refused.stderr.split()))
        assert "Traceback" not in refused.stderr


class TestBounded:
    def test_texts_and_lists_come_to_an_end(self) -> None:
        """A model that repeats itself cannot fill a text or a list for ever; enumerations stay as they are."""
        backend = ChatBackend(plan_of(article()))
        held = bounded(backend.render(opening_request()).schema, SMALL)
        argument = held["properties"]["arguments"]

        assert argument["maxItems"] > 1
        assert held["properties"]["text"]["maxLength"] > 100
        assert "maxLength" not in argument["items"]["properties"]["scheme"]


@pytest.mark.skipif(not MODEL, reason="JEMAA_TEST_GGUF names no model file")
async def test_a_real_model_takes_a_turn() -> None:
    """A small model answers in the form that is asked for."""
    plan = fitted(plan_of(article(), model=f"gguf:{MODEL}"))
    backend = ChatBackend(plan)
    request = opening_request(plan=plan)
    answer = await backend.answer(request, backend.render(request))
    await backend.close()

    assert answer.reply is not None, answer.failure
