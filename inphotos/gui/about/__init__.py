"""What this program is and what it is made of."""
