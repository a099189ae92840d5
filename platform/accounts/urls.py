"""Addresses of the accounts: in the language of the page, and beside Wagtail's under /admin/."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("invitation/<str:uid>/<str:token>/", views.InvitationView.as_view(), name="invitation"),
]

# Before Wagtail's own: the same names and addresses of the password pages, with the tenant's tokens.
admin_urlpatterns = [
    path("admin/password_reset/", views.StaffPasswordResetView.as_view(), name="wagtailadmin_password_reset"),
    path(
        "admin/password_reset/confirm/<uidb64>/<token>/",
        views.StaffPasswordResetConfirmView.as_view(),
        name="wagtailadmin_password_reset_confirm",
    ),
    path("admin/users/<int:pk>/invite-again/", views.staff_invite_again, name="staff_invite_again"),
]
