"""Loaded by python_agent.py before the first request: what takes long is not this file, but the first of all."""
