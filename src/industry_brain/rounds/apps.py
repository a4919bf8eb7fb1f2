from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "industry_brain.rounds"
