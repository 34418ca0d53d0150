"""What a guide's headings and labels are called in German, French, Spanish, Italian, Portuguese and Dutch.

One table for all readers of the canon: a topic, then a language, then its terms. `topics.py` and the readers join them
to their English patterns with `joined`. A term ends in `*` where endings follow, begins with `*` where compounds are
built in front, and begins with `=` where only the whole heading counts, because the word alone means other things too.
What must not live here: English (each reader's own pattern), a brand's name, or any rule.
"""

import re
import unicodedata

LANGUAGES = ("de", "fr", "es", "it", "pt", "nl")

_TERMS: dict[str, dict[str, str]] = {
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
        "de": "hausschrift, schriftart, schriftarten, schriftfamilie, schrift, schriften",
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
    "voice": {
        "de": "tonalität*, tonfall, sprachstil*, ansprache, markenstimme, stimme der marke, stimme und ton,"
        "unser ton, "
        "unsere stimme, sprache und ton, =ton, =stimme, markenpersönlichkeit, schreibstil*, wie wir sprechen,"
        "wie wir schreiben",
        "fr": "ton de voix, tonalité*, voix de marque, voix de la marque, voix et ton, ton et voix, ton et style,"
        "notre ton, notre voix, =le ton, =ton, =voix, ton éditorial, ton rédactionnel, style éditorial, style rédactionnel,"
        "guide de ton, ton de la marque, ton de marque,"
        "ligne éditoriale, personnalité de marque, personnalité de la marque, identité verbale",
        "es": "tono de voz, voz de marca, voz de la marca, voz y tono, tono y voz, nuestro tono, nuestra voz,"
        "tono de comunicación, tono y estilo, estilo y tono, cómo suena, =tono, =voz, personalidad de marca, personalidad de la marca,"
        "identidad verbal, estilo de comunicación, cómo hablamos, cómo escribimos",
        "it": "tono di voce, voce del brand, voce della marca, voce e tono, il nostro tono, la nostra voce, =tono,"
        "=voce, stile di comunicazione, stile di scrittura, identità verbale, personalità del brand, come parliamo",
        "pt": "tom de voz, voz da marca, voz e tom, tom e voz, nosso tom, nossa voz, =tom, =voz,"
        "tom de comunicação, estilo de comunicação, personalidade da marca, identidade verbal, como falamos",
        "nl": "=toon, =stem, stem en toon, toon en stijl, onze toon, onze stem, schrijfstijl*, merkpersoonlijkheid,"
        "hoe we schrijven, hoe we praten, aanspreekvorm",
    },
    "writing": {
        "de": "klare sprache, einfache sprache, leichte sprache, schreibregeln, texte schreiben, sprachregeln,wording",
        "fr": "rédaction*, rédiger, écriture*, langage clair, écriture inclusive",
        "es": "redacción, escritura, lenguaje claro, lenguaje inclusivo",
        "it": "scrittura, linguaggio*, redazional*",
        "pt": "redação, escrita, linguagem*",
        "nl": "schrijfregels, schrijven, taalgebruik, duidelijke taal, begrijpelijke taal",
    },
    "style_guide": {
        "de": "redaktionsleitfaden, textleitfaden, sprachleitfaden, schreibregeln, schreibleitfaden, leichte sprache",
        "fr": "charte éditoriale, guide éditorial, guide de rédaction, guide rédactionnel, guide de style, "
        "ligne éditoriale, standards éditoriaux, langage clair",
        "es": "guía de estilo, guía editorial, guía de redacción, guía de textos, manual de estilo, lenguaje claro",
        "it": "guida di stile, guida editoriale, guida alla scrittura, manuale di stile",
        "pt": "guia de estilo, guia editorial, guia de redação, guia de textos, manual de redação, linguagem simples",
        "nl": "schrijfwijzer, schrijfgids, redactiewijzer, stijlgids",
    },
    "traits": {
        "de": "persönlichkeit, eigenschaften, wir sind, unsere werte",
        "fr": "personnalité, traits, nous sommes, attributs",
        "es": "personalidad, rasgos, atributos, somos",
        "it": "personalità, tratti, attributi, siamo",
        "pt": "personalidade, traços, atributos, somos",
        "nl": "persoonlijkheid, eigenschappen, wij zijn, we zijn",
    },
    "tone_word": {
        "de": "freundlich*, klar*, direkt*, warm*, herzlich*, sachlich*, ehrlich*, offen*, nahbar*, verständlich*,"
        "persönlich*, professionell*, kompetent*, respektvoll*, locker*, humorvoll*, mutig*, modern*, einfach*,"
        "verlässlich*, präzise*, menschlich*, optimistisch*, seriös*, ruhig*, neugierig*, selbstbewusst*,"
        "bodenständig*, lebendig*, inspirierend*",
        "fr": "clair*, direct*, chaleureu*, simple*, sincère*, honnête*, accessible*, professionnel*, humain*,"
        "bienveillant*, proche*, respectueu*, précis*, optimiste*, rassurant*, convivial*, authentique*, moderne*,"
        "engagé*, enthousiaste*, amical*, pédagogique*, concis*, positif*, positive*",
        "es": "claro*, clara*, cercan*, directo*, directa*, cálid*, sencill*, honest*, amable*, profesional*, human*,"
        "respetuos*, precis*, optimista*, accesible*, auténtic*, divertid*, modern*, cordial*, empátic*, confiable*,"
        "transparente*, positiv*",
        "it": "chiar*, dirett*, cald*, semplic*, onest*, amichevol*, professional*, uman*, rispettos*, precis*,"
        "ottimist*, accessibil*, autentic*, modern*, cordial*, empatic*, vicin*, trasparent*, positiv*",
        "pt": "claro*, clara*, direto*, direta*, próxim*, simples, honest*, amigável, amigáveis, profissiona*,"
        "human*, "
        "respeitos*, precis*, otimista*, acessíve*, autêntic*, divertid*, modern*, cordial*, empátic*, confiáve*,"
        "acolhedor*, transparente*, positiv*",
        "nl": "duidelijk*, direct*, warm*, eerlijk*, vriendelijk*, persoonlijk*, professione*, menselijk*,"
        "respectvol*, toegankelijk*, helder*, optimistisch*, nuchter*, betrokken, eenvoudig*, behulpzaam, open",
    },
    "do": {
        "de": "=so ja, =richtig, =so bitte, =das tun wir, =tun",
        "fr": "=à faire, =faire, =oui, =on fait, =les bonnes pratiques, =bonnes pratiques",
        "es": "=sí, =hacer, =qué hacer, =lo que hacemos, =correcto",
        "it": "=sì, =da fare, =cosa fare, =corretto",
        "pt": "=sim, =fazer, =o que fazer, =faça, =correto",
        "nl": "=wel, =wel doen, =zo wel, =goed, =doen",
    },
    "dont": {
        "de": "=so nicht, =falsch, =vermeiden, =zu vermeiden, =das vermeiden wir, =nicht tun, =wir vermeiden",
        "fr": "=à éviter, =à ne pas faire, =ne pas faire, =non, =on évite, =éviter, =nous évitons",
        "es": "=no, =evitar, =no hacer, =qué no hacer, =qué evitar, =evitamos, =incorrecto",
        "it": "=no, =da evitare, =evitare, =cosa evitare, =non fare, =scorretto",
        "pt": "=não, =evitar, =não fazer, =o que evitar, =o que não fazer, =evite, =incorreto",
        "nl": "=niet, =niet doen, =zo niet, =vermijden, =te vermijden, =fout",
    },
    "things_said": {
        "de": "was, wörter, worte, begriffe, ausdrücke, formulierungen",
        "fr": "ce que, mots, termes, expressions",
        "es": "lo que, palabras, términos, expresiones",
        "it": "cosa, parole, termini, espressioni",
        "pt": "o que, palavras, termos, expressões",
        "nl": "wat, woorden, termen, uitdrukkingen",
    },
    "to_avoid": {
        "de": "vermeid*, nicht, verboten*, tabu*, no-go*",
        "fr": "évit*, ne pas, interdit*, proscri*, bannir",
        "es": "evit*, no, prohibid*",
        "it": "evit*, non, vietat*",
        "pt": "evit*, não, proibid*",
        "nl": "vermijd*, vermeden, niet, verboden",
    },
    "to_favour": {
        "de": "bevorzugt*, verwenden, nutzen, beachten, berücksichtig*, sagen",
        "fr": "utilis*, privilégi*, préfér*, dire, recommandé*",
        "es": "usamos, usar, sí, preferid*, decimos",
        "it": "usiamo, usare, sì, preferit*, diciamo",
        "pt": "usamos, usar, sim, preferid*, dizemos",
        "nl": "gebruik*, wel, voorkeur*, zeggen",
    },
    "negative_start": {
        "de": "nicht, kein, keine, keinen, keinerlei, niemals, nie, vermeiden, vermeide, vermeidet, verzichten,"
        "verzichte",
        "fr": "ne, n', éviter, évitez, évite, jamais, pas de, proscrire",
        "es": "no, evita, evite, evitar, evitemos, nunca, jamás",
        "it": "non, evita, evitare, evitate, mai, niente",
        "pt": "não, evite, evitar, nunca, jamais, evita",
        "nl": "geen, niet, nooit, vermijd, vermijden",
    },
    "negative_inside": {
        "de": "nicht, kein, keine, keinen, niemals, nie",
        "fr": "ne pas, jamais",
        "es": "nunca",
        "it": "mai",
        "pt": "nunca",
        "nl": "niet, geen, nooit",
    },
    "positive_start": {
        "de": "verwende, verwenden sie, nutze, nutzen sie, schreibe, schreiben sie, sprich, sprechen sie, bleibe,"
        "halte, "
        "setze, formuliere, formulieren sie, achte, achten sie, erkläre, duze, duzen, wir schreiben, wir sprechen,"
        "wir duzen, wir siezen, wir verwenden, wir erklären, wir bleiben, wir formulieren",
        "fr": "utiliser, utilisez, privilégier, privilégiez, écrire, écrivez, parler, parlez, rester, restez,"
        "employer, "
        "employez, préférer, préférez, soyez, être, adoptez, adopter, nous utilisons, nous parlons,"
        "nous écrivons, on tutoie",
        "es": "usa, use, usar, utiliza, utilice, utilizar, escribe, escriba, escribir, habla, hable, hablar, sea,"
        "prefiere, mantén, mantener, emplea, explica, usamos, hablamos, escribimos, utilizamos, tutea, tuteamos",
        "it": "usa, usare, usate, scrivi, scrivere, parla, parlare, sii, mantieni, mantenere, preferisci, preferire,"
        "spiega, usiamo, parliamo, scriviamo, utilizza, utilizzare",
        "pt": "use, usar, utilize, utilizar, escreva, escrever, fale, falar, seja, prefira, mantenha, explique,"
        "usamos, falamos, escrevemos",
        "nl": "gebruik, schrijf, spreek, wees, houd, kies, leg uit, we gebruiken, we schrijven, we spreken,"
        "wij schrijven, "
        "tutoyeer",
    },
    "voice_word": {
        "de": "stimme*, ton, tonfall, tonalität*, umgangston, sprache, stil, schreibstil*, kommunikation*",
        "fr": "ton, voix, tonalité, style, langage, langue, communication",
        "es": "tono, voz, estilo, lenguaje, comunicación",
        "it": "tono, voce, stile, linguaggio, comunicazione",
        "pt": "tom, voz, estilo, linguagem, comunicação",
        "nl": "toon, stem, stijl, taal, taalgebruik, communicatie",
    },
    "voice_noun": {
        "de": "stimme, ton, tonfall, tonalität, umgangston",
        "fr": "ton, voix, tonalité",
        "es": "tono, voz",
        "it": "tono, voce",
        "pt": "tom, voz",
        "nl": "toon, stem",
    },
    "is_or_sounds": {
        "de": "ist, sind, sei, klingt, klingen, bleibt, bleiben, wirkt, soll, muss, spricht, sprechen, schreiben,"
        "kommuniziert, kommunizieren",
        "fr": "est, sont, sommes, soit, doit, reste, sonne, parlons, parle, écrivons, communiquons",
        "es": "es, son, somos, suena, debe, hablamos, escribimos, comunicamos",
        "it": "è, sono, siamo, suona, deve, parliamo, scriviamo, comunichiamo",
        "pt": "é, são, somos, soa, deve, falamos, escrevemos, comunicamos",
        "nl": "is, zijn, klinkt, klinken, moet, blijft, spreken, schrijven, communiceren, communiceert",
    },
    "function_word": {
        "de": "der, die, das, und, oder, nicht, ist, sind, ein, eine, einen, einem, zu, mit, auf, für, aber, ihr, eure,"
        "euren, sie, wir, unsere, im, den, dem, von, wie",
        "fr": "le, la, les, des, du, un, une, et, ou, ne, pas, avec, pour, au, aux, en, vous, nous, à, d', l', sur, que",
    },
}

_SPACE = r"[\s\u00a0]+"


def pattern(topic: str, *, ending: str = r"\w*") -> str:
    """A regular expression for the topic's terms in all six languages, accents optional, case left to the caller.

    Args:
        topic: a key of the table.
        ending: what a `*` behind a term stands for.
    """
    whole: list[str] = []
    parts: list[str] = []
    for language in LANGUAGES:
        for written in _TERMS[topic].get(language, "").split(","):
            term = written.strip()
            if term.startswith("="):
                whole.append(_expression(term[1:], ending))
            elif term:
                parts.append(_expression(term, ending))
    found = [rf"(?<!\w)(?:{'|'.join(dict.fromkeys(parts))})"] if parts else []
    if whole:
        found.append(rf"^\W*(?:\d+(?:\.\d+)*\W+)?(?:{'|'.join(dict.fromkeys(whole))})\W*$")
    return "|".join(found)


def joined(english: str, topic: str) -> re.Pattern[str]:
    """The English pattern or any of the topic's terms."""
    return re.compile(rf"(?i){english.removeprefix('(?i)')}|{pattern(topic)}")


def _expression(term: str, ending: str) -> str:
    """A term as an expression: `*` at either end, any white space, accents composed, separate or left out."""
    body = term.strip("*")
    letters = []
    for char in body:
        plain = unicodedata.normalize("NFKD", char)[0]
        if char == " ":
            letters.append(_SPACE)
        elif char == "'":
            letters.append("['’]" + r"\s?")
        elif char == "ß":
            letters.append("(?:ß|ss)")
        elif plain != char:
            letters.append(rf"(?:{char}|{plain}[\u0300-\u036f]?)")
        else:
            letters.append(re.escape(char))
    before = r"\w*" if term.startswith("*") else ""
    after = ending if term.endswith("*") else ""
    # an elided word ("n'") runs into the next, and "non-" is no negation
    end = "" if body.endswith("'") else r"(?![\w-])"
    return before + "".join(letters) + after + end
