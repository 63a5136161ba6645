"""How a particular, named cluster is told from clusters in general, and read.

`phrase` parses the words around «кластер», `naming` decides whether they name one, `elliptic` takes lists apart that
say the word once for several, `again` finds later mentions of a name, `value` reads kind, status and the rest.
"""
