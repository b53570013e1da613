"""The proof that no command of InPhotos opens a connection, native code included."""
