"""How a sentence gives words of the picture without quotation marks: "that says", "auf dem steht", "under it".

Lists of terms by language, as `held_back.py` has them. What must not live here: names of parts (`parts.py`).
"""

SAYS = (
    # with a part before them: "the button says", "der Titel soll lauten"
    "says, say, reads, read, should say, should read, must say, must read, has to say, has to read, needs to say, "
    "needs to read, will say, will read, shall read, to say, to read, that says, that reads, which says, which reads, "
    "saying, reading, lautet, lauten, soll lauten, sollte lauten, muss lauten, heißt, soll heißen, sagt, soll sagen, "
    "steht, soll stehen, dit, doit dire, devrait dire, disant, qui dit, indique, doit indiquer, est écrit, dice, "
    "debe decir, debería decir, tiene que decir, que diga, que dice, pone, debe poner, reza, diciendo, deve dire, "
    "dovrebbe dire, che dica, che dice, recita, deve recitare, c'è scritto, diz, deve dizer, deveria dizer, "
    "tem de dizer, tem que dizer, que diz, está escrito, luidt, moet luiden, zegt, moet zeggen, staat, moet staan"
)
THAT_SAYS = (
    # with no part before them; the picture itself says it
    "that says, that say, that reads, that should say, that should read, which says, which say, which reads, saying, "
    "it says, it reads, it say, it read, it should say, it should read, it must say, "
    "auf dem steht, auf der steht, auf denen steht, "
    "auf welchem steht, auf dem groß steht, auf der groß steht, worauf steht, der sagt, die sagt, das sagt, qui dit, "
    "qui dise, qui disent, disant, sur laquelle est écrit, sur lequel est écrit, sur laquelle il est écrit, "
    "sur lequel il est écrit, où il est écrit, où est écrit, où l'on lit, que diga, que digan, que dice, que dicen, "
    "que ponga, en el que ponga, en la que ponga, donde ponga, diciendo, che dica, che dicano, che dice, che dicono, "
    "con scritto, su cui c'è scritto, su cui è scritto, dove c'è scritto, que digam, que diz, que dizem, dizendo, "
    "a dizer, onde se lê, em que se lê, waarop staat, die zegt, dat zegt"
)
IS = (
    # with a part before them; they tell its look as well: "the headline is bold"
    "is, should be, must be, ist, soll sein, est, doit être, es, debe ser, è, deve essere, é, deve ser, is, moet zijn"
)
UNDER = (
    "under it, under that, under this, underneath, below it, below that, below, beneath it, beneath, darunter, "
    "darunter steht, drunter, en dessous, au-dessous, dessous, juste en dessous, debajo, abajo, más abajo, sotto, "
    "al di sotto, abaixo, por baixo, em baixo, daaronder, eronder, daaronder staat"
)
HOW_LARGE = (
    "big, bigger, large, larger, huge, small, smaller, bold, short, groß, größer, gross, klein, kleiner, fett, kurz, "
    "grand, grande, gros, petit, gras, court, grandes, pequeño, negrita, corto, grosso, piccolo, grassetto, breve, "
    "pequeno, negrito, curto, groot, groter, klein, vet, kort"
)
LETTERS = (
    "in, en, em, letters, type, print, lettering, very, really, please, bitte, sehr, schrift, buchstaben, lettres, "
    "caractères, très, letras, letra, muy, lettere, caratteri, molto, muito, letters, heel, graag"
)
PRINT = (
    "print, printed, printing, publish, drucken, gedruckt, druckt, drucke, abdrucken, imprimer, imprimé, imprimez, "
    "imprime, imprimir, imprimas, imprima, stampare, stampato, stampi, afdrukken, drukken, printen"
)
MAKE_IT = (
    "make it, keep it, set it, please, mach es, mach sie, mach das, bitte, mets-le, mettez-le, mets-la, en grand, "
    "ponlo, ponla, hazlo, mettilo, fallo, põe-o, coloque-o, coloca-o, faz, maak het, maak hem, houd het"
)
FOR_A_CHANNEL = (
    "for the website only, for web only, for the web only, for print only, only for the website, for instagram only, "
    "nur für die website, nur für die webseite, nur fürs web, uniquement pour le site, seulement pour le site, "
    "pour le site uniquement, solo para la web, sólo para la web, solo para el sitio, solo per il sito, "
    "só para o site, apenas para o site, alleen voor de website"
)
WRITES = (
    # where a clause begins: what stands behind them with a capital is copy
    "write, say, print, type, letter it, spell out, schreib, schreibe, schreiben sie, schreibt, druck, drucke, "
    "drucken sie, sag, écris, écrivez, inscris, inscrivez, imprime, imprimez, escribe, escriba, escriban, imprime, "
    "imprima, scrivi, scrivete, scriva, stampa, stampate, escreve, escreva, escrevam, imprima, schrijf, druk, skriv, "
    "trykk, tryk, tryck, napisz, wydrukuj, napiš, napište, vytiskni, kirjoita, kirjoittakaa, напиши, напишите, "
    "напечатай, напишіть, напишете, írd, írj, írja, scrie, scrieți, γράψε, γράψτε, napiši, napišite, escriu, "
    "escriviu, viết, in chữ, tulis, tuliskan, напишите"
)
PUTS = (
    # as `WRITES`, where what they are put on is named behind: "put Happy New Year on it"
    "put, place, add, set, setz, setze, pack, füge, mets, mettez, ajoute, ajoutez, pon, ponga, añade, metti, mettete, "
    "aggiungi, põe, ponha, coloca, coloque, adiciona, zet, plaats, sätt, lägg, sæt, sett, legg, umieść, dodaj, dej, "
    "přidej, lisää, laita, помести, добавь, додай, tedd, tegyél, pune, adaugă, βάλε, βάλτε, stavi, dodaj, afegeix"
)
ON_IT = (
    "on it, on them, onto it, across it, over it, on top of it, on there, drauf, darauf, dessus, là-dessus, encima, "
    "sopra, ci sopra, por cima, nele, nela, erop, eroverheen, på den, på det, na nim, na niej, na to, na něj, siihen, "
    "на нём, на ней, на ньому, rá, pe el, pe ea, επάνω, na to, a sobre, lên đó, di atasnya"
)
WRITTEN_BEFORE = (
    # languages whose verb comes last; the words with capitals, or whatever a particle of quoting ends
    r"(?P<tr>.{2,80}?)\s+(?:yaz|yazın|yazsın|yazılsın|yazınız)\s*$|"
    r"(?P<ja>.{2,40}?)(?:と|って)(?:大きく)?(?:書い|入れ|表示し|印刷し|載せ)|"
    r"(?P<ko>.{2,40}?)(?:이라고|라고)\s*(?:크게\s*)?(?:써|쓰|적|넣|표시|인쇄)|"
    r"(?P<hi>.{2,60}?)\s+(?:लिखें|लिखो|लिखिए|लिख दें)\s*$"
)
WRITTEN_BEHIND = r"(?:写上|写着|写|寫上|寫著|寫)(?P<zh>[^，。,.、的]{2,20})\s*$"
TITLES = (
    # before a name: who stands there is seen, and no words
    "frau, herr, dr, prof, familie, oma, opa, tante, onkel, mama, papa, könig, königin, prinz, prinzessin, mrs, mr, "
    "ms, miss, madame, monsieur, mme, señora, señor, signora, signor, senhora, senhor, mevrouw, meneer, dhr, mevr"
)
EVENTS = (
    # endings of nouns that announce: "Sommerfest im Park" is read, "Kinder am Strand" are seen
    "fest, markt, tag, nacht, abend, konzert, verkauf, eröffnung, party, treffen, kurs, messe, ausstellung, lesung, "
    "lauf, woche, aktion, rabatt, angebot, kino, theater, camp, workshop, feier, frühstück, brunch, führung, premiere, "
    "festival, yoga, sale, kaffee, eintritt, wunder, zeit, feest, dag, avond, concert, opening, beurs, "
    "tentoonstelling, lezing, korting, aanbieding, les, ontbijt, rondleiding"
)
