package app

import (
	"io"
	"log"
	"unicode/utf8"
)

// cautiousLogger writes Wails' messages to stderr, cut short: on a bad call Wails logs the whole arguments, and they can
// hold what a person typed.
type cautiousLogger struct{ log *log.Logger }

// cautious logs to w.
func cautious(w io.Writer) cautiousLogger { return cautiousLogger{log.New(w, "", 0)} }

// longestLogged is how much of a message is kept, in bytes: enough to name a method, too little for its arguments.
const longestLogged = 120

func (l cautiousLogger) write(level, message string) {
	if len(message) > longestLogged {
		end := longestLogged
		for end > 0 && !utf8.RuneStart(message[end]) {
			end--
		}
		message = message[:end] + "…"
	}
	l.log.Println(level, message)
}

// Print is not used by Wails for anything a person should see.
func (l cautiousLogger) Print(string) {}

// Trace is left out: it holds every message of the bridge.
func (l cautiousLogger) Trace(string) {}

// Debug is left out: it holds every message of the bridge.
func (l cautiousLogger) Debug(string) {}

// Info is left out.
func (l cautiousLogger) Info(string) {}

// Warning writes a warning.
func (l cautiousLogger) Warning(message string) { l.write("warning:", message) }

// Error writes an error.
func (l cautiousLogger) Error(message string) { l.write("error:", message) }

// Fatal writes an error; ending the program is left to Wails.
func (l cautiousLogger) Fatal(message string) { l.write("error:", message) }
