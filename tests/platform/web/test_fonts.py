from industry_brain.web import fonts


def test_documents_find_chinese_type_in_debian_or_in_a_package():
    for found in (fonts.document_fonts(), fonts.package_fonts()):
        assert any(found.folder.glob("*CJK*"))


def test_charts_are_set_lighter_from_the_variable_font():
    assert fonts.package_fonts().chart_weight == 300
