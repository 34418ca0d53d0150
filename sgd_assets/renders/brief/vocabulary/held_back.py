"""Words beside which a date, a price or an address in running text is no fact to print: deadlines, former prices ...

Plain words of every language that is read, separated by commas; no stars. They are looked for beside such a value only,
so that a word of another language does no harm.
"""

UNTIL = (
    "by, until, till, before, no later than, by the, not later than, bis, bis zum, bis spätestens, spätestens, "
    "vor dem, d'ici, d'ici le, d'ici au, avant, avant le, jusqu'au, au plus tard le, antes de, antes del, "
    "hasta, hasta el, para el, a más tardar el, entro, entro il, prima del, fino al, non oltre il, até, até ao, "
    "até dia, até o dia, antes de, para dia, uiterlijk, tegen, vóór, tot, senast, till, innan, före, senest, "
    "inden, før, innen, innan, do, do dnia, przed, najpóźniej, nejpozději do, nejpozději, před, kadar, ennen, "
    "mennessä, viimeistään, до, к, не позднее, не пізніше, преди, до, legkésőbb, până la, până pe, cel târziu, "
    "μέχρι, έως, πριν, najkasnije do, prije, najneskôr do, pred, abans del, fins al, trước, trước ngày, paling "
    "lambat, sebelum, najkasnije до, најкасније до, пре, قبل, حتى, עד, תוך, तक"
)
"""Right before a date: by when the designer, or the reader, is to be done."""

UNTIL_BEHIND = (
    "までに, まで, 之前, 以前, 前, 까지, 전까지, 'a kadar, 'e kadar, 'ye kadar, kadar, mennessä, -ig, ig, तक, से पहले"
)
"""Right behind a date."""

DUE = (
    "deadline, due, deliver, delivered, hand in, hand over, send me, send us, send it, draft, drafts, proof, "
    "proofs, first version, ready, done by, needed, need it, need this, need them, asap, go live, goes live, "
    "goes to print, to print, printers, post it, posting, abgabe, abgabetermin, liefern, fertig, brauche es, "
    "brauchen es, brauche das, brauchen wir das, druckerei, drucktermin, livrer, échéance, date limite, "
    "ébauche, brouillon, il me le faut, il nous le faut, prêt, imprimeur, envoyer, entregar, fecha límite, "
    "plazo, borrador, lo necesito, lo necesitamos, listo, imprenta, consegnare, scadenza, bozza, mi serve, ci "
    "serve, pronto, prazo, rascunho, preciso disto, precisamos disto, preciso dele, leveren, opleveren, "
    "aanleveren, klaar, nodig, drukker, leverera, utkast, klar, behöver den, tryckeri, aflevering, afleveres, "
    "udkast, klar, trykkeri, levere, frist, utkast, termin oddania, dostarcz, szkic, gotowe, drukarni, "
    "potrzebuję, odevzdání, hotovo, tiskárny, taslak, hazır olsun, son tarih, 納期, 締切, 締め切り, 納品, 提出, "
    "下書き, 初稿, 交稿, 截稿, 初稿, 草稿, 마감, 납품, 초안, 시안, الموعد النهائي, مسودة, דדליין, להגיש, טיוטה, "
    "toimita, luonnos, valmis, määräaika, срок, сдать, сдача, черновик, готово, термін, здати, чернетка, "
    "határidő, leadás, vázlat, termen limită, schiță, προθεσμία, προσχέδιο, समय सीमा, मसौदा, краен срок, "
    "чернова, skica, termín odovzdania, esborrany, hạn chót, bản nháp, tenggat, draf, скица"
)
"""In the sentence of a date: it is the designer's own."""

FORMER = (
    "was, were, not, instead of, formerly, previously, before, old price, old date, originally, rather than, "
    "used to be, reduced from, down from, rrp, war, waren, statt, anstatt, vorher, früher, bisher, ehemals, "
    "nicht, bislang, alter preis, uvp, au lieu de, au lieu du, était, avant, anciennement, ancien prix, pas, "
    "antes, en vez de, en lugar de, era, precio anterior, no, invece di, prima, anziché, prezzo pieno, non, em "
    "vez de, antes era, preço antigo, não, in plaats van, eerst, voorheen, oude prijs, niet, adviesprijs, "
    "tidigare, istället för, förut, ord. pris, ordinarie pris, inte, førpris, før, i stedet for, tidligere, "
    "ikke, zamiast, wcześniej, poprzednio, było, nie, místo, dříve, původně, yerine, eskiden, değil, 通常, "
    "元値, 旧, 変更前, 原价, 原價, 原来, 不是, 정가, 원래, 기존, بدلا من, كان, במקום, היה, sijaan, ennen, "
    "aiemmin, вместо, раньше, было, не, замість, раніше, було, helyett, korábban, în loc de, înainte, αντί για, "
    "πριν, ήταν, के बजाय, पहले, преди, беше, umjesto, prije, namiesto, predtým, en lloc de, abans, thay vì, "
    "trước đây, bukan, daripada, sebelumnya, уместо, раније"
)
"""Right before a value: what holds no longer."""

FORMER_BEHIND = (
    "yerine, değil, ではなく, じゃなく, の代わり, 대신, 아니라, 이 아니라, 가 아니라, helyett, sijaan, के बजाय"
)
"""Right behind a value, in languages that put it there."""

BUDGET = (
    "budget, our budget, we pay, we can pay, we'll pay, i pay, your fee, fee for you, invoice, honorar, zahlen "
    "wir, wir zahlen, rechnung, on paie, nous payons, facture, presupuesto, pagamos, factura, paghiamo, "
    "fattura, orçamento, fatura, begroting, wij betalen, factuur, vi betalar, faktura, vi betaler, budżet, "
    "płacimy, rozpočet, platíme, bütçe, ödeme, 予算, 预算, 預算, 예산, ميزانية, תקציב, budjetti, бюджет, "
    "költségvetés, buget, προϋπολογισμός, बजट, proračun, pressupost, ngân sách, anggaran, буџет"
)
"""In the sentence of a price: what the work costs."""

LIKE = (
    "look like, looks like, feel like, just like, like the one, like on, like in, as on, as in, similar to, "
    "look at, inspired by, inspiration, the style of, see how, for reference, example of, taken from, found at, "
    "download, wie auf, wie bei, wie in, ähnlich wie, inspiriert, zum vergleich, vorbild, comme sur, comme "
    "chez, inspiré, voir le style, pour référence, como en, inspirado, parecido a, come su, come in, ispirato, "
    "simile a, como no, como em, parecido com, zoals op, zoals bij, geïnspireerd, som på, inspirerad, liknande, "
    "inspireret, ligesom, inspirert, jak na, podobnie do, wzoruj, jako na, podobně jako, gibi, benzer, "
    "のような, みたいな, 参考に, 参考, 像, 类似, 參考, 처럼, 같은, 참고, مثل, على غرار, כמו, בסגנון, kuten, "
    "kuin sivulla, как на, похоже на, як на, схоже на, mint a, ca pe, όπως στο, जैसा, като на, kao na, ako na, "
    "com a, giống như, seperti di, као на"
)
"""In the clause of an address: what to look at, not what to print."""
