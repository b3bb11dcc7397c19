"""`make bench`: the figures of docs/benchmarks.md, measured on this machine with load data on PostgreSQL and Redis."""
