"""Lists of how policy texts are worded, one file a language."""
