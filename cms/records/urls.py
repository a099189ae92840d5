"""Public addresses of this part of the website. Included by cms.urls, so each also answers below /en/ and /ru/.

Names: `register_file` <page of a register>/rows.csv, rows.json, feed.rss. The pages themselves are Wagtail's, whose
own pattern knows no dots.
"""

from django.urls import re_path

from cms.records import outside  # noqa: F401 - it registers itself
from cms.records.views import register_file

urlpatterns = [
    re_path(
        r"^(?P<path>(?:[\w-]+/)+)(?P<file>rows\.csv|rows\.json|feed\.rss)$",
        register_file,
        name="register_file",
    ),
]
