"""Templates, read from this package and rendered in a sandbox.

A prompt is one Markdown file for each language, with its name, version, inputs and output model in front
matter and its text in named blocks. The blocks, in their order, are the parts of the rendered prompt:
those that most requests share come first, so that prompt caches can reuse them.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from jinja2 import FunctionLoader, StrictUndefined, TemplateError
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


class Prompts:
    """The prompts that ship, or those of a `folder` of somebody's own, file by file: `en/opening.md`.

    What the folder lacks is taken from those that ship. Raises ValueError, naming the file, for one that cannot
    be read as a prompt, asks for other inputs than the shipped one gives, or answers in another form.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._places: tuple[Traversable, ...] = (*([] if folder is None else [folder]), files("prompts"))
        self._templates: dict[tuple[str, str], Template] = {}
        self._environment = ImmutableSandboxedEnvironment(
            loader=FunctionLoader(self._source),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            cache_size=-1,
            auto_reload=False,
        )
        if folder is not None:
            self._check(folder)

    def template(self, name: str, language: str) -> Template:
        """The prompt `name` as written for a debate in `language`. Raises LookupError for an unknown prompt."""
        written_in = language if language in LANGUAGES else "en"
        key = (name, written_in)
        if key not in self._templates:
            text = self._text(written_in, f"{name}.md")
            if text is None:
                raise LookupError(f"There is no prompt {name!r} in {written_in}.")
            self._templates[key] = _parsed(text, written_in)
        return self._templates[key]

    def render(self, name: str, language: str, /, **inputs: Any) -> tuple[str, ...]:
        """The parts of the prompt `name`; texts among `inputs` are cleaned and never run as templates.

        Raises ValueError, naming them, when inputs are missing or not declared by the prompt.
        """
        prompt = self.template(name, language)
        missing = [key for key in prompt.inputs if key not in inputs]
        unknown = sorted(set(inputs) - set(prompt.inputs))
        if missing or unknown:
            raise ValueError(f"Prompt {name!r}: missing inputs {missing}, unknown inputs {unknown}.")
        compiled = self._environment.get_template(f"{prompt.language}/{name}.md")
        context = compiled.new_context(clean(inputs))
        return tuple("".join(block(context)).strip() for block in compiled.blocks.values())

    def _text(self, language: str, file: str) -> str | None:
        paths = (place.joinpath(language, file) for place in self._places)
        return next((path.read_text(encoding="utf-8") for path in paths if path.is_file()), None)

    def _source(self, path: str) -> str | None:
        """The text of `fr/opening.md`; of `fr/_said.md`, a fragment without front matter that others include."""
        language, _, file = path.partition("/")
        if file.startswith("_"):
            return self._text(language, file)
        return self.template(file.removesuffix(".md"), language).body

    def _check(self, folder: Path) -> None:
        own = [path for language in LANGUAGES for path in sorted((folder / language).glob("*.md"))]
        if not own:
            raise ValueError(f"{folder} holds no prompt; one lies at {LANGUAGES[0]}/opening.md.")
        for path in own:
            name, language = path.stem, path.parent.name
            try:
                if not name.startswith("_"):
                    self._check_form(name, language)
                self._environment.get_template(f"{language}/{path.name}")
            except (LookupError, ValueError, TypeError, yaml.YAMLError, TemplateError) as error:
                raise ValueError(f"{path}: {' '.join(str(error).split())}") from error

    def _check_form(self, name: str, language: str) -> None:
        given, shipped = self.template(name, language), SHIPPED.template(name, language)
        if (sorted(given.inputs), given.output) != (sorted(shipped.inputs), shipped.output):
            raise ValueError(f"inputs and output must be {list(shipped.inputs)} and {shipped.output}")


def _parsed(text: str, language: str) -> Template:
    _, head, body = text.split("---\n", 2)
    front = yaml.safe_load(head)
    return Template(
        name=front["name"],
        language=language,
        version=front["version"],
        inputs=tuple(front["inputs"]),
        output=front["output"],
        body=body,
    )


SHIPPED = Prompts()
template = SHIPPED.template
render = SHIPPED.render
