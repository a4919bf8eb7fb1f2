from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "industry_brain.demo"
