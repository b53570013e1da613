"""The library on disk: ObjectBox holds the catalog and one HNSW index for each model."""
