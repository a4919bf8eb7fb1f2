from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "industry_brain.kernel"

    def ready(self) -> None:
        from industry_brain.kernel import background

        background.discover()
