"""What outcomes, reasons and verdicts are called in the report of a night. A test demands a word for every one."""

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.crawl.capture import Outcome
from pipeline.model import Reason
from pipeline.night.report import Verdict
from pipeline.registry.loading.load import Loaded

OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        Outcome.NEW: "новая",
        Outcome.CHANGED: "изменилась",
        Outcome.UNCHANGED: "не изменилась",
        Outcome.DISALLOWED: "запрещена robots.txt",
        Outcome.ROBOTS_UNREACHABLE: "robots.txt недоступен",
        Outcome.GONE: "удалена",
        Outcome.REFUSED: "в доступе отказано",
        Outcome.WALL: "защита от роботов",
        Outcome.OFF_SITE: "ведёт на другой сайт",
        Outcome.REDIRECT_LOOP: "круг перенаправлений",
        Outcome.UNSAFE_ADDRESS: "закрытый адрес",
        Outcome.NOT_TEXT: "не текст",
        Outcome.TOO_LARGE: "слишком велика",
        Outcome.BROKEN: "передана с ошибкой",
        Outcome.SERVER_ERROR: "ошибка сервера",
        Outcome.UNREACHABLE: "сервер не отвечает",
    }
)

REASONS: Mapping[str, str] = MappingProxyType(
    {
        Reason.EMPTY: "пустая страница",
        Reason.BINARY: "не текст",
        Reason.NO_ARTICLE: "статья не найдена",
        Reason.INDEX_PAGE: "страница раздела",
        Reason.PAYWALL: "платный доступ",
        Reason.VIDEO_ONLY: "только видео",
        Reason.TOO_LARGE: "слишком велика",
        Reason.UNDECODABLE: "кодировка не читается",
        Reason.NOT_AN_ARTICLE: "не статья",
        Reason.TRUNCATED: "обрывается",
        Reason.CORRUPT: "повреждена",
        Reason.UNSAFE_PATH: "опасный путь",
        Reason.BOMB: "сжатая бомба",
        Reason.UNREADABLE: "файл не читается",
        Reason.UNSUPPORTED: "вид файла не поддержан",
        Reason.NESTED: "архив в архиве",
        Reason.FAILED: "ошибка Сводки",
    }
)

LOADED: Mapping[str, str] = MappingProxyType(
    {
        Loaded.NEW: "новых статей",
        Loaded.REVISED: "изменённых статей",
        Loaded.OLDER: "прежних редакций",
        Loaded.KNOWN: "известных статей",
    }
)

VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        Verdict.FINE: "ночь прошла хорошо",
        Verdict.PARTIAL: "ночь требует внимания",
        Verdict.TOTAL: "ночь не удалась",
    }
)
