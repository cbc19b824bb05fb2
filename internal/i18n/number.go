package i18n

import (
	"strconv"
	"strings"

	"golang.org/x/text/currency"
)

// noBreak keeps a number and its unit on one line.
const noBreak = "\u00a0"

// style is how a language writes numbers (CLDR).
type style struct {
	group, decimal string
	// groupFrom is the least number of digits that is grouped: Spanish writes 1234 and 12.345.
	groupFrom int
	// symbolFirst puts the currency before the amount.
	symbolFirst bool
	// symbols are the currencies that have a sign in this language; the others are written by their ISO 4217 code.
	symbols map[string]string
}

var styles = map[Language]style{
	English: {group: ",", decimal: ".", groupFrom: 4, symbolFirst: true,
		symbols: map[string]string{"EUR": "€", "GBP": "£", "USD": "US$", "MXN": "MX$"}},
	Spanish: {group: ".", decimal: ",", groupFrom: 5, symbols: map[string]string{"EUR": "€", "USD": "US$"}},
	Catalan: {group: ".", decimal: ",", groupFrom: 4, symbols: map[string]string{"EUR": "€", "GBP": "£"}},
}

// Number writes a whole number: 12,345 in English, 12.345 in Spanish and Catalan.
func (t *Texts) Number(n int64) string {
	digits, negative := strings.CutPrefix(strconv.FormatInt(n, 10), "-")
	return sign(negative) + t.grouped(digits)
}

// Times writes how often, in words as far as nine: once, twice, 12 times.
func (t *Texts) Times(n int64) string {
	if n >= 1 && n <= 9 {
		return t.Text("times." + strconv.FormatInt(n, 10))
	}
	return t.Text("times.more", Values{"count": t.Number(n)})
}

// Size writes a number of bytes in decimal units (IEC 80000-13): 842 B, 53 kB, 1.4 MB.
func (t *Texts) Size(bytes int64) string {
	switch {
	case bytes < 1000:
		return t.unit(bytes, "B")
	case bytes < 1000*1000:
		return t.unit((bytes+500)/1000, "kB")
	}
	tenths := (bytes + 50_000) / 100_000
	return t.Number(tenths/10) + styles[t.language].decimal + strconv.FormatInt(tenths%10, 10) + noBreak + "MB"
}

// Money writes an amount given in the currency's minor units (ISO 4217): 438,20 € or €438.20. A currency nobody knows
// is taken to have two decimals.
func (t *Texts) Money(minor int64, code string) string {
	style := styles[t.language]
	decimals := 2
	if unit, err := currency.ParseISO(code); err == nil {
		decimals, _ = currency.Standard.Rounding(unit)
	}
	digits, negative := strings.CutPrefix(strconv.FormatInt(minor, 10), "-")
	if short := decimals + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	point := len(digits) - decimals
	amount := t.grouped(digits[:point])
	if decimals > 0 {
		amount += style.decimal + digits[point:]
	}
	symbol, known := style.symbols[code]
	if !known {
		symbol = code
	}
	switch {
	case !style.symbolFirst:
		return sign(negative) + amount + noBreak + symbol
	case !known:
		return sign(negative) + symbol + noBreak + amount
	default:
		return sign(negative) + symbol + amount
	}
}

func (t *Texts) grouped(digits string) string {
	style := styles[t.language]
	if len(digits) < style.groupFrom {
		return digits
	}
	var text strings.Builder
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			text.WriteString(style.group)
		}
		text.WriteRune(digit)
	}
	return text.String()
}

func sign(negative bool) string {
	if negative {
		return "-"
	}
	return ""
}
