"""Packs: manifests, their order, and the catalogue made of them. Knows no learner."""
