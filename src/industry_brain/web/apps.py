from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "industry_brain.web"
    label = "web"
