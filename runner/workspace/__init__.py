"""The learner's folder: its layout, progress, what is unlocked, reset, history."""
