"""Public addresses of this part of the website. Included by cms.urls, so each also answers below /en/ and /ru/.

They answer on the ministry's host; `/duties/` of a community leads to its page there.
"""

from django.urls import path, re_path

from cms.disclosure import public_pages

urlpatterns = [
    path("duties/", public_pages.overview, name="duties_overview"),
    re_path(r"^duties/data\.(?P<form>csv|json)$", public_pages.overview_data, name="duties_overview_data"),
    path("duties/<slug:slug>/", public_pages.of_community, name="duties_of_community"),
    re_path(
        r"^duties/(?P<slug>[a-z0-9-]+)/data\.(?P<form>csv|json)$",
        public_pages.community_data,
        name="duties_community_data",
    ),
]
