"""Addresses for residents, below the language prefixes."""

from django.urls import path

from services_api.cases.views import apply, later, own, papers, status, together

app_name = "cases"
urlpatterns = [
    path("apply/<slug:code>/", apply.apply, name="apply"),
    path("apply/<slug:code>/<slug:token>/", apply.change, name="change"),
    path("apply/<slug:code>/<slug:token>/page/<slug:page>/", apply.page, name="page"),
    path("resume/", later.resume, name="resume"),
    path("apply/<slug:code>/<slug:token>/review/", apply.review, name="review"),
    path("apply/<slug:code>/<slug:token>/done/", apply.done, name="done"),
    path("case/", status.lookup, name="lookup"),
    path("case/<uuid:uuid>/", status.status, name="status"),
    path("case/<uuid:uuid>/answer/", own.answer, name="answer"),
    path("case/<uuid:uuid>/message/", own.message, name="message"),
    path("case/<uuid:uuid>/withdraw/", own.withdraw, name="withdraw"),
    path("case/<uuid:uuid>/rating/", own.rating, name="rating"),
    path("case/<uuid:uuid>/receipt.pdf", papers.receipt, name="receipt"),
    path("case/<uuid:uuid>/decision.pdf", papers.decision, name="decision"),
    path("together/<slug:token>/", together.confirm, name="together"),
    path("case/<uuid:uuid>/files/<uuid:attachment>/", status.file, name="file"),
]
