"""Layouts in the manner of many kinds of sites around one story. Names and facts are invented."""

from pages import LEAD, STORY, TITLE

OTHERS = [
    ("Хоккеисты выиграли кубок области", "Матч завершился со счётом 4:2, решающую шайбу забросил капитан команды."),
    (
        "В Заречье подорожал проезд",
        "Билет на автобус теперь стоит на три рубля больше, сообщили в мэрии.",
    ),
    (
        "Синоптики обещают оттепель",
        "В субботу потеплеет до двух градусов, в воскресенье пойдёт мокрый снег.",
    ),
    (
        "Рынок закроют на ремонт",
        "Торговые ряды на площади отремонтируют до мая, продавцам дадут места рядом.",
    ),
]
VOICES = [
    "Сколько можно обещать, каждый год одно и то же, а дороги как были разбитые, так и остались.",
    "А я считаю, что дело хорошее, лишь бы довели до конца и не бросили на полпути, как прежде.",
    "Автору спасибо за материал, но хотелось бы узнать, кто отвечает за сроки и за деньги.",
] * 3


def story(form: str = "<p>{}</p>", sub: str = "<h3>{}</h3>", inserts: dict[int, str] | None = None) -> str:
    inserts = inserts or {}
    parts = (inserts.get(i, "") + (sub if i == 2 else form).format(text) for i, text in enumerate(STORY))
    return "\n".join(parts)


def cards(form: str) -> str:
    return "".join(form.format(title=title, text=text) for title, text in OTHERS)


def page(body: str, title: str = TITLE) -> str:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"


NEXT = "".join(
    f"<div class=item><h1 class=t>{title}</h1><p>{text}</p><p>{text} Об этом сообщили в мэрии.</p></div>"
    for title, text in OTHERS
)
COMMENTS = "".join(f"<div class=m><div class=n>Гость</div><div class=x>{text}</div></div>" for text in VOICES)
PLAIN_COMMENTS = "".join(f"<p>{text}</p>" for text in VOICES)
SAID = "".join(f"<figure class=b><div><p>{text}</p></div></figure>" for text in STORY)

LAYOUTS = {
    "teasers under linked headlines, no class says so": page(
        f"<div class=a><h1>{TITLE}</h1>{story()}</div>" + cards("<div class=c><a>{title}</a><p>{text}</p></div>")
    ),
    "teasers that end in a link": page(
        f"<div class=a><h1>{TITLE}</h1></div><div class=b>{story()}</div>"
        + cards("<div class=c><h3>{title}</h3><p>{text}</p><a>Подробнее</a></div>")
    ),
    "teasers broken by <br> in a column beside": page(
        f"<table><tr><td><b>{TITLE}</b><br><br>{'<br><br>'.join(STORY)}</td>"
        f"<td>{cards('<a>{title}</a><br>{text}<br><br>')}</td></tr></table>"
    ),
    "the next stories run on": page(f"<div class=item><h1 class=t>{TITLE}</h1>{story()}</div>{NEXT}"),
    "comments longer than the story": page(f"<h1>{TITLE}</h1><div class=b>{story()}</div><h3>Comments</h3>{COMMENTS}"),
    "comments made as the story is": page(f"<h1>{TITLE}</h1>{story()}<h3>Комментарии читателей</h3>{PLAIN_COMMENTS}"),
    "every block a <figure>": page(f"<h1>{TITLE}</h1><article>{SAID}</article>"),
    "names for programs": page(f"<h1>{TITLE}</h1><div class='text js-search-mark'>{story()}</div>"),
    "the builder calls everything a widget": page(
        f"<div class=e-widget><h1>{TITLE}</h1></div><div class=e-widget>{story()}</div>"
        f"<div class=e-widget>{cards('<article><h3><a>{title}</a></h3><p>{text}</p></article>')}</div>"
    ),
    "an insert right under a subhead": page(
        f"<h1>{TITLE}</h1><div class=b>"
        + story(inserts={3: f"<div class=inj><a><div>{OTHERS[0][0]}</div><span>Подробнее</span></a></div>"})
        + "</div>"
    ),
    "an insert headed «Материал по теме»": page(
        f"<h1>{TITLE}</h1><div class=b>"
        + story(
            "<p class=q>{}</p>",
            "<p class=q><b>{}</b></p>",
            {2: f"<div class=z><div class=y>Материал по теме</div><a class=w>{OTHERS[1][0]}</a></div>"},
        )
        + "</div>"
    ),
    "a photo report below": page(
        f"<h1>{TITLE}</h1><div class=b>{story()}"
        + "".join(f"<div class=s><img src=1><p>{title}, рассказали на открытии.</p></div>" for title, _ in OTHERS)
        + "</div>"
    ),
    "a feed longer than the story": page(
        f"<div class=n><h1>{TITLE}</h1>{story()}</div><div class=lenta>"
        + "".join(f"<p><b>12:0{i}</b> {title}. {text} {text}</p>" for i, (title, text) in enumerate(OTHERS * 4))
        + "</div>"
    ),
    "calls for money and subscription": page(
        f"<h1>{TITLE}</h1><div class=b>{story(inserts={3: '<p>Продолжение после рекламы</p>'})}"
        "<p>Поддержите нас</p><p>Мы работаем на деньги читателей. Оформите регулярное пожертвование.</p>"
        "<p>Все главные новости Заречья в одном канале. Подпишись и будь в курсе.</p>"
        "<p>Источник и фото — <a>Вести Заречья</a></p></div>"
    ),
}
SIGNED = page(
    f"<h1><span>{TITLE}</span><span>Станки привезут в марте</span></h1>"
    f"<div class=d>12 марта 2024<span>14:05</span></div>"
    f"<div class=au><a href='/authors/7/'>Пётр ЛОСЕВ</a></div><div class='article__anons'>{LEAD}</div>"
    f"<div class=b>{story()}</div>",
    f"{TITLE} | Вести Заречья",
)
