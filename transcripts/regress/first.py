"""The first suite of a repository, written for it."""

from pathlib import Path

from agents.errors import SuiteError
from transcripts.log.whole import write_whole
from transcripts.regress.schema import json_schema

_SCHEMA = "jemaa-suite.schema.json"
_TEXT = """\
# yaml-language-server: $schema=./{schema}
# A suite of debates and what is expected of them. Run it with: jemaa regress, or: pytest
# The first run has nothing to compare with: look at it, then agree with: jemaa regress --accept
jemaa: 1

articles:
  - path: bundled # the brief that ships with jemaa; or a file, as seen from here: ../articles/plan.md
    name: brief

# Who argues. A language model is named openai:NAME, mistralai:NAME, ollama:NAME, gguf:PATH, …; its debates are
# recorded once with jemaa regress --mode record, and replayed from then on without key or network.
model: offline
rounds: 2

expect:
  unverified: 0 # grounds that do not stand in the article
  coverage: true # every role speaks, every attack is answered or listed
  fidelity: 0 # sentences of the strategy that say more than they rest on
  properties:
    - name: what is adopted is not contradicted by the arguments
      every: rulings
      where: {{decision: [adopt, adopt_with_conditions]}}
      holds: {{strength: {{at_least: 0.4}}}}
"""


def write_first_suite(path: Path) -> Path:
    """Write a suite to start from, and its schema for editors beside it; returns the schema's place.

    Raises SuiteError when there is something at `path` already or it cannot be written.
    """
    schema = path.parent / _SCHEMA
    if path.exists():
        raise SuiteError(f"{path} is there already.", "Give another place: jemaa regress --init FILE")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(schema, json_schema().encode())
        write_whole(path, _TEXT.format(schema=_SCHEMA).encode())
    except OSError as error:
        raise SuiteError(f"{path} cannot be written: {error.strerror}.") from error
    return schema
