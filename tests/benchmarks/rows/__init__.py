"""The rows of the benchmark, one module each."""
