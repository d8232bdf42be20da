"""Accuracy and speed, measured beside stock Presidio."""
