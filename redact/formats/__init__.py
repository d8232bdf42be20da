"""File formats: one module each, all behind the same interface."""
