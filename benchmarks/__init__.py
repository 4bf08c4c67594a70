"""The figures that the README quotes, each a command: `python -m benchmarks.latency`, `.startup`, `.idle`."""
