"""The language of queries: from what was typed to concepts and filters."""
