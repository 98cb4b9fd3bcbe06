"""Kill, starve and cut debates a hundred times, with the fault tests: `python benchmarks/faults.py [ROUNDS]`."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests" / "transcripts" / "test_faults.py"


def main() -> int:
    """Run the fault tests with as many rounds as the command line asks for; their exit code."""
    rounds = sys.argv[1] if len(sys.argv) > 1 else "100"
    environment = os.environ | {"JEMAA_FAULT_ROUNDS": rounds}
    command = [sys.executable, "-m", "pytest", str(TESTS), "-q", "-n", "auto", "--durations", "5"]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
