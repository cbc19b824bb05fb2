package message

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
)

// table checks a function of a text against what it should give.
func table(t *testing.T, read func(string) string, want map[string]string) {
	t.Helper()
	for text, want := range want {
		if got := read(text); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestFieldsAreDecodedHoweverTheyWereEncoded(t *testing.T) {
	table(t, decodeField, map[string]string{
		"sin nada que decodificar":                                     "sin nada que decodificar",
		"=?UTF-8?B?UmVjbGFtYWNpw7Nu?= A-20931":                         "Reclamación A-20931",
		"=?utf-8?q?dos?= =?utf-8?q?_palabras?= y =?utf-8?q?m=C3=A1s?=": "dos palabras y más",
		"=?utf-8?B?ww==?= =?utf-8?B?sQ==?=":                            "ñ", // one character cut in two
		"=?utf-8?q?sin?==?utf-8?q?_espacio?=":                          "sin espacio",
		"=?iso-8859-1*es?Q?a=F1o?=":                                    "año",
		"=?utf-8?q?con espacios dentro?=":                              "con espacios dentro",
		"=?utf-8?B?c2luIHJlbGxlbm8?=":                                  "sin relleno",
		"=?cp1252?q?=93comillas=94?=":                                  "“comillas”",
		"=?gb2312?B?zba+3Q==?=":                                        "投据",
		"=?nadie?q?charset_desconocido?=":                              "charset desconocido",
		"=?utf-8?x?no es una palabra?=":                                "=?utf-8?x?no es una palabra?=",
		"bytes a pelo: canci\xf3n":                                     "bytes a pelo: canción",
		"bytes a pelo: canci\u00f3n":                                   "bytes a pelo: canción",
		"cancio\u0301n":                                                "canción",
		"=?utf-8?q?una=0D=0ABcc:_espia=00?=":                           "una Bcc: espia",
		"foto\u202Egpj.exe":                                            "fotogpj.exe",
	})
}

func TestAddressesAreReadHoweverTheyAreWritten(t *testing.T) {
	type list = []casefile.Mailbox
	tests := map[string]list{
		"a@b.example": {{Address: "a@b.example"}},
		"Ana Ruiz <ana@b.example>, <c@d.example>":             {{Name: "Ana Ruiz", Address: "ana@b.example"}, {Address: "c@d.example"}},
		`"Ruiz, Ana" <ana@b.example>`:                         {{Name: "Ruiz, Ana", Address: "ana@b.example"}},
		`"la \"jefa\"" <ana@b.example>`:                       {{Name: `la "jefa`, Address: "ana@b.example"}},
		"ana@b.example (Ana (la otra) Ruiz)":                  {{Name: "Ana (la otra) Ruiz", Address: "ana@b.example"}},
		"=?utf-8?q?P=C3=A9rez,_Sonia?= <s@b.example>":         {{Name: "Pérez, Sonia", Address: "s@b.example"}},
		`"=?utf-8?q?P=C3=A9rez?=" <s@b.example>`:              {{Name: "Pérez", Address: "s@b.example"}},
		"equipo: a@b.example, Ana <c@d.example>; e@f.example": {{Address: "a@b.example"}, {Name: "Ana", Address: "c@d.example"}, {Address: "e@f.example"}},
		"undisclosed-recipients:;":                            nil,
		"Atención al cliente":                                 {{Name: "Atención al cliente"}},
		"MAILER-DAEMON":                                       {{Address: "MAILER-DAEMON"}},
		"Ana Ruiz ana@b.example":                              {{Name: "Ana Ruiz", Address: "ana@b.example"}},
		"<@relay.example:ana@b.example>":                      {{Address: "ana@b.example"}},
		"<mailto:ana@b.example>":                              {{Address: "ana@b.example"}},
		"Ana <ana@b.example":                                  {{Name: "Ana", Address: "ana@b.example"}},
		"ana@b.example,,\t,c@d.example;":                      {{Address: "ana@b.example"}, {Address: "c@d.example"}},
		"Ana <ana@\r\nb.example>":                             {{Name: "Ana", Address: "ana@b.example"}},
		"Ana\u202E <ana@b.example\x00>":                       {{Name: "Ana", Address: "ana@b.example"}},
	}
	for value, want := range tests {
		if diff := cmp.Diff(want, mailboxes([]string{value})); diff != "" {
			t.Errorf("%q (-want +got):\n%s", value, diff)
		}
	}
	if got := mailboxes([]string{strings.Repeat("a@b.example,", 3*maxMailbox)}); len(got) != maxMailbox {
		t.Errorf("%d addresses", len(got))
	}
}

func TestDatesAreReadWithTheirOffset(t *testing.T) {
	table(t, func(value string) string { at, _ := parseDate(value); return at }, map[string]string{
		"Mon, 2 Mar 2026 10:05:09 -0600":            "2026-03-02T10:05:09-06:00",
		"Mon, 2 Mar 2026 10:05:09 -0600 (CST)":      "2026-03-02T10:05:09-06:00",
		"2 Mar 2026 10:05 +0100":                    "2026-03-02T10:05:00+01:00",
		"Mon,  2 Mar 2026 10:05:09 GMT":             "2026-03-02T10:05:09Z",
		"Mon, 02 Mar 2026 10:05:09 CET":             "2026-03-02T10:05:09+01:00",
		"Mon, 02 Mar 2026 10:05:09 EST":             "2026-03-02T10:05:09-05:00",
		"Mon, 02 Mar 2026 10:05:09 XYZ":             "2026-03-02T10:05:09Z",
		"Mon, 02 Mar 2026 10:05:09":                 "2026-03-02T10:05:09Z",
		"Mon, 02 Mar 2026 10:05:09 GMT+0100":        "2026-03-02T10:05:09+01:00",
		"Mon, 02 Mar 2026 10:05:09 +01:00":          "2026-03-02T10:05:09+01:00",
		"Monday, 02 Mar 26 10:05:09 -0600":          "2026-03-02T10:05:09-06:00",
		"Mon Mar 2 10:05:09 2026 -0600":             "2026-03-02T10:05:09-06:00",
		"2026-03-02 10:05:09 +0100":                 "2026-03-02T10:05:09+01:00",
		"2026-03-02T10:05:09Z":                      "2026-03-02T10:05:09Z",
		"Mon, 31 Feb 2026 10:05:09 -0600":           "",
		"Mon, 02 Mar 0026 10:05:09 -0600":           "",
		"Mon, 02 Mar 2026 10:05:09 +9900":           "",
		"mañana":                                    "",
		"":                                          "",
		strings.Repeat("Mon, 2 Mar 2026 ", 100_000): "",
	})
}

func TestFileNamesAreNobodysPath(t *testing.T) {
	table(t, CleanFileName, map[string]string{
		"factura.pdf":                     "factura.pdf",
		"../../etc/passwd":                "passwd",
		"/etc/passwd":                     "passwd",
		`C:\Datos\peritaje final.doc`:     "peritaje final.doc",
		`\\servidor\compartido\x.xls`:     "x.xls",
		"C:malo.exe":                      "C_malo.exe",
		"a/b/":                            "b",
		"..":                              "",
		"...":                             "",
		"/":                               "",
		" \t":                             "",
		"foto.jpg. . ":                    "foto.jpg",
		"una\nlínea\x00.txt":              "una línea.txt",
		"foto\u202Egpj.exe":               "fotogpj.exe",
		`qué <es> "esto"?.pdf`:            "qué _es_ _esto__.pdf",
		strings.Repeat("ñ", 300) + ".pdf": strings.Repeat("ñ", 98) + ".pdf",
		strings.Repeat("a", 300) + "." + strings.Repeat("b", 300): strings.Repeat("a", 200),
	})
}

func TestParametersAreReadInAllTheirForms(t *testing.T) {
	name := func(field string) string { return parseContentType(field).parameters["name"] }
	table(t, name, map[string]string{
		`a/b; name=factura.pdf`:                          "factura.pdf",
		`a/b; name="una; factura.pdf"; x=y`:              "una; factura.pdf",
		`a/b; NAME = factura final.pdf ; x=y`:            "factura final.pdf",
		`a/b; name="con \"comillas\".pdf"`:               `con "comillas".pdf`,
		`a/b; name="C:\Datos\x.doc"`:                     `C:\Datos\x.doc`,
		`a/b; name="sin cierre.pdf`:                      "sin cierre.pdf",
		`a/b; name="=?utf-8?q?a=C3=B1o.pdf?="`:           "año.pdf",
		`a/b; name*=utf-8''a%C3%B1o.pdf; name=ano.pdf`:   "año.pdf",
		`a/b; name*1="o.pdf"; name*0="an"`:               "ano.pdf",
		`a/b; name*0*=iso-8859-1''a%F1; name*1=o%20.pdf`: "año%20.pdf",
		`a/b; name*=sin apóstrofos %41`:                  "sin apóstrofos A",
		`a/b; name*-1=x; name*x=y; =z; name`:             "",
		`a/b;;; name=x;`:                                 "x",
	})
}

func TestHTMLBecomesTheTextAReaderSees(t *testing.T) {
	table(t, htmlToText, map[string]string{
		"<p>Uno</p><p>Dos<br>tres</p>":                                           "Uno\n\nDos\ntres",
		"a  <b>b</b>\n c<i>d</i>":                                                "a b cd",
		"&lt;no es una marca&gt; &amp;lt;":                                       "<no es una marca> &lt;",
		"<ol><li>uno<li>dos<ul><li>dentro</ul><li>tres</ol>fin":                  "1. uno\n2. dos\n  - dentro\n3. tres\n\nfin",
		"<table><tr><td>a</td><td></td><td>b</td></tr><tr><td>c</table>d":        "a | b\nc\n\nd",
		"<table><tr><td><table><tr><td>uno</td></tr><tr><td>dos</table></table>": "uno\ndos",
		"a<blockquote>b<blockquote>c</blockquote></blockquote>d":                 "a\n\n> b\n>\n>> c\n\nd",
		"<pre>a\n  b\n\n\nc</pre>":                                               "a\n  b\n\nc",
		`<a href="https://x.example/a">pulse</a>`:                                "pulse <https://x.example/a>",
		`<a href="https://x.example/">x.example</a>`:                             "x.example",
		`<a href="https://x.example"><img src=y></a>`:                            "",
		`<a href="javascript:alert(1)">pulse</a>`:                                "pulse",
		`<a href="https://x.example/` + strings.Repeat("a", 300) + `">b</a>`:     "b <https://x.example/…>",
		"<head><title>no</title><style>no</style><p>sí":                          "sí",
		"<script>no</script>sí<svg><text>no</text></svg>":                        "sí",
		"Oferta\u200c\u00a0\u200c\u00a0\u200c<div>\u200b</div>b":                 "Oferta\n\nb",
		`<img alt="Logo" src=x>`:                                                 "[Logo]",
		"a<hr>b":                                                                 "a\n\n----\n\nb",
		"":                                                                       "",
		strings.Repeat("<div><blockquote><ul><li>", 10_000) + "fondo":            strings.Repeat(">", 20) + " " + strings.Repeat("  ", 19) + "- fondo",
	})
}

func TestFlowedTextFlows(t *testing.T) {
	table(t, func(text string) string { return unflow(text, false) }, map[string]string{
		"uno \ndos\ntres":            "uno dos\ntres",
		"> uno \n> dos\n>> tres \nx": "> uno dos\n>> tres \nx",
		" From aquí\n  con sangría":  "From aquí\n con sangría",
		"x \n-- \nfirma":             "x \n-- \nfirma",
	})
	if got := unflow("投 \n据", true); got != "投据" {
		t.Errorf("with DelSp it gives %q", got)
	}
}
