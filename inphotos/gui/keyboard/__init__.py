"""Which keys do what: the table, the cheat sheet, and keys that the user has chosen."""
