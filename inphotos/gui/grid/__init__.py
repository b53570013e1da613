"""The grid of photos: what it holds, how a tile is drawn, where thumbnails come from."""
