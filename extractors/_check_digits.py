"""The check digits of registry numbers."""

_INN_WEIGHTS = {
    10: ((2, 4, 10, 3, 5, 9, 4, 6, 8),),
    12: ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)),
}
_OGRN_LENGTHS = frozenset({13, 15})


def is_inn(number: str) -> bool:
    """Tell whether a text is a taxpayer number: 10 or 12 digits, the check digits right.

    >>> is_inn("7707083893"), is_inn("7707083894"), is_inn("б/н")
    (True, False, False)
    """
    digits = _digits(number)
    return len(digits) in _INN_WEIGHTS and all(
        sum(w * d for w, d in zip(weights, digits, strict=False)) % 11 % 10 == digits[len(weights)]
        for weights in _INN_WEIGHTS[len(digits)]
    )


def is_ogrn(number: str) -> bool:
    """Tell whether a text is a state registration number: 13 or 15 digits, the check digit right.

    >>> is_ogrn("1027700132195"), is_ogrn("1027700132196"), is_ogrn("")
    (True, False, False)
    """
    digits = _digits(number)
    return len(digits) in _OGRN_LENGTHS and int(number[:-1]) % (len(digits) - 2) % 10 == digits[-1]


def _digits(number: str) -> list[int]:
    return [int(digit) for digit in number] if number.isascii() and number.isdigit() else []
