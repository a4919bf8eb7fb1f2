from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "industry_brain.records"
