"""One small file per data set; each has `load(folder)` that returns recordings."""
