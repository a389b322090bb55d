"""Who came to a webinar: the files of meeting tools read, people counted once, numbers kept with their source."""
