"""Pixels and words to embeddings. torch and transformers are imported only when an encoder loads."""
