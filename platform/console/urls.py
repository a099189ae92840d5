"""Addresses of the console, below the admin of the ministry. Every one of them is guarded by `ministry_only`."""

from django.urls import include, path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from console.access import ministry_only
from console.views import communities, connect, hosts, progress, status

console_patterns = [
    path("", communities.CommunityListView.as_view(), name="communities"),
    path("results/", communities.CommunityListView.as_view(results_only=True), name="communities_results"),
    path("connect/", connect.ChooseView.as_view(), name="connect"),
    path("connect/new/", connect.NewCommunityView.as_view(), name="connect_new"),
    path("connect/host/", connect.HostView.as_view(), name="connect_host"),
    path("connect/administrator/", connect.AdministratorView.as_view(), name="connect_administrator"),
    path("connect/check/", connect.CheckView.as_view(), name="connect_check"),
    path("communities/<slug:slug>/", communities.CommunityDetailView.as_view(), name="community"),
    path("communities/<slug:slug>/progress/", progress.ProgressView.as_view(), name="progress"),
    path("communities/<slug:slug>/progress.json", progress.ProgressJsonView.as_view(), name="progress_json"),
    path("communities/<slug:slug>/retry/", progress.RetryView.as_view(), name="retry"),
    path("communities/<slug:slug>/undo/", progress.UndoView.as_view(), name="undo"),
    path("communities/<slug:slug>/suspend/", status.SuspendView.as_view(), name="suspend"),
    path("communities/<slug:slug>/resume/", status.ResumeView.as_view(), name="resume"),
    path("communities/<slug:slug>/archive/", status.ArchiveView.as_view(), name="archive"),
    path("communities/<slug:slug>/invite-again/", status.InviteAgainView.as_view(), name="invite_again"),
    path("communities/<slug:slug>/hosts/add/", hosts.AddHostView.as_view(), name="host_add"),
    path("communities/<slug:slug>/hosts/<int:pk>/prove/", hosts.ProveHostView.as_view(), name="host_prove"),
    path("communities/<slug:slug>/hosts/<int:pk>/remove/", hosts.RemoveHostView.as_view(), name="host_remove"),
]

urlpatterns = [
    path("admin/console/", include((decorate_urlpatterns(console_patterns, ministry_only), "console"))),
]
