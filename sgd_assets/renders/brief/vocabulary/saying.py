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
