"""Public addresses of the website that are no pages. Included under i18n_patterns by config.urls.

Names: `theme_css` /theme.css · `cms_admin_css` /workplace.css · `search` /search/ · `news_feed` /news.rss ·
`announcement_feed`, `event_feed`, `consultation_feed` /….rss · `events_ics` /events.ics ·
`event_ics` /events/<slug>.ics ·
`sitemap` /sitemap.xml · `robots` /robots.txt.
Each of them also answers below /en/ and /ru/; the style sheet, the site map and robots are the same there.
"""

from django.urls import path, re_path

from cms.disclosure.urls import urlpatterns as disclosure_urlpatterns
from cms.outreach.urls import urlpatterns as outreach_urlpatterns
from cms.records.urls import urlpatterns as records_urlpatterns
from cms.search.urls import urlpatterns as search_urlpatterns
from cms.styleguide.urls import urlpatterns as styleguide_urlpatterns
from cms.syndication.urls import urlpatterns as syndication_urlpatterns
from cms.views.calendars import event_ics, events_ics
from cms.views.feeds import announcement_feed, consultation_feed, event_feed, news_feed
from cms.views.legacy import old_home, old_page
from cms.views.robots import robots_txt, sitemap_xml
from cms.views.share import share_png
from cms.views.theme import theme_css
from cms.views.workplace import admin_css

urlpatterns = [
    path("theme.css", theme_css, name="theme_css"),
    path("share.png", share_png, name="share_card"),
    # Outside /admin/, because the sign-in page shows the community's colour too.
    path("workplace.css", admin_css, name="cms_admin_css"),
    path("news.rss", news_feed, name="news_feed"),
    path("announcements.rss", announcement_feed, name="announcement_feed"),
    path("events.rss", event_feed, name="event_feed"),
    path("consultations.rss", consultation_feed, name="consultation_feed"),
    path("events.ics", events_ics, name="events_ics"),
    path("events/<slug:slug>.ics", event_ics, name="event_ics"),
    path("sitemap.xml", sitemap_xml, name="sitemap"),
    path("sitemap-<int:part>.xml", sitemap_xml, name="sitemap_part"),
    path("robots.txt", robots_txt, name="robots"),
    # The earlier system wrote its addresses in any case.
    re_path(r"^[Pp][Aa][Gg][Ee][Ss]/(?P<path>[\w/.-]+\.[Aa][Ss][Pp][Xx])$", old_page, name="old_page"),
    re_path(r"^[Dd]efault\.aspx$", old_home, name="old_home"),
    *disclosure_urlpatterns,
    *outreach_urlpatterns,
    *records_urlpatterns,
    *search_urlpatterns,
    *styleguide_urlpatterns,
    *syndication_urlpatterns,
]
