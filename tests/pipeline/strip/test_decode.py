"""Bytes of every origin become the same text."""

import pytest

from pipeline.strip.decode import decode, uniform

TEXT = "Завод в Заречье выпустил 5 станков, сообщил директор Пётр Лосев."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("said", [None, "utf-8", "windows-1251", "koi8-r", "iso-8859-1", "nonsense"])
def test_whatever_the_header_says(codec, said):
    assert decode(TEXT.encode(codec), said) == TEXT


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_encoded_twice(codec):
    twice = TEXT.encode().decode(codec, errors="replace")
    if "\ufffd" not in twice:
        assert decode(twice.encode()) == TEXT


def test_a_few_broken_bytes_do_not_make_it_another_encoding():
    broken = (TEXT * 20).encode()[:-1]
    assert decode(broken).startswith(TEXT)


def test_english_stays():
    assert decode("The café reopened.".encode("cp1252"), "windows-1252") == "The café reopened."


def test_uniform():
    assert uniform("и\u0306\r\nкла\u00adстер\u200b \u2009x\ufeff") == "й\nкластер  x"
