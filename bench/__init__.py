"""The benchmark; `__main__` says what it can do, and where to find what."""
