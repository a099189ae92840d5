"""Announcements: notices that the law demands, with a day on which they end."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from cms.blocks import ListedFileBlock, PageBodyBlock
from cms.dates import holds_today, today
from cms.models.archived import ArchivedListPage
from cms.models.base import BasePage, LegalBasisMixin
from cms.models.paging import LongListPaginator
from cms.models.panels import page_screen
from cms.models.tags import PageTag
from cms.stream import BodyField

ANNOUNCEMENTS_A_PAGE = 20


class AnnouncementIndexPage(ArchivedListPage):
    """Announcements in force; what has ended stands in the archive."""

    template = "cms/announcement_index_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.AnnouncementPage"]
    rows_a_page = ANNOUNCEMENTS_A_PAGE
    paginator = LongListPaginator
    feed = "announcements_feed"
    below = {**ArchivedListPage.below, "kind": r"kind/(?P<kind>[a-z-]+)"}
    edit_handler = page_screen(FieldPanel("lede"), review=False)

    class Meta:
        verbose_name = _("list of announcements")
        verbose_name_plural = _("lists of announcements")

    def current(self) -> AnnouncementQuerySet:
        return announcements_of(self).in_force()

    def over(self) -> AnnouncementQuerySet:
        return announcements_of(self).ended()

    def below_kind(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in AnnouncementPage.Kind.values:
            raise Http404
        return self.answer(request, self.list_context(request, self.current().filter(kind=kind), kind=kind))

    def list_context(
        self, request: HttpRequest, rows: AnnouncementQuerySet, *, is_archive: bool = False, kind: str = ""
    ) -> dict[str, Any]:
        context = super().list_context(request, rows, is_archive=is_archive)
        counts = dict(
            self.current().order_by().values_list("kind").annotate(total=Count("pk")).values_list("kind", "total")
        )
        address = self.url or ""
        filters = [
            {"title": label, "url": f"{address}kind/{code}/", "total": counts[code], "is_current": code == kind}
            for code, label in AnnouncementPage.Kind.choices
            if code in counts
        ]
        context.update(
            filters=filters,
            all_url=address,
            all_total=sum(counts.values()),
            kind=AnnouncementPage.Kind(kind).label if kind else "",
        )
        return context


class AnnouncementQuerySet(PageQuerySet):
    """Announcements by the day on which they end (the day itself still counts)."""

    def in_force(self) -> AnnouncementQuerySet:
        return self.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=today()))

    def ended(self) -> AnnouncementQuerySet:
        return self.filter(expires_on__lt=today())


class AnnouncementPage(LegalBasisMixin, BasePage):
    """A notice of the community. It stays readable after its end, so that what was announced can be proved."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("Notice")
        AUCTION = "auction", _("Auction")
        TENDER = "tender", _("Tender")
        COMPETITION = "competition", _("Competition for a position")
        SESSION = "session", _("Session of the council")
        HEARING = "hearing", _("Public hearing")
        LAND = "land", _("Land and construction")
        OUTAGE = "outage", _("Interruption of supply")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NOTICE)
    published_on = models.DateField(_("published on"), default=today, db_index=True)
    expires_on = models.DateField(
        _("in force until"),
        null=True,
        blank=True,
        help_text=_("The last day on which it matters. After it the announcement moves to the archive."),
    )
    settlement = models.CharField(_("settlement"), max_length=100, blank=True, help_text=_("Empty: all settlements."))
    azdarar = models.CharField(
        _("on azdarar.am"),
        max_length=200,
        blank=True,
        help_text=_("Number or address of the same notice on azdarar.am, where the law demands it."),
    )
    body = BodyField(PageBodyBlock(), verbose_name=_("text"))
    files = BodyField([("file", ListedFileBlock())], verbose_name=_("files"), blank=True)
    tags = ClusterTaggableManager(through=PageTag, blank=True, verbose_name=_("topics"))

    objects = PageManager.from_queryset(AnnouncementQuerySet)()  # type: ignore[misc]

    search_kind = "announcement"
    template = "cms/announcement_page.html"
    parent_page_types = ["cms.AnnouncementIndexPage"]
    subpage_types: list[str] = []
    search_fields = [*BasePage.search_fields, index.FilterField("published_on"), index.FilterField("kind")]
    edit_handler = page_screen(
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("settlement")]),
                FieldRowPanel([FieldPanel("published_on"), FieldPanel("expires_on")]),
            ],
            heading=_("What and when"),
        ),
        FieldPanel("lede"),
        FieldPanel("body"),
        FieldPanel("files"),
        FieldRowPanel([FieldPanel("legal_basis"), FieldPanel("azdarar")]),
        FieldPanel("tags"),
    )

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("published_on")),
                name="announcement_ends_after_it_begins",
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.expires_on and self.published_on and self.expires_on < self.published_on:
            raise ValidationError({"expires_on": _("The announcement ends before it is published.")})

    @property
    def date(self) -> Any:
        """The day of publication, under the name that lists and feeds use."""
        return self.published_on

    @property
    def is_ended(self) -> bool:
        """Whether its last day has passed."""
        return self.expires_on is not None and self.expires_on < today()

    @property
    def azdarar_url(self) -> str:
        """Address on azdarar.am when the reference is one, otherwise empty."""
        return self.azdarar if self.azdarar.startswith(("https://", "http://")) else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        holds_today(request)
        context = super().get_context(request, *args, **kwargs)
        others = announcements_of(self.get_parent()).in_force().exclude(pk=self.pk)[:3]
        context.update(
            files=[block.value for block in self.files],
            related=[{"title": other.title, "url": other.url} for other in others],
        )
        return context


def announcements_of(parent: Any) -> AnnouncementQuerySet:
    """Published announcements of a list, the newest first."""
    rows: AnnouncementQuerySet = AnnouncementPage.objects.child_of(parent).live()
    return rows.order_by("-published_on", "-pk").defer("body", "files")
