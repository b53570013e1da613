"""How well the search finds what people look for, and admits that it has not got it."""
