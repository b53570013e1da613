"""The few dialogs: lists and facts, never errors."""
