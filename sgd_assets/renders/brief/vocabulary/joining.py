"""Small words between things: of refusing, limiting, joining, and of showing and quoting."""

JOIN_TERMS: dict[str, str] = {
    "not:": (
        "en no, not, without, don't, do not, never, avoid, omit, leave out, leave off, skip, free of, drop, "
        "exclude, minus, nor, doesn't, does not, shouldn't, should not, mustn't, must not, isn't, hide; de kein, "
        "keine, keinen, keiner, keinem, keinerlei, ohne, nicht, niemals, verzichte*, weglassen, lass*, vermeide*, "
        "weder, noch; fr sans, pas de, pas d, aucun, aucune, ne pas, pas, ni, évite*, éviter, jamais; es sin, no, "
        "ningún, ninguna, ningun, ni, evita*, evite, nunca, nada de; it senza, non, nessun, nessuna, niente, "
        "evita*, mai, né, nessuno; pt sem, não, nenhum, nenhuma, nem, evite*, nunca, nada de; nl geen, zonder, "
        "niet, nooit, vermijd, laat weg, weglaten, noch; sv utan, inte, inga, ingen, inget, aldrig, undvik, ej, "
        "varken; da uden, ikke, ingen, intet, aldrig, undgå, hverken; no uten, ikke, ingen, intet, aldri, unngå, "
        "verken; pl bez, nie, żadn*, nigdy, unikaj*, ani; cs bez, ne, nesmí, žádn*, nikdy, nedávej*, nepoužívej*, "
        "nepiš*, vynech*, ani; tr olmasın, olmadan, yok, değil, hiçbir, koyma*, kullanma*, ekleme, eklemeyin, "
        "yazma, yazmayın, istemiyor*, olmaksızın, içermesin, hiç; ja なし, 無し, ない, 入れない, 使わない, しない, "
        "不要, 抜き, 禁止, ナシ, いりません, 避けて; zh 不要, 没有, 沒有, 无, 無, 不用, 不带, 不加, 不放, 不含, "
        "禁止, 避免, 别, 勿, 不; ko 없이, 없는, 없음, 없게, 말고, 말아, 마세요, 빼고, 금지, 안, 넣지, 쓰지, "
        "사용하지, 제외; ar بدون, دون, لا, بلا, من غير, تجنب, ليس, لن, عدم; he בלי, ללא, אין, לא, בלא, אל, להימנע"
    ),
    "only:": (
        "en only, just, solely, nothing but; de nur, bloß, lediglich, ausschließlich; fr seulement, uniquement, "
        "juste, seul, seule, rien que; es solo, sólo, solamente, únicamente, sola; it solo, soltanto, solamente, "
        "unicamente; pt só, apenas, somente, unicamente; nl alleen, enkel, slechts; sv bara, endast, enbart; da "
        "kun, blot, udelukkende; no kun, bare, utelukkende; pl tylko, wyłącznie, jedynie, samo, sam; cs pouze, "
        "jen, jenom, výhradně; tr sadece, yalnızca, tek; ja のみ, だけ; zh 只, 仅, 僅, 只有, 仅仅, 只要; ko 만, "
        "오직, 오로지; ar فقط, مجرد; he רק, בלבד"
    ),
    "other:": (
        "en other, additional, further, extra, more, else, besides, unnecessary, too much, long, stock, heavy, "
        "big, bigger, smaller, busy; de weitere, weiteren, weiterer, anderen, andere, zusätzliche*, sonstige*, "
        "mehr, sonst, unnötige*, viel; fr autre, autres, supplémentaire*, de plus, plus de, trop; es otro, otra, "
        "otros, otras, más, adicional*, demasiad*; it altro, altri, altre, altra, ulterior*, aggiuntiv*, troppo; "
        "pt outro, outra, outros, outras, mais, adiciona*, demais; nl andere, verdere, extra, meer, overige, te "
        "veel; sv annan, annat, andra, ytterligare, mer, för mycket; da anden, andet, andre, yderligere, mere, for "
        "meget; no annen, annet, andre, ytterligere, mer, for mye; pl inn*, dodatkow*, więcej, dalsz*; cs jin*, "
        "další*, dodatečn*, více; tr başka, ek, diğer, fazla; ja 他の, その他, ほかの, 余計な, 以外; zh 其他, "
        "其它, 多余, 额外, 更多; ko 다른, 그 외, 추가, 기타; ar آخر, أخرى, إضافي*; he אחר, אחרת, נוסף, נוספ*"
    ),
    "join:": (
        "en and, then, plus, with, also, or, followed by, next to, while, but, over, under, beneath, above, below; "
        "de und, dann, mit, sowie, plus, dazu, darunter, oder, aber, außerdem, darüber, danach; fr et, puis, avec, "
        "ainsi que, ou, mais, dessous, ensuite; es y, e, luego, con, además, o, pero, debajo, después; it e, ed, "
        "poi, con, inoltre, o, ma, sotto; pt e, depois, com, além, ou, mas, abaixo, em seguida; nl en, dan, met, "
        "plus, daaronder, of, maar, daarna; sv och, sedan, med, samt, eller, men, därunder; da og, så, med, samt, "
        "eller, men, derunder; no og, så, med, samt, eller, men, derunder; pl i, oraz, z, ze, potem, a, lub, ale, "
        "pod spodem, poniżej; cs a, s, se, potom, pak, nebo, ale, pod ním, pod tím; tr ve, ile, sonra, ayrıca, "
        "veya, ama; ja 、, と, そして, また, および; zh 和, 以及, 然后, 并, 與, 与, 及, 再加; ko 그리고, 와, 과, "
        "및, 하고, 이고, 이며; ar ثم, مع, و, أو, لكن; he ו, וגם, עם, ואז, או, אבל"
    ),
    "or:": (
        "en or, nor; de oder, noch; fr ou, ni; es o, ni, u; it o, né; pt ou, nem; nl of, noch; sv eller; da eller; "
        "no eller; pl ani, lub, czy; cs ani, nebo, či; tr veya, ya da, ne de; ja や, も, と; zh 或, 和, 及, 、; ko "
        "나, 이나, 도, 와, 과; ar أو, ولا, و; he או, ולא, ו"
    ),
    "on:": (
        "en on, upon, against, onto; de auf, vor; fr sur; es sobre, en; it su, sul, sulla, sullo; pt sobre, em, "
        "num, numa, no, na; nl op, tegen; sv på, mot; da på, mod; no på, mot; pl na; cs na; tr üzerine, üzerinde; "
        "ja に, 地; zh 在; ko 에, 위에; ar على, فوق; he על"
    ),
    "quote:": (
        "en quote, quotation, testimonial, quotes; de zitat*; fr citation*, témoignage; es cita, testimonio; it "
        "citazion*, testimonianza; pt citaç*, testemunho, depoimento; nl citaat, quote, citaten; sv citat, "
        "citatet, citatkort; da citat, citatet, citatkort; no sitat, sitatet, sitatkort; pl cytat*; cs citát*, "
        "citac*; tr alıntı*; ja 引用, 名言, 格言; zh 引言, 引用, 名言, 语录; ko 인용, 명언; ar اقتباس; he ציטוט"
    ),
    "show:": (
        "en show, shows, showing, depict, depicting, featuring, picture; de zeig, zeige, zeigen, zeigt, zeigst; fr "
        "montre, montrez, montrer, montrant; es muestra, muestre, mostrar, mostrando; it mostra, mostrare, mostri, "
        "mostrate; pt mostra, mostre, mostrar, mostrando; nl toon, laat zien, toont; sv visa, visar; da vis, "
        "viser; no vis, viser; pl pokaż*, przedstaw*; cs ukaž*, zobraz*; tr göster*"
    ),
    "free:": "en free; de frei, freie, freies; sv fri, fritt; nl vrij; da fri; no fri",
    "as:": (
        "en as, in, being, becomes; de als, im, ist; fr comme, en, en tant que, sur le, dans le, est le, pour le, "
        "sera le; es como, en el, en la, es el, sobre el, de; it come, nel, sul, nella, è il, da; pt como, no, na, "
        "é o, sobre o; nl als, op de, in de, is de, als de; sv som, på, i, är; da som, på, i, er; no som, på, i, "
        "er; pl jako, na, w, to; cs jako, na, v, je; tr olarak, şeklinde; ja を, が, は, という, として, に, の; "
        "zh 作为, 作為, 为, 是, 用作, 做; ko 를, 을, 로, 으로, 라는, 은, 는, 이, 가, 이라는; ar ك, كعنوان, في, "
        "على; he בתור, כ, על, ב"
    ),
}
