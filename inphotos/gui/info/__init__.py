"""The information panel: what is known of the chosen photos."""
