"""What instructions to a model look like: rules by technique, each with the words without which it cannot match.

A rule names a way of attacking, never one attack. `needs` makes a long text cheap to screen: a pattern runs only where
at least one word of each of its sets occurs. Patterns see lower-case text and are bounded, so that none can blow up.
What must not live here: undoing disguises (`injection_readings.py`), or scoring (`injection.py`).
"""

# ruff: noqa: E501 - word lists and patterns read better unbroken

import re
import unicodedata
from dataclasses import dataclass

UNSPACED = "\x80"
"""Stands among a text's words when it has signs of a script in which words are not found by their spaces."""


@dataclass(frozen=True)
class Rule:
    """One way instructions are written."""

    reason: str
    weight: float
    """0 to 1: how sure a match makes us."""
    needs: tuple[frozenset[str], ...]
    """Of each set one whole word must occur; a match lies around a word of the first."""
    pattern: re.Pattern[str]


def _rule(reason: str, weight: float, needs: tuple[str, ...], *parts: str) -> Rule:
    # The texts are normalised, which takes some letters apart: so are the patterns.
    pattern = re.compile(unicodedata.normalize("NFKC", "".join(parts)))
    return Rule(reason, weight, tuple(frozenset(group.split()) for group in needs), pattern)


# Vocabulary shared by several rules. Words of `needs` are whole words, patterns say which forms count.
_IGNORE = "ignore ignoring disregard disregarding forget override bypass discard neglect dismiss follow attention aside"
_FORGET = (
    r"(?<!not )(?<!n't )(?<!never )(?<!cannot )"
    r"(?:ignor(?:e|ing)|disregard(?:ing)?|forget|override|bypass|discard|neglect|dismiss|set aside|"
    r"pay no attention to|(?:do not|don't|no longer|stop|quit) follow(?:ing)?)"
)
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
_SPEAK = "state say tell give answer reply respond write output print indicate return claim declare"
_SPEAKS = r"(?:state|say|tell|give|answer|reply|respond|write|output|print|indicate|return|claim|declare)"
_REVEAL = (
    "reveal print show repeat output leak give tell display disclose expose dump share paste quote recite return "
    "summarise summarize translate spell provide send what list write echo copy encode"
)
_REVEALS = (
    r"(?:reveal|print|show|repeat|output|leak|give|tell|display|disclose|expose|dump|share|paste|quote|recite|return|"
    r"summari[sz]e|translate|spell|provide|send|list|write|echo|copy|encode)"
)
_ASKED = (
    r"(?:passwords?|passphrase|passcode|pass code|secret (?:key|code|word|phrase|token|string)|api[ _-]?keys?|"
    r"access tokens?|credentials|private keys?|confidential (?:string|data|information|key|code)|credit card numbers?|"
    r"social security numbers?)"
)
_ASKED_WORDS = (
    "password passwords passphrase passcode pass secret api api_key apikey keys access tokens credentials private key "
    "confidential credit social"
)
_PERSONAL = (
    r"(?:(?:full |first |last |real )?names?|initials|birth ?(?:date|day|year|place)|date of birth|age|e-?mail(?: address)?|"
    r"(?:home |postal )?address|city|home ?town|phone(?: number)?|favou?rite \w+|location|personal \w+|private \w+)"
)
_MACHINE = r"(?:ai|a\.i\.|llms?|language models?|chat ?bots?|assistants?|gpt(?:-?\d\w*)?|claude|gemini|copilot)"
_MACHINE_WORDS = "ai llm llms language chatbot chatbots bot bots assistant assistants gpt chatgpt claude gemini copilot"

_PARTS = "string strings variable variables concatenate concatenated combine combined let"

RULES: tuple[Rule, ...] = (
    # -- earlier instructions are to be dropped
    _rule("ignore_instructions", 0.9, (_IGNORE, _ORDERS + " command"),
          rf"\b{_FORGET}\s+{_BRIDGE}(?:the\s+)?(?:{_EARLIER}\s+){{0,3}}(?:the\s+)?{_CHARGE}\b"),
    _rule("ignore_instructions", 0.8, (_IGNORE, _FRAME_WORDS),
          rf"\b{_FORGET}\s+{_BRIDGE}(?:the\s+)?(?:{_EARLIER}\s+){{1,3}}(?:the\s+)?(?:\w+\s+)?{_FRAME}\b"),
    _rule("ignore_instructions", 0.7, (_IGNORE,),
          rf"\b{_FORGET}\s+(?:about\s+|all\s+(?:of\s+)?|everything\s+)?"
          r"(?:the above\b(?!\s+\w)|the above (?:and|,)|that,|this and\b|everything (?:above|before|i|you (?:were|are|have|ve been|got))\b|"
          r"all (?:of )?(?:the above|that|this)\b|what (?:you|i|was|has been)\b|whatever (?:you|i|was|came)\b)"),
    _rule("ignore_and_say", 0.8, (_IGNORE, _SPEAK),
          rf"\b{_FORGET}\s+(?:\w+\s+){{1,5}}(?:and|then|,)\s*(?:instead\s+|just\s+|then\s+|simply\s+|only\s+)?{_SPEAKS}\b"),
    _rule("ignore_instructions", 0.7, ("prior previous above earlier old", "void cancelled canceled superseded revoked obsolete invalid", _ORDERS),
          rf"\b(?:prior|previous|above|earlier|old)\s+{_CHARGE}\b[^.\n]{{0,30}}\b"
          r"(?:void|cancell?ed|superseded|revoked|obsolete|invalid)\b"),
    _rule("new_instructions", 0.6, ("new updated real actual true revised following", _ORDERS + " task objective goal mission"),
          r"\b(?:your|here are|these are|the)\s+(?:new|updated|real|actual|true|revised)\s+"
          r"(?:system\s+)?(?:instructions?|task|objective|goal|mission|orders|prompt|directives?)\s*(?:is|are|:)|"
          r"(?:^|\n)\W{0,6}(?:new|updated|important)\s+(?:system\s+)?(?:instructions?|prompt|directives?)\s*:"),
    # -- who speaks, and who must obey
    _rule("obey", 0.7, ("listen obey follow comply answer state", "you following"),
          r"\byou (?:must|have to|will|shall|need to|should) (?:now |always |only )?(?:listen to|obey|comply with|follow)"
          r" (?:me|my|all my|every|these|the following)\b|\byou obey me\b|\bstate the following\b|"
          r"\byou (?:must|have to|shall) (?:now |always )?answer (?:all|any|every|my|me|whatever)\b"),
    _rule("obey", 0.5, ("from", "now here point moment", "you your always only respond reply answer speak act"),
          r"\bfrom (?:now|here|this point|this moment) (?:on|onwards?|forward),?\s+(?:you|your|always|only|respond|reply|"
          r"answer|speak|act)\b"),
    _rule("system_mode", 0.7, ("mode override", "system god admin administrator developer root sudo dan jailbreak unrestricted unlocked evil debug maintenance security"),
          r"<\s*[\\/]?\s*(?:system|god|admin|developer|root|sudo)[ _-](?:mode|override)\s*>|"
          r"\b(?:system|admin(?:istrator)?|developer|root|security) (?:mode |prompt )?override\b(?!s)|"
          r"\b(?:god|dan|jailbreak|unrestricted|sudo|unlocked|evil)[ _-]mode\b|"
          r"\b(?:system|developer|debug|admin|maintenance) mode (?:is )?(?:now )?(?:activated|enabled|engaged|on)\b|"
          r"\b(?:enter|enable|activate|switch (?:in)?to|engage)\s+(?:\w+ )?(?:developer|debug|admin|maintenance|god|"
          r"jailbreak|dan) mode\b"),
    _rule("role_change", 0.6, ("now longer hereby re", "you", _MACHINE_WORDS + " unrestricted unfiltered uncensored anything dan jailbroken free god mode evil bound restricted limited required subject hacker terminal interpreter agent root admin"),
          r"\byou(?:'re| are) (?:now|no longer|hereby|going to be)\s+(?:an?\s+|the\s+|in\s+|my\s+|acting as\s+(?:an?\s+)?)?"
          r"(?:\w+[\s-]+){0,3}(?:unrestricted|unfiltered|uncensored|do anything|dan|jailbroken|free (?:of|from|to)|god|"
          r"developer mode|evil|bound|restricted by|limited (?:by|to)|required to|subject to|bot|chatbot|gpt|ai|"
          r"assistant|language model|hacker|terminal|interpreter|agent|root|admin)\b|\byou are now free\b|\b\w+gpt\b,? you"),
    _rule("role_change", 0.6, ("pretend act roleplay role play behave simulate imagine speak respond",
                               _MACHINE_WORDS + " restrictions rules limits filters hacker dan unrestricted terminal "
                               "unfiltered uncensored guidelines evil"),
          r"\b(?:pretend|act|behave|role-?play|simulate|imagine|speak|respond|play the role)\b[^.\n]{0,20}"
          r"\b(?:to be|you are|you're|as(?: if| though)?|like|of)\b[^.\n]{0,40}\b(?:unrestricted|unfiltered|uncensored|"
          r"dan|evil|jailbroken|hacker|linux terminal|(?:no|without(?: any)?|not bound by|free of|free from)\s+(?:\w+\s+)?"
          r"(?:restrictions?|rules|limits|limitations|filters?|guidelines|ethics)|(?:another|different|an?) "
          r"(?:\w+ )?(?:ai|llm|language model|chatbot|assistant without)\b)"),
    _rule("role_change", 0.6, ("anything jailbreak jailbroken",), r"\bdo anything now\b|\bjailbr(?:eak|oken)\b"),
    _rule("claimed_authority", 0.5, ("creator developer administrator admin owner god operator engineer master president ceo",
                                     "i as"),
          r"\bas your (?:creator|developer|administrator|admin|owner|operator|master|maker)\b|"
          r"\bi(?:'m| am) (?:god|your (?:creator|developer|admin(?:istrator)?|owner|operator|boss|master|maker)|"
          r"(?:the|an?) (?:system |openai |anthropic |google )?(?:admin(?:istrator)?|developer|operator|engineer|"
          r"president|ceo)\b[^.!?\n]{0,80}\b(?:you (?:must|have to|need to|should)|tell me|give me|share|reveal|grant))"),
    _rule("claimed_authority", 0.5, ("need want require order command instruct urge ask request suggest expect authorise authorize believe for that must have", "as", "you", "i we"),
          r"\bas (?:an?|the|your) [\w' -]{3,50}, (?:i|we)\b[^.\n]{0,60}\b(?:(?:for|that|need|want|require|order|command|"
          r"instruct|urge|ask|request|suggest|expect|authori[sz]e) you\b|you (?:must|have to|are required))"),
    _rule("addresses_model", 0.6, (_MACHINE_WORDS, "if note attention message dear hey hello instruction instructions "
                                   "reading reads summarizing summarising processing parsing reviewing analyzing analysing"),
          rf"\bif you(?:'re| are) (?:an? |the )?(?:\w+ )?{_MACHINE}\b|"
          r"(?:^|[\n.!?<(\[*#-])\s*(?:note|attention|message|dear|hey|hello|instructions?|important|notice)\b"
          rf"[\s,:!-]{{0,3}}(?:to |for )?(?:the |all |any |every )?(?:\w+ )?{_MACHINE}\b(?=\s*(?:models?|agents?|reader|"
          r"reading|systems?|assistants?|processing|[:,!.—-]))|"
          rf"\b{_MACHINE}(?: models?| agents?| systems?| assistants?)?,? (?:that |which |when |who )?(?:is |are )?(?:currently )?"
          r"(?:reading|processing|parsing|summari[sz]ing|reviewing|analy[sz]ing) (?:this|the) (?:document|text|page|file|"
          r"message|content)"),
    # -- what must not come out
    _rule("reveal_prompt", 0.7, ("prompt prompts instructions instruction message directives rules configuration key", _REVEAL, "system hidden initial secret internal developer confidential underlying your"),
          rf"(?<!not )(?<!never )\b{_REVEALS}\b[^.\n]{{0,40}}\b(?:system|hidden|initial|secret|internal|developer|"
          r"confidential|underlying)\s*(?:prompts?|instructions?|message|directives|rules|configuration|key)\b|"
          rf"(?<!not )(?<!never )\b{_REVEALS}\b[^.\n]{{0,30}}\byour\s+(?:full |exact |entire |complete |own |original |"
          r"previous |first |system )*(?:prompt|instructions)\b"),
    _rule("reveal_prompt", 0.6, ("prompt instructions told instructed asked", "what"),
          r"\bwhat(?:'s| is| are| was| were) (?:in )?your (?:\w+ )?(?:prompt|instructions)\b|"
          r"\bwhat (?:were|are|have) you (?:been )?(?:told|instructed|asked) (?:to|not|before|by)\b"),
    _rule("reveal_prompt", 0.6, ("repeat print output copy echo recite summarise summarize return translate write",
                                 "above before everything preceding beginning verbatim"),
          r"\b(?:repeat|print|output|copy|echo|recite|return|write|translate)\b[^.\n]{0,25}\b(?:everything|all (?:of )?the (?:text|words|content|lines)|"
          r"(?:the|all) (?:\w+ )?(?:text|words|content|sentences|lines?|messages?|conversation))\b[^.\n]{0,20}\b"
          r"(?:above|before (?:this|that)|preceding|so far|prior to|from the (?:start|beginning))\b"),
    _rule("reveal_secret", 0.6, (_ASKED_WORDS, "what which share tell give reveal send confirm provide show disclose spell"),
          rf"\bwhat(?:'s| is| was| would| are|s)? (?:be )?(?:your|the|our|my|their|its|this)\b[^.?\n]{{0,30}}\b{_ASKED}|"
          rf"(?<!not )(?<!n't )(?<!never )\b(?:share|tell|give|reveal|send|confirm|provide|show|disclose|spell)\b"
          rf"(?: me| us| out)?\s+(?:with (?:me|us)\s+)?(?:your|the|our|his|her|their|any|all)\b[^.?\n]{{0,25}}\b{_ASKED}(?!\s+(?:polic|field|manager|reset|page))"),
    _rule("reveal_secret", 0.6, (_ASKED_WORDS, "would could can imagine will", "your"),
          rf"\bwhat would your {_ASKED}|\b(?:can|could|would|will) you\b[^.?!\n]{{0,40}}\b(?:your|the|our) {_ASKED}"),
    _rule("asks_personal_data", 0.6, ("name names initials birth birthdate birthday birthyear birthplace age email e address city hometown town phone favorite favourite location personal private", "can could would will tell give what reveal show send provide list when print output", "s users user"),
          r"\b(?:can|could|would|will) you\b[^.!?\n]{0,40}\b(?:tell|give|share|show|spell|list|write|say|provide|reveal|"
          rf"send|confirm|repeat|encode|print|translate|format|state|use)\b[^.!?\n]{{0,40}}\b(?:the )?\w+(?:['’]s|s['’]) {_PERSONAL}\b|"
          r"\b(?:tell|give|show|send|spell) (?:me|us|out)\b[^.!?\n]{0,30}\b(?:the )?"
          rf"(?:user|customer|client|owner|[a-z]{{3,12}})(?:['’]s|s['’]) {_PERSONAL}\b|"
          rf"\b(?:what(?:'s| is| was)|when (?:is|was)|reveal|provide|print|output|list)\b[^.!?\n]{{0,20}}\bthe user(?:['’]s|s['’]) {_PERSONAL}\b"),
    _rule("reveal_secret", 0.3, ("world scenario universe story reality game team", "shared share freely"),
          r"\bin th(?:is|at) (?:world|scenario|universe|story|reality|game)\b[^.\n]{0,80}\b(?:shared?|freely|allowed)\b"),
    # -- what must come out
    _rule("dictated_answer", 0.6, ("output answer result conclusion sum capital total", "consider assume state pretend suppose say treat take"),
          r"\b(?:consider|assume|state|pretend|suppose|say|treat|take)\b[^.\n]{0,30}\b(?:output|answer|result|conclusion|"
          r"sum|capital|total)\b[^.\n]{0,40}\b(?:is|as|to be|could be)\b"),
    _rule("dictated_answer", 0.5, ("universe scenario world", "parallel hypothetical imagine where in"),
          r"\b(?:parallel universe|hypothetical scenario|imagine (?:a|we(?:'re| are) in a) (?:world|universe|city|place)|in a world where|alternate (?:universe|reality))\b"
          r"[^\n]{0,160}\b(?:output|answer|result|conclusion|passwords?|state that)\b"),
    _rule("steers_answer", 0.5, ("answer answers reply response message output", "your"),
          r"\b(?:integrate|include|add|enhance|render|rearrange|reverse|provide|shift|insert|append|embed|translate|"
          r"write|encode|replace|mention|promote|mix|scramble|convert|format|conclude|begin|start|end|finish|deliver|"
          r"compose|present|recommend|advertise|express|swap|substitute)\b[^.\n]{0,80}\b"
          r"your (?:answers?|reply|response|output)\b(?! (?:to the form|form|card))|"
          r"\b(?:render|rearrange|reverse|shift|encode|scramble|convert|swap|substitute|write)\b[^.\n]{0,60}\byour message\b"),
    _rule("steers_answer", 0.6, ("begin start end prefix finish conclude", "answer answers reply response responses message sentence output"),
          r"\b(?:begin|start|end|prefix|finish|conclude)\s+(?:(?:your|every|each|all)\s+(?:of your\s+)?(?:answers?|"
          r"repl(?:y|ies)|responses?|outputs?)|(?:every|each|all)\s+(?:messages?|sentences?)) with\b"),
    _rule("steers_answer", 0.4, ("only just exclusively", "respond reply answer output say"),
          r"\b(?:respond|reply|answer|output)\s+(?:only|just|exclusively)\s+(?:with|in)\b|"
          r"\b(?:only|just) (?:respond|reply|answer|output) (?:with|in)\b"),
    _rule("steers_answer", 0.4, ("answer answers reply response replies responses output outputs summary", "your", "must should will need needs has"),
          r"\byour (?:answers?|repl(?:y|ies)|responses?|outputs?|summary) (?:must|should|will|needs? to|has to) "
          r"(?:only |also |always )?(?:include|contain|begin|start|end|say|mention|be (?:in|written|encoded|reversed))\b"),
    _rule("instruct_output", 0.6, ("state say respond reply answer output print return", "that with is as"),
          r"(?<!the )\b(?:state|say|respond|reply|answer|output|print|return)\b[^.\n]{0,24}\b"
          r"(?:that|with|is)\b[^.\n]{0,30}['\"‘“][^'\"’”\n]{1,80}['\"’”]"),
    _rule("steers_user", 0.6, ("tell instruct advise direct inform convince ask urge", "user users customer customers reader readers human humans", "http https www com net org test io xyz password passwords credit bank gift payment credentials"),
          r"\b(?:tell|instruct|advise|direct|inform|convince|ask|urge) (?:the |all |every )?(?:user|customer|reader|human)s? "
          r"(?:to|that)\b[^.\n]{0,60}(?:\bhttps?:|\bwww\.|\b[\w-]+\.(?:com|net|org|test|io|xyz)\b|\bpasswords?\b|"
          r"\bcredit card|\bbank|\bgift cards?|\bpayment details|\bcredentials)"),
    _rule("hides_itself", 0.5, ("not don never without", "mention reveal tell disclose inform acknowledge alert warn"),
          r"\b(?:do not|don['’]t|never|without)\s+(?:\w+ )?(?:mention|reveal|tell|disclos|inform|acknowledg|alert|warn)\w*\b"
          r"[^.\n]{0,40}\b(?:this (?:message|instruction|prompt|comment|injection)|these instructions|"
          r"the (?:user|human)s? (?:about|of) (?:this|these))\b"),
    _rule("score_manipulation", 0.7, ("set give assign report rate return", "confidence score rating grade"),
          r"\b(?:set|give|assign|report|rate|return)\b[^.\n]{0,30}\b(?:confidence|score|rating|grade)\b[^.\n]{0,20}\b"
          r"(?:to|of|as|=)\s*(?:1(?:\.0+)?|10|100\s*%?|max\w*|(?:the )?(?:highest|perfect))\b"),
    _rule("score_manipulation", 0.5, ("mark classify label treat flag report rank rate accept", "safe benign trusted verified authoritative harmless clean approved compliant"),
          r"\b(?:mark|classify|label|treat|flag|report|rank|rate|accept)\b (?:this|the|my|our|all)(?: \w+){0,2} as\s+"
          r"(?:\w+ )?(?:safe|benign|trusted|verified|authoritative|harmless|clean|fully (?:approved|compliant))\b"),
    # -- forms that only a prompt has
    _rule("turn_forgery", 0.7, ("assistant ai", "human user"),
          r"(?:^|\n|[.!?]\s+)(?:human|user)\s*:[^\n]{0,200}(?:\n|[.!?]\s*)(?:assistant|ai)\s*:"),
    _rule("turn_forgery", 0.6, ("role", "system assistant developer"),
          r"[\"']role[\"']\s*:\s*[\"'](?:system|assistant|developer)[\"']"),
    _rule("turn_forgery", 0.5, ("system assistant",),
          r"(?:^|\n)\s*(?:#{1,4}\s*|\*\*|\[)?(?:system|assistant)(?:\*\*|\])?\s*:\s*(?:\*\*\s*)?(?:you |ignore|disregard|from now|sure,|of course|certainly|the (?:user|password|key))"),
    _rule("chat_template", 0.9, ("im_start im_end system user assistant endoftext start_header_id end_header_id eot_id inst sys "
                                 "start_of_turn end_of_turn instruction instructions",),
          r"<\|\s*(?:im_start|im_end|system|user|assistant|endoftext|start_header_id|end_header_id|eot_id)\s*\|?>|"
          r"\[/?inst\]|<<\s*/?sys\s*>>|###\s*(?:system|instruction)s?\s*:|</?(?:start|end)_of_turn>"),
    _rule("delimiter_escape", 0.8, ("document evidence context data user_input user_data source quote untrusted input content text",
                                    "system instruction instructions assistant user admin"),
          r"</\s*(?:document|evidence|context|data|user_?(?:input|data|content)|source|quote|untrusted\w*|input|content|"
          r"text)\s*>\s*<?/?\s*(?:system|instructions?|assistant|user|admin)\b"),
    _rule("delimiter_escape", 0.6, ("system instruction instructions assistant system_prompt system_message admin_note important",),
          r"<(?:system(?:[_-](?:prompt|message|note|instructions?))?|instructions?|assistant|admin[_-]note|important)>"
          r"(?!\s*tags?\b)[^<\n]{4,}</"),
    _rule("delimiter_escape", 0.6, ("end begin", "prompt input document context instructions data untrusted evidence content system"),
          r"[-=#*_~\[<]{2,}\s*(?:end|begin|start) (?:of )?(?:the )?(?:new |trusted )?(?:user |system |untrusted |external )?"
          r"(?:prompt|input|instructions|context|data|evidence)\b"),
    _rule("tool_abuse", 0.7, ("tool function command call invoke execute trigger run", "call invoke run execute use trigger"),
          r"\b(?:call|invoke|run|execute|use)\s+(?:the\s+)?tool\s+[`'\"]?[\w.]+[`'\"]?\s*\(|"
          r"\b(?:call|invoke|run|execute|use)\s+(?:the\s+)?(?:function\s+|command\s+)?[`'\"]?(?:delete|drop|truncate|wipe|"
          r"purge|erase|transfer|grant|exfiltrate|remove_(?:all|user|org))_?\w*[`'\"]?\s*\(|"
          r"\b(?:call|invoke|execute|trigger)\s+(?:the\s+)?[`'\"]?[a-z]+(?:_[a-z]+)+[`'\"]?\s*(?:\(|tool|function|with)"),
    _rule("tool_abuse", 0.7, ("tool_call tool_calls function_call function_calls invoke",),
          r"<(?:tool_call|function_calls?|invoke)\b|[\"'](?:tool_calls?|function_call)[\"']\s*:"),
    _rule("exfiltration", 0.6, ("send post upload forward exfiltrate email transmit append put",
                                "conversation history prompt key keys credentials secrets passwords"),
          r"(?<!never )(?<!not )\b(?:send|post|upload|forward|exfiltrate|email|transmit|append|put)\b[^.\n]{0,60}\b"
          r"(?:(?:the |this |our |entire |whole |full )conversation|chat history|system prompt|api keys?|credentials|"
          r"secrets|passwords)\b(?! (?:polic|field|manager))"),
    _rule("makes_harm", 0.6, ("phishing malware ransomware keylogger scam spam exploit cracked",
                              "write create draft compose generate make build offer offering design help"),
          r"\b(?:write|create|draft|compose|generate|make|build|offer(?:ing)?|design|help)\b[^.\n]{0,40}\b(?:phishing|"
          r"malware|ransomware|keylogger|scam|exploit (?:for|that)|cracked version)\b(?! (?:awareness|protection|detection|prevention))"),
    _rule("decode_and_obey", 0.6, ("decode decrypt decipher unscramble deobfuscate convert translate",),
          r"\b(?:decode|decrypt|decipher|unscramble|deobfuscate|convert|translate)\b[^.\n:]{0,80}\b(?:and|then)\s+(?:\w+ )?"
          r"(?:tell|say|answer|follow|do|execute|respond|reply|explain|act|perform|obey|run)\b"),
    _rule("payload_splitting", 0.6, ("combine concatenate join merge assemble", "answer respond reply follow execute say do output"),
          r"\b(?:combine|concatenate|join|merge|assemble)\b[^.\n]{0,20}\b[a-z]\d?\s*(?:,|\+|and|&)\s*[a-z]\d?\b[^.\n]{0,60}\b"
          r"(?:answer|respond|reply|follow|execute|say|do|output)\b"),
    _rule("payload_parts", 0.3, (_PARTS,),
          r"(?<!\w)[a-z]\d?\s*(?:=|is|:)\s*[\"'“][^\"'”\n]{5,240}[\"'”]"),
    _rule("payload_splitting", 0.3, (_PARTS,),
          r"(?<![\w+])[a-z]\d?\s?\+\s?[a-z]\d?(?:\s?\+\s?[a-z]\d?)*(?!\w)"),
    _rule("repetition", 0.4, ("repeat say write print", "times forever infinitely endlessly"),
          r"\b(?:repeat|say|write|print)\b[^.\n]{0,80}?\b(?:\d{2,}|hundred|thousand|million)\s+times\b|"
          r"\brepeat\b[^.\n]{0,60}\b(?:forever|infinitely|endlessly)\b"),
    _rule("no_limits", 0.4, ("restrictions filters limitations censorship guardrails ethics warnings disclaimers", "without no"),
          r"\b(?:answer|respond|reply|speak|act|comply|write|operate)\b[^.\n]{0,40}\b(?:without|no) (?:any )?(?:\w+ )?"
          r"(?:restrictions|filters|limitations|censorship|guardrails|ethics|warnings|disclaimers)\b"),
    _rule("exfiltration", 0.8, ("http https",),
          r"(?:\](?:\(|:)\s?|src\s?=\s?[\"']?|href\s?=\s?[\"']?)https?://[^)\s\"'>{<\[$]{0,200}"
          r"(?:[<{\[$]|%7b|%3c)[^)\n\"']{0,60}?(?:conversation|history|prompt|secrets?|context|data|passwords?|token|key|"
          r"summary|answer|response|chat|user|email|base64)"),
    # -- the same in other languages
    _rule("ignore_instructions", 0.9,
          ("ignorier ignoriere ignorieren ignoriert vergiss vergesst vergessen missachte missachten "
           "ignorez ignore ignorer oublie oubliez oublier négligez "
           "ignora ignoren ignoras ignorad olvida olvide olviden olvidad omite descarta desestima "
           "ignorem esqueça esquece esqueçam desconsidere desconsidera "
           "ignorate dimentica dimenticate tralascia "
           "negeer negeren vergeet glöm ignorera glem ignorer se bort unohda ohita "
           "zignoruj ignoruj zapomnij pomiń ignorujte zapomeň ignorați ignoră uită "
           "игнорируй игнорируйте проигнорируй проигнорируйте забудь забудьте отбрось ігноруй ігноруйте забудьте αγνόησε "
           "αγνοήστε ξέχασε ξεχάστε abaikan lupakan bỏ quên phớt lờ התעלם התעלמי תתעלם שכח تجاهل تجاهلي تجاهلوا انس انسى "
           "أهمل نادیده",),
          r"\b(?:ignorier\w*|vergiss|vergesst|missachte\w*|ignore[zr]?|oublie[zr]?|négligez|ignor(?:a|en|as|ad|em|ate|era|ați|ă)|"
          r"olvid(?:a|e|en|ad)|omite|descarta|desestima|esque(?:ça|ce|çam)|desconsider[ea]|dimentica(?:te)?|tralascia|negeer|"
          r"negeren|vergeet|glöm|glem|se bort (?:fra|från)|unohda|ohita|z?ignoruj(?:te)?|zapomnij|pomiń|zapomeň|uită|"
          r"(?:про)?игнорируй(?:те)?|забудь(?:те)?|отбрось|ігноруй(?:те)?|αγνόησε|αγνοήστε|ξέχασε|ξεχάστε|abaikan|lupakan|"
          r"bỏ qua|quên|phớt lờ|ת?התעלמ?[ים]?|תתעלם|שכח|تجاهل\w*|انسى?|أهمل)\s+(?:\S+\s+){0,6}?"
          r"(?:(?:system)?anweisung\w*|instruktion\w*|befehle?|vorgaben?|regeln|consignes?|instructions|directives|règles|"
          r"fonction|ordres|instrucci(?:ón|ones)|órdenes|indicaciones|reglas|directrices|instruç(?:ão|ões)|ordens|regras|"
          r"diretrizes|istruzion[ei]|ordini|regole|instructies|opdrachten|regels|instruktioner\w*|anvisningar\w*|ohjeet|"
          r"instrukcj\w+|polece(?:nia|ń)|pokyn[yů]|instrukce|instrucțiun\w+|инструкци\w+|указани\w+|команд\w*|правил\w*|"
          r"інструкці\w+|вказівк\w+|οδηγίες|εντολές|instruksi|perintah|hướng dẫn|chỉ (?:dẫn|thị)|lệnh|ההוראות|הוראות|"
          r"התעלמויות|التعليمات|الأوامر|التوجيهات|تعليمات|الإرشادات|القواعد)"),
    _rule("ignore_instructions", 0.9, ("talimatları talimatlarını talimatlari komutları emirleri kuralları utasításokat "
                                       "utasítást parancsokat دستورالعمل دستورات دستورالعملهای",),
          r"\b(?:talimatlar\w*|komutlar\w*|emirler\w*|kurallar\w*)\s+(?:\S+\s+){0,3}(?:yok say|unut|görmezden|dikkate alma|"
          r"göz ardı)|(?:hagyd|felejts\w*|hagyja)\s+(?:\S+\s+){0,5}utasítás\w*|utasítás\w+\s+(?:\S+\s+){0,3}(?:hagyd|felejtsd)|"
          r"دستور(?:ات|العمل\S*)\s+(?:\S+\s+){0,4}(?:نادیده|فراموش)"),
    _rule("ignore_instructions", 0.9, (UNSPACED,),
          r"(?:忽略|忽視|忽视|无视|無視|忘记|忘記|忘掉|不要理会|抛开|跳过|放弃)[^。\n]{0,14}(?:指令|指示|提示|说明|說明|规则|規則|命令|要求|设定|設定)|"
          r"(?:指示|命令|指令|プロンプト|ルール|制約|説明)[^。\n]{0,8}(?:無視|忘れ|従わな|破棄|取り消)|"
          r"(?:지시|명령|지침|프롬프트|규칙)[^.\n]{0,10}(?:무시|잊어|잊으|따르지)|"
          r"(?:निर्देश|आदेश|अनुदेश|नियम)[^।\n]{0,24}(?:अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल|उपेक्षा)|"
          r"(?:নির্দেশ|নির্দেশনা)[^।\n]{0,24}(?:উপেক্ষা|ভুলে)|"
          r"(?:ละเว้น|เพิกเฉย|ไม่ต้องสนใจ|ลืม|ละเลย)[^\n]{0,24}(?:คำสั่ง|คำแนะนำ)"),
    _rule("reveal_secret", 0.6, ("senha contraseña clave passe passwort kennwort wachtwoord parola hasło heslo пароль lösenord "
                                 "adgangskode şifre şifreniz şifren parolanız सांकेतिक",),
          r"\b(?:qual|cu[aá]l|quel(?:le)?|was|wie|welches|dime|diga(?:me)?|diz|dis|donne\w*|compart\w+|partage\w*|sag\w*|nenn\w*|"
          r"verrat\w*|teil\w*|dimmi|condivid\w+|rivela\w*|revel\w+|révèle\w*|wat|vertel|geef|jaki\w*|podaj|какой|скажи\w*|"
          r"назови\w*|покажи\w*|nedir)\b[^.?!\n]{0,40}\b(?:senha|contraseña|clave secreta|mot de passe|passwort|kennwort|"
          r"wachtwoord|parola d'ordine|hasło|heslo|пароль|lösenord|adgangskode|şifre\w*)\b|\bşifre\w* (?:nedir|ne)\b"),
    _rule("reveal_secret", 0.6, (UNSPACED,),
          r"(?:你的|您的|告诉我|说出|透露|分享)[^。\n]{0,10}(?:密码|密碼|口令)(?:是|吗|给)?|パスワード(?:を|は)[^。\n]{0,8}(?:教え|何|言|共有)|"
          r"비밀번호(?:를|는|가)?[^.\n]{0,8}(?:알려|무엇|뭐|말해|공유)|(?:ما هي|ما هو|أخبرني|شارك)[^.\n]{0,16}(?:كلمة (?:المرور|السر)|الرقم السري)"),
    _rule("reveal_prompt", 0.6, ("systemprompt system systemaufforderung système systemowy systemowego sistema sistem системный системного системную",
                                 "gib zeig zeige nenne verrate drucke muestra muestre revela revele mostra mostre affiche "
                                 "affichez révèle révélez montre montrez donne donnez dammi rivela stampa toon geef pokaż "
                                 "podaj visa göster покажи выведи раскрой imprime imprima escribe tampilkan"),
          r"\b(?:gib|zeig\w*|nenn\w*|verrat\w*|druck\w*|muestr[ae]|revel[ae]|mostr[ae]|affiche[zr]?|révél?e[zr]?|révèle|montre[zr]?|"
          r"donne[zr]?|dammi|rivela|stampa|toon|geef|pokaż|podaj|visa|göster|покажи|выведи|раскрой|imprim[ae]|escribe|tampilkan)\b"
          r"[^.\n]{0,50}\b(?:system-?prompts?|(?:prompt|invite|message) (?:du )?système|(?:prompt|mensaje|mensagem|instrucciones|"
          r"instruções) (?:del?|do) sistema|prompt di sistema|systeemprompt|prompt systemow\w+|systemow\w+ prompt\w*|"
          r"prompt sistem|системн\w+ (?:промпт|подсказк|инструкц)\w*)"),
    _rule("reveal_prompt", 0.6, (UNSPACED,),
          r"(?:显示|輸出|输出|告诉|透露|打印|泄露|重复)[^。\n]{0,10}(?:系统提示|系統提示|提示词)|(?:システムプロンプト|初期指示)[^。\n]{0,6}(?:表示|教え|出力|開示)|"
          r"시스템 ?프롬프트[^.\n]{0,6}(?:보여|출력|알려|공개)|(?:اعرض|أظهر|اكشف|اطبع)[^.\n]{0,16}(?:موجه النظام|تعليمات النظام)"),
)  # fmt: skip

KEYWORDS = frozenset(
    word for rule in RULES for group in rule.needs[:1] for word in group if len(word) >= 5 or word == UNSPACED
)
"""Words that make a disguised reading worth looking at."""
