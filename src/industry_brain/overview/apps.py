from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "industry_brain.overview"
