"""Real faults around the product: what breaks, how it is broken, and what has to hold afterwards."""
