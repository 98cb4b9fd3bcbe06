"""What was said: the log with its tape, the library of transcripts, and what is made from them."""
