from django.apps import AppConfig


class BidsConfig(AppConfig):
    name = "industry_brain.bids"
