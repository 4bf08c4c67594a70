"""Programs around wheels that bring a library where an engine's own program is wanted."""
