"""What a crawl says of itself as it goes: one JSON object a line an event, for logs."""

import json

from pipeline.crawl.capture import Capture


def event_line(capture: Capture) -> str:
    """Write what came of an address as one line of JSON."""
    reply = capture.reply
    told = {
        "at": capture.at.isoformat(timespec="milliseconds"),
        "event": "asked",
        "source": capture.found.source,
        "role": capture.found.role.value,
        "url": capture.found.url,
        "outcome": capture.outcome.value,
        "status": reply.status if reply else None,
        "bytes": len(reply.body) if reply else None,
        "seconds": round(reply.seconds, 3) if reply else None,
        "redirects": len(capture.hops) - 1 if len(capture.hops) > 1 else None,
        "retry_at": capture.retry_at.isoformat(timespec="seconds") if capture.retry_at else None,
        "detail": capture.detail or None,
    }
    return json.dumps({key: value for key, value in told.items() if value is not None}, ensure_ascii=False)
