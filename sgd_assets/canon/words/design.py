"""What guides call colours, type and logos in German, French, Spanish, Italian, Portuguese and Dutch.

Topic, language, terms; how a term is written is told in `words/vocabulary.py`. What must not live here: English, a
brand's name, or any rule.
"""

DESIGN_TERMS: dict[str, dict[str, str]] = {
    "colour": {
        "de": "farbe, farben, *farbe, *farben, farbpalette*, farbwelt*, farbklima, farbsystem*, farbgebung,farbkonzept",
        "fr": "couleur*, nuancier*, gamme chromatique, univers chromatique, charte chromatique",
        "es": "colores, paleta*, gama cromática, universo cromático",
        "it": "colore, colori, tavolozza*, gamma cromatica, palette cromatica",
        "pt": "=cor, =cores, paleta*, as cores, nossas cores, cores primárias, cores secundárias, cores principais,"
        "cores institucionais, cores da marca, cores de apoio, cores neutras, cores complementares, sistema de cores,"
        "cor primária, cor principal, cor secundária, padrão cromático",
        "nl": "kleur, kleuren, *kleur, *kleuren, kleurenpalet*, kleurgebruik",
    },
    "not_colour": {
        "de": "falsch*, fehlanwendung*, fehler, nicht erlaubt, unzulässig*, verboten*, barrierefrei*, kontrast*,"
        "diagramm*, partner*, veraltet*, lizenz*",
        "fr": "interdit*, interdiction*, à éviter, à ne pas faire, contraste*, accessibilité, graphique*,"
        "partenaire*, "
        "obsolète*, licence*",
        "es": "incorrecto*, usos incorrectos, prohibid*, no permitid*, contraste*, accesibilidad, gráfico*,licencia*",
        "it": "uso scorretto, usi scorretti, usi non corretti, da evitare, vietat*, contrasto, accessibilità,grafico*",
        "pt": "incorreto*, usos incorretos, proibid*, não permitid*, contraste*, acessibilidade, gráfico*, licença*",
        "nl": "verkeerd*, onjuist*, niet toegestaan, fout gebruik, contrast*, toegankelijkheid, grafiek*, licentie*",
    },
    "primary": {
        "de": "primär*, hauptfarbe*, grundfarbe*, leitfarbe*, markenfarbe*, hausfarbe*, *primärfarbe*",
        "fr": "primaire*, principale*, principaux, dominante*, institutionnelle*, couleurs de la marque",
        "es": "primari*, principal*, corporativ*, institucional*",
        "it": "primari*, principal*, istituzional*",
        "pt": "primári*, principa*, instituciona*",
        "nl": "primair*, hoofdkleur*, basiskleur*, merkkleur*, huiskleur*",
    },
    "secondary": {
        "de": "sekundär*, nebenfarbe*, ergänz*, ergänzungsfarbe*, zusatzfarbe*, unterstützend*, begleitfarbe*",
        "fr": "secondaire*, complémentaire*, d'accompagnement, de soutien",
        "es": "secundari*, complementari*, de apoyo",
        "it": "secondari*, complementar*, di supporto",
        "pt": "secundári*, complementar*, de apoio",
        "nl": "secundair*, steunkleur*, ondersteunend*, aanvullend*",
    },
    "functional": {
        "de": "funktionsfarbe*, funktional*, statusfarbe*, signalfarbe*, systemfarbe*, warnfarbe*",
        "fr": "fonctionnel*, couleurs d'état, couleurs système",
        "es": "funcional*, de estado, semántic*",
        "it": "funzional*, di stato, semantic*",
        "pt": "funciona*, de estado, semântic*",
        "nl": "functionel*, statuskleur*, systeemkleur*, signaalkleur*",
    },
    "accent": {
        "de": "akzent*, *akzentfarbe*, auszeichnungsfarbe*",
        "fr": "accent*, couleur d'accentuation",
        "es": "acento*, de realce",
        "it": "accent*",
        "pt": "acento*, destaque*",
        "nl": "accent*",
    },
    "neutral": {
        "de": "neutral*, grau, grautöne, graustufen",
        "fr": "neutre*, gris",
        "es": "neutr*, gris, grises",
        "it": "neutr*, grigi*",
        "pt": "neutr*, cinza*",
        "nl": "neutra*, grijs, grijstinten, grijzen",
    },
    "background": {
        "de": "hintergr*, hintergrund*, hintergründe",
        "fr": "fond, fonds, arrière-plan*",
        "es": "fondo*",
        "it": "sfond*",
        "pt": "fundo*",
        "nl": "achtergrond*",
    },
    "text": {
        "de": "textfarbe*, fließtext*, schriftfarbe*",
        "fr": "texte*",
        "es": "texto*",
        "it": "testo, testi",
        "pt": "texto*",
        "nl": "tekst*",
    },
    "typography": {
        "de": "schrift, schriften, *schriftart*, hausschrift*, brotschrift*, grundschrift*, auszeichnungsschrift*,"
        "primärschrift*, sekundärschrift*, leseschrift*, webschrift*, typograf*, schriftfamilie*, schriftsystem",
        "fr": "typographi*, police de caractère*, polices de caractère*, polices, police principale,"
        "police secondaire, police d'accompagnement, =police",
        "es": "tipograf*, fuente*, tipo de letra, familia tipográfica",
        "it": "tipograf*, carattere*, caratteri",
        "pt": "tipograf*, fonte*, tipo de letra, família tipográfica",
        "nl": "typograf*, lettertype*, huisletter*, letterfamilie*",
    },
    "font_word": {
        "de": "hausschrift, hausschriften, schriftart, schriftarten, schriftfamilie, schriftfamilien, schrift,"
        "schriften",
        "fr": "police, polices, police de caractères, polices de caractères, typographie",
        "es": "fuente, fuentes, tipografía, tipografías, tipo de letra, familia tipográfica",
        "it": "carattere, caratteri, carattere tipografico",
        "pt": "fonte, fontes, tipografia, tipo de letra, família tipográfica",
        "nl": "lettertype, lettertypen, lettertypes, huisletter, letterfamilie",
    },
    "heading_text": {
        "de": "überschrift*, titel, headlines",
        "fr": "titre*, titrage*",
        "es": "título*, titular*, encabezado*",
        "it": "titol*, intestazion*",
        "pt": "título*, cabeçalho*",
        "nl": "kop, koppen, titels",
    },
    "body_text": {
        "de": "fließtext*, grundtext, lauftext, brottext, mengentext",
        "fr": "texte*, texte courant, corps de texte",
        "es": "texto*, cuerpo de texto, párrafo*",
        "it": "testo, testi, corpo del testo",
        "pt": "texto*, corpo de texto",
        "nl": "tekst, broodtekst, lopende tekst, platte tekst",
    },
    "fallback": {
        "de": "ersatzschrift*, ausweichschrift*, systemschrift*, nicht verfügbar",
        "fr": "police de substitution, police de remplacement, à défaut, pas disponible",
        "es": "fuente alternativa, tipografía alternativa, tipografía de sustitución, no está disponible",
        "it": "carattere alternativo, font alternativo, font sostitutivo, non disponibile",
        "pt": "fonte alternativa, fonte substituta, não estiver disponível",
        "nl": "vervangend lettertype, alternatief lettertype, niet beschikbaar",
    },
    "logo": {
        "de": "bildmarke*, wortmarke*, wort-bild-marke*, wort-/bildmarke*, signet*, wappen, emblem*, markenzeichen,"
        "firmenzeichen, schriftzug, firmenlogo*, markenlogo*,"
        "unternehmenslogo*, hauptlogo*",
        "fr": "logotype*, emblème*, sigle*, symbole*, monogramme*",
        "es": "logotipo*, isotipo*, imagotipo*, isologo*, símbolo*, emblema*",
        "it": "logotipo*, marchio, marchi, simbolo, emblema, stemma",
        "pt": "logotipo*, logomarca*, logótipo*, símbolo*, emblema*",
        "nl": "beeldmerk*, woordmerk*, embleem, woordbeeld",
    },
    "clear_space": {
        "de": "schutzraum*, schutzzone*, schutzbereich*, schutzfläche*, freiraum*, markenfreiraum*, ruhezone*,"
        "sicherheitsabstand*, mindestabstand*, schutzabstand*",
        "fr": "zone de protection, zones de protection, espace de protection, zone d'exclusion, zone de sécurité,"
        "zone de respect, zone tampon, espace de respiration, zone de réserve, marge de protection,"
        "périmètre de protection, zone de confort",
        "es": "zona de respeto, área de respeto, zona de protección, área de protección, área de seguridad,"
        "zona de seguridad, zona de exclusión, espacio de respeto, espacio de protección, área de reserva,"
        "margen de seguridad, área de resguardo",
        "it": "area di rispetto, zona di rispetto, area di protezione, zona di protezione, spazio di rispetto,"
        "margine di rispetto, margine di protezione, area di sicurezza",
        "pt": "área de proteção, zona de proteção, área de respiro, margem de segurança, área de segurança,"
        "espaço de proteção, área de não interferência, área de reserva, área de arejamento, zona de segurança",
        "nl": "vrije ruimte, vrijruimte, vrije zone, beschermde zone, beschermingszone, beschermruimte,"
        "veiligheidszone, uitsluitingszone, witruimte rond, witmarge",
    },
    "free_space": {
        "de": "abstand, freizuhalten*, freie fläche, weißraum",
        "fr": "espace libre, espace vide, espace dégagé, zone dégagée, zone libre, marge",
        "es": "espacio libre, espacio vacío, zona libre, área libre, margen",
        "it": "spazio libero, spazio vuoto, area libera, margine",
        "pt": "espaço livre, espaço vazio, área livre, margem",
        "nl": "lege ruimte, witruimte, marge, afstand",
    },
    "must": {
        "de": "muss, müssen, soll, sollte, sollten",
        "fr": "doit, doivent, devrait, laisser, laissez",
        "es": "debe, deben, dejar, deje",
        "it": "deve, devono, lasciare, lasciate",
        "pt": "deve, devem, deixar, deixe",
        "nl": "moet, moeten, dient, houd",
    },
    "dimension": {
        "de": "*höhe, *breite, durchmesser, *größe",
        "fr": "hauteur, largeur, diamètre, taille",
        "es": "altura, ancho, anchura, diámetro, tamaño",
        "it": "altezza, larghezza, diametro, dimensione",
        "pt": "altura, largura, diâmetro, tamanho",
        "nl": "*hoogte, *breedte, *grootte",
    },
    "half": {
        "de": "die hälfte, der hälfte, halbe, halber, halben",
        "fr": "la moitié, moitié",
        "es": "la mitad, mitad",
        "it": "la metà, metà",
        "pt": "a metade, metade",
        "nl": "de helft, helft, halve",
    },
    "twice": {
        "de": "doppelte, doppelten, zweifache",
        "fr": "le double, deux fois",
        "es": "el doble, dos veces",
        "it": "il doppio, due volte",
        "pt": "o dobro, duas vezes",
        "nl": "twee keer, tweemaal, dubbele",
    },
    "quarter": {
        "de": "ein viertel, viertel",
        "fr": "un quart",
        "es": "un cuarto, una cuarta parte",
        "it": "un quarto",
        "pt": "um quarto",
        "nl": "een kwart, kwart",
    },
    "third": {
        "de": "ein drittel, drittel",
        "fr": "un tiers",
        "es": "un tercio, una tercera parte",
        "it": "un terzo",
        "pt": "um terço",
        "nl": "een derde",
    },
    "minimum_size": {
        "de": "mindestgröße*, minimalgröße*, mindestbreite*, mindesthöhe*, minimale größe, minimale breite,"
        "minimale höhe, kleinste größe, nicht kleiner als, mindestens",
        "fr": "taille minimale, tailles minimales, taille minimum, largeur minimale, hauteur minimale,"
        "dimension minimale, dimensions minimales, inférieure à, inférieur à",
        "es": "tamaño mínimo, tamaños mínimos, ancho mínimo, anchura mínima, altura mínima, dimensiones mínimas,"
        "reducción mínima, inferior a",
        "it": "dimensione minima, dimensioni minime, larghezza minima, altezza minima, riduzione minima, inferiore a",
        "pt": "tamanho mínimo, tamanhos mínimos, largura mínima, altura mínima, redução mínima, inferior a",
        "nl": "minimale grootte, minimumgrootte, minimale breedte, minimale hoogte, minimumformaat, minimaal formaat,"
        "niet kleiner dan",
    },
    "misuse": {
        "de": "falsche verwendung, falsche anwendung, fehlanwendung*, nicht erlaubt, unzulässig*, verboten*,"
        "no-gos, no gos, so nicht",
        "fr": "interdit*, interdiction*, à ne pas faire, usages incorrects, utilisations incorrectes, à éviter,"
        "mauvais usage*, mauvaises utilisations",
        "es": "usos incorrectos, uso incorrecto, usos indebidos, usos no permitidos, prohibiciones,"
        "lo que no hay que hacer",
        "it": "usi non corretti, uso non corretto, usi scorretti, uso scorretto, usi errati, da evitare,"
        "applicazioni non corrette",
        "pt": "usos incorretos, uso incorreto, usos indevidos, usos proibidos, proibições, aplicações incorretas",
        "nl": "onjuist gebruik, verkeerd gebruik, niet toegestaan, fout gebruik, misbruik",
    },
}
