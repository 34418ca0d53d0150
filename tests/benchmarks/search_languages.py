"""Search in eight languages: eight facts of a brand guide, a question on each, and whether its fact comes first.

Of the questions one half is asked in the guide's own language, the other in English; `python -m
tests.benchmarks.search_languages` prints the share that is answered first for every embedder that is installed. The
sentences are written for this and belong to no brand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sgd_resources.ports import Embedder

ENGLISH_QUESTIONS = (
    "how much room must stay empty around the logo",
    "which colour is for headlines",
    "may the logo be rotated",
    "how do we address readers",
    "smallest size of the logo in print",
    "which typeface for body text",
    "what should photographs show",
    "contrast of text on a picture",
)
GUIDES: Mapping[str, Sequence[str]] = {
    "German": (
        "Rund um das Signet bleibt ein Schutzraum in Höhe des Buchstabens x frei.",
        "Überschriften stehen immer in Tannengrün.",
        "Das Zeichen wird niemals gedreht oder gekippt.",
        "Wir sprechen unsere Leserinnen und Leser mit Du an.",
        "Gedruckt ist das Signet nie schmaler als 18 Millimeter.",
        "Fließtext setzen wir in einer ruhigen Serifenschrift.",
        "Bilder zeigen Menschen bei der Arbeit, nie gestellte Szenen.",
        "Schrift auf Bildern braucht ein Verhältnis von mindestens 4,5 zu 1.",
    ),
    "French": (
        "Laissez autour du logotype une zone de protection égale à la hauteur du x.",
        "Les titres sont toujours composés en vert sapin.",
        "Le signe ne doit jamais être incliné ni pivoté.",
        "Nous tutoyons nos lecteurs.",
        "À l'impression, le logotype ne mesure jamais moins de 18 millimètres de large.",
        "Le texte courant est composé dans une police à empattements sobre.",
        "Les images montrent des gens au travail, jamais des scènes posées.",
        "Un texte posé sur une image respecte un rapport d'au moins 4,5 pour 1.",
    ),
    "Spanish": (
        "Alrededor del logotipo se deja libre un área igual a la altura de la x.",
        "Los titulares van siempre en verde abeto.",
        "El signo nunca se gira ni se inclina.",
        "Tuteamos a quienes nos leen.",
        "Impreso, el logotipo nunca mide menos de 18 milímetros de ancho.",
        "El texto corrido se compone en una letra con remates, tranquila.",
        "Las imágenes muestran personas trabajando, nunca escenas posadas.",
        "El texto sobre una imagen guarda una relación mínima de 4,5 a 1.",
    ),
    "Polish": (
        "Wokół znaku zostaje wolne pole o wysokości litery x.",
        "Nagłówki są zawsze w ciemnej zieleni.",
        "Znaku nigdy nie obracamy ani nie pochylamy.",
        "Zwracamy się do czytelników po imieniu.",
        "W druku znak nie jest węższy niż 18 milimetrów.",
        "Tekst ciągły składamy spokojnym krojem szeryfowym.",
        "Zdjęcia pokazują ludzi przy pracy, nigdy sceny pozowane.",
        "Tekst na zdjęciu ma stosunek jasności co najmniej 4,5 do 1.",
    ),
    "Japanese": (
        "ロゴの周囲には、文字xの高さと同じ余白を必ず空けてください。",
        "見出しは常に深緑で組みます。",
        "マークを回転させたり傾けたりしてはいけません。",
        "読者には親しみを込めて語りかけます。",
        "印刷ではロゴの幅を18ミリより小さくしません。",
        "本文には落ち着いたセリフ書体を使います。",
        "写真は働く人を写し、作り込んだ場面は使いません。",
        "写真の上の文字は4.5対1以上の明暗差を保ちます。",
    ),
    "Chinese": (
        "标志四周须留出与字母x等高的空白区域。",
        "标题一律使用墨绿色。",
        "标志不得旋转或倾斜。",
        "我们用亲切的“你”来称呼读者。",
        "印刷时标志宽度不小于18毫米。",
        "正文采用沉稳的衬线字体。",
        "照片呈现正在工作的人,不用摆拍场景。",
        "照片上的文字对比度至少为4.5比1。",
    ),
    "Arabic": (
        "تُترك حول الشعار مساحة خالية تساوي ارتفاع الحرف x.",
        "العناوين دائمًا باللون الأخضر الداكن.",
        "لا يجوز تدوير الشعار أو إمالته.",
        "نخاطب قرّاءنا بصيغة المفرد الودّية.",
        "لا يقل عرض الشعار في الطباعة عن 18 مليمترًا.",
        "نستخدم للنص خطًا هادئًا ذا زوائد.",
        "تُظهر الصور أناسًا يعملون، لا مشاهد مصطنعة.",
        "النص فوق الصورة بنسبة تباين لا تقل عن 4.5 إلى 1.",
    ),
    "Hindi": (
        "लोगो के चारों ओर अक्षर x की ऊँचाई जितनी जगह खाली रखें।",
        "शीर्षक हमेशा गहरे हरे रंग में होते हैं।",
        "चिह्न को कभी घुमाया या झुकाया नहीं जाता।",
        "हम अपने पाठकों को अपनेपन से संबोधित करते हैं।",
        "छपाई में लोगो की चौड़ाई 18 मिलीमीटर से कम नहीं होती।",
        "मुख्य पाठ के लिए शांत सेरिफ़ अक्षर प्रयोग करते हैं।",
        "तस्वीरों में काम करते हुए लोग हों, बनावटी दृश्य नहीं।",
        "तस्वीर पर लिखे पाठ का कंट्रास्ट कम से कम 4.5:1 हो।",
    ),
}
OWN_QUESTIONS: Mapping[str, Sequence[str]] = {
    "German": (
        "Wie viel Abstand zum Logo?", "Welche Farbe haben Titel?", "Darf man das Logo drehen?", "Wie reden wir Leser an?",
        "Mindestgröße des Logos im Druck", "Welche Schrift für längere Texte?", "Was sollen Fotos zeigen?",
        "Lesbarkeit von Text auf Fotos",
    ),
    "French": (
        "Quel espace autour du logo ?", "De quelle couleur sont les titres ?", "Peut-on tourner le logo ?",
        "Comment s'adresser aux lecteurs ?", "Taille minimale du logo imprimé", "Quelle police pour les textes longs ?",
        "Que doivent montrer les photos ?", "Lisibilité du texte sur une photo",
    ),
    "Spanish": (
        "¿Cuánto espacio alrededor del logo?", "¿De qué color son los títulos?", "¿Se puede rotar el logo?",
        "¿Cómo nos dirigimos a los lectores?", "Tamaño mínimo del logo impreso", "¿Qué tipografía para textos largos?",
        "¿Qué deben mostrar las fotos?", "Legibilidad del texto sobre fotos",
    ),
    "Polish": (
        "Ile miejsca wokół logo?", "Jaki kolor mają tytuły?", "Czy wolno obrócić logo?", "Jak zwracać się do odbiorców?",
        "Najmniejszy rozmiar logo w druku", "Jaka czcionka do dłuższych tekstów?", "Co mają pokazywać fotografie?",
        "Czytelność tekstu na fotografii",
    ),
    "Japanese": (
        "ロゴの周りにどれくらいスペースが必要ですか", "タイトルの色は", "ロゴを回してもよいですか", "お客様への話し方は",
        "印刷時のロゴの最小サイズ", "長い文章のフォントは", "写真に何を写すべきですか", "画像上のテキストの読みやすさ",
    ),
    "Chinese": (
        "logo周围要留多少空间", "标题用什么颜色", "可以转动logo吗", "怎样和读者说话", "印刷品中logo的最小尺寸",
        "长文用什么字体", "图片应该拍什么", "图片上文字的可读性",
    ),
    "Arabic": (
        "كم المسافة حول اللوغو؟", "ما لون العناوين؟", "هل يمكن تدوير اللوغو؟", "كيف نتحدث مع القراء؟",
        "أصغر حجم للوغو عند الطباعة", "أي خط للنصوص الطويلة؟", "ماذا يجب أن تظهر الصور الفوتوغرافية؟",
        "وضوح الكتابة على الصور",
    ),
    "Hindi": (
        "लोगो के आसपास कितनी जगह छोड़ें?", "हेडलाइन का रंग क्या है?", "क्या लोगो घुमा सकते हैं?", "पाठकों से कैसे बात करें?",
        "प्रिंट में लोगो का सबसे छोटा आकार", "लंबे पाठ के लिए कौन सा फ़ॉन्ट?", "फ़ोटो में क्या दिखना चाहिए?",
        "फ़ोटो पर लिखे शब्दों की पठनीयता",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Score:
    """Share of eight questions whose fact came first."""

    language: str
    own_ratio: float
    english_ratio: float


def measure(embedder: Embedder) -> list[Score]:
    """One score per language; each guide's eight facts compete with each other."""
    return [
        Score(language, _first(embedder, OWN_QUESTIONS[language], facts), _first(embedder, ENGLISH_QUESTIONS, facts))
        for language, facts in GUIDES.items()
    ]


def _first(embedder: Embedder, questions: Sequence[str], facts: Sequence[str]) -> float:
    stored = embedder.embed(facts)
    hits = 0
    for number, question in enumerate(questions):
        asked = embedder.embed_query(question)
        scores = [sum(a * b for a, b in zip(asked, fact, strict=True)) for fact in stored]
        hits += scores.index(max(scores)) == number
    return hits / len(questions)


def main() -> None:
    """Print a line per language and embedder."""
    from sgd_resources.errors import SgdError
    from sgd_resources.settings import Settings
    from sgd_resources.vectors.embedder import build_embedder

    for name in ("minilm", "e5"):
        try:
            scores = measure(build_embedder(Settings(sgd_embedder=name)))
        except SgdError as error:
            print(f"{name}: {error.message}")  # noqa: T201 - what this module is for
            continue
        for score in scores:
            print(f"{name:8} {score.language:9} own {score.own_ratio:.2f}  English {score.english_ratio:.2f}")  # noqa: T201
        own = sum(score.own_ratio for score in scores) / len(scores)
        english = sum(score.english_ratio for score in scores) / len(scores)
        print(f"{name:8} {'all':9} own {own:.2f}  English {english:.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
