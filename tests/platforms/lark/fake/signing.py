"""How the platform encrypts and signs what it pushes.

Source: event-subscription-configure-/encrypt-key-encryption-configuration-case on open.feishu.cn:
AES-256-CBC with the SHA-256 of the encrypt key, the initial vector in front, PKCS7 padding; the
signature is SHA-256 over timestamp, nonce, encrypt key and the raw body.
"""

import base64
import hashlib
import json
import os

from Crypto.Cipher import AES
from Crypto.Util.Padding import pad, unpad


def sealed(plain: bytes, key: str) -> bytes:
    """The body that carries `plain` encrypted."""
    vector = os.urandom(AES.block_size)
    cipher = AES.new(_digest(key), AES.MODE_CBC, vector)
    shut = vector + cipher.encrypt(pad(plain, AES.block_size))
    return json.dumps({"encrypt": base64.b64encode(shut).decode()}).encode()


def opened(body: bytes, key: str) -> bytes:
    """What `sealed` took; raises ValueError when the key is another."""
    shut = base64.b64decode(json.loads(body)["encrypt"])
    cipher = AES.new(_digest(key), AES.MODE_CBC, shut[: AES.block_size])
    return unpad(cipher.decrypt(shut[AES.block_size :]), AES.block_size)


def signature(timestamp: str, nonce: str, key: str, body: bytes) -> str:
    """What stands in X-Lark-Signature."""
    return hashlib.sha256((timestamp + nonce + key).encode() + body).hexdigest()


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
