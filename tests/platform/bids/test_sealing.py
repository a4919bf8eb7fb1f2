import hashlib
import json

import pytest

from industry_brain.bids import sealing

CONTENT = {"offers": [{"item": "钢", "price": "5650.00"}]}


def test_what_was_sealed_comes_out_again() -> None:
    assert sealing.unseal(sealing.seal(CONTENT, salt="aa")) == CONTENT


def test_the_commitment_can_be_recomputed_as_the_receipt_says() -> None:
    sealed = sealing.seal(CONTENT, salt="aa")
    inside = json.loads(sealed.body)
    text = json.dumps(inside["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    lines = f"industry-brain/bid-commitment/v1\n{inside['salt']}\n{text}"
    assert hashlib.sha256(lines.encode()).hexdigest() == sealed.sha256


def test_the_same_content_under_another_salt_has_another_commitment() -> None:
    assert sealing.seal(CONTENT, salt="aa").sha256 != sealing.seal(CONTENT, salt="ab").sha256


@pytest.mark.parametrize("body", ["{}", "no json", "[]", '{"content": {}, "salt": "aa"}', "null"])
def test_a_changed_body_is_not_opened(body: str) -> None:
    sealed = sealing.seal(CONTENT, salt="aa")
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(sealing.Sealed(sealed.tier, body, sealed.sha256))


def test_a_single_changed_digit_is_not_opened() -> None:
    sealed = sealing.seal(CONTENT, salt="aa")
    with pytest.raises(sealing.SealBroken, match="has the commitment"):
        sealing.unseal(sealing.Sealed(sealed.tier, sealed.body.replace("5650.00", "5651.00"), sealed.sha256))


def test_an_envelope_of_another_tier_is_not_opened() -> None:
    sealed = sealing.seal(CONTENT, salt="aa")
    with pytest.raises(sealing.SealBroken, match="T9"):
        sealing.unseal(sealing.Sealed("T9", sealed.body, sealed.sha256))


def test_a_blinded_digest_is_not_the_digest() -> None:
    digest = sealing.seal(CONTENT, salt="aa").sha256
    assert sealing.opaque(digest) != digest
    assert sealing.opaque(digest) == sealing.opaque(digest)
