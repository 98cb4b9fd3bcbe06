"""The terminal app in a browser, through textual-serve (extra `web`)."""
