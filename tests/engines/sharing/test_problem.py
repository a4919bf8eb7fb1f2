from brain_engines.sharing.problem import AVAILABLE_RULES, SharingRefused, SharingRule


def test_a_refusal_has_a_sentence_a_code_and_the_facts() -> None:
    refused = SharingRefused("no_bill", "Round {round} has no bill.", round="r1")

    assert (str(refused), refused.code, refused.facts) == (
        "Round r1 has no bill.",
        "no_bill",
        {"round": "r1"},
    )
    assert refused.template == "Round {round} has no bill."


def test_six_of_the_eight_rules_are_available() -> None:
    assert set(SharingRule) - AVAILABLE_RULES == {SharingRule.NUCLEOLUS, SharingRule.SHAPLEY}
