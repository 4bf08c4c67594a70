"""One exercise and one folder give one verdict: the checker process, its pytest plugin, limits, results."""
