"""One invented guide in six languages: the same palette, fonts, clear space and kind of voice in each."""

GERMAN = """# Gestaltungsrichtlinien

## Farben

### Primärfarben

- Seeblau: #005F73
- Koralle: #EE6C4D

### Sekundärfarben

- Sand: #E9D8A6
- Moos: #94A89A

### Statusfarben

- Erfolg: #2E7D32

## Typografie

Unsere Hausschrift ist Lato. Für Überschriften verwenden wir Merriweather.

- Überschriften: Merriweather
- Fließtext: Lato

## Logo

### Schutzraum

Der Schutzraum um das Logo entspricht der Hälfte der Höhe der Bildmarke.

### Mindestgröße

Das Logo darf nicht kleiner als 20 mm breit abgebildet werden.

### Falsche Verwendung

- Das Logo nicht verzerren.
- Das Logo nicht drehen.

## Tonalität

Unser Ton ist freundlich, klar und nahbar.

### So ja

- Kurze Sätze schreiben
- Die Leserinnen direkt ansprechen

### So nicht

- Fachbegriffe ohne Erklärung
- Vermeiden Sie Fremdwörter.
"""

FRENCH = """# Charte graphique

## Couleurs

### Couleurs principales

- Bleu lac : #005F73
- Corail : #EE6C4D

### Couleurs secondaires

- Sable : #E9D8A6
- Mousse : #94A89A

## Typographie

Notre police de caractères est Lato. La police principale est Merriweather.

- Titres : Merriweather
- Texte courant : Lato

## Logo

### Zone de protection

La zone de protection autour du logo est égale à la moitié de la hauteur du symbole.

### Taille minimale

La largeur du logo ne doit pas être inférieure à 20 mm.

### Interdits

- Ne pas déformer le logo.
- Ne pas changer les couleurs.

## Ton de voix

Notre ton est clair, chaleureux et simple.

### À faire

- Utiliser des phrases courtes
- Tutoyer le lecteur

### À éviter

- Le jargon
- Les phrases longues
"""

SPANISH = """# Manual de marca

## Colores

### Colores primarios

- Azul lago: #005F73
- Coral: #EE6C4D

### Colores secundarios

- Arena: #E9D8A6
- Musgo: #94A89A

## Tipografía

La tipografía principal es Lato.

- Títulos: Merriweather
- Texto: Lato

## Logotipo

### Zona de respeto

El área de respeto equivale a la mitad de la altura del símbolo.

### Tamaño mínimo

El ancho mínimo del logotipo es de 20 mm.

### Usos incorrectos

- No deformar el logotipo.
- No cambiar los colores.

## Tono de voz

Nuestro tono es cercano, claro y amable.

### Sí

- Usa frases cortas
- Habla de tú

### Evitar

- Tecnicismos
- Frases largas
"""

ITALIAN = """# Manuale del marchio

## Colori

### Colori primari

- Blu lago: #005F73
- Corallo: #EE6C4D

### Colori secondari

- Sabbia: #E9D8A6
- Muschio: #94A89A

## Tipografia

Il carattere tipografico è Lato.

- Titoli: Merriweather
- Testo: Lato

## Logo

### Area di rispetto

L'area di rispetto intorno al logo è pari alla metà dell'altezza del simbolo.

### Dimensione minima

La larghezza minima del logo è di 20 mm.

### Usi non corretti

- Non deformare il logo.
- Non cambiare i colori.

## Tono di voce

Il nostro tono è chiaro, caldo e diretto.

### Da fare

- Usa frasi brevi
- Parla con il lettore

### Da evitare

- I tecnicismi
- Le frasi lunghe
"""

PORTUGUESE = """# Manual da marca

## Paleta de cores

### Cores primárias

- Azul lago: #005F73
- Coral: #EE6C4D

### Cores secundárias

- Areia: #E9D8A6
- Musgo: #94A89A

## Tipografia

A fonte principal é Lato.

- Títulos: Merriweather
- Texto: Lato

## Logotipo

### Área de proteção

A área de proteção em torno do logotipo é igual à metade da altura do símbolo.

### Tamanho mínimo

A largura mínima do logotipo é de 20 mm.

### Usos incorretos

- Não distorcer o logotipo.
- Não mudar as cores.

## Tom de voz

Nosso tom é próximo, claro e simples.

### Fazer

- Use frases curtas
- Fale com o leitor

### Evitar

- Jargões
- Frases longas
"""

DUTCH = """# Huisstijl

## Kleuren

### Primaire kleuren

- Meerblauw: #005F73
- Koraal: #EE6C4D

### Secundaire kleuren

- Zand: #E9D8A6
- Mos: #94A89A

## Typografie

Ons lettertype is Lato.

- Koppen: Merriweather
- Tekst: Lato

## Logo

### Vrije ruimte

De vrije ruimte rond het logo is gelijk aan de helft van de hoogte van het beeldmerk.

### Minimale grootte

De minimale breedte van het logo is 20 mm.

### Onjuist gebruik

- Vervorm het logo niet.
- Verander de kleuren niet.

## Toon

Onze toon is helder, warm en direct.

### Wel doen

- Schrijf korte zinnen
- Spreek de lezer aan

### Vermijden

- Vakjargon
- Lange zinnen
"""

GUIDES = {"de": GERMAN, "fr": FRENCH, "es": SPANISH, "it": ITALIAN, "pt": PORTUGUESE, "nl": DUTCH}
