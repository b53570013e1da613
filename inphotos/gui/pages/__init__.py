"""The pages that the window shows, one for each state that it can be in."""
