from django.apps import AppConfig


class Config(AppConfig):
    name = "services_api.workdays"
    label = "workdays"
