"""What people see and type: the commands and the terminal app."""
