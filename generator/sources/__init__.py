"""Files on disk become values that know their file, line and column."""
