"""The heart of the product in a browser: open, award, approve twice, check the files, see one's share."""

import json
import re
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.cluster import Cluster
from tests.browser.conftest import Visit
from tests.browser.readers import ENGLISH

SOLVED_WITHIN = 180_000  # milliseconds; seconds when nothing else runs


def test_a_sealed_round_becomes_an_award_that_everybody_can_check(
    visit: Visit, cluster: Cluster, tmp_path: Path
) -> None:
    page = visit("/", "operator", ENGLISH)
    page.locator(".callout a").first.click()
    page.get_by_role("button", name="Open the bids").click()
    expect(page.get_by_role("heading", name="Minutes of the opening")).to_be_visible()
    page.get_by_role("button", name="Work out the award").click()
    expect(page.locator("#progress")).to_contain_text("Best award so far")
    expect(page.get_by_role("link", name="Approve")).to_be_visible(timeout=SOLVED_WITHIN)  # without a reload
    award = page.url

    checked = check_files(page, cluster, tmp_path)
    assert (
        page.locator(".stat", has_text="Landed cost").locator(".stat-value").inner_text() == checked["landed"]
    )

    approve(page, "Least cost, proved.")
    expect(page.get_by_text("A second person has to approve before the award holds.")).to_be_visible()
    expect(page.get_by_role("link", name="Approve")).to_have_count(0)

    colleague = visit(award, "operator2", ENGLISH)
    approve(colleague, "I have checked the files.")
    expect(colleague.get_by_text("Standstill until")).to_be_visible()

    member = visit(award, "member", ENGLISH)
    member.get_by_role("link", name="My share").click()
    expect(member.locator(".stat-value").first).to_have_text(checked["payment"])
    expect(member.locator("main")).to_contain_text("Together it costs " + checked["payment"])
    expect(member.locator("[data-chart] svg").first).to_be_visible()


def approve(page: Page, reason: str) -> None:
    page.get_by_role("link", name="Approve").click()
    page.locator("textarea").fill(reason)
    page.get_by_role("button", name="Approve").click()
    page.wait_for_url(re.compile(r"/awards/A-[^/]+/$"))


def check_files(page: Page, cluster: Cluster, folder: Path) -> dict[str, str]:
    """Download what anybody may check, and have the command line check it."""
    for kind in ("round", "award", "proof", "shares"):
        content = page.request.get(f"{page.url}files/{kind}.json").body()
        (folder / f"{kind}.json").write_bytes(content)
    files = [folder / f"{kind}.json" for kind in ("round", "award", "shares")]
    said = cluster.brain("check", *files, "--proof", folder / "proof.json", "--json")
    assert said.returncode == 0, said.stdout + said.stderr
    assert json.loads(said.stdout)["proof_checked"]
    award, shares = (json.loads((folder / f"{kind}.json").read_text()) for kind in ("award", "shares"))
    own = next(row for row in shares["members"] if row["member"] == "F-0001")
    return {"landed": yuan(award["landed_cost"]), "payment": yuan(own["payment"])}


def yuan(written: str) -> str:
    """A file's amount as pages write it."""
    return f"¥{Decimal(written):,.2f}"
