"""Who speaks and how agreement is computed."""
