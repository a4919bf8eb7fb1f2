from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "industry_brain.awards"
