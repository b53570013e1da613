"""Pixels and words to embeddings; torch and transformers load only with an encoder."""
