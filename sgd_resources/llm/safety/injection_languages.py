"""The commonest instructions to a model in other languages: forget what you were told, say this, show your prompt.

What must not live here: English (`injection_rules.py`).
"""

# ruff: noqa: E501 - word lists and patterns read better unbroken

from sgd_resources.llm.safety.injection_rule import UNSPACED, Rule, rule

_FORGET_WORDS = (
    "ignorier ignoriere ignorieren ignoriert vergiss vergesst vergessen missachte missachten ignorez ignore ignorer "
    "oublie oubliez oublier négligez ignora ignoren ignoras ignorad olvida olvide olviden olvidad omite descarta "
    "desestima ignorem esqueça esquece esqueçam desconsidere desconsidera ignorate dimentica dimenticate tralascia "
    "negeer negeren vergeet glöm ignorera glem unohda ohita zignoruj ignoruj zapomnij pomiń ignorujte zapomeň ignorați "
    "ignoră uită игнорируй игнорируйте проигнорируй проигнорируйте забудь забудьте отбрось ігноруй ігноруйте αγνόησε "
    "αγνοήστε ξέχασε ξεχάστε abaikan lupakan bỏ quên phớt התעלם התעלמי תתעלם שכח تجاهل تجاهلي تجاهلوا انس انسى أهمل"
)
_FORGETS = (
    r"(?:ignorier\w*|vergiss|vergesst|missachte\w*|ignore[zr]?|oublie[zr]?|négligez|ignor(?:a|en|as|ad|em|ate|era|ați|ă)|"
    r"olvid(?:a|e|en|ad)|omite|descarta|desestima|esque(?:ça|ce|çam)|desconsider[ea]|dimentica(?:te)?|tralascia|negeer|"
    r"negeren|vergeet|glöm|glem|unohda|ohita|z?ignoruj(?:te)?|zapomnij|pomiń|zapomeň|uită|(?:про)?игнорируй(?:те)?|"
    r"забудь(?:те)?|отбрось|ігноруй(?:те)?|αγνόησε|αγνοήστε|ξέχασε|ξεχάστε|abaikan|lupakan|bỏ qua|quên|phớt lờ|"
    r"התעלם|התעלמי|תתעלם|שכח|تجاهل\w*|انسى?|أهمل)"
)

LANGUAGE_RULES: tuple[Rule, ...] = (
    rule("ignore_instructions", 0.9,
          (_FORGET_WORDS,),
          rf"\b(?:{_FORGETS}|se bort (?:fra|från))\s+(?:\S+\s+){{0,6}}?"
          r"(?:(?:system)?anweisung\w*|instruktion\w*|befehle?|vorgaben?|regeln|consignes?|instructions|directives|règles|"
          r"fonction|ordres|instrucci(?:ón|ones)|órdenes|indicaciones|reglas|directrices|instruç(?:ão|ões)|ordens|regras|"
          r"diretrizes|istruzion[ei]|ordini|regole|instructies|opdrachten|regels|instruktioner\w*|anvisningar\w*|ohjeet|"
          r"instrukcj\w+|polece(?:nia|ń)|pokyn[yů]|instrukce|instrucțiun\w+|инструкци\w+|указани\w+|команд\w*|правил\w*|"
          r"інструкці\w+|вказівк\w+|οδηγίες|εντολές|instruksi|perintah|hướng dẫn|chỉ (?:dẫn|thị)|lệnh|ההוראות|הוראות|"
          r"התעלמויות|التعليمات|الأوامر|التوجيهات|تعليمات|الإرشادات|القواعد)"),
    rule("ignore_and_say", 0.8, (_FORGET_WORDS,),
          rf"\b{_FORGETS}\s+(?:\S+\s+){{0,8}}?(?:und (?:sag\w*|antworte\w*|gib|schreib\w*|nenn\w*|behaupt\w*)|"
          r"et (?:dis|dites|réponds|répondez|indique[zr]?|écri[st]|écrivez|affirme[zr]?)|y (?:di|diga|digan|responde|indica|escribe|afirma)|"
          r"e (?:diga|diz|responda|escreva|indique|dì|di|dite|rispondi|scrivi)|en (?:zeg|antwoord|schrijf)|och (?:säg|svara)|i (?:powiedz|napisz|odpowiedz)|"
          r"и (?:скажи\w*|ответь\w*|напиши\w*|укажи\w*)|і (?:скажи|напиши)|dan (?:katakan|jawab)|وقل|وأجب|واكتب)\b"),
    rule("ignore_instructions", 0.9, ("talimatları talimatlarını talimatlari komutları emirleri kuralları utasításokat "
                                       "utasítást parancsokat دستورالعمل دستورات دستورالعملهای",),
          r"\b(?:talimatlar\w*|komutlar\w*|emirler\w*|kurallar\w*)\s+(?:\S+\s+){0,3}(?:yok say|unut|görmezden|dikkate alma|"
          r"göz ardı)|(?:hagyd|felejts\w*|hagyja)\s+(?:\S+\s+){0,5}utasítás\w*|utasítás\w+\s+(?:\S+\s+){0,3}(?:hagyd|felejtsd)|"
          r"دستور(?:ات|العمل\S*)\s+(?:\S+\s+){0,4}(?:نادیده|فراموش)"),
    rule("ignore_instructions", 0.9, (UNSPACED,),
          r"(?:忽略|忽視|忽视|无视|無視|忘记|忘記|忘掉|不要理会|抛开|跳过|放弃)[^。\n]{0,14}(?:指令|指示|提示|说明|說明|规则|規則|命令|要求|设定|設定|内容|上文|文本|文章|一切)|"
          r"(?:指示|命令|指令|プロンプト|ルール|制約|説明|上記|以上)[^。\n]{0,8}(?:無視|忘れ|従わな|破棄|取り消)|"
          r"(?:지시|명령|지침|프롬프트|규칙)[^.\n]{0,10}(?:무시|잊어|잊으|따르지)|"
          r"(?:निर्देश|आदेश|अनुदेश|नियम)[^।\n]{0,24}(?:अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल|उपेक्षा)|"
          r"(?:নির্দেশ|নির্দেশনা)[^।\n]{0,24}(?:উপেক্ষা|ভুলে)|"
          r"(?:ละเว้น|เพิกเฉย|ไม่ต้องสนใจ|ลืม|ละเลย)[^\n]{0,24}(?:คำสั่ง|คำแนะนำ)"),
    rule("reveal_secret", 0.6, ("senha contraseña clave passe passwort kennwort wachtwoord parola hasło heslo пароль lösenord "
                                 "adgangskode şifre şifreniz şifren parolanız सांकेतिक",),
          r"\b(?:qual|cu[aá]l|quel(?:le)?|was|wie|welches|dime|diga(?:me)?|diz|dis|donne\w*|compart\w+|partage\w*|sag\w*|nenn\w*|"
          r"verrat\w*|teil\w*|dimmi|condivid\w+|rivela\w*|revel\w+|révèle\w*|wat|vertel|geef|jaki\w*|podaj|какой|скажи\w*|"
          r"назови\w*|покажи\w*|nedir)\b[^.?!\n]{0,40}\b(?:senha|contraseña|clave secreta|mot de passe|passwort|kennwort|"
          r"wachtwoord|parola d'ordine|hasło|heslo|пароль|lösenord|adgangskode|şifre\w*)\b|\bşifre\w* (?:nedir|ne)\b"),
    rule("reveal_secret", 0.6, (UNSPACED,),
          r"(?:你的|您的|告诉我|说出|透露|分享)[^。\n]{0,10}(?:密码|密碼|口令)(?:是|吗|给)?|パスワード(?:を|は)[^。\n]{0,8}(?:教え|何|言|共有)|"
          r"비밀번호(?:를|는|가)?[^.\n]{0,8}(?:알려|무엇|뭐|말해|공유)|(?:ما هي|ما هو|أخبرني|شارك)[^.\n]{0,16}(?:كلمة (?:المرور|السر)|الرقم السري)"),
    rule("asks_personal_data", 0.5, ("usuario usuaria utilisateur utilisateurs benutzers nutzers anwenders usuário utente пользователя użytkownika gebruiker",),
          r"\b(?:fecha de nacimiento|date de naissance|geburts(?:datum|tag|jahr|ort)|data de nascimento|data di nascita|дат[ау] рождения|"
          r"datę urodzenia|geboortedatum|contraseña|mot de passe|passwort|senha|пароль|wachtwoord|couleur préférée|color favorito|lieblingsfarbe)"
          r"\b[^.\n]{0,12}\b(?:usuari[oa]|utilisateur|benutzers|nutzers|anwenders|usuário|utente|пользователя|użytkownika|gebruiker)\b"),
    rule("reveal_prompt", 0.6, ("systemprompt system systemaufforderung système systemowy systemowego sistema sistem системный системного системную",
                                 "gib zeig zeige nenne verrate drucke muestra muestre revela revele mostra mostre affiche "
                                 "affichez révèle révélez montre montrez donne donnez dammi rivela stampa toon geef pokaż "
                                 "podaj visa göster покажи выведи раскрой imprime imprima escribe tampilkan"),
          r"\b(?:gib|zeig\w*|nenn\w*|verrat\w*|druck\w*|muestr[ae]|revel[ae]|mostr[ae]|affiche[zr]?|révél?e[zr]?|révèle|montre[zr]?|"
          r"donne[zr]?|dammi|rivela|stampa|toon|geef|pokaż|podaj|visa|göster|покажи|выведи|раскрой|imprim[ae]|escribe|tampilkan)\b"
          r"[^.\n]{0,50}\b(?:system-?prompts?|(?:prompt|invite|message) (?:du )?système|(?:prompt|mensaje|mensagem|instrucciones|"
          r"instruções) (?:del?|do) sistema|prompt di sistema|systeemprompt|prompt systemow\w+|systemow\w+ prompt\w*|"
          r"prompt sistem|системн\w+ (?:промпт|подсказк|инструкц)\w*)"),
    rule("reveal_prompt", 0.6, (UNSPACED,),
          r"(?:显示|輸出|输出|告诉|透露|打印|泄露|重复)[^。\n]{0,10}(?:系统提示|系統提示|提示词)|(?:システムプロンプト|初期指示)[^。\n]{0,6}(?:表示|教え|出力|開示)|"
          r"시스템 ?프롬프트[^.\n]{0,6}(?:보여|출력|알려|공개)|(?:اعرض|أظهر|اكشف|اطبع)[^.\n]{0,16}(?:موجه النظام|تعليمات النظام)"),
)  # fmt: skip
