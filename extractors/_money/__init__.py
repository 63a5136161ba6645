"""The grammar of money: numbers in digits and words, units, currencies, ranges, bounds, and the text around."""
