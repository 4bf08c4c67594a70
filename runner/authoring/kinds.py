"""The kinds of exercise. A module of its own, since the command line needs their names and nothing else."""

KINDS = (
    "function",
    "program",
    "http",
    "shell",
    "git",
    "sql",
    "mongo",
    "redis",
    "docker",
    "terraform",
    "pipeline",
)
"""The kinds of exercise that there are templates for."""
