"""A night's report, invented."""

from pipeline.crawl.capture import Outcome
from pipeline.night.report import Extraction, Failure, Feeding, NightReport, SourceNight
from pipeline.night.reprints import Reprint

FINE = NightReport(
    began_at="2026-03-02T02:00:00Z",
    ended_at="2026-03-02T02:12:00Z",
    stopped=None,
    sources=(
        SourceNight(
            "Вестник", {Outcome.NEW: 12, Outcome.UNCHANGED: 30}, {Outcome.CHANGED: 1}, fresh=12, least=5, most=40
        ),
        SourceNight("Лента", {Outcome.NEW: 3}, {Outcome.CHANGED: 1}, agreement=0.97, usual=0.96, compared=3),
    ),
    failures=(Failure("Вестник", "https://vestnik.example/1", Outcome.GONE, "404"),),
    failed=1,
    extraction=Extraction(15, 13, 1, {"index_page": 1}, {"organizations": 40}),
    feeding=Feeding({"new": 13, "known": 0}, 812, 0),
    reprints=(
        (
            Reprint("a1", "vestnik.example", "Открыт <кластер>", "https://vestnik.example/2", ""),
            Reprint("b1", "lenta.example", "Открыт кластер", "javascript:alert(1)", ""),
        ),
    ),
)
