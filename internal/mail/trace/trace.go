// Package trace reads what mail servers wrote on a message on its way: the route it took (Received, RFC 5321, section
// 4.4), what a server found when it checked who the message came from (Authentication-Results, RFC 8601), and the same as
// those hand it on who forward messages (ARC, RFC 8617).
//
// All of it is claimed and none of it is proof. A server writes its field above those that are there, so what stands
// lower may have been made up by whoever sent the message; only what stands above every other server's field was written
// by the last one, the person's own. That is why each finding says how many servers had written before it.
//
// Reading never fails. What a server wrote in a form of its own stays as it stands, in Raw, with as much of it read as
// can be.
package trace

import (
	"strings"

	"constancia/internal/mail/message"
)

// Limits of what is read of one message. The raw bytes keep what goes beyond.
const (
	maxHops           = 200
	maxAuthentication = 100
	maxLinks          = 50 // RFC 8617, section 4.2.1
	maxClause         = 1000
	maxResults        = 100
	maxProperties     = 100
)

// Trace is what servers wrote on a message.
type Trace struct {
	// Route are the servers that it went through, the first one first.
	Route []Hop `json:"route"`
	// Authentication are the findings, the last server's first, as they stand.
	Authentication []Authentication `json:"authentication"`
	// Chain are the findings that were handed on, the first one's first.
	Chain []Link `json:"chain"`
}

// Read reads the trace in the fields of a header section, in the order they stand: see [message.Fields].
func Read(fields []message.Field) Trace {
	trace := Trace{Route: []Hop{}, Authentication: []Authentication{}, Chain: []Link{}}
	var links links
	written := 0 // Received fields from here on down
	for _, field := range fields {
		if strings.EqualFold(field.Name, "Received") {
			written++
		}
	}
	total := written
	for _, field := range fields {
		switch strings.ToLower(field.Name) {
		case "received":
			written--
			if len(trace.Route) < maxHops {
				trace.Route = append(trace.Route, readHop(field.Value))
			}
		case "authentication-results":
			if len(trace.Authentication) < maxAuthentication {
				found := readAuthentication(field.Value)
				found.Hops, found.ByLast = written, written == total && total > 0
				trace.Authentication = append(trace.Authentication, found)
			}
		case "arc-seal", "arc-message-signature", "arc-authentication-results":
			links.add(strings.ToLower(field.Name), field)
		}
	}
	inOrder(trace.Route)
	trace.Chain = links.list()
	return trace
}
