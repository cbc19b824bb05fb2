package discover

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"constancia/internal/mail/provider"
)

// clientConfig is what is read of the file (draft-ietf-mailmaint-autoconfig, section "XML"). encoding/xml follows no
// entity and no reference to elsewhere.
type clientConfig struct {
	XMLName  xml.Name `xml:"clientConfig"`
	Provider []struct {
		DisplayName string     `xml:"displayName"`
		Incoming    []incoming `xml:"incomingServer"`
	} `xml:"emailProvider"`
}

type incoming struct {
	Type           string   `xml:"type,attr"`
	Host           string   `xml:"hostname"`
	Port           string   `xml:"port"`
	Socket         string   `xml:"socketType"`
	User           string   `xml:"username"`
	Authentication []string `xml:"authentication"`
}

// Limits of names in the file: the draft's for a provider, and RFC 5321's for a path.
const (
	maxName = 60
	maxUser = 254
)

// parse finds the IMAP server in a file: the first that takes passwords and speaks TLS from the first byte, else the
// first that comes closest to it. One without protection is not there.
func parse(content []byte, address string) (Found, bool) {
	var file clientConfig
	if !utf8.Valid(content) || xml.Unmarshal(content, &file) != nil {
		return Found{}, false
	}
	var best Found
	most := 0
	for _, one := range file.Provider {
		for _, server := range one.Incoming {
			found, worth := server.found(address)
			if worth <= most {
				continue
			}
			if name := line(one.DisplayName, maxName); name != "" && found.Provider.ID == "" {
				found.Provider.Name = name
			}
			best, most = found, worth
		}
	}
	return best, most > 0
}

// found reads one server; worth is 0 when it can't be used.
func (in incoming) found(address string) (_ Found, worth int) {
	local, domain := address[:strings.LastIndexByte(address, '@')], address[strings.LastIndexByte(address, '@')+1:]
	fill := strings.NewReplacer("%EMAILADDRESS%", address, "%EMAILLOCALPART%", local, "%EMAILDOMAIN%", domain)
	host, ok := hostName(fill.Replace(in.Host))
	port, err := strconv.ParseUint(strings.TrimSpace(in.Port), 10, 16)
	if in.Type != "imap" || !ok || err != nil || port == 0 {
		return Found{}, 0
	}
	server := provider.Server{Host: host, Port: int(port)}
	switch strings.ToUpper(strings.TrimSpace(in.Socket)) {
	case "SSL":
		worth = 2
	case "STARTTLS":
		server.StartTLS, worth = true, 1
	default:
		return Found{}, 0
	}
	found := ofServer(server, address)
	if user := line(fill.Replace(in.User), maxUser); user != "" {
		found.User = user
	}
	switch {
	case in.takesPassword():
		worth += 2
	case found.Provider.ID == "":
		found.Provider.SignIn = provider.OAuth
	}
	return found, worth
}

// takesPassword reports whether a password is enough. A file that says nothing about it is an old one.
func (in incoming) takesPassword() bool {
	for _, way := range in.Authentication {
		switch strings.ToLower(strings.TrimSpace(way)) {
		case "password-cleartext", "plain", "password-encrypted", "secure":
			return true
		}
	}
	return len(in.Authentication) == 0
}

// line is a short text of one line, or nothing.
func line(text string, limit int) string {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > limit || strings.ContainsFunc(text, func(c rune) bool { return !unicode.IsPrint(c) }) {
		return ""
	}
	return text
}
