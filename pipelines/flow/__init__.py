"""The flow: the only place that knows all stages and joins them.

Paths → archive (`importing`), archive → data version (`building`), data version → index (`indexing`).
Each step run again over the same input changes nothing.
"""
