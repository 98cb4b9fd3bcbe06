"""What a language model is told: templates and their loader."""
