"""Pasting into a page as a spreadsheet does."""

from playwright.sync_api import Page


def paste(page: Page, cell: str, text: str) -> None:
    """Paste a text into a cell."""
    page.locator(cell).evaluate(
        """(cell, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const options = { clipboardData: data, bubbles: true, cancelable: true };
            cell.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )
