"""Opening a chat model by name, or saying in one line what is missing."""

import os
from collections.abc import Awaitable, Callable, Mapping
from importlib.util import find_spec
from ipaddress import ip_address
from operator import attrgetter
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from langchain_core.language_models import BaseChatModel

from agents.backends.chat.method import IN_PROCESS, LOOPBACK, SMALL, SPEAKS_OPENAI, Bounds, Method
from agents.backends.chat.secrets import without_secrets
from agents.errors import InputError

REMOTE_TIMEOUT = 180.0
LOCAL_TIMEOUT = 900.0
"""Seconds after which a call counts as stalled; a model on this machine may think for long."""


class Provider(NamedTuple):
    """What a provider needs: our extra, the module that brings its adapter, variables that may hold its key.

    `methods` are the ways to ask for a form, best first; `addresses` variables that lead to another server;
    `single_try` is the adapter's word for no retries, `close` where it keeps what closes its connections, `seed`
    what it calls the seed of its draws, if it takes one.
    """

    extra: str
    module: str
    keys: tuple[str, ...]
    methods: tuple[Method, ...]
    addresses: tuple[str, ...] = ()
    single_try: int = 0
    close: str | None = None
    seed: str | None = None


PROVIDERS: dict[str, Provider] = {
    "openai": Provider(
        extra="openai",
        module="langchain_openai",
        keys=("OPENAI_API_KEY",),
        methods=("json_schema", "tools", "json_mode", "prompt"),
        addresses=("OPENAI_BASE_URL", "OPENAI_API_BASE"),
        close="http_async_client.aclose",
        seed="seed",
    ),
    "anthropic": Provider(
        extra="anthropic",
        module="langchain_anthropic",
        keys=("ANTHROPIC_API_KEY",),
        methods=("json_schema", "tools", "prompt"),
        addresses=("ANTHROPIC_BASE_URL", "ANTHROPIC_API_URL"),
    ),
    "mistralai": Provider(
        extra="mistralai",
        module="langchain_mistralai",
        keys=("MISTRAL_API_KEY",),
        methods=("json_schema", "tools", "json_mode", "prompt"),
        addresses=("MISTRAL_BASE_URL",),
        close="async_client.aclose",
        seed="random_seed",
    ),
    "google_genai": Provider(
        extra="google-genai",
        module="langchain_google_genai",
        keys=("GOOGLE_API_KEY", "GEMINI_API_KEY"),
        methods=("json_schema", "tools", "prompt"),
        addresses=("GOOGLE_GEMINI_BASE_URL",),
        single_try=1,
        close="client.aio.aclose",
        seed="seed",
    ),
    "ollama": Provider(
        extra="ollama",
        module="langchain_ollama",
        keys=(),
        methods=("json_schema", "tools", "json_mode", "prompt"),
        addresses=("OLLAMA_HOST",),
        close="_async_client._client.aclose",
        seed="seed",
    ),
    "gguf": Provider(
        extra="local",
        module="xllamacpp",
        keys=(),
        methods=("json_schema", "prompt"),
        close="http_async_client.aclose",
        seed="seed",
    ),
}
"""Providers that are tested and have an extra; any other that LangChain knows can be named too."""

UNTESTED = Provider(extra="", module="", keys=(), methods=("tools", "prompt"))


class Opened(NamedTuple):
    """A chat model that is ready to be asked."""

    name: str
    provider: str
    model: BaseChatModel
    methods: tuple[Method, ...]
    timeout: float
    close: Callable[[], Awaitable[None]] | None
    bounds: Bounds | None = None


def open_model(name: str, seed: int | None = None) -> Opened:
    """The chat model called `PROVIDER:NAME`; its draws begin from `seed`, if it takes one.

    Raises InputError, with one line on what to install or to set, when it cannot be used here.
    """
    kind, _, model = name.partition(":")
    provider = PROVIDERS.get(kind, UNTESTED)
    if not model:
        raise InputError(
            f"Model {name!r} names no model.", f"Write PROVIDER:NAME, for example {kind or 'openai'}:NAME."
        )
    if missing := missing_for(kind):
        raise InputError(f"Model {name!r} cannot be used here: {missing.what}.", missing.remedy)
    timeout = LOCAL_TIMEOUT if is_local(kind) else REMOTE_TIMEOUT
    drawn = {} if seed is None or provider.seed is None else {provider.seed: seed}
    opened = _open(kind, model, provider, timeout, drawn)
    close = attrgetter(provider.close)(opened) if provider.close else None
    return Opened(name, kind, opened, _usable(opened, kind, provider), timeout, close, bounds_of(kind))


def bounds_of(kind: str) -> Bounds | None:
    """How far a reply may go; None where the provider sees to that, or may not take such limits."""
    if kind == IN_PROCESS:
        return SMALL
    return LOOPBACK if kind in SPEAKS_OPENAI and is_local(kind) else None


class Missing(NamedTuple):
    """What stands in the way of a provider, and the remedy."""

    what: str
    remedy: str


def missing_for(kind: str) -> Missing | None:
    """What `kind` lacks on this machine; None when it can be used, or when only LangChain could tell."""
    provider = PROVIDERS.get(kind)
    if provider is None:
        return None
    if find_spec("langchain") is None or find_spec(provider.module) is None:
        package = provider.module.replace("_", "-")
        return Missing(
            f"the package {package} is not installed", f"Install it: pip install 'jemaa[{provider.extra}]'"
        )
    own_server = kind == "openai" and has_own_server(kind)  # many of them ask for no key
    if provider.keys and not own_server and not any(os.environ.get(key) for key in provider.keys):
        return Missing(f"there is no key in {provider.keys[0]}", f"Set it: export {provider.keys[0]}=…")
    return None


def kind_of(name: str) -> str:
    """The provider in `PROVIDER:NAME`."""
    return name.partition(":")[0]


def has_own_server(kind: str) -> bool:
    """True when somebody's own server answers for the provider, so that the provider's prices do not hold."""
    return bool(_address(kind))


def context_of(name: str) -> int | None:
    """Tokens that a request to the model `PROVIDER:NAME` may take; None where that is not known.

    Raises InputError when the model cannot be used here.
    """
    kind, _, model = name.partition(":")
    if kind == "gguf" and not missing_for(kind):
        from agents.backends.chat.local import gguf_context  # noqa: PLC0415  only for such models

        return gguf_context(model)
    known = dict(getattr(open_model(name).model, "profile", None) or {}).get("max_input_tokens")
    return int(known) if known else None


def is_local(kind: str) -> bool:
    """True when the provider's server stands on this machine."""
    address = _address(kind)
    if not address:
        return kind in {"ollama", "gguf"}
    host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(kind: str) -> str:
    """Where the provider's requests go instead of to the provider; empty when they go there."""
    names = PROVIDERS.get(kind, UNTESTED).addresses
    return next((os.environ[name] for name in names if os.environ.get(name)), "")


def _open(
    kind: str, model: str, provider: Provider, timeout: float, drawn: Mapping[str, int]
) -> BaseChatModel:
    try:
        if kind == "openai":
            from agents.backends.chat.openai import openai_model  # noqa: PLC0415  a second of imports

            most = {} if (bounds := bounds_of(kind)) is None else {"max_tokens": bounds.tokens}
            return openai_model(model, timeout, **most, **drawn)
        if kind == "gguf":
            from agents.backends.chat.local import open_gguf  # noqa: PLC0415  same

            return open_gguf(model, timeout, **drawn)
        from langchain.chat_models import init_chat_model  # noqa: PLC0415  same

        options: dict[str, Any] = {"max_retries": provider.single_try, "timeout": timeout}
        if kind == "ollama":
            options = {"client_kwargs": {"timeout": timeout}}
        opened = init_chat_model(model, model_provider=kind, **(options | dict(drawn)))
    except InputError:
        raise
    except ImportError as error:
        raise InputError(
            f"Model '{kind}:{model}' cannot be used here.", without_secrets(str(error))
        ) from None
    except Exception as error:  # noqa: BLE001  each adapter refuses its settings in a way of its own
        said = without_secrets(" ".join(str(error).split()))
        if kind not in PROVIDERS and "provider" in said:
            raise InputError(
                f"Unknown provider {kind!r} in the model '{kind}:{model}'.",
                f"Tested ones: {', '.join(PROVIDERS)}. Any other of LangChain's works once its package is installed.",
            ) from None
        raise InputError(
            f"Model '{kind}:{model}' cannot be used.",
            f"{said[:300]} Tested providers: {', '.join(PROVIDERS)}.",
        ) from None
    assert isinstance(opened, BaseChatModel), "a model that is named is not a configurable one"
    return opened


def _usable(model: BaseChatModel, kind: str, provider: Provider) -> tuple[Method, ...]:
    """The provider's methods without those that this model is known to lack."""
    profile: dict[str, Any] = dict(getattr(model, "profile", None) or {})
    lacks = {
        method
        for method, capability in (("json_schema", "structured_output"), ("tools", "tool_calling"))
        if profile.get(capability) is False
    }
    return tuple(method for method in provider.methods if method not in lacks)
