from django.apps import AppConfig


class FirmsConfig(AppConfig):
    name = "industry_brain.firms"

    def ready(self) -> None:
        """Tell accounts which roles suit a firm."""
        from industry_brain.accounts.kinds import register_kind
        from industry_brain.firms.permissions import roles_in_firm

        register_kind(roles_in_firm)
