/*
   What the embedded scanner looks for, in the bytes of an upload and in everything that unpacks from it.

   It is not a virus scanner with thousands of signatures (that is clamd, which production demands): it knows the
   industry's test file, programs in places where none belongs, and the shapes of exploits that reach people by mail.
   meta:
     verdict = "malware"      never let in
     verdict = "suspicious"   held as active content; an operator may release it
     why                      what a person is told
   `media_type` is the type of the whole upload.
*/

rule Eicar_Test_File {
  meta:
    verdict = "malware"
    why = "the industry's harmless test virus"
  strings:
    $head = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" ascii wide
    $tail = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*" ascii wide
  condition:
    for any i in (1..#head) : ($tail at @head[i] + !head[i])
}

rule Program_Windows {
  meta:
    verdict = "malware"
    why = "a Windows program"
  strings:
    $stub = { 4D 5A [72-140] 54 68 69 73 20 70 72 6F 67 72 61 6D 20 }
  condition:
    (uint16(0) == 0x5A4D and uint32(0x3C) < filesize and uint32(uint32(0x3C)) == 0x00004550) or
    for any i in (1..#stub) : (uint32(@stub[i] + uint32(@stub[i] + 0x3C)) == 0x00004550)
}

rule Program_Linux {
  meta:
    verdict = "malware"
    why = "a Linux program"
  strings:
    $header = { 7F 45 4C 46 (01 | 02) (01 | 02) 01 [9] (01 | 02 | 03 | 04) 00 [2] 01 00 00 00 }
  condition:
    $header
}

rule Program_Mac_or_Java {
  meta:
    verdict = "malware"
    why = "a macOS program or a Java class"
  condition:
    ((uint32(0) == 0xFEEDFACE or uint32(0) == 0xFEEDFACF) and uint32(12) > 0 and uint32(12) < 13) or
    (uint32be(0) == 0xCAFEBABE and (uint32be(4) < 20 or (uint16be(6) >= 45 and uint16be(6) < 100)))
}

rule Shortcut_Windows {
  meta:
    verdict = "malware"
    why = "a Windows shortcut, which starts a program"
  strings:
    $header = { 4C 00 00 00 01 14 02 00 00 00 00 00 C0 00 00 00 00 00 00 46 }
  condition:
    $header
}

rule Script_After_Picture {
  meta:
    verdict = "malware"
    why = "a script begins where the picture ends"
  strings:
    $jpeg = { FF D9 [0-16] 23 21 (2F | 20 2F) }
    $png = { 49 45 4E 44 AE 42 60 82 [0-16] 23 21 (2F | 20 2F) }
    $gif = { 00 3B [0-4] 23 21 2F (62 69 6E | 75 73 72) }
  condition:
    media_type startswith "image/" and any of them
}

rule Script_Html_Application {
  meta:
    verdict = "malware"
    why = "an HTML application that starts programs"
  strings:
    $application = /<hta:application/ nocase ascii wide
    $shell = "wscript.shell" nocase ascii wide
    $object = "activexobject" nocase ascii wide
    $create = "createobject" nocase ascii wide
  condition:
    ($application and ($shell or $object or $create)) or
    ($shell and ($object or $create) and media_type == "text/html")
}

rule Script_Encoded_Powershell {
  meta:
    verdict = "malware"
    why = "a PowerShell command that hides what it does"
  strings:
    $command = /powershell(\.exe)?["']?[ \t][^\r\n]{0,120}[-\/]e(nc|ncodedcommand)?[ \t]+["']?[A-Za-z0-9+\/=]{100}/ nocase ascii wide
  condition:
    $command
}

rule Script_Web_Shell {
  meta:
    verdict = "malware"
    why = "a web shell: it runs whatever it is sent"
  strings:
    $shell = /(eval|assert|system|passthru|shell_exec)[ \t]*\([ \t]*(base64_decode[ \t]*\([ \t]*)?\$_(POST|GET|REQUEST|COOKIE)\[/ nocase
  condition:
    $shell
}

rule Link_Diagnostic_Tool {
  meta:
    verdict = "malware"
    why = "a link that starts the diagnostic tool with commands (CVE-2022-30190)"
  strings:
    $scheme = "ms-msdt:" nocase ascii wide
    $tool = "PCWDiagnostic" nocase ascii wide
    $browse = "IT_BrowseForFile" nocase ascii wide
  condition:
    $scheme and ($tool or $browse)
}

rule Link_Remote_Cabinet {
  meta:
    verdict = "malware"
    why = "a document that loads its own control from elsewhere (CVE-2021-40444)"
  strings:
    $link = /mhtml:https?:\/\/[^"'\s]{1,200}!x-usc:/ nocase ascii wide
  condition:
    $link
}

rule Office_Equation_Exploit {
  meta:
    verdict = "malware"
    why = "an equation whose font name is a program (CVE-2017-11882)"
  strings:
    $native = { 1C 00 00 00 02 00 [22] (02 | 03) (01 | 02) 01 03 [0-8] 08 ?? ?? }
    $ole = { D0 CF 11 E0 A1 B1 1A E1 }
    $command = /(cmd(\.exe)?[ \t]+\/|mshta(\.exe)?[ \t]|powershell|rundll32|regsvr32|certutil|\\\\[0-9a-z.-]{3,60}\\)/ nocase
    $winexec = { (B8 | B9 | BA | BB) ?? ?? ?? ?? [0-24] FF (D0 | D1 | D2 | D3 | E0 | E1 | E2 | E3) }
  condition:
    $ole at 0 and
    for any i in (1..#native) : (
      $command in (@native[i] + 28 .. @native[i] + 400) or $winexec in (@native[i] + 36 .. @native[i] + 120)
    )
}

rule Office_Command_Field {
  meta:
    verdict = "suspicious"
    why = "a field or formula that has another program run a command"
  strings:
    $dde = /DDE(AUTO)?[ \t]+(["']|&quot;)?[^ \t<\r\n]{0,80}(cmd|powershell|mshta|rundll32|regsvr32|certutil|wscript|cscript|msiexec)(\.exe)?/ nocase
    $formula = /[=+@>-][ \t]*'?(cmd|powershell|mshta|rundll32|regsvr32|msexcel)'?[ \t]*\|[ \t]*'?[^!<\r\n]{1,200}!/ nocase
  condition:
    media_type contains "officedocument" and any of them
}

rule Pdf_Hidden_Names {
  meta:
    verdict = "suspicious"
    why = "names of actions are spelt so that scanners do not see them"
  strings:
    $script = /\/(J|#4a)(a|#61)(v|#76)(a|#61)(S|#53)(c|#63)(r|#72)(i|#69)(p|#70)(t|#74)[ \/<(\[\r\n]/ nocase
    $plain_script = "/JavaScript" nocase
    $launch = /\/(L|#4c)(a|#61)(u|#75)(n|#6e)(c|#63)(h|#68)[ \/<(\[\r\n]/ nocase
    $plain_launch = "/Launch" nocase
    $open = /\/(O|#4f)(p|#70)(e|#65)(n|#6e)(A|#41)(c|#63)(t|#74)(i|#69)(o|#6f)(n|#6e)[ \/<(\[\r\n]/ nocase
    $plain_open = "/OpenAction" nocase
  condition:
    media_type == "application/pdf" and
    (#script > #plain_script or #launch > #plain_launch or #open > #plain_open)
}

rule Pdf_Starts_Program {
  meta:
    verdict = "suspicious"
    why = "a PDF that starts a command interpreter"
  strings:
    $launch = "/Launch"
    $program = /\/(F|P)[ \t]*\([^)]{0,120}(cmd|powershell|mshta|wscript|cscript|rundll32)(\.exe)?[^)]{0,40}\)/ nocase
  condition:
    media_type == "application/pdf" and all of them
}

rule Pdf_Script_Exploit {
  meta:
    verdict = "malware"
    why = "a script in a PDF with the shape of an exploit"
  strings:
    $spray = /unescape[ \t]*\([ \t]*["'](%u[0-9a-f]{4}){8}/ nocase
    $packed = /eval[ \t]*\([ \t]*(unescape|String\.fromCharCode|atob)[ \t]*\(/ nocase
    $mail = /Collab\.(collectEmailInfo|getIcon)[ \t]*\(/
    $print = /util\.printf[ \t]*\([ \t]*["']%[0-9]{4,}f/
    $player = /media\.newPlayer[ \t]*\([ \t]*null/
    $export = /exportDataObject[ \t]*\([^)]{0,120}nLaunch[ \t]*["']?[ \t]*:[ \t]*[12]/
  condition:
    media_type == "application/pdf" and any of them
}
