package redaction

import (
	"regexp"
	"strings"
	"time"
)

// Numbers that states and banks give to people. Each is told from other numbers by its check digits or, where it has
// none, by its form.

var (
	spanishIdentity = regexp.MustCompile(`(?i)\b(?:[XYZ][-. ]?\d{7}|\d{2}[. ]?\d{3}[. ]?\d{3})[-. ]?[A-Z]\b`)
	mexicanCURP     = regexp.MustCompile(`(?i)\b[A-Z][AEIOUX][A-Z]{2}[- ]?\d{6}[- ]?[HMX][A-Z]{5}[A-Z\d]\d\b`)
	mexicanRFC      = regexp.MustCompile(`(?i)\b[A-ZÑ&]{4}[- ]?\d{6}[- ]?[A-Z\d]{3}\b`)
	argentineTax    = regexp.MustCompile(`\b(?:20|23|24|25|26|27)[-. ]?\d{2}[. ]?\d{3}[. ]?\d{3}[-. ]?\d\b`)
	argentineDNI    = regexp.MustCompile(`(?i)\bD\.?N\.?I\.?\s*(?:n[.ºo°]*\s*)?:?\s*(\d{1,2}[. ]?\d{3}[. ]?\d{3})\b`)
	britishNINO     = regexp.MustCompile(`(?i)\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b`)
	americanSSN     = regexp.MustCompile(`\b\d{3}-\d{2}-\d{4}\b`)
	cardNumber      = regexp.MustCompile(`\b[2-6](?:[ -]?\d){12,18}\b`)
	// paymentCode is the number of a payment by card: with it and the day a bank or a shop finds who paid.
	paymentCode = regexp.MustCompile(`(?i:\b(?:authori[sz]ation|autorizaci[oó]n|autoritzaci[oó])(?:\s+(?:code|number|no\.?|n[.ºo°]+|núm\.?|número|is|es|és))*)\s*[:#|]?\s*([A-Z\d]{5,12})\b`)
	bankAccount = regexp.MustCompile(`(?i)\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z\d]){11,30}`)
)

// isSpanishIdentity holds the letter of a DNI or NIE against its figures (Real Decreto 1553/2005, article 11).
func isSpanishIdentity(text string) bool {
	const letters = "trwagmyfpdxbnjzsqvhlcke"
	plain := squeezed(text)
	if len(plain) != 9 {
		return false
	}
	number := 0
	for i, r := range plain[:8] {
		switch {
		case i == 0 && r >= 'x' && r <= 'z':
			number = int(r - 'x')
		case r >= '0' && r <= '9':
			number = number*10 + int(r-'0')
		default:
			return false
		}
	}
	return plain[8] == letters[number%23]
}

// isCURP holds the check digit of a CURP (Mexico, Registro Nacional de Población) against the rest.
func isCURP(text string) bool {
	const values = "0123456789abcdefghijklmnñopqrstuvwxyz"
	plain := squeezed(text)
	if len(plain) != 18 || !isDate(plain[4:10]) {
		return false
	}
	sum, order := 0, []rune(values)
	for i, r := range plain[:17] {
		for value, one := range order {
			if one == r {
				sum += value * (18 - i)
			}
		}
	}
	return int(plain[17]-'0') == (10-sum%10)%10
}

// isRFC reports whether a text has the form of a person's RFC (Mexico): four letters and a birthday.
func isRFC(text string) bool {
	plain := squeezed(text)
	return len(plain) == 13 && isDate(plain[4:10])
}

func isDate(six string) bool {
	_, err := time.Parse("060102", six)
	return err == nil
}

// isCUIT holds the check digit of a person's CUIT or CUIL (Argentina) against the rest, modulo 11.
func isCUIT(text string) bool {
	plain := onlyDigits(text)
	if len(plain) != 11 {
		return false
	}
	sum := 0
	for i, weight := range []int{5, 4, 3, 2, 7, 6, 5, 4, 3, 2} {
		sum += int(plain[i]-'0') * weight
	}
	return (11-sum%11)%11 == int(plain[10]-'0')
}

// isCard holds a card's last digit against the rest (ISO/IEC 7812-1, the Luhn formula).
func isCard(text string) bool {
	plain := onlyDigits(text)
	if len(plain) < 13 || len(plain) > 19 || strings.Count(plain, plain[:1]) == len(plain) {
		return false
	}
	sum := 0
	for i := range plain {
		value := int(plain[len(plain)-1-i] - '0')
		if i%2 == 1 {
			if value *= 2; value > 9 {
				value -= 9
			}
		}
		sum += value
	}
	return sum%10 == 0
}

// ibanLength is how long an IBAN is in the countries where cases happen and money goes (ISO 13616-1 registry).
var ibanLength = map[string]int{
	"es": 24, "gb": 22, "fr": 27, "de": 22, "pt": 25, "it": 27, "ie": 22, "ad": 24, "nl": 18, "be": 16, "lu": 20, "lt": 20, "ch": 21,
	"at": 20, "pl": 28, "ro": 24, "se": 24, "dk": 18, "no": 15, "fi": 18, "gr": 27, "mt": 31, "cy": 28, "ee": 20, "lv": 21, "cz": 24,
	"sk": 24, "hu": 28, "bg": 22, "hr": 21, "si": 19, "mc": 27, "gi": 23, "li": 21,
}

// ibanIn cuts the IBAN from the start of a text, if it holds one (ISO 13616-1, modulo 97).
func ibanIn(text string) (string, bool) {
	f := fold(text)
	var plain []rune
	length := 0
	for i, r := range f.runes {
		if class(r) == between {
			continue
		}
		if plain = append(plain, r); len(plain) == 2 {
			if length = ibanLength[string(plain)]; length == 0 {
				return "", false
			}
		}
		if length > 0 && len(plain) == length {
			return text[:f.end[i]], mod97(plain) == 1
		}
	}
	return "", false
}

func mod97(plain []rune) int {
	remainder := 0
	for _, r := range append(append([]rune{}, plain[4:]...), plain[:4]...) {
		if r >= 'a' && r <= 'z' {
			remainder = (remainder*100 + int(r-'a') + 10) % 97
			continue
		}
		if r < '0' || r > '9' {
			return 0
		}
		remainder = (remainder*10 + int(r-'0')) % 97
	}
	return remainder
}
