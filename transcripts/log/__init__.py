"""The log: one append-only JSON Lines file for each debate, and the tape that debates run over."""
