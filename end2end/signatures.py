"""Checks what the register signs with joserfc, which shares nothing with what made it: the licence's token and both
status lists count, and no longer once a bit of them is flipped or the key is another.

    python signatures.py FILE    # as src/signing/tests/others.rs writes it
"""

import json
import sys
import warnings

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

# The name of RFC 8037, for which RFC 9864 has a newer one; src/signing/model/key.rs says why it is still this.
ALGORITHMS = ["EdDSA"]
warnings.filterwarnings("ignore", message="EdDSA is deprecated")


def counts(signed: bytes, keys: KeySet) -> bool:
    try:
        jws.deserialize_compact(signed, keys, algorithms=ALGORITHMS)
    except (JoseError, ValueError):
        return False
    return True


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        given = json.load(file)
    keys = KeySet.import_key_set(given["jwks"])
    strangers = KeySet([OKPKey.generate_key("Ed25519", {"kid": key.kid}) for key in keys.keys])

    token = jws.deserialize_compact(given["token"], keys, algorithms=ALGORITHMS)
    assert token.headers() == {"alg": "EdDSA", "kid": given["kid"]}, token.headers()
    assert json.loads(token.payload) == given["claims"], token.payload
    for name, credential in given["lists"].items():
        read = jws.deserialize_compact(credential, keys, algorithms=ALGORITHMS)
        assert read.headers() == {"alg": "EdDSA", "kid": given["kid"], "typ": "vc+jwt"}, read.headers()
        assert json.loads(read.payload)["credentialSubject"]["statusPurpose"] == name, read.payload

    # Each bit of the token in turn; of the lists, which are longer, every seventh: one or two of each character.
    for signed, step in [(given["token"], 1), *((credential, 7) for credential in given["lists"].values())]:
        assert not counts(signed.encode(), strangers), "signed with another key"
        bits = range(0, len(signed) * 8, step)
        for bit in bits:
            flipped = bytearray(signed.encode())
            flipped[bit // 8] ^= 1 << bit % 8
            assert not counts(bytes(flipped), keys), f"bit {bit} of {signed}"
        print(f"{len(bits)} flips of a bit refused")


main()
