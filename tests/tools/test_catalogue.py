"""The check of the Chinese messages finds each kind of fault, and no fault where there is none."""

from pathlib import Path

import pytest

from tools.catalogue import Use, compare, fields_of, missing_entries, read_fragments, read_source

ROUNDS = "industry_brain/rounds"


def problems(root: Path, fragment: str) -> list[str]:
    path = root / "rounds.zh.po"
    path.write_text(fragment, encoding="utf-8")
    uses, badly_written = read_source(root / "src" / "industry_brain")
    entries, clashes = read_fragments([path])
    return [*badly_written, *clashes, *compare(uses, entries)]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "src" / ROUNDS / "templates").mkdir(parents=True)
    return tmp_path


def write(tree: Path, name: str, text: str) -> None:
    (tree / "src" / ROUNDS / name).write_text(text, encoding="utf-8")


def entry(english: str, chinese: str) -> str:
    return f'msgid "{english}"\nmsgstr "{chinese}"\n\n'


def test_a_complete_fragment_has_no_problem(tree: Path) -> None:
    write(tree, "states.py", 'label = _("draft")')

    assert problems(tree, entry("draft", "草稿")) == []


def test_a_message_without_chinese_is_missing(tree: Path) -> None:
    write(tree, "states.py", 'label = _("draft")')

    (problem,) = problems(tree, "")

    assert "'draft' has no Chinese (fragment rounds.zh.po)" in problem
    assert problem.startswith("src/industry_brain/rounds/states.py:1")


def test_an_empty_or_fuzzy_entry_is_a_problem(tree: Path) -> None:
    write(tree, "states.py", 'a, b = _("draft"), _("final")')

    found = problems(tree, entry("draft", "") + "#, fuzzy\n" + entry("final", "终"))

    assert [text.split(": ", 1)[1] for text in found] == ["'draft' is empty", "'final' is marked fuzzy"]


def test_an_entry_that_nothing_uses_is_a_problem_unless_it_overrides_django(tree: Path) -> None:
    fragment = entry("gone", "走了") + "# overrides Django\n" + entry("Log in", "登录")

    (problem,) = problems(tree, fragment)

    assert problem.endswith("'gone' is used nowhere")


def test_differing_placeholders_are_a_problem(tree: Path) -> None:
    write(tree, "operations.py", '_("{round} closed at {deadline:%H:%M}")')

    (problem,) = problems(tree, entry("{round} closed at {deadline:%H:%M}", "{round} 已截止"))

    assert "has ['deadline', 'round'], its Chinese ['round']" in problem


def test_two_fragments_that_disagree_are_a_problem(tmp_path: Path) -> None:
    paths = [tmp_path / "bids.zh.po", tmp_path / "rounds.zh.po"]
    for path, chinese in zip(paths, ["草稿", "拟稿"], strict=True):
        path.write_text(entry("draft", chinese), encoding="utf-8")

    entries, clashes = read_fragments(paths)

    assert len(entries) == 1
    assert "'拟稿' here and '草稿' elsewhere" in clashes[0]


def test_templates_are_read_with_plural_context_and_trimmed_text(tree: Path) -> None:
    write(
        tree,
        "templates/page.html",
        '{% trans "Rounds" %}{% trans "open" context "state" %}{{ _("Export") }}'
        "{% blocktrans trimmed count n=n %}\n  {{ n }} bid\n{% plural %}\n  {{ n }} bids\n"
        "{% endblocktrans %}",
    )

    uses, badly_written = read_source(tree / "src" / "industry_brain")

    assert badly_written == []
    assert {(*key, use.plural) for key, use in uses.items()} == {
        ("", "Rounds", ""),
        ("state", "open", ""),
        ("", "Export", ""),
        ("", "%(n)s bid", "%(n)s bids"),
    }


def test_a_percent_sign_in_trans_is_a_problem(tree: Path) -> None:
    write(tree, "templates/page.html", '\n{% trans "60 % done" %}')

    found = problems(tree, "")

    assert found[0].startswith("src/industry_brain/rounds/templates/page.html:2: a % inside trans")


def test_a_plural_message_with_a_single_entry_is_a_problem(tree: Path) -> None:
    write(tree, "tables.py", 'ngettext("{n} bid", "{n} bids", n)')

    (problem,) = problems(tree, entry("{n} bid", "{n} 份报价"))

    assert "is plural in src/industry_brain/rounds/tables.py:1" in problem


def test_the_missing_entries_are_printed_as_a_fragment() -> None:
    use = Use(("", "draft"), "", "src/industry_brain/rounds/states.py:20")

    text = missing_entries({use.key: use}, {})

    assert text == '# src/industry_brain/rounds/states.py:20\nmsgid "draft"\nmsgstr ""\n\n'


def test_a_lone_brace_is_a_placeholder_of_its_own() -> None:
    assert fields_of("a { b") == frozenset({"(a brace without its partner)"})
