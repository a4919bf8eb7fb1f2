from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "industry_brain.accounts"
