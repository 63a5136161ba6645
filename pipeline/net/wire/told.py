"""What the HTTP libraries raise, sorted and in words."""

import os
import socket
import ssl

import httpcore
import httpx

from pipeline.net.reply import Mishap
from pipeline.net.wire.tap import RefusedError, TooLargeError, WrongLengthError

_BAD = (httpx.InvalidURL, httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol, UnicodeError)
_UNSENT = (httpx.LocalProtocolError, httpcore.LocalProtocolError)
_SLOW = (httpx.TimeoutException, httpcore.TimeoutException)
_UNCONNECTED = (httpx.ConnectTimeout, httpcore.ConnectTimeout)
_GARBLED = (httpx.RemoteProtocolError, httpcore.RemoteProtocolError, WrongLengthError)
EXPECTED = (
    *_BAD,
    *_UNSENT,
    *_SLOW,
    *_GARBLED,
    httpx.HTTPError,
    httpcore.NetworkError,
    httpcore.ProxyError,
    RefusedError,
    TooLargeError,
    OSError,  # TimeoutError too
)
_LONGEST = 200
_TOO_LONG_A_HEAD = "Receive buffer too long"  # h11's word for it


def told(error: BaseException) -> tuple[Mishap, str, bool]:
    """Say what an error comes to, in words without secrets, and whether it may pass."""
    mishap, detail = _sorted(error)
    passing = mishap in (Mishap.TIMEOUT, Mishap.CONNECTION, Mishap.PROTOCOL)
    return mishap, "".join(c if c.isprintable() else " " for c in detail)[:_LONGEST], passing


def _sorted(error: BaseException) -> tuple[Mishap, str]:
    words = str(error) or type(error).__name__
    if isinstance(error, RefusedError):
        return Mishap.FORBIDDEN_ADDRESS, words
    if isinstance(error, TooLargeError) or _TOO_LONG_A_HEAD in words:
        return Mishap.TOO_LARGE, words
    if isinstance(error, (*_SLOW, TimeoutError)):
        return Mishap.TIMEOUT, _slow(error)
    if isinstance(error, _BAD):
        return Mishap.BAD_URL, words
    if isinstance(error, _UNSENT):
        return Mishap.BAD_URL, "it cannot be asked for so: a header or address that HTTP does not know"
    if isinstance(error, _GARBLED):
        return Mishap.PROTOCOL, words
    if is_distrust(error):
        return Mishap.DISTRUST, f"its certificate is not trusted: {words}"
    return Mishap.CONNECTION, _system_word(error) or words


def _slow(error: BaseException) -> str:
    if isinstance(error, _UNCONNECTED):
        return "no connection in time"
    return "no answer in time" if isinstance(error, _SLOW) else "its answer did not end in time"


def _system_word(error: BaseException | None) -> str | None:
    """Find what the system said, below what libraries make of it: "Connection refused"."""
    word = None
    while error is not None:
        if isinstance(error, OSError) and error.errno and not isinstance(error, socket.gaierror | ssl.SSLError):
            word = os.strerror(error.errno)
        error = error.__cause__ or error.__context__
    return word


def is_distrust(error: BaseException | None) -> bool:
    """Tell whether it comes from a certificate that is not trusted."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
