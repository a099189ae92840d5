"""Pages, pictures and settings of the official website."""

from cms.models.communities import CommunitiesPage
from cms.models.contact import ContactPage
from cms.models.content import ContentPage, SectionPage
from cms.models.home import HomePage
from cms.models.media import SiteDocument, SiteImage, SiteRendition
from cms.models.news import NewsIndexPage, NewsPage
from cms.models.profile import OpeningHours, SiteProfile, SocialLink
from cms.models.services import ServiceCataloguePage
from cms.models.syndicated import SyndicatedPage

# Every page type that has words of its own, in the order of the tree.
PAGE_TYPES = (
    HomePage,
    SectionPage,
    ServiceCataloguePage,
    NewsIndexPage,
    ContentPage,
    ContactPage,
    NewsPage,
    SyndicatedPage,
    CommunitiesPage,
)

__all__ = [
    "PAGE_TYPES",
    "CommunitiesPage",
    "ContactPage",
    "ContentPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "OpeningHours",
    "SectionPage",
    "ServiceCataloguePage",
    "SiteDocument",
    "SiteImage",
    "SiteProfile",
    "SiteRendition",
    "SocialLink",
    "SyndicatedPage",
]
