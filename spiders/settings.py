"""Scrapy's settings for every spider of the house: polite, strict, and closed to the outside.

What differs from Scrapy's defaults and why. What one run decides (delay, concurrency, user agent) is set by `run`.
"""

BOT_NAME = "questarium"
SPIDER_MODULES = ["spiders"]

# Who we are and how slowly we go. One connection: a parliament's site is no load test.
USER_AGENT = "Questarium/0.1 (+https://github.com/questarium/questarium)"
ROBOTSTXT_OBEY = True
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0  # it would halve the delay now and then
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
AUTOTHROTTLE_ENABLED = False
COOKIES_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "fr",
    "Accept-Encoding": "gzip, deflate",  # what spiders.integrity can prove complete
}

# Nothing listens, nothing but the web is fetched, certificates count (Scrapy's defaults: open, all, ignored).
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
METAREFRESH_ENABLED = False
HTTPPROXY_ENABLED = False

# No page of a question is that large or that slow.
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 30
REDIRECT_MAX_TIMES = 5

# The archive's ledger knows what was asked and what was got: no JOBDIR (it loses requests), no filter of duplicates.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
HTTPERROR_ALLOW_ALL = True
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # in the order asked for; the default is the reverse

# Retries and decompression are ours: Scrapy's ignore Retry-After and take half a gzip stream for a page.
RETRY_ENABLED = False
COMPRESSION_ENABLED = False
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "spiders.politeness.SameSiteMiddleware": 50,
    "spiders.remembered.RememberingMiddleware": 500,
    "spiders.politeness.PolitenessMiddleware": 550,
    "spiders.integrity.IntegrityMiddleware": 590,
    "spiders.redirects.RedirectingMiddleware": 600,
}
ITEM_PIPELINES = {"spiders.archiving.ArchivingPipeline": 100}
EXTENSIONS = {
    "scrapy.extensions.logstats.LogStats": None,
    "spiders.process.Progress": 100,
    "spiders.process.ParentWatch": 100,
}

# One visit brings one item: Scrapy would start a hundred workers for it, and read the source of the callback again.
CONCURRENT_ITEMS = 1
WARN_ON_GENERATOR_RETURN_VALUE = False

BACKOFF_S = 1.0  # the first pause after trouble; it doubles
PARENT_PID = None  # stop when this process is gone

LOG_LEVEL = "WARNING"
LOG_SCRAPED_ITEMS = False
