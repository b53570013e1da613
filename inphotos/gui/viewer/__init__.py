"""The viewer: photos in the window, one at a time or side by side."""
