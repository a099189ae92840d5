"""Public addresses of this part of the website. Included by cms.urls, so each also answers below /en/ and /ru/."""

from django.urls import URLPattern, path

from cms.outreach.views import alerts, feedback, polls, subscribe

urlpatterns: list[URLPattern] = [
    path("alerts/", alerts.alert_list, name="alerts"),
    path("alerts.rss", alerts.alert_feed, name="alerts_feed"),
    path("alerts.json", alerts.alerts_json, name="alerts_json"),
    path("alerts/in/<slug:place>/", alerts.alert_list, name="alerts_of_place"),
    path("alerts/in/<slug:place>.rss", alerts.alert_feed, name="alerts_feed_of_place"),
    path("alerts/in/<slug:place>.json", alerts.alerts_json, name="alerts_json_of_place"),
    path("alerts/<uuid:uuid>/", alerts.alert_detail, name="alert"),
    path("feedback/<str:token>/", feedback.page_feedback, name="feedback"),
    path("subscribe/", subscribe.subscribe, name="subscribe"),
    path("subscribe/sent/", subscribe.sent, name="subscribe_sent"),
    path("subscribe/confirm/<str:token>/", subscribe.confirm, name="subscription_confirm"),
    path("subscribe/manage/<str:token>/", subscribe.manage, name="subscription"),
    path("unsubscribe/<str:token>/", subscribe.unsubscribe, name="unsubscribe"),
    path("polls/", polls.poll_list, name="polls"),
    path("polls/<uuid:uuid>/", polls.poll_detail, name="poll"),
]
