"""backendlings: hands-on exercises for backend skills, checked at every save."""

__version__ = "0.1.0"
