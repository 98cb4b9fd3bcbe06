"""Automated regression runs: suites of debates whose outcome is expected, recorded and compared."""
