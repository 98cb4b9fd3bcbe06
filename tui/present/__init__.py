"""From what was said and decided to what is shown, for the commands and for the app."""
