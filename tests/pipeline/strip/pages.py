"""Pages written for these tests, each in the manner of a kind of site. Names and facts are invented."""

TITLE = "В Заречье открыли центр станкостроения"
LEAD = "Площадка примет первых резидентов в марте"
STORY = [
    "В Заречье открыли центр станкостроения. Об этом сообщила пресс-служба городской администрации во вторник.",
    "«Мы ждали этого решения пять лет, теперь у предприятий есть своя площадка», — сказала директор Анна Вершинина.",
    "Что изменится",
    "Центр примет первых резидентов в марте. Объём вложений составит 120 млн руб., часть средств даст областной фонд.",
    "По словам Вершининой, на площадке разместятся восемь цехов, а к концу года здесь будут работать 300 человек.",
]

BUSINESS_DAILY = f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{TITLE} — Вести Заречья</title>
<meta property="og:title" content="{TITLE}"><meta property="og:type" content="article">
<meta property="og:site_name" content="Вести Заречья">
<link rel="canonical" href="https://vesti-zarechya.example/economy/12/03/2024/centr">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "{TITLE}",
"datePublished": "2024-03-12T14:05:00+03:00", "dateModified": "2024-03-12T15:00:00+03:00",
"author": [{{"@type": "Person", "name": "Пётр Лосев"}}, {{"@type": "Organization", "name": "Вести Заречья"}}]}}</script>
<style>.a {{ color: red }}</style></head><body class="page comments-on">
<div class="ticker"><span>USD ЦБ 90,12</span><span>EUR ЦБ 98,40</span></div>
<nav><ul><li><a href="/">Главная</a></li><li><a href="/politics">Политика</a></li></ul></nav>
<div class="article"><div class="article__header"><span class="article__date">Сегодня, 14:05</span>
<h1 class="article__title">{TITLE}</h1><div class="article__lead">{LEAD}</div></div>
<div class="article__image"><img src="1.jpg">
<span class="caption">Цех центра. Фото: Мария Белова</span></div>
<div class="article__text">
<p>{STORY[0].replace("станкостроения", "станко&shy;строения")}</p>
<div class="article__inline-item"><a href="/x">В Заречье построят новый мост через реку</a></div>
<p>{STORY[1].replace(" — ", "&nbsp;— ")}</p>
<h2>{STORY[2]}</h2>
<p>{STORY[3]}</p>
<p><b>Читайте также:</b> <a href="/y">Завод крепежа удвоит выпуск</a></p>
<p>{STORY[4]}</p>
<p>Подписывайтесь на наш канал в Telegram</p>
</div><div class="article__tags"><a href="/t">станки</a> <a href="/t2">Заречье</a></div>
<div class="share">Поделиться</div></div>
<div class="comments"><h3>Комментарии (2)</h3>
<p>Давно пора было открыть этот центр, молодцы!</p>
<p>А дороги когда будут ремонтировать? Второй год обещают и ничего не делают, безобразие полное.</p></div>
<div class="sidebar"><a href="/1">Хоккеисты выиграли кубок области в упорной борьбе</a></div>
<footer>© 2024 Вести Заречья. Все права защищены.</footer>
</body></html>"""

OLD_TABLES = f"""<html><head><title>Газета "Заречье" :: {TITLE}</title>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><body bgcolor=white>
<table width=100%><tr><td colspan=3><a href=/>Главная</a> |
<a href=/arh>Архив</a> | <a href=/kont>О нас</a></td></tr>
<tr><td width=150><a href=1>Новости</a><br><a href=2>Политика</a><br><a href=3>Спорт</a></td>
<td><font size=1>12.03.2024 14:05</font><br><font size=4><b>{TITLE}</b></font><br><br>
{STORY[0]}<br><br>{STORY[1]}<br><br>{STORY[3]}
<br><br>{STORY[4]}<br><br><i>Пётр Лосев</i></td>
<td width=200><b>Погода</b><br>+5<br><a href=4>Хоккеисты выиграли кубок</a></td></tr></table></body></html>"""

AMP = f"""<!doctype html><html ⚡ lang="ru"><head><meta charset="utf-8"><title>{TITLE} | Вести Заречья</title>
<style amp-boilerplate>body{{}}</style></head><body><header class="header"><a href="/">Вести Заречья</a></header>
<amp-sidebar><ul><li><a href="/">Главная</a></li></ul></amp-sidebar>
<article itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{TITLE}</h1>
<time itemprop="datePublished" datetime="2024-03-12T14:05:00+05:00">12 марта</time>
<amp-img src="1.jpg"></amp-img><div itemprop="articleBody"><p>{STORY[0]}</p><p>{STORY[1]}</p>
<amp-ad><div>Реклама</div></amp-ad><p>{STORY[3]}</p><p>{STORY[4]}</p></div></article></body></html>"""

LINKS = "".join(
    f"<div><h3><a href='/{i}'>В посёлке номер {i} открыли новую библиотеку</a></h3>"
    f"<p>Жители посёлка номер {i} получили новую библиотеку, сообщила районная администрация.</p></div>"
    for i in range(15)
)
INDEX = f"<html><head><title>Новости Заречья</title></head><body><h1>Новости Заречья</h1>{LINKS}</body></html>"

PAYWALL = f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>{STORY[0]}</p>
<div class="paywall"><p>Материал доступен только по подписке</p><a>Оформить подписку</a></div></body></html>"""

VIDEO = f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>
<iframe src="https://rutube.ru/play/embed/1"></iframe><p>Репортаж нашей съёмочной группы из Заречья смотрите здесь.</p>
</body></html>"""
