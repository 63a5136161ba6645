"""The registry keeper's web page, `svodka registry serve`; the only importer of Starlette and uvicorn.

    request ──► _guard (host, session, token, forms) ──► one module a page ──► registry's functions ──► templates

Pages show values of `pipeline.registry` and never see its tables; whatever changes the registry is a POST that has
passed the guard. Interface in Russian; nothing is fetched from anywhere else.
"""

from pipeline.web._access import Access, access
from pipeline.web._application import application
from pipeline.web._serve import listen, serve, server

__all__ = ["Access", "access", "application", "listen", "serve", "server"]
