"""The registry keeper's web page, `svodka registry serve`; the only importer of Starlette."""
