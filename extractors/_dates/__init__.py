"""Reading dates: folded text, grammar of pieces, rules, composition, resolution against publication and text.

`folding` gives the text the grammar sees; `grammar` builds regular expressions from the tables; `rules` lists the
named rules and `readings` turns a match into an expression (`expressions`); `compose` joins expressions into ranges;
`bounds` finds open ends; `guards` says what is no date; `resolve` places an expression on the calendar.
"""
