package record

import "strings"

type canonicalExample struct{ name, text, want string }

// canonicalExamples are values and the one form they have.
func canonicalExamples() []canonicalExample {
	return []canonicalExample{
		{"space goes and keys are sorted", " { \"b\" : 1 ,\n\t\"a\" : [ true , false , null ] }\r\n", `{"a":[true,false,null],"b":1}`},
		{"keys sort by their bytes", `{"a_b":1,"a":2,"Z":3,"a~":4,"a b":5}`, `{"Z":3,"a":2,"a b":5,"a_b":1,"a~":4}`},
		{"only the needed escapes stay", `"\u0041\/\u00e9\u003c\u2028"`, "\"A/é<\u2028\""},
		{"control characters", `"\b\t\n\f\r\u0000\u001f\u007f"`, "\"\\b\\t\\n\\f\\r\\u0000\\u001f\x7f\""},
		{"quotation mark and backslash", `"\"\\\u0022\u005c"`, `"\"\\\"\\"`},
		{"a surrogate pair is one character", `"\ud83d\ude00"`, `"😀"`},
		{"the replacement character is a character", `"\ufffd"`, "\"\ufffd\""},
		{"Spanish, Catalan, Greek, Cyrillic", `"¿Dónde está? · l·l · ç · Ελλάδα · Жалоба"`, `"¿Dónde está? · l·l · ç · Ελλάδα · Жалоба"`},
		{"the largest integers", `[9007199254740991,-9007199254740991,0]`, `[9007199254740991,-9007199254740991,0]`},
		{"empty values", `{"a":{},"b":[],"c":""}`, `{"a":{},"b":[],"c":""}`},
		{"arrays keep their order", `[3,1,[2,[]],{"z":1,"y":[{}]}]`, `[3,1,[2,[]],{"y":[{}],"z":1}]`},
		{"a key with every kind of character", `{"a/b~c\"d\\e":1}`, `{"a/b~c\"d\\e":1}`},
		{"a key that begins with digits", `{"1st":1,"-1":2,"1.":3}`, `{"-1":2,"1.":3,"1st":1}`},
		{"sixteen arrays in one another", nested(MaxDepth), nested(MaxDepth)},
		{"a key of 64 characters", keyed(MaxKey), keyed(MaxKey)},
	}
}

type refusedExample struct {
	name, text, pointer string
	reason              Reason
}

// refusedExamples are texts that have no canonical form.
func refusedExamples() []refusedExample {
	return []refusedExample{
		{"nothing", ``, "", NotJSON},
		{"two values", `{} {}`, "", NotJSON},
		{"a byte order mark", "\ufeff{}", "", NotJSON},
		{"a cut-off object", `{"a":{"b":1`, "/a", NotJSON},
		{"a comma too many", `{"a":[1,]}`, "/a/1", NotJSON},
		{"a key without quotation marks", `{a:1}`, "", NotJSON},
		{"a comment", `[1 /* one */]`, "", NotJSON},
		{"a raw control character", "[\"a\nb\"]", "/0", NotJSON},
		{"an unknown escape", `["\x41"]`, "/0", NotJSON},
		{"a short escape", `["\u00e"]`, "/0", NotJSON},
		{"another space than JSON's", "[1,\u00a02]", "/1", NotJSON},
		{"a word that is none", `{"a":True}`, "/a", NotJSON},
		{"not a number", `{"a":NaN}`, "/a", NotJSON},
		{"a leading zero", `{"a":01}`, "/a", NotJSON},
		{"a plus sign", `{"a":+1}`, "/a", NotJSON},
		{"a fraction", `{"amount":438.20}`, "/amount", NotAnInteger},
		{"a fraction of zero", `{"a":[0,1.0]}`, "/a/1", NotAnInteger},
		{"an exponent", `{"a":1e3}`, "/a", NotAnInteger},
		{"minus zero", `{"a":-0}`, "/a", NotAnInteger},
		{"2 to the 53rd", `{"a":9007199254740992}`, "/a", IntegerTooLarge},
		{"minus 2 to the 53rd", `{"a":-9007199254740992}`, "/a", IntegerTooLarge},
		{"an integer of a hundred digits", `[1` + strings.Repeat("0", 99) + `]`, "/0", IntegerTooLarge},
		{"a key twice", `{"a":1,"b":{"c":1,"c":1}}`, "/b/c", KeyRepeated},
		{"a key twice, once escaped", `{"a/b":1,"a\/b":2}`, "/a~1b", KeyRepeated},
		{"a key beyond ASCII", `{"a":{"año":1}}`, "/a", KeyNotAllowed},
		{"a key with a control character", `{"a\n":1}`, "", KeyNotAllowed},
		{"an empty key", `{"":1}`, "", KeyNotAllowed},
		{"a key that looks like a place in an array", `{"a":{"0":1}}`, "/a", KeyNotAllowed},
		{"a key of 65 characters", keyed(MaxKey + 1), "", KeyNotAllowed},
		{"decomposed letters", "{\"name\":\"Jose\u0301\"}", "/name", NotNFC},
		{"decomposed letters, escaped", `{"name":"Jose\u0301"}`, "/name", NotNFC},
		{"a singleton that NFC replaces", "[\"\u212b\"]", "/0", NotNFC},
		{"marks in the wrong order", "[\"q\u0307\u0323\"]", "/0", NotNFC},
		{"bytes that are not UTF-8", "{\"a\":\"caf\xe9\"}", "/a", InvalidUTF8},
		{"an overlong encoding", "[\"\xc0\xaf\"]", "/0", InvalidUTF8},
		{"a surrogate as bytes", "[\"\xed\xa0\x80\"]", "/0", InvalidUTF8},
		{"half a surrogate pair", `{"a":"\ud83d"}`, "/a", LoneSurrogate},
		{"the other half", `{"a":"\ude00"}`, "/a", LoneSurrogate},
		{"halves in the wrong order", `{"a":"\ude00\ud83d"}`, "/a", LoneSurrogate},
		{"seventeen arrays in one another", nested(MaxDepth + 1), strings.Repeat("/0", MaxDepth), TooDeep},
	}
}
