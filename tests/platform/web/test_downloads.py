from industry_brain.web.downloads import XLSX, download


def test_files_are_taken_away_under_their_name_in_any_script():
    response = download(b"x", "定标结果 R-1.xlsx")
    assert response["Content-Type"] == XLSX
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%AE%9A")


def test_a_name_cannot_add_headers():
    disposition = download(b"x", 'a"\r\nSet-Cookie: b=c').get("Content-Disposition", "")
    assert "\r" not in disposition
    assert "\n" not in disposition
