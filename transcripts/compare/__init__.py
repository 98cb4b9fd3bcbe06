"""What differs between two debates, as a reader wants to know it."""
