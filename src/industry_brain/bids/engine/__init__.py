"""Bids in the shape of ``round-format.md``: checked, priced and compared by ``brain_engines.awards``."""

from industry_brain.bids.engine.basis import Basis, BasisItem, basis_of
from industry_brain.bids.engine.content import shaped
from industry_brain.bids.engine.faults import Fault, faults_of, warnings_of
from industry_brain.bids.engine.grids import CHOICES, GRID_LIST, Grid, GridColumn
from industry_brain.bids.engine.matrix import Cell, Column, Matrix, MatrixRow, matrix_of
from industry_brain.bids.engine.preview import Preview, PreviewLine, PreviewPackage, preview_of
from industry_brain.bids.engine.rows import GRIDS, Row, Rows, content_from_rows, rows_from_content

__all__ = [
    "CHOICES",
    "GRIDS",
    "GRID_LIST",
    "Basis",
    "BasisItem",
    "Cell",
    "Column",
    "Fault",
    "Grid",
    "GridColumn",
    "Matrix",
    "MatrixRow",
    "Preview",
    "PreviewLine",
    "PreviewPackage",
    "Row",
    "Rows",
    "basis_of",
    "content_from_rows",
    "faults_of",
    "matrix_of",
    "preview_of",
    "rows_from_content",
    "shaped",
    "warnings_of",
]
