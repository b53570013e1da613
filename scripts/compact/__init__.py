"""Parts of ``scripts/train_compact_model.py``."""
