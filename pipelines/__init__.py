"""The stages between the archive and the index; each knows the records, none knows another; `flow` joins them."""
