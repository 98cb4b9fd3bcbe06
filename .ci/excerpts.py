"""Put into the README what its two commands really print: `make readme`."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
LEFT_OUT = ["", "[…]", ""]


def printed(*command: str) -> list[str]:
    """The lines that a command prints on a terminal of 100 columns; raises CalledProcessError when it fails."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"COLUMNS": "100", "JEMAA_TRANSCRIPTS": folder, "PY_COLORS": "0"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.replace(folder, "transcripts/saved").splitlines()


def block(lines: list[str], start: str) -> list[str]:
    """The lines from the first one that begins with `start` to the next empty one."""
    first = next(number for number, line in enumerate(lines) if re.match(start, line))
    return lines[first : lines.index("", first)]


def debate() -> list[str]:
    """Head, matrix of stances, a ruling with conditions, its measure, and where everything lies."""
    lines = printed(".venv/bin/jemaa", "debate")
    rulings = [number for number, line in enumerate(lines) if re.match(r"R\d+  .* · force", line)]
    chosen = next((number for number in rulings if "sous conditions" in lines[number]), rulings[0])
    ruling = block(lines, re.escape(lines[chosen]))
    measure = block(lines, rf"M{ruling[0].split()[0][1:]}  ")
    return [*lines[: rulings[0]], *ruling, *LEFT_OUT, *measure, *LEFT_OUT, *lines[-2:]]


def tests() -> list[str]:
    """The closing line."""
    return printed("make", "test")[-1:]


def filled(text: str, name: str, lines: list[str]) -> str:
    """`text` with these lines in the block between the marks called `name`."""
    body = "\n".join(line.rstrip() for line in lines)
    mark = re.compile(rf"(<!-- {name} -->\n```text\n).*?(```\n<!-- /{name} -->)", re.DOTALL)
    return mark.sub(lambda found: f"{found[1]}{body}\n{found[2]}", text)


def main() -> None:
    """Rewrite both blocks."""
    text = README.read_text("utf-8")
    README.write_text(filled(filled(text, "debate", debate()), "test", tests()), "utf-8")


if __name__ == "__main__":
    main()
