"""The list at the left of the photos: what there is to be shown."""
