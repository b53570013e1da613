"""Real faults around the product: what breaks, how, and what has to hold afterwards."""
