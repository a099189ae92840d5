"""Pages, pictures and settings of the official website."""

from cms.models.announcements import AnnouncementIndexPage, AnnouncementPage
from cms.models.communities import CommunitiesPage
from cms.models.consultations import ConsultationComment, ConsultationIndexPage, ConsultationPage
from cms.models.contact import ContactPage
from cms.models.content import ContentPage, SectionPage
from cms.models.documents import DocumentsPage
from cms.models.events import EventIndexPage, EventPage
from cms.models.form_page import FormField, FormPage
from cms.models.gallery import GalleryPage
from cms.models.guides import GuidePage
from cms.models.home import HomePage
from cms.models.legacy import LegacyAddress
from cms.models.media import SiteDocument, SiteImage, SiteRendition
from cms.models.news import NewsIndexPage, NewsPage
from cms.models.profile import OpeningHours, SiteProfile, SocialLink
from cms.models.publications import ChapterPage, PublicationPage
from cms.models.registers import RegisterPage
from cms.models.service_cards import ServiceCardPage
from cms.models.services import ServiceCataloguePage
from cms.models.site_map import SiteMapPage
from cms.models.syndicated import SyndicatedPage
from cms.models.tags import PageTag

# Every page type that has words of its own, in the order of the tree.
PAGE_TYPES = (
    HomePage,
    SectionPage,
    ServiceCataloguePage,
    NewsIndexPage,
    AnnouncementIndexPage,
    EventIndexPage,
    ConsultationIndexPage,
    ContentPage,
    ContactPage,
    DocumentsPage,
    GalleryPage,
    GuidePage,
    PublicationPage,
    ChapterPage,
    FormPage,
    ServiceCardPage,
    NewsPage,
    SyndicatedPage,
    AnnouncementPage,
    EventPage,
    ConsultationPage,
    SiteMapPage,
    CommunitiesPage,
    RegisterPage,
)
# Those that are written every day and reached through their list: too many for menus and the site map.
LISTED_TYPES = (NewsPage, SyndicatedPage, AnnouncementPage, EventPage, ConsultationPage, ChapterPage)

__all__ = [
    "LISTED_TYPES",
    "PAGE_TYPES",
    "AnnouncementIndexPage",
    "AnnouncementPage",
    "ChapterPage",
    "CommunitiesPage",
    "ConsultationComment",
    "ConsultationIndexPage",
    "ConsultationPage",
    "ContactPage",
    "ContentPage",
    "DocumentsPage",
    "EventIndexPage",
    "EventPage",
    "FormField",
    "FormPage",
    "GalleryPage",
    "GuidePage",
    "HomePage",
    "LegacyAddress",
    "NewsIndexPage",
    "NewsPage",
    "OpeningHours",
    "PageTag",
    "PublicationPage",
    "RegisterPage",
    "SectionPage",
    "ServiceCardPage",
    "ServiceCataloguePage",
    "SiteDocument",
    "SiteImage",
    "SiteMapPage",
    "SiteProfile",
    "SiteRendition",
    "SocialLink",
    "SyndicatedPage",
]
