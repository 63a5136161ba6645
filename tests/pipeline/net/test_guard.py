"""Addresses that are not for everyone, however they are written."""

from ipaddress import ip_address

import pytest

from pipeline.errors import OptionError
from pipeline.net.guard import EVERYWHERE, Guard, guard_allowing

OURS = """127.0.0.1 127.255.255.254 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0
    0.1.2.3 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9
    192.88.99.1 ::1 :: fe80::1 fc00::1 fd00:ec2::254 fec0::1 ff02::1 2001:db8::1 2001::1 100::1 3fff::1 5f00::1 4000::1
    ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::7f00:1 ::8.8.8.8 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe
    64:ff9b:1::1 2002:7f00:1:: 2002:a00:1::1 2002:a9fe:a9fe::1 ::ffff:0:127.0.0.1"""
PUBLIC = """8.8.8.8 93.184.215.14 172.32.0.1 100.128.0.1 2606:4700::1111 2a02:6b8::2:242 ::ffff:8.8.8.8 64:ff9b::808:808
    2002:808:808::1"""


@pytest.mark.parametrize("address", OURS.split())
def test_ours_is_refused(address):
    assert Guard().refusal("vestnik.example", 80, ip_address(address))
    assert EVERYWHERE.refusal("vestnik.example", 80, ip_address(address)) is None


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_is_not(address):
    assert Guard().refusal("vestnik.example", 80, ip_address(address)) is None


@pytest.mark.parametrize(
    "host", ["0x7f.1", "2130706433", "0177.0.0.1", "127.1", "0x7f000001", "0x8.0x8.0x8.0x8", "134744072", "1.2.3.4.5",
             "999.1.1.1", "127.0.0.1.", "[::1]", "::1", "::ffff:7f00:1"]
)  # fmt: skip
def test_odd_spellings_are_refused_before_anything_is_resolved(host):
    assert Guard().host_refusal(host, 80)


@pytest.mark.parametrize("host", ["vestnik.example", "1tv.example", "93.184.215.14", "2x2.example", "a.0xg.example"])
def test_names_are_not(host):
    assert Guard().host_refusal(host, 80) is None


def test_what_is_allowed_is_allowed_and_no_more():
    guard = guard_allowing(["10.0.0.0/8", "localhost:8000", "intranet.example", "[::1]:81", "127.0.0.5:82", "fd00::1"])
    for host, port, address in [("a.example", 80, "10.9.9.9"), ("localhost", 8000, "127.0.0.1"), ("::1", 81, "::1"),
                                ("Intranet.Example.", 5, "192.168.0.1"), ("127.0.0.5", 82, "127.0.0.5"),
                                ("fd00::1", 9, "fd00::1")]:  # fmt: skip
        assert guard.host_refusal(host, port) is None
        assert guard.refusal(host, port, ip_address(address)) is None
    for host, port, address in [("localhost", 80, "127.0.0.1"), ("::1", 80, "::1"),
                                ("not.intranet.example", 5, "192.168.0.1")]:  # fmt: skip
        assert guard.refusal(host, port, ip_address(address))


@pytest.mark.parametrize("entry", ["10.0.0.1/8", "a b", "http://localhost/", "localhost:port", "", "10.0.0.0/99"])
def test_what_cannot_be_allowed_is_told(entry):
    with pytest.raises(OptionError):
        guard_allowing([entry])
