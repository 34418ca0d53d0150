"""What no layout draws and no setting of type here does, as it is asked for in seven languages: patterns, per wish.

Nouns are counted only where a sentence wishes for them; the other patterns are plain by themselves. What must not live
here: when a match is a wish (`brief/beyond.py`).
"""

PLAIN: dict[str, str] = {
    "code": (
        r"qr[\s-]?codes?|codes?[\s-]qr|c[oó]digos?[\s-]qr|codic[ei][\s-]qr|bar[\s-]?codes?|strichcodes?|"
        r"codes?[\s-](?:à[\s-])?barres|c[oó]digos? de barras|codic[ei] a barre|streepjescodes?"
    ),
    "type": (
        r"italics?|italici[sz]ed|underlined|strike-?through|struck through|kursiv(?:e[rnms]?)?|"
        r"unterstrichen(?:e[rnms]?)?|"
        r"durchgestrichen(?:e[rnms]?)?|(?:en )?italiques?|soulignée?s?|barrée?s?|(?:en )?cursivas?|"
        r"subrayad[oa]s?|tachad[oa]s?|"
        r"(?:in )?corsivo|sottolineat[oaie]|barrat[oaie]|(?:em )?itálico|sublinhad[oa]s?|cursief|onderstreept|"
        r"doorgestreept"
    ),
    "turned": (
        r"rotated?|tilted|upside[\s-]down|slanted|diagonally|at an angle|gedreht(?:e[rnms]?)?|gekippt(?:e[rnms]?)?|"
        r"auf dem kopf stehend|en biais|en diagonale?|inclinée?s?|pivotée?s?|girad[oa]s?|rotad[oa]s?|inclinad[oa]s?|"
        r"ruotat[oaie]|inclinat[oaie]|capovolt[oaie]|rotacionad[oa]s?|gedraaid|gekanteld|ondersteboven"
    ),
    "animation": (
        r"animated|animiert(?:e[rnms]?)?|animée?s?|animad[oa]s?|animat[oaie]|geanimeerde?|blinking|blinkende?[rnms]?|"
        r"clignotante?s?|parpadeante?s?|lampeggiante?|as an? gif|als gif|en gif|como gif|come gif"
    ),
    "logo": (
        r"(?:partner|sponsor|client|customer)(?:'s|’s|s'|s’|s)? logos?|logos? (?:of|from) (?:the |our |their |a )?"
        r"(?:partner|sponsor|client|customer)s?|(?:second|another) logo|(?:partner|sponsoren|kunden)-?logos?|"
        r"logos? (?:unsere[sr]|des|der|eines) (?:partner|sponsor|kunde)\w*|zweites logo|logos? (?:de (?:notre|"
        r"nos)|du|des) "
        r"(?:partenaire|sponsor|client)s?|logos? de (?:nuestr[oa]s?|los|un) (?:socio|patrocinador|cliente)\w*|"
        r"logo del (?:socio|patrocinador|cliente|partner|nostro partner)|log(?:o|hi) dei (?:nostri )?(?:partner|"
        r"sponsor)|"
        r"logos? d[oe]s? (?:noss[oa]s? )?(?:parceiro|patrocinador|cliente)s?|logo'?s? van (?:onze |de |"
        r"een )?(?:partner|"
        r"sponsor|klant)\w*"
    ),
    "font": (
        r"comic sans(?: ms)?|times new roman|arial|helvetica(?: neue)?|papyrus font|futura|garamond|verdana|calibri|"
        r"courier new|roboto|open sans|montserrat|lobster font|brush script"
    ),
}
"""Plain wishes by the name under which they are told. Of `font`, one that the brand has is none."""

DRAWN: dict[str, dict[str, str]] = {
    "drawing": {
        "en": r"arrows?|stars|(?<=a )star|icons?|emojis?|pictograms?|speech bubbles?",
        "de": r"pfeile?n?|sterne?n?|sternchen|icons?|emojis?|piktogramme?n?|sprechblasen?",
        "fr": r"flèches?|étoiles?|icônes?|émojis?|emojis?|pictogrammes?",
        "es": r"flechas?|estrellas?|iconos?|íconos?|emojis?|pictogramas?",
        "it": r"frecc(?:ia|e)|stell(?:a|e|ine)|icon[ae]|emoji|pittogramm[ai]",
        "pt": r"setas?|estrelas?|ícones?|emojis?|pictogramas?",
        "nl": r"pijl(?:en|tjes?)?|sterren|sterretjes?|icoon(?:tjes?)?|iconen|emoji'?s?|pictogram(?:men)?",
    },
    "border": {
        "en": r"borders?|(?<!time )frames?|outlines?",
        "de": r"rahmen|umrandung(?:en)?|umrahmung(?:en)?|goldrahmen|bilderrahmen",
        "fr": r"cadres?|bordures?|encadrements?",
        "es": r"marcos?|bordes?|recuadros?",
        "it": r"cornic[ei]|bord[oi]",
        "pt": r"molduras?|bordas?",
        "nl": r"kaders?|omlijsting(?:en)?|randen|rand",
    },
}
"""Things to draw: wished for only behind a word of `LEADS` in the same clause."""

LEADS: dict[str, str] = {
    "en": r"with|add|plus|include|insert|draw|use|put|place|want|need|and|give it|in",
    "de": r"mit|füge?|ergänze|zeichne|setze?|plus|und|nutze|im|in",
    "fr": r"avec|ajoute[rz]?|dessine[rz]?|mets|mettez|plus|et|dans",
    "es": r"con|añade|agrega|dibuja|pon|ponga|incluye|y|más|en",
    "it": r"con|aggiungi|disegna|metti|inserisci|e|più|in",
    "pt": r"com|adiciona|adicione|desenhe|coloque|inclua|e|mais|em|numa?",
    "nl": r"met|voeg|teken|zet|plaats|en|plus|in",
}
"""What a wish for a thing begins with."""

TOPICS = (
    r"for|about|of|our|für|über|unser\w*|pour|sur|notre|nos|para|sobre|nuestr\w+|per|sul\w*|nostr\w+|noss\w+|"
    r"voor|over|onze"
)
"""Before the same words where the picture is about the thing: "for our QR code workshop"."""

REPEATED = (
    r"(?:\d+|ten|twenty|many|several|a hundred|fifty|thirty) times|repeated|(?:\d+|zehn|zwanzig|"
    r"hundert)[\s-]?mal|wiederholt|"
    r"(?:\d+|dix|vingt|cent) fois|répétée?s?|(?:\d+|diez|veinte|cien) veces|repetid[oa]s?|(?:\d+|dieci|venti|"
    r"cento) volte|"
    r"ripetut[oaie]|(?:\d+|dez|vinte|cem) vezes|(?:\d+|tien|twintig|honderd) keer|herhaald"
)
OFTEN = (
    r"(?:a|an|per|each|every|daily|weekly|more|faster|am|pro|im|in der|par|por|al|alla|per|à|ao|mehr|plus|más|"
    r"più|mais|meer)"
)
"""Behind a number of times that is no repetition: "three times a week"."""
