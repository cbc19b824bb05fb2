package redaction

import (
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"constancia/internal/casefile"
)

// regionOf is the country whose phone numbers stand without a country code.
func regionOf(c casefile.Case) string {
	switch c.Place {
	case "es", "ct":
		return "ES"
	case "mx":
		return "MX"
	case "ar":
		return "AR"
	case "uk":
		return "GB"
	case "us":
		return "US"
	}
	for zone, region := range zoneRegions {
		if strings.HasPrefix(c.Zone, zone) {
			return region
		}
	}
	return "ES"
}

var zoneRegions = map[string]string{
	"Europe/Madrid": "ES", "Africa/Ceuta": "ES", "Atlantic/Canary": "ES", "America/Mexico_City": "MX", "America/Tijuana": "MX",
	"America/Monterrey": "MX", "America/Cancun": "MX", "America/Merida": "MX", "America/Argentina": "AR", "America/Buenos_Aires": "AR",
	"Europe/London": "GB", "America/New_York": "US", "America/Chicago": "US", "America/Denver": "US", "America/Los_Angeles": "US",
}

// phoneSpellings are those of a phone number: with and without the country code and the zeros before it. national is what
// they have in common.
func phoneSpellings(number, region string) (national string, all []pattern) {
	figures := onlyDigits(number)
	parsed, err := phonenumbers.Parse(number, region)
	if err != nil || !phonenumbers.IsPossibleNumber(parsed) {
		return figures, []pattern{numbered(figures)}
	}
	code := strconv.Itoa(int(parsed.GetCountryCode()))
	national = phonenumbers.GetNationalSignificantNumber(parsed)
	bare := national
	if code == "54" { // Argentina writes mobiles with 9 from abroad, and with 15 behind the area code at home
		bare = strings.TrimPrefix(national, "9")
	}
	starts := map[string]bool{}
	for _, core := range []string{national, bare} {
		for _, prefix := range []string{"", "0", code, "00" + code, "011" + code, code + "1", "00" + code + "1", code + "0", code + "9", "0" + code} {
			starts[prefix+core] = true
		}
	}
	if code == "54" {
		for area := 2; area <= 4 && area < len(bare); area++ {
			for _, zero := range []string{"", "0"} {
				starts[zero+bare[:area]+"15"+bare[area:]] = true
			}
		}
	}
	for spelling := range starts {
		all = append(all, numbered(spelling))
	}
	return national, append(all, numbered(figures))
}

func onlyDigits(text string) string {
	var figures strings.Builder
	for _, r := range fold(text).runes {
		if class(r) == digits {
			figures.WriteRune(r)
		}
	}
	return figures.String()
}
