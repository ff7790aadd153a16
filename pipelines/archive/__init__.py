"""The archive: raw captures in WARC files and the ledger that knows them; the only stage that spiders use."""
