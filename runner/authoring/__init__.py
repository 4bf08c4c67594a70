"""The instructor's tools: what proves a pack, and what helps to write one."""
