"""What is left of a crash: a report on this machine, for the user to read and to copy."""
