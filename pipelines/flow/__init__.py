"""The flow: the only place that knows all stages and joins them; each step run again over the same input changes nothing.

Paths → archive (`importing`), archive → data version (`building`), data version → index (`indexing`).
"""
