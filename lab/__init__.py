"""What makes and measures the data: benchmarks and checks on the development corpora."""
