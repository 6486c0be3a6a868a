"""How fast the kit is, as ratios to what stands beside it: ``python -m tests.benchmarks``.

Nothing here is a timed test. The suite only checks that each benchmark runs and says its figures;
the figures themselves mean something on a machine that does nothing else.
"""
