package message

import (
	"net/mail"
	"regexp"
	"strings"
	"time"
)

// layouts are forms of a date that mail has beside that of RFC 5322, section 3.3.
var layouts = []string{
	"2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04 -0700",
	"2 Jan 06 15:04:05 -0700",
	"2 Jan 06 15:04 -0700",
	"2-Jan-2006 15:04:05 -0700",
	"Jan 2 15:04:05 2006 -0700",
	"Jan 2 2006 15:04:05 -0700",
	"2006-01-02 15:04:05 -0700",
	"2006-01-02T15:04:05 -0700",
	"2006/01/02 15:04:05 -0700",
}

// zones are the named zones of RFC 5322, section 4.3, and those that European programs write.
var zones = map[string]string{
	"UT": "+0000", "UTC": "+0000", "GMT": "+0000", "Z": "+0000", "WET": "+0000", "WEST": "+0100", "CET": "+0100",
	"CEST": "+0200", "EET": "+0200", "EEST": "+0300", "EST": "-0500", "EDT": "-0400", "CST": "-0600", "CDT": "-0500",
	"MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
}

var (
	dateComment = regexp.MustCompile(`\([^()]*\)`)
	dateWeekday = regexp.MustCompile(`^[A-Za-z]{2,9}\.?,?\s+`)
	dateZone    = regexp.MustCompile(`(?i)\s*(?:(?:GMT|UTC)?([+-]\d{2}):?(\d{2})|([A-Z]{1,5}))$`)
)

// parseDate reads a Date field and gives it as RFC 3339 with the sender's offset.
func parseDate(value string) (string, bool) {
	value = line(value)
	if len(value) > 200 {
		return "", false
	}
	if at, err := time.Parse("Mon, 2 Jan 2006 15:04:05 -0700", value); err == nil {
		return formatDate(at) // as nearly all mail has it
	}
	text := strings.TrimSpace(dateComment.ReplaceAllString(value, " "))
	if zone := dateZone.FindStringSubmatchIndex(text); zone != nil {
		offset := zoneOffset(text, zone)
		text = strings.TrimSpace(text[:zone[0]]) + " " + offset
	} else {
		text += " +0000"
	}
	if at, err := mail.ParseDate(text); err == nil {
		return formatDate(at)
	}
	text = dateWeekday.ReplaceAllStringFunc(text, func(word string) string {
		if isMonth(word) {
			return word
		}
		return ""
	})
	text = strings.Join(strings.Fields(strings.ReplaceAll(text, ",", " ")), " ")
	for _, layout := range layouts {
		if at, err := time.Parse(layout, text); err == nil {
			return formatDate(at)
		}
	}
	return "", false
}

// zoneOffset gives the numeric offset of what dateZone found. An unknown name says nothing about the offset (RFC 5322,
// section 4.3): it is read as UTC.
func zoneOffset(text string, zone []int) string {
	if zone[2] >= 0 {
		return text[zone[2]:zone[3]] + text[zone[4]:zone[5]]
	}
	if offset, known := zones[strings.ToUpper(text[zone[6]:zone[7]])]; known {
		return offset
	}
	return "+0000"
}

func isMonth(word string) bool {
	_, err := time.Parse("Jan", strings.Trim(word, " .,"))
	return err == nil
}

// formatDate gives the instant as RFC 3339, unless its year or offset is out of all reason.
func formatDate(at time.Time) (string, bool) {
	_, offset := at.Zone()
	if at.Year() < 1970 || at.Year() > 9999 || offset <= -24*3600 || offset >= 24*3600 {
		return "", false
	}
	return at.Format(time.RFC3339), true
}
