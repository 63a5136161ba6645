"""Posts and their holders: the phrases that name a post, and the ways in which news tie a post to a name.

`phrases` reads a post's name (`heads`, `complement`); `holders`, `verbs`, `leaders` and `succession` tie posts to
persons; `asides` and `changes` say when; `antecedents` what a pronoun beside a post means.
"""
