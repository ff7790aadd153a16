"""Partitions: the terms (législatures), which open, fill and close in reality.

Dynamic, since a term is added by being collected or imported; what belongs to no term yet is in `unplaced`.
"""

import dagster as dg

terms = dg.DynamicPartitionsDefinition(name="terms")
