"""Favourites, ratings and tags in the window."""
