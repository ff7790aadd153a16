"""Spiders: fetch into the archive, and read nothing but what tells them where to go next."""
