"""Documents made from a transcript, in forms that others can read."""
