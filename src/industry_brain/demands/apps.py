from django.apps import AppConfig


class DemandsConfig(AppConfig):
    name = "industry_brain.demands"
