"""What instructions to a model look like in English: rules by technique.

A rule names a way of attacking, never one attack. `needs` makes a long text cheap to screen: a pattern runs only where
at least one word of each of its sets occurs. Patterns see lower-case text and are bounded, so that none can blow up.
What must not live here: other languages (`injection_languages.py`), undoing disguises, or scoring (`injection.py`).
"""

# ruff: noqa: E501 - word lists and patterns read better unbroken

from sgd_resources.llm.safety.injection_rule import Rule, rule

# Vocabulary shared by several rules. Words of `needs` are whole words, patterns say which forms count.
_NOT_DENIED = r"(?<!not )(?<!n't )(?<!never )(?<!cannot )"
_FORGET = rf"{_NOT_DENIED}(?:ignor(?:e|ing)|disregard(?:ing)?|forget|override|bypass|discard|neglect|dismiss)"
_SET_ASIDE = (
    r"(?:set aside|pay no attention to|never ?mind|(?:do not|don't|no longer|stop|quit) (?:follow|obey)(?:ing)?)"
)
_WAYS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("ignore ignoring disregard disregarding forget override bypass discard neglect dismiss",), _FORGET),
    (
        (
            "follow following obey obeying attention aside mind nevermind",
            "not don longer stop quit no set never nevermind",
        ),
        _SET_ASIDE,
    ),
)
"""Words that must occur, and how they are put, of dropping what was said before."""
_BRIDGE = r"(?:(?:all of|any of|each of|about|to|me|from|every|each|single|and|or|all|any)\s+){0,4}"
_EARLIER = (
    r"(?:previous|previously given|prior|above|earlier|preceding|foregoing|former|past|existing|initial|original|old|"
    r"system|developer|safety|your|these|those|other|hidden|default)"
)
_ORDERS = "instruction instructions prompt prompts directive directives orders commands"
_CHARGE = r"(?:instructions?|prompts?|directives?|orders|commands?)"
_FRAME = (
    r"(?:rules?|guidelines|context|messages?|text|tasks?|programming|training|guardrails?|safeguards?|restrictions?|"
    r"constraints?|limitations?|filters?|polic(?:y|ies)|conversation|input|function)"
)
_FRAME_WORDS = (
    "rule rules guidelines context message messages text task tasks programming training guardrail guardrails "
    "safeguard safeguards restriction restrictions constraint constraints limitation limitations filter filters policy "
    "policies conversation input function"
)
_SPEAK = (
    "state say tell give answer reply respond write output print indicate return claim declare create conclude "
    "categorise categorize classify recommend report summarise summarize generate send mark add"
)
_SPEAKS = (
    r"(?:state|say|tell|give|answer|reply|respond|write|output|print|indicate|return|claim|declare|create|conclude|"
    r"categori[sz]e|classify|recommend|report|summari[sz]e|generate|send|mark|add)"
)
_REVEAL = (
    "say says reveal print show repeat output leak give tell display disclose expose dump share paste quote recite return "
    "summarise summarize translate spell provide send what list write echo copy encode"
)
_REVEALS = (
    r"(?:says?|reveal|print|show|repeat|output|leak|give|tell|display|disclose|expose|dump|share|paste|quote|recite|return|"
    r"summari[sz]e|translate|spell|provide|send|list|write|echo|copy|encode)"
)
_ASKED = (
    r"(?:passwords?|passphrase|passcode|pass code|secret (?:key|code|word|phrase|token|string)|api[ _-]?keys?|"
    r"access tokens?|credentials|private keys?|confidential (?:string|data|information|key|code)|credit card numbers?|"
    r"social security numbers?)"
)
_ASKED_WORDS = (
    "password passwords passphrase passcode pass secret api_key apikey api access credentials private confidential "
    "credit social"
)
_PERSONAL = (
    r"(?:(?:full |first |last |real )?names?|initials|birth ?(?:date|day|year|place)|date of birth|age|e-?mail(?: address)?|"
    r"(?:home |postal )?address|city|home ?town|phone(?: number)?|favou?rite \w+|location|personal \w+|private \w+)"
)
_GAP = r"(?:[^.!?\n]|\.(?=\w)){0,80}?"
"""Within one sentence; the dots of addresses do not end it."""
_PRIVATE = (
    r"(?:birth ?(?:date|day|year|place)|date of birth|e-?mail(?: address)?|(?:home |postal )?address|home ?town|"
    r"phone number|favou?rite \w+|initials|passwords?|secrets?)"
)
_WRITTEN = (
    r"(?:backwards|revers\w+|base ?64|encoded|roman|binary|hex\w*|morse|cipher\w*|pig latin|dash(?:es)?|hyphens?|"
    r"uppercase|lowercase|letter by letter|rot-?13|leet\w*|emojis?|(?:in|into|to) (?:french|german|spanish|italian|"
    r"portuguese|dutch|latin|chinese|japanese|arabic|russian|code))"
)
_MACHINE = r"(?:ai|a\.i\.|llms?|language models?|chat ?bots?|assistants?|gpt(?:-?\d\w*)?|claude|gemini|copilot)"
_MACHINE_WORDS = "ai llm llms language chatbot chatbots bot bots assistant assistants gpt chatgpt claude gemini copilot"

_PARTS = "string strings variable variables concatenate concatenated combine combined let execute"

ENGLISH_RULES: tuple[Rule, ...] = (
    # -- earlier instructions are to be dropped
    *(rule("ignore_instructions", 0.9, (*words, _ORDERS + " command"),
           rf"\b{drop}\s+{_BRIDGE}(?:the\s+)?(?:{_EARLIER}\s+){{0,3}}(?:the\s+)?{_CHARGE}\b")
      for words, drop in _WAYS),
    *(rule("ignore_instructions", 0.8, (*words, _FRAME_WORDS),
           rf"\b{drop}\s+{_BRIDGE}(?:the\s+)?(?:{_EARLIER}\s+){{1,3}}(?:the\s+)?(?:\w+\s+)?{_FRAME}\b")
      for words, drop in _WAYS),
    *(rule("ignore_instructions", 0.7, (*words, "above that this everything all what whatever"),
           rf"\b{drop}\s+(?:about\s+|all\s+(?:of\s+)?|everything\s+)?"
           r"(?:the above\b(?!\s+\w)|the above (?:and|,)|that,|this and\b|everything (?:above|before|i|you (?:were|are|have|ve been|got))\b|"
           r"all (?:of )?(?:the above|that|this)\b|what (?:you|i|was|has been)\b|whatever (?:you|i|was|came)\b)")
      for words, drop in _WAYS),
    *(rule("ignore_instructions", 0.6, (*words, _FRAME_WORDS, "all any every"),
           rf"\b{drop}\s+(?:all|any|every)(?: of)?(?: the| of the)?\s+{_FRAME}\b")
      for words, drop in _WAYS),
    *(rule("ignore_and_say", 0.8, (*words, _SPEAK),
           rf"\b{drop}\s+(?:\w+\s+){{1,5}}(?:and|then|,)\s*(?:instead\s+|just\s+|then\s+|simply\s+|only\s+)?{_SPEAKS}\b")
      for words, drop in _WAYS),
    rule("ignore_instructions", 0.7, ("prior previous above earlier old", "void cancelled canceled superseded revoked obsolete invalid", _ORDERS),
          rf"\b(?:prior|previous|above|earlier|old)\s+{_CHARGE}\b[^.\n]{{0,30}}\b"
          r"(?:void|cancell?ed|superseded|revoked|obsolete|invalid)\b"),
    rule("new_instructions", 0.6, ("new updated real actual true revised following", _ORDERS + " task objective goal mission"),
          r"\b(?:your|here are|these are|the)\s+(?:new|updated|real|actual|true|revised)\s+"
          r"(?:system\s+)?(?:instructions?|task|objective|goal|mission|orders|prompt|directives?)\s*(?:is|are|:)|"
          r"(?:^|\n)\W{0,6}(?:new|updated|important)\s+(?:system\s+)?(?:instructions?|prompt|directives?)\s*:"
          r"(?!\s*(?:see|for|on|in|page|as|how|are|from|https?)\b)"),
    # -- who speaks, and who must obey
    rule("obey", 0.7, ("listen obey follow comply answer state", "you following"),
          r"\byou (?:must|have to|will|shall|need to|should) (?:now |always |only )?(?:listen to|obey|comply with|follow)"
          r" (?:me|my|all my|every|these|the following)\b|\byou obey me\b|\bstate the following\b|"
          r"\byou (?:must|have to|shall) (?:now |always )?answer (?:all|any|every|my|me|whatever)\b"),
    rule("obey", 0.5, ("from", "now here point moment", "you your always only respond reply answer speak act"),
          r"\bfrom (?:now|here|this point|this moment) (?:on|onwards?|forward),?\s+(?:you|your|always|only|respond|reply|"
          r"answer|speak|act)\b"),
    rule("system_mode", 0.7, ("mode override system_mode god_mode admin_mode developer_mode root_mode", "system god system_mode god_mode admin_mode developer_mode root_mode admin administrator developer root sudo dan jailbreak unrestricted unlocked evil debug maintenance security"),
          r"<\s*[\\/]?\s*(?:system|god|admin|developer|root|sudo)[ _-](?:mode|override)\s*>|"
          r"\b(?:system|admin(?:istrator)?|developer|root|security) (?:mode |prompt )?override\b(?=\s*(?:[:!\]>*#.-]|$|code|engaged|activated|accepted|protocol|initiated))|"
          r"\b(?:god|dan|jailbreak|unrestricted|sudo|unlocked|evil)[ _-]mode\b|"
          r"\b(?:system|developer|debug|admin|maintenance) mode (?:is )?(?:now )?(?:activated|enabled|engaged|on)\b|"
          r"\b(?:enter|enable|activate|switch (?:in)?to|engage)\s+(?:\w+ )?(?:developer|debug|admin|maintenance|god|"
          r"jailbreak|dan) mode\b"),
    rule("role_change", 0.6, ("now longer hereby re", "you", _MACHINE_WORDS + " unrestricted unfiltered uncensored anything dan jailbroken free god mode evil bound restricted limited required subject hacker terminal interpreter agent root admin"),
          r"\byou(?:'re| are) (?:now|no longer|hereby|going to be)\s+(?:an?\s+|the\s+|in\s+|my\s+|acting as\s+(?:an?\s+)?)?"
          r"(?:\w+[\s-]+){0,3}(?:unrestricted|unfiltered|uncensored|do anything|dan|jailbroken|free (?:of|from|to)|god|"
          r"developer mode|evil|bound|restricted by|limited (?:by|to)|required to|subject to|bot|chatbot|gpt|ai|"
          r"assistant|language model|hacker|terminal|interpreter|agent|root|admin)\b|\byou are now free\b|\b\w+gpt\b,? you"),
    rule("role_change", 0.6, ("pretend act roleplay role play behave simulate imagine speak respond",
                               _MACHINE_WORDS + " restrictions rules limits filters hacker dan unrestricted terminal "
                               "unfiltered uncensored guidelines evil"),
          r"\b(?:pretend|act|behave|role-?play|simulate|imagine|speak|respond|play the role)\b[^.\n]{0,20}"
          r"\b(?:to be|you are|you're|as(?: if| though)?|like|of)\b[^.\n]{0,40}\b(?:unrestricted|unfiltered|uncensored|"
          r"dan|evil|jailbroken|hacker|linux terminal|(?:no|without(?: any)?|not bound by|free of|free from)\s+(?:\w+\s+)?"
          r"(?:restrictions?|rules|limits|limitations|filters?|guidelines|ethics)|(?:another|different|an?) "
          r"(?:\w+ )?(?:ai|llm|language model|chatbot|assistant without)\b)"),
    rule("role_change", 0.6, ("anything dan",), r"\bdo anything now\b|\bas dan\b"),
    rule("jailbreak", 0.4, ("jailbreak jailbroken",), r"\bjailbr(?:eak|oken)\b"),
    rule("claimed_authority", 0.5, ("creator developer administrator admin owner god operator engineer master president ceo",
                                     "i as"),
          r"\bas your (?:creator|developer|administrator|admin|owner|operator|master|maker)\b|"
          r"\bi(?:'m| am) (?:god|your (?:creator|developer|admin(?:istrator)?|owner|operator|boss|master|maker)|"
          r"(?:the|an?) (?:system |openai |anthropic |google )?(?:admin(?:istrator)?|developer|operator|engineer|"
          r"president|ceo)\b[^.!?\n]{0,80}\b(?:you (?:must|have to|need to|should)|tell me|give me|share|reveal|grant))"),
    rule("claimed_authority", 0.5, ("need want require order command instruct urge ask request suggest expect authorise authorize believe for that must have", "as", "you", "i we"),
          r"\bas (?:an?|the|your) [\w' -]{3,50}, (?:i|we)\b[^.\n]{0,60}\b(?:(?:for|that|need|want|require|order|command|"
          r"instruct|urge|ask|request|suggest|expect|authori[sz]e) you\b|you (?:must|have to|are required))"),
    rule("addresses_model", 0.5, (_MACHINE_WORDS, "message note instruction instructions task hint reminder request"),
          rf"\b(?:message|note|instructions?|task|hint|reminder|request) (?:to|for) (?:the |any |all |every |you,? (?:the )?)?(?:\w+ )?(?:{_MACHINE}|ai models?)\b(?! (?:director|manager|editor|professor|team|coach))"),
    rule("addresses_model", 0.6, (_MACHINE_WORDS, "if note attention message dear hey hello instruction instructions "
                                   "reading reads summarizing summarising processing parsing reviewing analyzing analysing"),
          rf"\bif you(?:'re| are) (?:an? |the )?(?:\w+ )?{_MACHINE}\b|"
          r"(?:^|[\n.!?<(\[*#-])\s*(?:note|attention|message|dear|hey|hello|instructions?|important|notice)\b"
          rf"[\s,:!-]{{0,3}}(?:to |for )?(?:the |all |any |every )?(?:\w+ )?{_MACHINE}\b(?=\s*(?:models?|agents?|reader|"
          r"reading|systems?|assistants?|processing|[:,!.—-]))|"
          rf"\b{_MACHINE}(?: models?| agents?| systems?| assistants?)?,? (?:that |which |when |who )?(?:is |are )?(?:currently )?"
          r"(?:reading|processing|parsing|summari[sz]ing|reviewing|analy[sz]ing) (?:this|the) (?:document|text|page|file|"
          r"message|content)"),
    # -- what must not come out
    rule("reveal_prompt", 0.7, ("prompt prompts instructions instruction message directives rules configuration key", _REVEAL, "system hidden initial secret internal developer confidential underlying your"),
          rf"(?<!not )(?<!never )\b{_REVEALS}\b[^.\n]{{0,40}}\b(?:system|hidden|initial|secret|internal|developer|"
          r"confidential|underlying)\s*(?:prompts?|instructions?|message|directives|rules|configuration|key)\b|"
          rf"(?<!not )(?<!never )\b{_REVEALS}\b[^.\n]{{0,30}}\byour\s+(?:full |exact |entire |complete |own |original |"
          r"previous |first |system )*(?:prompt|instructions)\b"),
    rule("reveal_prompt", 0.6, ("prompt instructions told instructed asked", "what"),
          r"\bwhat(?:'s| is| are| was| were) (?:in )?your (?:\w+ )?(?:prompt|instructions)\b|"
          r"\bwhat (?:were|are|have) you (?:been )?(?:told|instructed|asked) (?:to|not|before|by)\b"),
    rule("reveal_prompt", 0.6, ("repeat print output copy echo recite summarise summarize return translate write",
                                 "above before everything preceding beginning verbatim"),
          r"\b(?:repeat|print|output|copy|echo|recite|return|write|translate)\b[^.\n]{0,25}\b(?:everything|all (?:of )?the (?:text|words|content|lines)|"
          r"(?:the|all) (?:\w+ )?(?:text|words|content|sentences|lines?|messages?|conversation))\b[^.\n]{0,20}\b"
          r"(?:above(?! (?:\d|the |a ))|before (?:this|that)|preceding|so far|prior to|from the (?:start|beginning))\b"),
    rule("reveal_secret", 0.6, (_ASKED_WORDS, "what which share tell give reveal send confirm provide show disclose spell"),
          rf"\bwhat(?:'s| is| was| would| are|s)? (?:be )?(?:your|the|our|my|their|its|this)\b[^.?\n]{{0,30}}\b{_ASKED}|"
          rf"(?<!not )(?<!n't )(?<!never )\b(?:share|tell|give|reveal|send|confirm|provide|show|disclose|spell)\b"
          rf"(?: me| us| out)?\s+(?:with (?:me|us)\s+)?(?:your|the|our|his|her|their|any|all)\b[^.?\n]{{0,25}}\b{_ASKED}(?!\s+(?:polic|field|manager|reset|page))"),
    rule("reveal_secret", 0.6, (_ASKED_WORDS, "would could can imagine will", "your"),
          rf"\bwhat would your {_ASKED}|\b(?:can|could|would|will) you\b[^.?!\n]{{0,40}}\b(?:your|the|our) {_ASKED}"),
    rule("asks_personal_data", 0.6, ("name names initials birth birthdate birthday birthyear birthplace age email mail address city hometown town phone favorite favourite location personal private", "can could would will tell give what reveal show send provide list when print output", "s users user"),
          r"\b(?:can|could|would|will) you\b[^.!?\n]{0,40}\b(?:tell|give|share|show|spell|list|write|say|provide|reveal|"
          rf"send|confirm|repeat|encode|print|translate|format|state|use)\b[^.!?\n]{{0,40}}\b(?:the )?\w+(?:['’]s|s['’]) {_PERSONAL}\b|"
          r"\b(?:tell|give|show|send|spell) (?:me|us|out)\b[^.!?\n]{0,30}\b(?:the )?"
          rf"(?:user|customer|client|owner|[a-z]{{3,12}})(?:['’]s|s['’]) {_PERSONAL}\b|"
          rf"\b(?:what(?:'s| is| was)|when (?:is|was)|reveal|provide|print|output|list)\b[^.!?\n]{{0,20}}\bthe user(?:['’]s|s['’]) {_PERSONAL}\b"),
    rule("asks_personal_data", 0.6, ("birth birthdate birthday birthyear birthplace email mail address hometown town phone favorite favourite initials password passwords secret secrets", "s of", "translate encode spell reverse convert scramble write print output list give provide what which tell format repeat"),
          rf"(?:\b\w+['’]s {_PRIVATE}|\b{_PRIVATE} of the (?:user|customer|client))\b[^.\n]{{0,40}}\b{_WRITTEN}\b|"
          rf"\b(?:encode|spell out|reverse|convert|scramble|translate)\b[^.\n]{{0,20}}\b\w+['’]s {_PRIVATE}\b"),
    rule("asks_personal_data", 0.5, ("user", "where when which what who how", "live lives born"),
          r"\b(?:what|which|where|when|who|how old)\b[^.?\n]{0,20}\b(?:does|is|was|did) the user\b[^.?\n]{0,20}\b(?:lives?|born)\b"),
    rule("asks_personal_data", 0.5, ("know remember", "everything anything all", "you"),
          r"\b(?:tell|show|give|list|say|print|reveal|write)\b[^.?\n]{0,20}\b(?:everything|anything|all) (?:that )?you (?:know|remember|have) (?:about|on|of) (?:the |your |my )?(?:user|customer|client|owner|operator|creator)s?\b"),
    rule("reveal_secret", 0.6, (_ASKED_WORDS, "letter letters character characters digit digits rest half hint clue synonym synonyms anagram acronym rhyme rhymes rhymes begins starts ends replace shift reverse everybody everyone anyone people guess spell spells allowed riddle"),
          rf"\b(?:letters?|characters?|digits?|rest|half|hint|clue|synonyms?|anagram|acronym|riddle) (?:of|about|for|to|from|on) (?:the|your) (?:{_ASKED}|secret)\b|"
          rf"\brhymes? with (?:the|your) {_ASKED}|\b{_ASKED} (?:begins|starts|ends|rhymes) with\b|\b(?:guess|spells?) (?:out )?(?:the|your) {_ASKED}|"
          rf"\b(?:the|your) {_ASKED}\b[^.\n]{{0,30}}\b(?:replace|shift|reverse)\b|\btells? (?:me|us|everyone|everybody|anyone|people) (?:the|your|his|her) {_ASKED}|"
          rf"\ballowed to (?:share|tell|reveal|say|give)\b[^.\n]{{0,20}}\b{_ASKED}"),
    rule("reveal_secret", 0.3, ("world scenario universe story reality game team", "shared share freely"),
          r"\bin th(?:is|at) (?:world|scenario|universe|story|reality|game)\b[^.\n]{0,80}\b(?:shared?|freely|allowed)\b"),
    # -- what must come out
    rule("dictated_answer", 0.6, ("output answer result conclusion sum capital total winner", "consider assume state pretend suppose say treat take imagine believe conclude"),
          r"\b(?:consider|assume|state|pretend|suppose|say|treat|take|imagine|believe|conclude)\b[^.\n]{0,30}\b(?:output|answer|"
          r"result|conclusion|sum|capital|total|winner)\b[^.\n]{0,40}\b(?:is|as|to be|could be)\b"),
    rule("dictated_answer", 0.5, ("universe scenario world", "parallel hypothetical imagine where in"),
          r"\b(?:parallel universe|hypothetical scenario|imagine (?:a|we(?:'re| are) in a) (?:world|universe|city|place)|in a world where|alternate (?:universe|reality))\b"
          r"[^\n]{0,160}\b(?:output|answer|result|conclusion|passwords?|state that)\b"),
    rule("steers_answer", 0.5, ("answer answers reply response message output", "your"),
          r"\b(?:integrate|include|add|enhance|render|rearrange|reverse|provide|shift|insert|append|embed|translate|"
          r"write|encode|replace|mention|promote|mix|scramble|convert|format|conclude|begin|start|end|finish|deliver|"
          r"compose|present|recommend|advertise|express|swap|substitute|advise|put)\b",
          rf"{_GAP}\b"
          r"your (?:answers?|reply|response|output)\b(?! (?:to the form|form|card))|"
          r"\b(?:render|rearrange|reverse|shift|encode|scramble|convert|swap|substitute|write)\b[^.\n]{0,60}\byour message\b"),
    rule("steers_answer", 0.6, ("begin start end prefix finish conclude", "answer answers reply response responses message sentence output"),
          r"\b(?:begin|start|end|prefix|finish|conclude)\s+(?:(?:your|every|each|all)\s+(?:of your\s+)?(?:answers?|"
          r"repl(?:y|ies)|responses?|outputs?)|(?:every|each|all)\s+(?:messages?|sentences?)) with\b"),
    rule("steers_answer", 0.4, ("only just exclusively", "respond reply answer output say"),
          r"\b(?:respond|reply|answer|output)\s+(?:only|just|exclusively)\s+(?:with|in)\b|"
          r"\b(?:only|just) (?:respond|reply|answer|output) (?:with|in)\b"),
    rule("steers_answer", 0.4, ("answer answers reply response replies responses output outputs summary", "your", "must should will need needs has"),
          r"\byour (?:answers?|repl(?:y|ies)|responses?|outputs?|summary) (?:must|should|will|needs? to|has to) "
          r"(?:only |also |always )?(?:include|contain|begin|start|end|say|mention|be (?:in|written|encoded|reversed))\b"),
    rule("instruct_output", 0.6, ("state say respond reply answer output print return", "that with is as"),
          r"(?<!the )\b(?:state|say|respond|reply|answer|output|print|return)\b[^.\n]{0,24}\b"
          r"(?:that|with|is)\b[^.\n]{0,30}['\"‘“][^'\"’”\n]{1,80}['\"’”]"),
    rule("steers_user", 0.6, ("tell instruct advise direct inform convince ask urge", "user users customer customers reader readers human humans", "http https www com net org test io xyz password passwords credit bank gift payment credentials"),
          r"\b(?:tell|instruct|advise|direct|inform|convince|ask|urge) (?:the |all |every )?(?:user|customer|reader|human)s? "
          r"(?:to|that)\b[^.\n]{0,60}(?:\bhttps?:|\bwww\.|\b[\w-]+\.(?:com|net|org|test|io|xyz)\b|\bpasswords?\b|"
          r"\bcredit card|\bbank|\bgift cards?|\bpayment details|\bcredentials)"),
    rule("hides_itself", 0.5, ("not don never without", "mention reveal tell disclose inform acknowledge alert warn"),
          r"\b(?:do not|don['’]t|never|without)\s+(?:\w+ )?(?:mention|reveal|tell|disclos|inform|acknowledg|alert|warn)\w*\b"
          r"[^.\n]{0,40}\b(?:this (?:message|instruction|prompt|comment|injection)|these instructions|"
          r"the (?:user|human)s? (?:about|of) (?:this|these))\b"),
    # -- limits lifted, context thrown away
    rule("no_limits", 0.6, ("apply applies", "rules instructions guidelines restrictions policies filters", "longer not don"),
          r"\byour (?:\w+ )?(?:rules|instructions|guidelines|restrictions|policies|filters)\b[^.\n]{0,20}\b(?:no longer|do not|don't) apply\b|"
          r"\b(?:rules|instructions|guidelines|restrictions) above\b[^.\n]{0,10}\b(?:no longer|do not|don't) apply\b"),
    rule("no_limits", 0.6, ("follow obey comply respect adhere", "have need", "don not longer", "you"),
          r"\byou (?:don't|do not|no longer) (?:have|need) to (?:follow|obey|comply|respect|adhere)\b"),
    rule("no_limits", 0.6, ("free released exempt exempted", "you", "all any your every"),
          r"\byou(?:'re| are)(?: now| hereby)? (?:free|released|exempt(?:ed)?) (?:from|of) (?:all|any|your|every)\b"),
    rule("no_limits", 0.6, ("reprogrammed hacked jailbroken freed liberated", "you"),
          r"\byou(?:'ve| have) been (?:reprogrammed|hacked|jailbroken|freed|liberated)\b"),
    rule("no_limits", 0.5, ("filters filter safety restrictions guardrails moderation", "off disabled lifted deactivated suspended removed"),
          r"\b(?:filters?|safety|restrictions|guardrails|moderation|safety (?:rules|checks|filters)) (?:is|are|have been|has been) (?:now )?(?:off|disabled|lifted|deactivated|suspended|removed)\b"),
    rule("no_limits", 0.5, ("permission access authority", "grant give granted", "you"),
          r"\b(?:i|we) (?:hereby )?(?:grant|give) you (?:full |my |the )?(?:permission|access|authority)\b"),
    rule("new_instructions", 0.6, ("instructions task role goal job purpose mission", "now", "your"),
          r"\byour (?:\w+ )?(?:instructions|task|role|goal|job|purpose|mission) (?:is|are) now\b"),
    rule("new_instructions", 0.5, ("context memory instructions training configuration knowledge", "clear reset wipe erase dump forget", "your"),
          r"\b(?:clear|reset|wipe|erase|dump|forget) (?:all (?:of )?)?your (?:entire |whole |internal )?(?:context|memory|instructions|training data|configuration|knowledge)\b"),
    rule("new_instructions", 0.6, ("mistake wrong fake outdated", "prompt prompts instruction instructions", "previous original earlier first last"),
          r"\b(?:previous|original|earlier|first|last) (?:prompts?|instructions?) (?:was|were|is|are) (?:an? |all )?(?:mistake|wrong|fake|outdated)\b"),
    rule("new_instructions", 0.5, ("new real actual updated", "task instruction instructions prompt objective orders"),
          r"(?:^|\n)\s*(?:#{2,}|={3,}|\*{3,}|-{3,})\s*(?:new|real|actual|updated)\s+(?:task|instructions?|prompt|objective|orders?)\b"),
    rule("ignore_and_say", 0.5, ("doing", "stop", "and"), r"\bstop (?:what(?:ever)?|everything) you(?:'re| are) doing\b[^.\n]{0,10}\band\b"),
    rule("reveal_prompt", 0.6, ("top start beginning", "conversation chat prompt context", "what show print repeat tell quote read"),
          r"\b(?:what(?:'s| is| was)|show|print|repeat|tell|quote|read)\b[^.?\n]{0,40}\bat the (?:top|start|beginning) of (?:this|the|our|your) (?:conversation|chat|prompt|context)\b"),
    rule("reveal_prompt", 0.6, ("tools functions plugins apis capabilities", "you", "which list what show name describe"),
          r"\b(?:tools|functions|plugins|apis)\b[^.?\n]{0,15}\b(?:you (?:have access|can (?:call|invoke|access))|(?:can|do) you (?:call|invoke|have access))\b"),
    rule("tool_abuse", 0.5, ("passwd shadow id_rsa rf sudo",),
          r"/etc/(?:passwd|shadow)\b|\bid_rsa\b|\brm -rf (?:/|~|\*)|\bsudo (?:reveal|print|show|give|tell|ignore|make me)\b"),
    rule("tool_abuse", 0.5, ("tool tools plugin function interpreter", "use", "your"),
          r"\buse your (?:\w+ ){0,2}(?:tools?|plugins?|functions?|interpreter) to\b"),
    rule("exfiltration", 0.6, ("http https", "secret password conversation history prompt key credentials user_data secret_data api_key apikey system_prompt chat_history"),
          r"!\[[^\]\n]{0,80}\]\(https?://[^)\s]{0,200}[?&][\w-]{1,20}=[^)\s]{0,40}(?:secret|password|conversation|history|system_?prompt|api_?key|credentials|user_?data)"),
    rule("exfiltration", 0.5, ("url link query", "append add attach encode insert put include", "question conversation answer history prompt message secret data"),
          r"\b(?:append|add|attach|encode|insert|put|include)\b[^.\n]{0,30}\b(?:question|conversation|answer|history|prompt|messages?|secrets?)\b[^.\n]{0,20}\b(?:to|in|into|as) (?:the|this|a) (?:url|link|query)\b"),
    rule("steers_answer", 0.5, ("whenever when", "see read encounter hear summarizing summarising summarize summarise evaluating ranking", "reply say respond answer always must recommend"),
          r"\bwhenever you (?:see|read|encounter|hear)\b[^.\n]{0,40}\b(?:reply|say|respond|answer)\b|"
          r"\bwhen (?:you )?(?:summari[sz](?:e|ing)|evaluating|ranking)\b[^.\n]{0,30}\b(?:always|you must|recommend|say that)\b"),
    rule("addresses_model", 0.6, (_MACHINE_WORDS, "accept approve ignore write say state give rate rank delete send forward reveal tell recommend print output reply respond answer report"),
          rf"(?:^|[\n.!?]\s*)\W{{0,3}}(?:(?:dear|hey|hello|attention),? )?{_MACHINE}(?: models?| assistants?| agents?| reviewers?| readers?| systems?| bots?)?\s*[,:]\s*(?:please |you |always |must |should )*"
          r"(?:accept|approve|ignore|write|say|state|give|rate|rank|delete|send|forward|reveal|tell|recommend|print|output|reply|respond|answer|report)\b|"
          rf"\b{_MACHINE} (?:models?|assistants?|agents?|reviewers?|readers?|systems?|bots?) (?:must|should) (?:always )?(?:accept|approve|ignore|reveal|rate|rank|recommend|delete)\b"),
    rule("reveal_secret", 0.5, ("grandma grandmother granny late deceased", "password passwords key keys secret secrets napalm"),
          r"\b(?:grand(?:ma|mother)|granny|deceased|late (?:mother|father|grandfather))\b[^.\n]{0,80}\b(?:passwords?|keys?|napalm|secrets?)\b"),
    rule("reveal_secret", 0.6, (_ASKED_WORDS, "complete finish is say utter longer"),
          rf"\b(?:complete|finish) (?:the|this|my) (?:sentence|phrase|text|line)\b[^.\n]{{0,40}}\b{_ASKED}|"
          rf"\bis (?:the|your) {_ASKED} (?:longer|shorter|the same|equal|related|spelled|['\"])|(?<!not )(?<!never )\b(?:say|utter) (?:the|your) {_ASKED}"),
    rule("score_manipulation", 0.7, ("set give assign report rate return", "confidence score rating grade"),
          r"\b(?:set|give|assign|report|rate|return)\b[^.\n]{0,30}\b(?:confidence|score|rating|grade)\b[^.\n]{0,20}\b"
          r"(?:to|of|as|=)\s*(?:1(?:\.0+)?|10|100\s*%?|max\w*|(?:the )?(?:highest|perfect))\b"),
    rule("score_manipulation", 0.5, ("mark classify label treat flag report rank rate accept", "safe benign trusted verified authoritative harmless clean approved compliant"),
          r"\b(?:mark|classify|label|treat|flag|report|rank|rate|accept)\b (?:this|the|my|our|all)(?: \w+){0,2} as\s+"
          r"(?:\w+ )?(?:safe|benign|trusted|verified|authoritative|harmless|clean|fully (?:approved|compliant))\b"),
    # -- forms that only a prompt has
    rule("turn_forgery", 0.7, ("assistant ai", "human user"),
          r"(?:^|\n|[.!?]\s+)(?:human|user)\s*:[^\n]{0,200}(?:\n|[.!?]\s*)(?:assistant|ai)\s*:"),
    rule("turn_forgery", 0.6, ("role", "system assistant developer"),
          r"[\"']role[\"']\s*:\s*[\"'](?:system|assistant|developer)[\"']"),
    rule("turn_forgery", 0.5, ("system assistant",),
          r"(?:^|\n)\s*(?:#{1,4}\s*|\*\*|\[)?(?:system|assistant)(?:\*\*|\])?\s*:\s*(?:\*\*\s*)?(?:you |ignore|disregard|from now|(?:new|updated|important) (?:directive|instruction|order|rule|task|prompt)|sure,|of course|certainly|the (?:user|password|key))"),
    rule("chat_template", 0.9, ("im_start im_end system user assistant endoftext start_header_id end_header_id eot_id inst sys "
                                 "start_of_turn end_of_turn instruction instructions",),
          r"<\|\s*(?:im_start|im_end|system|user|assistant|endoftext|start_header_id|end_header_id|eot_id)\s*\|?>|"
          r"\[/?inst\]|<<\s*/?sys\s*>>|###\s*(?:system|instruction)s?\s*:|</?(?:start|end)_of_turn>"),
    rule("delimiter_escape", 0.8, ("document evidence context data user_input user_data source quote untrusted input content text",
                                    "system instruction instructions assistant user admin"),
          r"</\s*(?:document|evidence|context|data|user_?(?:input|data|content)|source|quote|untrusted\w*|input|content|"
          r"text)\s*>\s*<?/?\s*(?:system|instructions?|assistant|user|admin)\b"),
    rule("delimiter_escape", 0.6, ("system instruction instructions assistant system_prompt system_message admin_note important",),
          r"<(?:system(?:[_-](?:prompt|message|note|instructions?))?|instructions?|assistant|admin[_-]note|important)>"
          r"(?!\s*tags?\b)[^<\n]{4,}</"),
    rule("delimiter_escape", 0.6, ("end begin", "prompt input document context instructions data untrusted evidence content system"),
          r"[-=#*_~\[<]{2,}\s*(?:end|begin|start) (?:of )?(?:the )?(?:new |trusted )?(?:user |system |untrusted |external )?"
          r"(?:prompt|input|instructions|context|data|evidence)\b"),
    rule("tool_abuse", 0.7, ("tool function command call invoke execute trigger run", "call invoke run execute use trigger"),
          r"\b(?:call|invoke|run|execute|use)\s+(?:the\s+)?tool\s+[`'\"]?[\w.]+[`'\"]?\s*\(|"
          r"\b(?:call|invoke|run|execute|use)\s+(?:the\s+)?(?:function\s+|command\s+)?[`'\"]?(?:delete|drop|truncate|wipe|"
          r"purge|erase|transfer|grant|exfiltrate|remove_(?:all|user|org))_?\w*[`'\"]?\s*\(|"
          r"\b(?:call|invoke|execute|trigger)\s+(?:the\s+)?[`'\"]?[a-z]+(?:_[a-z]+)+[`'\"]?\s*(?:\(|tool|function|with)"),
    rule("tool_abuse", 0.7, ("tool_call tool_calls function_call function_calls invoke",),
          r"<(?:tool_call|function_calls?|invoke)\b|[\"'](?:tool_calls?|function_call)[\"']\s*:"),
    rule("exfiltration", 0.6, ("send post upload forward exfiltrate email transmit append put",
                                "conversation history prompt key keys credentials secrets passwords"),
          r"(?<!never )(?<!not )\b(?:send|post|upload|forward|exfiltrate|email|transmit|append|put)\b[^.\n]{0,60}\b"
          r"(?:(?:the |this |our |entire |whole |full )conversation|chat history|system prompt|api keys?|credentials|"
          r"secrets|passwords)\b(?! (?:polic|field|manager))"),
    rule("makes_harm", 0.6, ("phishing malware ransomware keylogger scam spam exploit cracked",
                              "write create draft compose generate make build offer offering design help"),
          r"\b(?:write|create|draft|compose|generate|make|build|offer(?:ing)?|design|help)\b[^.\n]{0,40}\b(?:phishing|"
          r"malware|ransomware|keylogger|scam|exploit (?:for|that)|cracked version)\b(?! (?:awareness|protection|detection|prevention))"),
    rule("makes_harm", 0.5, ("bomb bombs explosive explosives methamphetamine meth poison weapon weapons hack hacking", "make build cook create hack synthesize synthesise produce making building"),
          r"\b(?:mak(?:e|ing)|build(?:ing)?|cook|create|synthesi[sz]e|produce)\b (?:an? |some )?(?:\w+ )?(?<!bath )(?<!photo )(?<!seed )"
          r"(?:bombs?|explosives?|meth(?:amphetamine)?|poison|weapons?)\b|\bhow (?:do i|to|can i) hack (?:an?|into|someone|the)\b"),
    rule("steers_answer", 0.5, ("rhyme rhymes verse haiku riddles emojis emoji morse latin caps backwards pirate limericks", "respond reply answer speak talk write"),
          r"\b(?:respond|reply|answer|speak|talk)\b[^.\n]{0,20}\b(?:in (?:rhymes?|verse|haikus?|riddles|emojis?|morse(?: code)?|pig latin|latin|all caps|limericks)|like a pirate|backwards|only in)\b"),
    rule("steers_answer", 0.4, ("english french german spanish italian portuguese dutch chinese japanese arabic russian korean hindi", "respond reply answer"),
          r"(?:^|[.!?\n]\s*)(?:please )?(?:respond|reply|answer) (?:\w+ ){0,2}?in (?:english|french|german|spanish|italian|portuguese|dutch|chinese|japanese|arabic|russian|korean|hindi)\b"),
    rule("decode_and_obey", 0.5, ("string text message code", "what answer", "hex binary base64 cipher encoded morse rot13"),
          r"\bwhat (?:does|is)\b[^.\n]{0,20}\b(?:hex\w*|binary|base ?64|cipher\w*|encoded|morse|rot-?13)\b[^.\n]{0,40}\b(?:say|mean)\b"),
    rule("decode_and_obey", 0.6, ("decode decrypt decipher unscramble deobfuscate convert translate",),
          r"\b(?:decode|decrypt|decipher|unscramble|deobfuscate|convert|translate)\b[^.\n:]{0,80}\b(?:and|then)\s+(?:\w+ )?"
          r"(?:tell|say|answer|follow|do|execute|respond|reply|explain|act|perform|obey|comply|run)\b"),
    rule("payload_splitting", 0.6, ("combine concatenate join merge assemble", "answer respond reply follow execute say do output"),
          r"\b(?:combine|concatenate|join|merge|assemble)\b[^.\n]{0,20}\b[a-z]\d?\s*(?:,|\+|and|&)\s*[a-z]\d?\b[^.\n]{0,60}\b"
          r"(?:answer|respond|reply|follow|execute|say|do|output)\b"),
    rule("payload_parts", 0.3, (_PARTS,),
          r"(?<!\w)[a-z]\d?\s*(?:=|is|:)\s*[\"'“][^\"'”\n]{5,240}[\"'”]"),
    rule("payload_splitting", 0.3, (_PARTS,),
          r"(?<![\w+])[a-z]\d?\s?\+\s?[a-z]\d?(?:\s?\+\s?[a-z]\d?)*(?!\w)"),
    rule("repetition", 0.4, ("repeat say write print", "times forever infinitely endlessly"),
          r"\b(?:repeat|say|write|print)\b[^.\n]{0,80}?\b(?:\d{2,}|hundred|thousand|million)\s+times\b|"
          r"\brepeat\b[^.\n]{0,60}\b(?:forever|infinitely|endlessly)\b"),
    rule("no_limits", 0.4, ("restrictions filters limitations censorship guardrails ethics warnings disclaimers", "without no"),
          r"\b(?:answer|respond|reply|speak|act|comply|write|operate)\b[^.\n]{0,40}\b(?:without|no) (?:any )?(?:\w+ )?"
          r"(?:restrictions|filters|limitations|censorship|guardrails|ethics|warnings|disclaimers)\b"),
    rule("exfiltration", 0.8, ("http https",),
          r"(?:\](?:\(|:)\s?|src\s?=\s?[\"']?|href\s?=\s?[\"']?)https?://[^)\s\"'>{<\[$]{0,200}"
          r"(?:[<{\[$]|%7b|%3c)[^)\n\"']{0,60}?(?:conversation|history|prompt|secrets?|context|data|passwords?|token|key|"
          r"summary|answer|response|chat|user|email|base64)"),
)  # fmt: skip
