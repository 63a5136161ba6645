"""Mentions of one document in, its record out: entities, who holds which post, and facts with their evidence."""

from spacy.tokens import Doc

from extractors import (
    ClusterName,
    DateInterval,
    EventName,
    Mention,
    MoneyAmount,
    OrganizationName,
    PersonName,
    PlaceName,
    Post,
)
from pipeline.link._article import record_article
from pipeline.link._clusters import clusters
from pipeline.link._events import events
from pipeline.link._officials import officials
from pipeline.link._organizations import organizations, with_parents
from pipeline.link._persons import persons
from pipeline.link._places import places
from pipeline.link._references import Entities
from pipeline.link._sighting import sightings
from pipeline.link._territory import territory
from pipeline.link._values import dates, money
from pipeline.link.facts import facts
from pipeline.link.scene import Scene
from pipeline.model import Article
from pipeline.record import Record


def link(article: Article, doc: Doc, mentions: tuple[Mention, ...]) -> Record:
    """Join the mentions of one document into entities and facts."""
    found_places = sightings(mentions, PlaceName)
    regions = territory(found_places, article.paragraphs[0].start if article.paragraphs else 0)
    entities = Entities(
        with_parents(organizations(doc, sightings(mentions, OrganizationName), regions)),
        clusters(sightings(mentions, ClusterName), regions),
        places(found_places),
        regions,
    )
    people = persons(sightings(mentions, PersonName))
    days = dates(sightings(mentions, DateInterval))
    scene = Scene(
        doc=doc,
        entities=entities,
        officials=officials(doc, sightings(mentions, Post), people, entities),
        events=events(doc, sightings(mentions, EventName), entities.places, days),
        dates=days,
        money=money(sightings(mentions, MoneyAmount)),
        persons=people,
    )
    return Record(
        article=record_article(article),
        organizations=entities.organizations,
        clusters=entities.clusters,
        persons=people,
        officials=scene.officials,
        places=entities.places,
        events=scene.events,
        dates=scene.dates,
        money=scene.money,
        facts=facts(scene),
    )
