"""The name stands in the URL as it is."""

import base64
import hashlib
import hmac
import time
from urllib.parse import urlencode

VERSION = "2022-11-02"


def download_link(connection_string, container, blob, now):
    parts = dict(part.split("=", 1) for part in connection_string.split(";") if part)
    expiry = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now + 600))
    path = f"/blob/{parts['AccountName']}/{container}/{blob}"
    # Permissions, start, end, resource, policy, address, protocol, version, kind; snapshot, scope, five headers.
    fields = ["r", "", expiry, path, "", "", "", VERSION, "b", *[""] * 7]
    key = base64.b64decode(parts["AccountKey"])
    digest = hmac.new(key, "\n".join(fields).encode(), hashlib.sha256).digest()
    query = {"sv": VERSION, "sr": "b", "sp": "r", "se": expiry, "sig": base64.b64encode(digest)}
    return f"{parts['BlobEndpoint'].rstrip('/')}/{container}/{blob}?{urlencode(query)}"
