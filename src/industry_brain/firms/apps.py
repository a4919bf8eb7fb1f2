from django.apps import AppConfig


class FirmsConfig(AppConfig):
    name = "industry_brain.firms"
