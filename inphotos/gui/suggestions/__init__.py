"""What the search field offers while the user types."""
