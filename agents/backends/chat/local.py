"""A model file run by llama.cpp in this process, behind its own server on loopback.

One slot and one call at a time: slots do not share what they have read, and a debate's prompts begin alike.
"""

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel

from agents.backends.chat.method import SMALL
from agents.backends.chat.openai import openai_model
from agents.errors import InputError

_LARGEST_CONTEXT = 32_768
_OF_MEMORY = 0.6
_KEY_AND_VALUE = 2
_BYTES = 2


def open_gguf(path: str, timeout: float, **options: Any) -> BaseChatModel:
    """The chat model in the file `path`. Raises InputError when there is none or it cannot be loaded."""
    return openai_model(
        Path(path).stem,
        timeout,
        base_url=f"{_served(path)}/v1",
        api_key="none",
        max_tokens=SMALL.tokens,
        **options,
    )


@lru_cache(maxsize=4)
def gguf_context(path: str) -> int:
    """Tokens that a request to the model may take: what it was trained for, as far as memory goes.

    Raises InputError when there is no such file or it is not a model. Asked once: memory changes all the time.
    """
    about = _metadata(path)
    kind = about.get("general.architecture")
    trained = int(about.get(f"{kind}.context_length", _LARGEST_CONTEXT))
    heads = int(about.get(f"{kind}.attention.head_count", 1))
    pairs = int(about.get(f"{kind}.attention.head_count_kv", heads))
    width = int(about.get(f"{kind}.embedding_length", 0)) // heads
    token = _KEY_AND_VALUE * _BYTES * int(about.get(f"{kind}.block_count", 1)) * pairs * width
    free = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_AVPHYS_PAGES") * _OF_MEMORY - Path(path).stat().st_size
    held = int(free / token) if token and free > 0 else _LARGEST_CONTEXT
    return max(2048, min(trained, held, _LARGEST_CONTEXT))


@lru_cache(maxsize=4)
def _metadata(path: str) -> Mapping[str, Any]:
    from gguf import GGUFReader  # noqa: PLC0415  numpy comes with it

    if not Path(path).is_file():
        raise InputError(f"There is no model file at {path}.", "Give the path of a .gguf file: gguf:PATH.")
    try:
        fields = GGUFReader(path).fields
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise InputError(f"{path} is not a GGUF model: {error}", "Give the path of a .gguf file.") from None
    return {name: field.contents() for name, field in fields.items() if not name.startswith("tokenizer.")}


@lru_cache(maxsize=2)
def _server(path: str) -> Any:
    import xllamacpp  # noqa: PLC0415  the whole of llama.cpp

    settings = xllamacpp.CommonParams()
    settings.model.path = path
    settings.n_ctx = gguf_context(path)
    settings.n_parallel = 1
    settings.hostnames = ["127.0.0.1"]
    settings.port = 0
    settings.verbosity = -1
    settings.ui = False
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = _threads()
    try:
        return xllamacpp.Server(settings)
    except RuntimeError as error:
        raise InputError(f"{path} cannot be loaded: {error}", "Another .gguf file may do.") from None


def _threads() -> int:
    """The processors that are idle now: threads that must wait for a busy one cost more than they bring."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    busy = int(os.getloadavg()[0]) if hasattr(os, "getloadavg") else 0
    return max(1, there - busy)


def _served(path: str) -> str:
    return str(_server(path).listening_address)
