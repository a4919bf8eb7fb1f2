from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "industry_brain.catalogue"
