"""The watch loop: a pure reducer, and the adapters round it for files, keys, the checker and the terminal."""
