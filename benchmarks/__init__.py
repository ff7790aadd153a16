"""Benchmarks: speed as ratios against a peer in the same run; run one with `python -m benchmarks.bench_…`."""
