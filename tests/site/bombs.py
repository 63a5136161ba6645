"""Small bodies that expand to a gigabyte."""

import struct
import zlib
from functools import cache

import brotli

EXPANDED = 1024**3  # bytes
_BLOCK = 8 * 1024**2


@cache
def gzip_bomb() -> bytes:
    """Give a gzip of one member, about 1 MB: a flushed block stands for itself, so that it can be repeated."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(_BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    return head + block * (EXPANDED // _BLOCK) + b"\x03\x00" + struct.pack("<LL", 0, EXPANDED % 2**32)


@cache
def brotli_bomb() -> bytes:
    """Give a brotli stream of under 1 KB."""
    return brotli.compress(bytes(EXPANDED // 8), quality=1)
