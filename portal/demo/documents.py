"""Files of the showcase: short PDFs that we set ourselves, and the pieces in content/media/."""
