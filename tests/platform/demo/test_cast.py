from industry_brain.demo.cast import LOGINS, MEMBERS, NEEDS, PLACES, SUPPLIERS


def test_there_are_28_members_with_names_of_their_own() -> None:
    assert len({member.name for member in MEMBERS}) == len({m.name_en for m in MEMBERS}) == 28


def test_everybody_lives_sells_and_avoids_within_the_story() -> None:
    places, keys = {place.code for place in PLACES}, {supplier.key for supplier in SUPPLIERS}

    assert {member.place for member in MEMBERS} == places
    assert {member.avoids for member in MEMBERS} - {""} <= keys
    assert {need for supplier in SUPPLIERS for need in supplier.sells} == set(NEEDS)


def test_there_is_a_login_for_every_role() -> None:
    names = [login.username for login in LOGINS]

    assert len(set(names)) == len(names)
    assert {"operator", "operator2", "member", "supplier", "analyst", "commissioner", "auditor"} <= set(names)
