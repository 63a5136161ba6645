"""in_registry: a cluster in a register, to be entered in it, struck off it or refused."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from spacy.tokens import Span, Token

from pipeline.fact import FactKind, FactStatus
from pipeline.link._clauses import clause, part
from pipeline.link._cues import cue
from pipeline.link._cues import find as find_cue
from pipeline.link._features import feature
from pipeline.link._registers import known_register, register_name, register_phrase
from pipeline.link._status import is_future
from pipeline.link.scene import Draft, Hit, Scene, before


class _Entry(NamedTuple):
    """A statement about a register: the deciding word, the register, the status and the rule."""

    word: Token
    register: str
    status: FactStatus
    rule: str
    barred: tuple[int, int] = (0, 0)  # offsets of the register's own name: what stands there is no subject


def find(scene: Scene) -> Iterator[Draft]:
    """State each cluster on what the parts of sentences say about a register."""
    for sentence in scene.sentences():
        done: set[tuple[int, str]] = set()
        for entry in (entry for way in _WAYS for entry in way(scene, sentence)):
            stretch = part(sentence, entry.word.idx)
            if (stretch.start, entry.rule) not in done:
                done.add((stretch.start, entry.rule))
                yield from _drafts(scene, sentence, entry, stretch)


def _drafts(scene: Scene, sentence: Span, entry: _Entry, stretch: Span) -> Iterator[Draft]:
    for subject in _subjects(scene, sentence, entry, stretch):
        roles = {"subject": subject, "registry": entry.register}
        date = scene.date_in(stretch, entry.word.idx)
        yield Draft(FactKind.IN_REGISTRY, roles, entry.status, sentence, entry.rule, date)


def _subjects(scene: Scene, sentence: Span, entry: _Entry, stretch: Span) -> list[str]:
    """The clusters of the part; else those an ordinal, a pronoun or a bare noun points at."""
    named = [hit for hit in scene.hits("clusters", stretch) if not entry.barred[0] <= hit.start < entry.barred[1]]
    if named:
        return list(dict.fromkeys(hit.id for hit in named))
    listed = _of_enumeration(scene, sentence, entry.word)
    if listed is not None:
        return listed
    bare = [hit for hit in scene.bodies(stretch) if hit.id.startswith("clu")]
    inside = before([hit for hit in scene.hits("clusters", sentence) if hit.stop <= stretch.start_char], entry.word.idx)
    found = bare[0] if bare else inside or _meant(scene, sentence, stretch, entry)
    return [found.id] if found else []


def _meant(scene: Scene, sentence: Span, stretch: Span, entry: _Entry) -> Hit | None:
    told = [t for t in stretch if t.lower_ in {"он", "его", "ему", "который"} or t.lemma_ in {"заявка", "документ"}]
    return scene.antecedent_cluster(entry.word.idx, sentence) if told else None


def _of_enumeration(scene: Scene, sentence: Span, word: Token) -> list[str] | None:
    """«Первые три», «только первые два», «остальные»: of the row named in the last sentence with several clusters."""
    near = clause(sentence, word.idx, word.idx + len(word))
    words = [t for t in near if t.lemma_ in {"первый", "остальной"} and feature(t, "Number") == "Plur"]
    if not words:
        return None
    earlier = [s for s in scene.sentences() if s.end <= sentence.start and len(set(_ids(scene, s))) > 1]
    row = list(dict.fromkeys(_ids(scene, earlier[-1]))) if earlier else []
    first = next((t for t in sentence if t.lemma_ == "первый"), None) or _earlier_first(scene, sentence)
    size = _SIZES.get(first.nbor(1).lower_) if first is not None and first.i + 1 < len(scene.doc) else None
    if size is None or size > len(row):
        return []
    return row[:size] if words[0].lemma_ == "первый" else row[size:]


def _earlier_first(scene: Scene, sentence: Span) -> Token | None:
    earlier = scene.sentence_before(sentence)
    return next((t for t in earlier if t.lemma_ == "первый"), None) if earlier else None


def _ids(scene: Scene, sentence: Span) -> list[str]:
    return [hit.id for hit in scene.hits("clusters", sentence)]


def _entered(scene: Scene, sentence: Span) -> Iterator[_Entry]:
    """«Вошли в реестр», «в перечень попали», «в реестре с 2016 года»."""
    known = known_register(scene, sentence.start_char)
    heads = find_cue(sentence, "registry") + [t for t in find_cue(sentence, "list") if known and _entering(sentence, t)]
    for head in heads:
        verbs = find_cue(part(sentence, head.idx), "registry_entry") or _standing(head)
        phrase = register_phrase(scene, head)
        if not verbs or _leaves(part(sentence, head.idx)):
            continue
        name = register_name(scene, head) if head.lemma_ in cue("registry") else known or ""
        status = scene.status(sentence, verbs[0].idx, verbs[0].idx + len(verbs[0]))
        if _refused(part(sentence, head.idx)):
            status = FactStatus.DENIED
        yield _Entry(verbs[0], name, status, "entered_in_register", phrase)


def _leaves(stretch: Span) -> bool:
    return any(word.i > 0 and word.nbor(-1).lower_ != "не" for word in find_cue(stretch, "registry_exit"))


def _refused(stretch: Span) -> bool:
    return any(t.lemma_ == "отказаться" for t in stretch)


def _entering(sentence: Span, head: Token) -> bool:
    """A list without «реестр» counts only where clusters enter it."""
    return bool(find_cue(part(sentence, head.idx), "registry_entry"))


def _standing(head: Token) -> list[Token]:
    """«… в реестре с 2016-го»."""
    where = head.i > 0 and head.nbor(-1).lower_ in {"в", "во"} and feature(head, "Case") == "Loc"
    return [head] if where and head.nbor(1).lower_ in {"с", "со"} else []


def _left(scene: Scene, sentence: Span) -> Iterator[_Entry]:
    """«Исключён из реестра», «статуса лишились»."""
    known = known_register(scene, sentence.start_char)
    for word in find_cue(sentence, "registry_exit"):
        stretch = part(sentence, word.idx)
        about = find_cue(stretch, "registry") or any(t.lemma_ == "статус" for t in stretch) or _is_participle(word)
        negated = word.i > 0 and word.nbor(-1).lower_ == "не"
        if known and about and not negated and word.pos_ != "NOUN":
            status = FactStatus.PLANNED if is_future(word) else FactStatus.FORMER
            yield _Entry(word, known, status, "left_register")


def _is_participle(word: Token) -> bool:
    return feature(word, "VerbForm") == "Part"


def _applied(scene: Scene, sentence: Span) -> Iterator[_Entry]:
    """«Заявку подадут к лету», «рассмотрят заявки …», «заявку отклонили»: only where the article has a register."""
    known = known_register(scene, sentence.start_char)
    for noun in find_cue(sentence, "application") + _papers(sentence):
        stretch = part(sentence, noun.idx)
        if known and not _for_money(noun):
            found = next(((t, s) for name, s in _DECISIONS for t in find_cue(stretch, name)), None)
            status = found and _decided(*found)
            if found and status:
                yield _Entry(found[0], known, status, "application_to_register")


_DECISIONS = (
    ("refuse", FactStatus.DENIED),
    ("consider", FactStatus.HYPOTHETICAL),
    ("submit", FactStatus.PLANNED),
)


def _decided(word: Token, status: FactStatus) -> FactStatus | None:
    """What is submitted already says nothing; what is not submitted is not in the register."""
    if word.i > 0 and word.nbor(-1).lower_ == "не":
        return FactStatus.DENIED
    return None if status is FactStatus.PLANNED and not is_future(word) else status


def _papers(sentence: Span) -> list[Token]:
    """«Минпромторгу документы представят летом»."""
    to_ministry = any(t.lower_.startswith("минпромторг") for t in sentence)
    return [t for t in sentence if t.lemma_ == "документ"] if to_ministry else []


def _for_money(noun: Token) -> bool:
    following = noun.doc[noun.i + 1 : noun.i + 3]
    return any(t.lower_ == "на" or t.lemma_ in {"субсидия", "грант", "заём", "займ"} for t in following[:1])


def _admitted(scene: Scene, sentence: Span) -> Iterator[_Entry]:
    """«Среди принятых — …» right after a sentence about a register."""
    earlier = scene.sentence_before(sentence)
    opening = [t for t in sentence if not t.is_space][:3]
    if earlier is None or not opening or opening[0].lower_ != "среди":
        return
    known = known_register(scene, sentence.start_char)
    words = [t for t in opening[1:] if t.lemma_ in cue("admitted")]
    told = any(find_cue(earlier, name) for name in ("registry", "registry_entry", "registry_exit", "admitted"))
    if words and known and told:
        yield _Entry(words[0], known, FactStatus.ACTUAL, "admitted_to_register")


_SIZES = {"два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6}
_WAYS: tuple[Callable[[Scene, Span], Iterator[_Entry]], ...] = (_left, _entered, _applied, _admitted)
