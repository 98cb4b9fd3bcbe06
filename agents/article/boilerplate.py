"""What stands around an article without being part of it, in any format."""

import re
from collections.abc import Sequence

from agents.article.block import Block, Kind
from agents.article.dates import is_dateline
from agents.article.model import Dropped

_NOTICE_WORDS = 60
_TICKER_SEGMENTS = 6
_HEAD_BLOCKS = 40

_TICKER = re.compile(r"(?:[ \u00a0]{3,}|\t+|\s+[|•·›»]\s+)")
_NOTICES: tuple[tuple[str, str], ...] = (
    (
        "cookie notice",
        r"\bcookies?\b.{0,200}\b(?:accept|accepte|utilis|use|uses|consent|préférences|paramétr|experience|expérience|"
        r"utiliza|acept|politique|policy|política)|\b(?:accepter|accept|aceptar) (?:tous les |all |todas las )?cookies|"
        r"ملفات تعريف الارتباط|الكوكيز",
    ),
    (
        "subscription notice",
        r"^(?:abonnez-vous|inscrivez-vous|s'abonner|je m'abonne|subscribe|sign up|log ?in|se connecter|suscr[ií]base|suscríbete|"
        r"iniciar sesión|اشترك|سجل الدخول)\b|\b(?:newsletter|notre lettre d'information|boletín de noticias|النشرة البريدية)\b|"
        r"(?:réservé|reserved) (?:aux abonnés|for subscribers)|contraseña por correo|mot de passe oublié|forgot(?:ten)? (?:your )?password",
    ),
    (
        "share buttons",
        r"^(?:partager|share|compartir|شارك|imprimer|print|envoyer par e-?mail|copier le lien|copy link|tweet(?:er)?)\b.{0,60}$",
    ),
    (
        "notice of a copying site",
        r"^(?:cliquez ici pour lire|click here to read|read (?:the )?(?:full|original)|lire l'article (?:original|complet)|"
        r"haga clic aquí|اضغط هنا|انقر هنا)|merci d'avoir signalé|cette image sera|this image will be|"
        r"lire (?:la suite|l'article) (?:sur|depuis)|source de l'article|المصدر الأصلي",
    ),
    (
        "related article",
        r"^(?:(?:à )?lire (?:aussi|également|encore)|voir aussi|read (?:more|also|next)|see also|also read|related|lea también|"
        r"leer también|le puede interesar|te puede interesar|اقرأ أيض|إقرأ أيض|طالع أيض)\b.{0,200}",
    ),
    (
        "copyright notice",
        r"^(?:©|\(c\) |copyright\b|tous droits réservés|all rights reserved|todos los derechos reservados|جميع الحقوق محفوظة)"
        r"|(?:tous droits réservés|all rights reserved|todos los derechos reservados|جميع الحقوق محفوظة).?$",
    ),
    ("advertisement", r"^(?:publicité|advertisement|sponsored|annonce|publicidad|إعلان|إشهار)$"),
    ("picture credit", r"^(?:photo|crédit photo|photo credit|image|ph\.|foto|صورة)\s?[:/©].{0,100}$"),
    ("page number", r"^(?:page |página |صفحة )?[-–— ]*\d{1,4}[-–— ]*(?:/|sur|of|de|من)?\s*(?:\d{1,4})?$"),
)
_SOCIAL = frozenset(
    "facebook twitter x linkedin whatsapp telegram instagram youtube tiktok email e-mail mail print imprimer pinterest "
    "messenger rss partager share compartir copy link copier lien reddit viber فيسبوك تويتر واتساب مشاركة".split()
)
_TAIL = re.compile(
    r"^(?:\d+ )?(?:commentaires?|laisser un commentaire|réagir|réactions?|comments?|leave a (?:comment|reply)|post a comment|"
    r"comentarios?|dej[ae] (?:un comentario|una respuesta)|تعليقات|أضف تعليق\w*|التعليقات|اترك تعليق\w*)\s*(?:\(\d+\)|:)?$"
    r"|^(?:(?:à )?lire (?:aussi|également)|voir aussi|read (?:more|also)|see also|lea también|اقرأ أيضا?|إقرأ أيضا?|articles? (?:similaires?|liés?|recommandés?)|sur le même (?:sujet|thème)|dans la même rubrique|à lire aussi|à découvrir|"
    r"vous aimerez aussi|les plus lus|related (?:articles?|stories|posts|news|content)|more (?:stories|news|from).{0,40}|"
    r"most (?:read|popular)|you may also like|recommended for you|noticias relacionadas|artículos relacionados|"
    r"también te puede interesar|más (?:leídas|noticias)|مقالات ذات صلة|مواضيع ذات صلة|أخبار ذات صلة|قد يعجبك أيضا|الأكثر قراءة)\s*:?$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"^(?:sommaire|table des matières|table of contents|contents|índice|tabla de contenidos?|contenidos?|الفهرس|فهرس|المحتويات|"
    r"قائمة المحتويات)\s*:?$",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,}|_{4,})\s*\d{0,4}\s*$|\s\|\s*\d{1,4}$")
_BREADCRUMB = re.compile(r"^(?:accueil|home|inicio|الرئيسية)\s*(?:[>/»›|]\s*\S.{0,80}){1,5}$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…؟۔:;]['\"»”’)\]\u00a0\u202f ]*$")
_COMPILED = tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in _NOTICES)


def without_boilerplate(
    blocks: Sequence[Block], *, title: str = ""
) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """The blocks of the article itself, and what was left out with the reason."""
    kept: list[Block] = []
    dropped: list[Dropped] = []
    for block in blocks:
        reason = _reason(block)
        if reason:
            dropped.append(Dropped(text=block.text, reason=reason))
        else:
            kept.append(block)
    kept = _without_contents(kept, dropped)
    kept = _without_head(kept, dropped)
    kept = _without_tail(kept, dropped)
    return tuple(_titled(kept, title)), tuple(dropped)


def _reason(block: Block) -> str:
    text = block.text
    if (
        len(_TICKER.split(text)) >= _TICKER_SEGMENTS
        and block.kind is not Kind.ROW
        and not _SENTENCE_END.search(text)
    ):
        return "ticker or menu"
    if not any(c.isalnum() for c in text):
        return "ornament"
    words = text.split()
    if len(words) > _NOTICE_WORDS:
        return ""
    if len(words) <= 12 and all(word.strip(",|·•/:").lower() in _SOCIAL for word in words):
        return "share buttons"
    if len(words) <= 20 and _BREADCRUMB.match(text):
        return "menu"
    if is_dateline(text) and block.kind is not Kind.ROW:
        return "date line"
    straight = text.replace("’", "'")
    return next((reason for reason, pattern in _COMPILED if pattern.search(straight)), "")


def _without_contents(blocks: list[Block], dropped: list[Dropped]) -> list[Block]:
    kept: list[Block] = []
    inside = False
    for block in blocks:
        leaders = _LEADERS.search(block.text) is not None
        if _CONTENTS.match(block.text):
            inside = True
        elif not leaders:
            inside = False
        if inside or (leaders and block.kind is not Kind.ROW):
            dropped.append(Dropped(text=block.text, reason="table of contents"))
        else:
            kept.append(block)
    return kept


def _without_head(blocks: list[Block], dropped: list[Dropped]) -> list[Block]:
    """Leave out a run of unpunctuated lines before the title: menus and lists of headlines saved with a page."""
    run = 0
    while run < min(len(blocks), 10 * _HEAD_BLOCKS) and _is_loose(blocks[run]):
        run += 1
    if run == len(blocks) or run <= 6:
        return blocks
    # The last loose lines before the text are its title and, perhaps, the first heading.
    start = run - 2 if run >= 2 and len(blocks[run - 1].text.split()) <= 4 else run - 1
    dropped.extend(
        Dropped(text=block.text, reason="menu or headlines before the title") for block in blocks[:start]
    )
    return blocks[start:]


def _is_loose(block: Block) -> bool:
    return (
        block.level != 1
        and block.kind in {Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM}
        and len(block.text.split()) <= 25
        and not re.search(r"[.!…:;]['\"»”’)\]\u00a0\u202f ]*$", block.text)
    )


def _without_tail(blocks: list[Block], dropped: list[Dropped]) -> list[Block]:
    """Leave out comments and related articles, which follow the text."""
    for position, block in enumerate(blocks):
        if position < len(blocks) // 3 or not _TAIL.match(block.text.strip()):
            continue
        rest = blocks[position:]
        dropped.extend(Dropped(text=one.text, reason="comments or related articles") for one in rest)
        return blocks[:position]
    return blocks


def _titled(blocks: Sequence[Block], title: str) -> list[Block]:
    """The blocks with the heading that is the article's title on level 1, where nothing else is."""
    result = list(blocks)
    headings = [position for position, block in enumerate(result) if block.kind is Kind.HEADING]
    if not headings or any(result[position].level == 1 for position in headings):
        return result
    first = headings[0]
    if title:
        first = next((position for position in headings if result[position].text == title), -1)
    if first == 0 or (title and first > 0):
        result[first] = result[first]._replace(level=1)
    return result
