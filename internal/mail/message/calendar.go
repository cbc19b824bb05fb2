package message

import (
	"strings"
	"time"

	"constancia/internal/casefile"
)

// calendarText is what an invitation says, for a message that holds nothing else (RFC 5545, RFC 6047): its title, when
// and where, and what its sender added.
func calendarText(attachments []casefile.Attachment) string {
	for _, attachment := range attachments {
		if attachment.MediaType != "text/calendar" {
			continue
		}
		content, _ := fromUTF8(attachment.Content[:min(len(attachment.Content), maxField)])
		return eventText(content)
	}
	return ""
}

// eventText gives the first event of a calendar, a line for each of its properties that a person wants.
func eventText(calendar string) string {
	unfolded := strings.NewReplacer("\r\n ", "", "\r\n\t", "", "\n ", "", "\n\t", "").Replace(calendar)
	properties := map[string]string{}
	inEvent := false
	for property := range strings.Lines(unfolded) {
		name, value, _ := strings.Cut(strings.TrimRight(property, "\r\n"), ":")
		name, parameters, _ := strings.Cut(name, ";")
		name = strings.ToUpper(name)
		switch {
		case name == "BEGIN" && strings.EqualFold(value, "VEVENT"):
			inEvent = true
		case name == "END" && inEvent:
			return joinEvent(properties)
		case inEvent && properties[name] == "":
			if name == "DTSTART" || name == "DTEND" {
				value = eventTime(value, parameters)
			}
			properties[name] = value
		}
	}
	return joinEvent(properties)
}

func joinEvent(properties map[string]string) string {
	when := properties["DTSTART"]
	if end := properties["DTEND"]; end != "" {
		when += " – " + end
	}
	var lines []string
	for _, value := range []string{properties["SUMMARY"], when, properties["LOCATION"], properties["STATUS"], properties["DESCRIPTION"]} {
		text := strings.NewReplacer(`\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(value)
		if text = strings.TrimSpace(paragraphs(text)); text != "" {
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n")
}

// eventTime writes a date with its time, when it has one, and its zone.
func eventTime(value, parameters string) string {
	zone := ""
	if strings.HasSuffix(value, "Z") {
		zone = " UTC"
	} else if _, name, found := strings.Cut(parameters, "TZID="); found {
		name, _, _ = strings.Cut(name, ";")
		zone = " (" + strings.Trim(name, `"`) + ")"
	}
	for _, layout := range []struct{ from, to string }{{"20060102T150405", "2006-01-02 15:04"}, {"20060102", "2006-01-02"}} {
		if at, err := time.Parse(layout.from, strings.TrimSuffix(value, "Z")); err == nil {
			return at.Format(layout.to) + zone
		}
	}
	return value
}
