"""Objects that live on their own threads and do the slow work there."""
