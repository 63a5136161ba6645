"""Content encodings, whole and broken, and what expands beyond all measure."""

import gzip
import tracemalloc
import zlib
from contextlib import suppress
from itertools import pairwise

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.expand import ExpansionError, Flaw, expand, expand_steps

TEXT = "Министр подписал соглашение. ".encode() * 5000


def bare(data):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}


def flaw(packed, encoding, most=10**6):
    with pytest.raises(ExpansionError) as caught:
        expand(packed, encoding, most)
    return caught.value.flaw


@pytest.mark.parametrize("encoding", PACKERS)
def test_each_encoding(encoding):
    packed = PACKERS[encoding](TEXT)
    assert expand(packed, encoding, len(TEXT)) == TEXT
    assert expand(packed, encoding.upper(), len(TEXT)) == TEXT
    assert expand(packed, f"identity, {encoding},", len(TEXT)) == TEXT
    assert flaw(packed, encoding, len(TEXT) - 1) is Flaw.TOO_LARGE
    assert flaw(packed[:-1], encoding) is Flaw.TRUNCATED
    assert flaw(packed[: len(packed) // 2], encoding) is Flaw.TRUNCATED
    assert expand(b"", encoding, 10) == b""


def test_none_and_others():
    assert expand(TEXT, None, len(TEXT)) == expand(TEXT, "", len(TEXT)) == expand(TEXT, "identity", len(TEXT)) == TEXT
    assert flaw(TEXT, None, 10) is Flaw.TOO_LARGE
    assert flaw(TEXT, "zstd") is Flaw.UNKNOWN
    assert flaw(TEXT, "gzip," * 5) is Flaw.UNKNOWN


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_what_is_something_else_is_broken(encoding):
    assert flaw("<html>Вестник</html>".encode(), encoding) in (Flaw.BROKEN, Flaw.TRUNCATED)
    packed = bytearray(PACKERS[encoding](TEXT))
    packed[len(packed) // 2 :] = b"\xff" * (len(packed) - len(packed) // 2)
    assert flaw(bytes(packed), encoding) in (Flaw.BROKEN, Flaw.TRUNCATED)


def test_a_wrong_check_sum_is_broken():
    packed = bytearray(gzip.compress(TEXT))
    packed[-6] ^= 1
    assert flaw(bytes(packed), "gzip") is Flaw.BROKEN


def test_deflate_without_its_frame():
    assert expand(bare(TEXT), "deflate", len(TEXT)) == TEXT


def test_members_padding_and_what_follows():
    packed = gzip.compress(TEXT)
    assert expand(packed + packed, "gzip", 10**6) == TEXT + TEXT
    assert expand(packed + b"\0" * 100 + packed + b"\0" * 9, "gzip", 10**6) == TEXT + TEXT
    assert expand(packed + b"<!-- cached -->", "gzip", 10**6) == TEXT
    assert flaw(packed + packed[:5], "gzip") is Flaw.TRUNCATED


def test_several_in_a_row():
    assert expand(brotli.compress(gzip.compress(TEXT)), "gzip, br", len(TEXT)) == TEXT
    assert expand(gzip.compress(zlib.compress(TEXT)), "deflate,gzip", len(TEXT)) == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "br, gzip", "gzip, gzip"])
def test_a_bomb_is_cut_off_in_little_memory(encoding):
    packed = b"\0" * (200 * 1024 * 1024)
    for name in encoding.split(", "):
        packed = PACKERS[name](packed) if name != "br" else brotli.compress(packed, quality=1)
    tracemalloc.start()
    assert flaw(packed, encoding, 1024 * 1024) is Flaw.TOO_LARGE
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


def test_pieces_come_as_they_are_expanded():
    packed = gzip.compress(TEXT)
    pieces = list(expand_steps((packed[at : at + 7] for at in range(0, len(packed), 7)), "gzip", 10**6))
    assert b"".join(pieces) == TEXT
    assert max(map(len, pieces)) <= 64 * 1024
    steps = expand_steps([gzip.compress(b"whole") + gzip.compress(TEXT)[:-9]], "gzip", 10**6)
    assert next(steps) == b"whole"


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "gzip, br"]))
def test_whatever_comes_is_expanded_or_told(data, encoding):
    with suppress(ExpansionError):
        assert len(expand(data, encoding, 10**5)) <= 10**5


@given(st.binary(max_size=3000), st.sampled_from(sorted(PACKERS)), st.lists(st.integers(0, 3000), max_size=5))
def test_what_was_packed_comes_back_however_it_is_cut(data, encoding, cuts):
    packed = PACKERS[encoding](data)
    ends = sorted({0, len(packed), *(cut for cut in cuts if cut < len(packed))})
    pieces = [packed[start:stop] for start, stop in pairwise(ends)]
    assert b"".join(expand_steps(pieces, encoding, 10**5)) == data
