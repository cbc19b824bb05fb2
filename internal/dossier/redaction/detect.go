package redaction

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// found is something that looks like personal data. What is sure is hidden by itself, the rest is reported.
type found struct {
	kind Kind
	text string
	sure bool
}

var (
	emailAddress = regexp.MustCompile(`[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`)
	phoneNumber  = regexp.MustCompile(`(?:\+|\b00|\(\+?)?\(?\d(?:[ \x{00A0}\x{2009}\x{202F}().\-/·]{0,3}\d){5,16}`)
	webAddress   = regexp.MustCompile(`(?i)\b(?:https?://|www\.)[^\s<>"'()\[\]{}«»“”]+`)
	token        = regexp.MustCompile(`[A-Za-z0-9_-]{16,}`)
	dated        = regexp.MustCompile(`^\(?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})`)
	longNumber   = regexp.MustCompile(`\b\d(?:[ .-]?\d){7,}\b`)
	titledName   = regexp.MustCompile(`\b(?:Sr|Sra|Srta|Dr|Dra|D|Dª|Dña|Mr|Mrs|Ms|Lic|Ing)\.?\s+(\p{Lu}[\p{L}'’·-]+(?:\s+\p{Lu}[\p{L}'’·-]+){0,2})|\b(?i:señora?|senyora?|don|doña|me llamo|mi nombre es|em dic|my name is|le atiende|li atén)\s+(\p{Lu}[\p{L}'’·-]+(?:\s+\p{Lu}[\p{L}'’·-]+){0,2})`)
)

// detect lists what looks like personal data in a text.
func (g *gatherer) detect(text string) []found {
	if !strings.ContainsAny(text, "0123456789@") && !hasWideDigit(text) {
		return detectNames(nil, text)
	}
	all := g.detectAddresses(nil, text)
	all = detectIdentities(all, text)
	all = g.detectPhones(all, text)
	for _, one := range longNumber.FindAllString(text, -1) {
		if !dated.MatchString(one) {
			all = append(all, found{Number, one, false})
		}
	}
	return detectNames(all, text)
}

func hasWideDigit(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r > 127 && unicode.IsDigit(r) })
}

// An age, and a birthday with whose it is. With the day of an entry they tell when somebody was born. Lone words that say
// something else more often ("no cumple", "fa vuit anys") are left.
var (
	years    = `(?:\d{1,3}|(?:veint|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|vint|trenta|quaranta|cinquanta|seixanta|setanta|vuitanta|noranta|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\p{L}-]*(?: y \p{L}+)?)`
	birthday = regexp.MustCompile(`(?i)(?:(?:\b(?:mi|su|my|his|her|their|mother|father|mum|dad)|(?:el|la) (?:meu|meva|seu|seva))\s+(?:\p{L}+['’]s\s+)?)?(?:cumpleaños|aniversario|aniversari|birthday)(?:\s+(?:de|of)\s+(?:mi|mis|la meva|el meu|my)\s+\p{L}+|\s+d['’](?:en|el|la)?\s*\p{L}+)?`)
	aged     = regexp.MustCompile(`(?i)(?:cumpl\p{L}*\s+` + years + `(?:\s+años)?|(?:f[aà]|farà|feia|fer|tenia|té)\s+` + years + `\s+anys|(?:tiene|tenía|de|sus|tener)\s+` + years + `\s+años|\b(?:de|els seus|dels seus|pels)\s+` + years + `\s+anys|turn(?:s|ed|ing)?\s+` + years + `\b|\b` + years + `(?:st|nd|rd|th)?[\s-](?:years?[\s-]old|birthday)|\beightieth|\bseventieth|\bninetieth)`)
)

func detectAges(all []found, text string) []found {
	for _, form := range []*regexp.Regexp{aged, birthday} {
		for _, one := range form.FindAllString(text, -1) {
			all = append(all, found{Age, one, false})
		}
	}
	return all
}

func detectNames(all []found, text string) []found {
	all = detectAges(all, text)
	for _, match := range titledName.FindAllStringSubmatch(text, -1) {
		all = append(all, found{Third, match[1] + match[2], false})
	}
	return all
}

// detectAddresses finds addresses of mail, of the web and of streets.
func (g *gatherer) detectAddresses(all []found, text string) []found {
	for _, one := range emailAddress.FindAllString(text, -1) {
		one = strings.Trim(one, ".'-")
		local, domain, _ := strings.Cut(strings.ToLower(one), "@")
		_, company := g.companyOf(domain)
		all = append(all, found{Email, one, !company || !rolePart(local)})
	}
	for _, one := range webAddress.FindAllString(text, -1) {
		one = strings.TrimRight(one, ".,;:!?")
		_, path, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(one, "https://"), "http://"), "/")
		if strings.Contains(one, "?") || strings.Contains(one, "#") || token.MatchString(path) || len(onlyDigits(path)) >= 6 {
			all = append(all, found{Link, one, true})
		}
	}
	for _, match := range street.FindAllStringSubmatch(text, -1) {
		all = append(all, found{Address, strings.TrimSpace(match[1]), true})
	}
	for _, one := range englishStreet.FindAllString(text, -1) {
		all = append(all, found{Address, one, true})
	}
	for _, one := range postcode.FindAllString(text, -1) {
		all = append(all, found{Address, one, !g.namesCompany(one)})
	}
	return all
}

// detectIdentities finds numbers that states and banks give to people.
func detectIdentities(all []found, text string) []found {
	for _, place := range bankAccount.FindAllStringIndex(text, -1) {
		if iban, ok := ibanIn(text[place[0]:]); ok {
			all = append(all, found{IBAN, iban, true})
		}
	}
	for _, form := range []struct {
		kind  Kind
		shape *regexp.Regexp
		holds func(string) bool
	}{
		{Card, cardNumber, isCard}, {Identity, spanishIdentity, isSpanishIdentity}, {Identity, mexicanCURP, isCURP},
		{Identity, mexicanRFC, isRFC}, {Identity, argentineTax, isCUIT},
		{Identity, britishNINO, func(string) bool { return true }}, {Identity, americanSSN, func(string) bool { return true }},
	} {
		for _, one := range form.shape.FindAllString(text, -1) {
			if form.holds(one) {
				all = append(all, found{form.kind, one, true})
			}
		}
	}
	for _, match := range paymentCode.FindAllStringSubmatch(text, -1) {
		if onlyDigits(match[1]) != "" {
			all = append(all, found{Number, match[1], true})
		}
	}
	for _, match := range argentineDNI.FindAllStringSubmatch(text, -1) {
		all = append(all, found{Identity, match[1], true})
	}
	return all
}

// otherRegions are the countries of the places where cases happen.
var otherRegions = []string{"ES", "MX", "AR", "GB", "US"}

// detectPhones finds phone numbers: those that are valid where the case is, or with a country code; and, not surely, those
// that would be elsewhere.
func (g *gatherer) detectPhones(all []found, text string) []found {
	for _, one := range phoneNumber.FindAllString(text, -1) {
		if dated.MatchString(one) {
			continue
		}
		if isPhone(one, g.region) {
			all = append(all, found{Phone, one, true})
			continue
		}
		for _, region := range otherRegions {
			if isPhone(one, region) && strings.ContainsAny(one, " -.()") {
				all = append(all, found{Phone, one, false})
				break
			}
		}
	}
	return all
}

func isPhone(text, region string) bool {
	digits := onlyDigits(text)
	if strings.HasPrefix(digits, "00") {
		text = "+" + digits[2:]
	}
	parsed, err := phonenumbers.Parse(text, region)
	return err == nil && phonenumbers.IsValidNumber(parsed)
}

// learn hides what was surely found, in every spelling from now on.
func (g *gatherer) learn(one found) {
	switch one.kind {
	case Email:
		g.email(one.text)
	case Phone:
		g.phone(one.text)
	case Address:
		if postcode.FindString(one.text) == one.text {
			g.postcode(one.text)
			return
		}
		if g.isHome(one.text) {
			g.add(Secret{ID: "home", Kind: Home}, spelled(one.text))
			return
		}
		g.add(Secret{ID: idOf(Address, one.text), Kind: Address, Value: one.text}, homeSpellings(one.text)...)
	case Link:
		g.add(Secret{ID: idOf(Link, one.text), Kind: Link, Value: one.text}, spelled(one.text))
	default:
		g.add(Secret{ID: idOf(one.kind, one.text), Kind: one.kind, Value: one.text}, numbered(one.text))
	}
}

// postcode keeps a postcode with its town, and the town.
func (g *gatherer) postcode(text string) {
	for _, town := range townsOf(text) {
		g.town(town)
	}
	spellings := []pattern{spelled(text)}
	for _, token := range tokens(text) {
		if len(token) >= 4 && class(rune(token[0])) == digits {
			spellings = append(spellings, numbered(token))
		}
	}
	if g.isHome(text) {
		g.add(Secret{ID: "home", Kind: Home}, spellings...)
		return
	}
	g.add(Secret{ID: idOf(Address, text), Kind: Address, Value: text}, spellings...)
}

// namesCompany reports whether a text has a word of a company's name: a number before it is no postcode then.
func (g *gatherer) namesCompany(text string) bool {
	for _, party := range g.file.Parties {
		own := setOf(tokens(party.Value.Name)...)
		if slices.ContainsFunc(tokens(text), func(token string) bool { return own[token] }) {
			return true
		}
	}
	return false
}

// isHome reports whether an address that was found is the complainant's own, however it is written.
func (g *gatherer) isHome(address string) bool {
	place, ok := g.byValue[string(Home)+" home"]
	if !ok {
		return false
	}
	own := patterns{}
	for _, spelling := range g.secrets[place].spellings {
		own.add(spelling)
	}
	return len(own.find(address, patterns{})) > 0
}
