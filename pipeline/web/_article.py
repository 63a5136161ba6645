"""The page of an article: its text with the words marked that statements rest on, and the statements."""

from itertools import groupby
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.registry.belief.articles import ArticleView, article_view
from pipeline.registry.belief.testimony import Said
from pipeline.registry.database import reading
from pipeline.web._asked import named, number
from pipeline.web._marks import Mark, Piece, paragraphs
from pipeline.web._render import page


def _article(request: Request) -> Response:
    revision = named(request, "revision") if request.query_params.get("revision") else None
    with reading(request.app.state.database) as connection:
        article = article_view(connection, named(request), revision)
    if article is None:
        raise HTTPException(404)
    chosen = number(request, "statement")
    return page(request, "article.html", **article_values(article, chosen))


def article_values(article: ArticleView, chosen: int | None) -> dict[str, Any]:
    """Give what the template shows of an article; `chosen` is the `seq` of the statement that is asked about."""
    cut = _marked(article, chosen)
    printed = "".join(piece.text for piece in cut[0]).strip() if cut else ""
    return {
        "article": article,
        "title": cut.pop(0) if printed == (article.title or "").strip() else None,
        "chosen": next((said for said in article.said if said.testimony.seq == chosen), None),
        "paragraphs": cut,
        "groups": _groups(article.said),
    }


def _marked(article: ArticleView, chosen: int | None) -> list[list[Piece]]:
    marks = []
    for said in article.said:
        told = said.testimony
        if told.start is not None and told.stop is not None:
            whole = (told.start, told.stop) == (told.quote_start, told.quote_stop)
            marks.append(Mark(told.start, told.stop, told.seq, said.kind, chosen=told.seq == chosen, whole=whole))
    return paragraphs(article.text, article.paragraphs, marks)


def _groups(said: tuple[Said, ...]) -> list[tuple[Said, list[Said]]]:
    """Put statements about one entity together, entities in the order of the text."""
    order = {one.testimony.entity_id: place for place, one in reversed(list(enumerate(said)))}
    by_entity = sorted(said, key=lambda one: order[one.testimony.entity_id])
    grouped = (list(group) for _, group in groupby(by_entity, key=lambda one: one.testimony.entity_id))
    return [(group[0], group) for group in grouped]


ROUTES = [Route("/article/{id}", _article, methods=["GET"])]
