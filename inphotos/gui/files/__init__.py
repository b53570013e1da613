"""What can be done with the files of photos: copies, the trash, other programs, the clipboard."""
