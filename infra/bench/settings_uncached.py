"""The product without its full-page cache: every request builds the page."""

from config.settings import *  # noqa: F403

MIDDLEWARE = [name for name in MIDDLEWARE if name != "cms.page_cache.PageCacheMiddleware"]  # noqa: F405
