"""Verifies licences' credentials with openbadgeslib, which shares nothing with what made them: as Open Badges 3.0, with
their signature, their days and their status by the signed lists. Neither for it nor for joserfc does one count any more
once a bit of it is flipped.

    python credentials.py FILE    # as src/credentials/tests/others.rs writes it
"""

import base64
import json
import sys
import warnings

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

warnings.filterwarnings("ignore", message="EdDSA is deprecated")


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        given = json.load(file)
    keys = KeySet.import_key_set(given["jwks"])
    signed = given["credentials"][0]["signed"]
    verifier = OB3Verifier(keys.get_by_kid(kid_of(signed)).as_pem(private=False))

    def download(url: str) -> bytes:
        return given["lists"][url].encode()

    def refusal(signed: str, by: OB3Verifier = verifier) -> str | None:
        try:
            read = by.verify(signed, check_status=True, verify_status_list=True, download=download)
        except OB3VerificationError as error:
            return str(error)
        assert read.issuer.id == given["issuer"], read.issuer
        assert [identity.identity_type for identity in read.identifiers] == ["name"] * 2, read.identifiers
        assert read.achievement.achievement_type == "License" and read.achievement.criteria_narrative
        return None

    for one in given["credentials"]:
        refused = refusal(one["signed"])
        if one["set"]:
            assert f"Credential status '{one['set'][0]}' is set" in refused, refused
        else:
            assert refused is None, refused

    assert counts(signed.encode(), keys)
    stranger = OB3Verifier(Ed25519PrivateKey.generate().public_key())
    assert refusal(signed, stranger) == "Invalid signature"
    # Each bit for joserfc. For the other, which is slower, every seventh, one or two of each character, but for the last
    # one, of which its decoder leaves four bits unread.
    slower = range(0, (len(signed) - 1) * 8, 7)
    for bit in range(len(signed) * 8):
        flipped = bytearray(signed.encode())
        flipped[bit // 8] ^= 1 << bit % 8
        assert not counts(bytes(flipped), keys), f"bit {bit}"
        assert bit not in slower or refusal(flipped.decode("latin-1")), f"bit {bit}"
    print(f"{len(given['credentials'])} credentials verified, {len(signed) * 8} flips of a bit refused")


def counts(signed: bytes, keys: KeySet) -> bool:
    try:
        jws.deserialize_compact(signed, keys, algorithms=["EdDSA"])
    except (JoseError, ValueError):
        return False
    return True


def kid_of(signed: str) -> str:
    header = signed.split(".")[0]
    return json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))["kid"]


main()
