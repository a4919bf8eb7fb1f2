"""Documents as PDF: a typst source, data as JSON, pictures as SVG.  Data never becomes source."""

from industry_brain.web.documents.pdf import pdf

__all__ = ["pdf"]
