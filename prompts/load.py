"""Templates, read from this package and rendered in a sandbox.

A prompt is one Markdown file for each language, with its name, version, inputs and output model in front
matter and its text in named blocks. The blocks, in their order, are the parts of the rendered prompt:
those that most requests share come first, so that prompt caches can reuse them.
"""

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml
from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from prompts.clean import clean

LANGUAGES = ("en", "fr")
"""Languages with templates of their own; a debate in another is instructed in English."""


class Template(NamedTuple):
    """A prompt file. `output` names the model of the reply as `module:class`, None without a reply."""

    name: str
    language: str
    version: int
    inputs: tuple[str, ...]
    output: str | None
    body: str


@cache
def template(name: str, language: str) -> Template:
    """The prompt `name` as written for a debate in `language`. Raises LookupError for an unknown prompt."""
    written_in = language if language in LANGUAGES else "en"
    path = files("prompts").joinpath(written_in, f"{name}.md")
    if not path.is_file():
        raise LookupError(f"There is no prompt {name!r} in {written_in}.")
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    front = yaml.safe_load(head)
    return Template(
        name=front["name"],
        language=written_in,
        version=front["version"],
        inputs=tuple(front["inputs"]),
        output=front["output"],
        body=body,
    )


def render(name: str, language: str, **inputs: Any) -> tuple[str, ...]:
    """The parts of the prompt `name`; texts among `inputs` are cleaned and never run as templates.

    Raises ValueError, naming them, when inputs are missing or not declared by the prompt.
    """
    prompt = template(name, language)
    missing = [key for key in prompt.inputs if key not in inputs]
    unknown = sorted(set(inputs) - set(prompt.inputs))
    if missing or unknown:
        raise ValueError(f"Prompt {name!r}: missing inputs {missing}, unknown inputs {unknown}.")
    compiled = _environment().get_template(f"{prompt.language}/{name}.md")
    context = compiled.new_context(clean(inputs))
    return tuple("".join(block(context)).strip() for block in compiled.blocks.values())


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FunctionLoader(_source),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        auto_reload=False,
    )


def _source(path: str) -> str:
    """The text of `fr/opening.md`; of `fr/_said.md`, a fragment without front matter that others include."""
    language, _, file = path.partition("/")
    if file.startswith("_"):
        return files("prompts").joinpath(language, file).read_text(encoding="utf-8")
    return template(file.removesuffix(".md"), language).body
