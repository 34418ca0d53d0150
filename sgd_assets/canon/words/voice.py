"""What guides call voices, tones and rules of writing in German, French, Spanish, Italian, Portuguese and Dutch.

Topic, language, terms; how a term is written is told in `words/vocabulary.py`. What must not live here: English, a
brand's name, or any rule.
"""

VOICE_TERMS: dict[str, dict[str, str]] = {
    "voice": {
        "de": "tonalität*, tonfall, sprachstil*, ansprache, markenstimme, stimme der marke, stimme und ton,"
        "unser ton, "
        "unsere stimme, sprache und ton, =ton, =stimme, markenpersönlichkeit, schreibstil*, wie wir sprechen,"
        "wie wir schreiben",
        "fr": "ton de voix, tonalité*, voix de marque, voix de la marque, voix et ton, ton et voix, ton et style,"
        "notre ton, notre voix, =le ton, =ton, =voix, ton éditorial, ton rédactionnel, style éditorial,"
        "style rédactionnel, guide de ton, ton de la marque, ton de marque,"
        "ligne éditoriale, personnalité de marque, personnalité de la marque, identité verbale",
        "es": "tono de voz, voz de marca, voz de la marca, voz y tono, tono y voz, nuestro tono, nuestra voz,"
        "tono de comunicación, tono y estilo, estilo y tono, cómo suena, =tono, =voz, personalidad de marca,"
        "personalidad de la marca, identidad verbal, estilo de comunicación, cómo hablamos, cómo escribimos",
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
        "nl": "schrijfwijzer, schrijfgids, redactiewijzer, stijlgids, heldere taal",
    },
    "traits": {
        "de": "persönlichkeit, eigenschaften, wir sind, unsere werte",
        "fr": "personnalité, traits, nous sommes, attributs, principes du ton, principes de ton",
        "es": "personalidad, rasgos, atributos, somos, principios del tono, principios de tono",
        "it": "personalità, tratti, attributi, siamo, principi del tono",
        "pt": "personalidade, traços, atributos, somos, princípios do tom",
        "nl": "persoonlijkheid, eigenschappen, wij zijn, we zijn",
    },
    "tone_word": {
        "de": "freundlich*, klar*, direkt*, warm*, herzlich*, sachlich*, ehrlich*, offen*, nahbar*, verständlich*,"
        "persönlich*, professionell*, kompetent*, respektvoll*, locker*, humorvoll*, mutig*, modern*, einfach*,"
        "verlässlich*, präzise*, menschlich*, optimistisch*, seriös*, ruhig*, neugierig*, selbstbewusst*,"
        "bodenständig*, lebendig*, inspirierend*, höflich*, einfühlsam*, unaufgeregt*, konkret*, prägnant*, positiv*,"
        "sympathisch*, glaubwürdig*, lösungsorientiert*, natürlich*, knapp*, aktiv*, vertrauensvoll*, authentisch*,"
        "umgangssprachlich*, sachkundig*, einladend*, inklusiv*",
        "fr": "clair*, direct*, chaleureu*, simple*, sincère*, honnête*, accessible*, professionnel*, humain*,"
        "bienveillant*, proche*, respectueu*, précis*, optimiste*, rassurant*, convivial*, authentique*, moderne*,"
        "engagé*, enthousiaste*, amical*, pédagogique*, concis*, positif*, positive*, neutre*, inclusif*, inclusive*,"
        "constructi*, dynamique*, courtois*, empathique*, naturel*, inspirant*, sobre*, poli, polie, factuel*,"
        "conversationnel*",
        "es": "claro*, clara*, cercan*, directo*, directa*, cálid*, sencill*, honest*, amable*, profesional*, human*,"
        "respetuos*, precis*, optimista*, accesible*, auténtic*, divertid*, modern*, cordial*, empátic*, confiable*,"
        "transparente*, positiv*, natural*, inspirador*, expert*, eficiente*, coherente*, neutr*, formal*, informal*,"
        "didáctic*, breve*, concis*",
        "it": "chiar*, dirett*, cald*, semplic*, onest*, amichevol*, professional*, uman*, rispettos*, precis*,"
        "ottimist*, accessibil*, autentic*, modern*, cordial*, empatic*, vicin*, trasparent*, positiv*, inclusiv*,"
        "concret*, concis*, natural*, formal*, informal*, rassicurant*, ispirant*, autorevol*",
        "pt": "claro*, clara*, direto*, direta*, próxim*, simples, honest*, amigável, amigáveis, profissiona*,"
        "human*, "
        "respeitos*, precis*, otimista*, acessíve*, autêntic*, divertid*, modern*, cordial*, empátic*, confiáve*,"
        "acolhedor*, transparente*, positiv*, inspirador*, assertiv*, segur*, calm*, encorajador*, didátic*,"
        "natural*, leve, leves, consciente*, inclusiv*, informal*, tranquil*",
        "nl": "duidelijk*, direct*, warm*, eerlijk*, vriendelijk*, persoonlijk*, professione*, menselijk*,"
        "respectvol*, toegankelijk*, helder*, optimistisch*, nuchter*, betrokken, eenvoudig*, behulpzaam, open,"
        "deskundig*, praktisch*, begrijpelijk*, positief, positieve, inspirerend*, natuurlijk*, concreet, bondig*",
    },
    "do": {
        "de": "=so ja, =richtig, =so bitte, =das tun wir, =tun",
        "fr": "=à faire, =faire, =oui, =on fait, =les bonnes pratiques, =bonnes pratiques",
        "es": "=sí, =hacer, =qué hacer, =lo que hacemos, =correcto",
        "it": "=sì, =fai, =fare, =da fare, =cosa fare, =corretto",
        "pt": "=sim, =fazer, =o que fazer, =faça, =correto",
        "nl": "=wel, =wel doen, =zo wel, =goed, =doen",
    },
    "dont": {
        "de": "=so nicht, =falsch, =vermeiden, =zu vermeiden, =das vermeiden wir, =nicht tun, =wir vermeiden",
        "fr": "=à éviter, =à ne pas faire, =ne pas faire, =non, =on évite, =éviter, =nous évitons",
        "es": "=no, =evita, =evitar, =no hacer, =qué no hacer, =qué evitar, =evitamos, =incorrecto",
        "it": "=no, =evita, =da evitare, =evitare, =cosa evitare, =non fare, =scorretto",
        "pt": "=não, =evitar, =não fazer, =o que evitar, =o que não fazer, =evite, =incorreto",
        "nl": "=niet, =niet doen, =zo niet, =vermijden, =te vermijden, =fout",
    },
    "trait_head": {
        "de": "merkmal, eigenschaft, prinzip, grundsatz, wert",
        "fr": "trait, principe, valeur, attribut",
        "es": "rasgo, principio, atributo, valor, adjetivo",
        "it": "tratto, principio, attributo, valore",
        "pt": "traço, princípio, atributo, valor",
        "nl": "kenmerk, principe, eigenschap, waarde",
    },
    "meaning_head": {
        "de": "bedeutung, bedeutet, was das heißt, das heißt, beschreibung",
        "fr": "signification, ce que cela signifie, ça veut dire, description",
        "es": "significa, significado, qué significa, descripción",
        "it": "significa, significato, cosa significa, che cosa significa, descrizione",
        "pt": "significa, significado, o que significa, descrição",
        "nl": "betekenis, betekent, wat het betekent, omschrijving",
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
    "we": {"de": "wir", "fr": "nous", "nl": "wij, we"},
    "negative_we": {
        "de": "wir vermeiden, wir verzichten",
        "fr": "nous évitons, nous ne, on ne",
        "es": "evitamos, no somos, no hablamos, no usamos",
        "it": "evitiamo, non siamo, non parliamo, non usiamo",
        "pt": "evitamos, não somos, não falamos, não usamos",
        "nl": "we vermijden, wij vermijden",
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
    "sounds": {
        "de": "klingt, spricht, schreibt, kommuniziert",
        "fr": "parle, s'exprime, écrit, communique",
        "es": "habla, suena, escribe, comunica",
        "it": "parla, suona, scrive, comunica",
        "pt": "fala, soa, escreve, comunica",
        "nl": "klinkt, spreekt, schrijft, communiceert",
    },
    "but_not": {
        "de": "aber, nicht, ohne, statt",
        "fr": "mais, sans, pas",
        "es": "pero, sin, no",
        "it": "ma, senza, non",
        "pt": "mas, sem, não",
        "nl": "maar, zonder, niet",
    },
    "example": {
        "de": "beispiel*, gut, besser, schlecht, richtig, falsch, statt, ausnahme*, z.B.",
        "fr": "exemple*, bien, mieux, mal, au lieu de",
        "es": "ejemplo*, bien, mejor, mal, en lugar de, en vez de",
        "it": "esempi*, bene, meglio, male, invece di",
        "pt": "exemplo*, bom, melhor, ruim, em vez de",
        "nl": "voorbeeld*, goed, beter, slecht, in plaats van",
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
        "fr": "le, la, les, des, du, un, une, et, ou, ne, pas, avec, pour, au, aux, vous, nous,d', l', sur, que",
    },
}
