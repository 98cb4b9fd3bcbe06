"""Preparing a debate: the article, what was understood of it, the assembly."""
