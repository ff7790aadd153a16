"""When and on what: assets, partitions, checks, schedules and resources; the work itself is in `pipelines`."""
