"""Commands about awards: round files without a platform (``files``), and the platform's runs (``app``)."""

from industry_brain.awards.cli.files import files
from industry_brain.awards.cli.runs import app

__all__ = ["app", "files"]
