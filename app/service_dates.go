package app

import (
	"strconv"

	"constancia/internal/casework"
	"constancia/internal/dateentry"
)

// Dates read days and times as people type them, so that the page can say back in words what was understood.
type Dates struct{ desk *desk }

// senses are the ways a date can be meant, as the page names them.
var senses = map[string]dateentry.Sense{"happened": dateentry.Happened, "due": dateentry.Due}

// Read gives the wall time that a text means.
func (s *Dates) Read(input DateInput) (read DateRead, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return DateRead{}, err
	}
	sense, known := senses[input.Sense]
	if !known {
		return DateRead{}, notFound("sense", input.Sense)
	}
	read.Wall, err = work.ReadDate(input.Text, input.Zone, sense, input.Beside)
	return read, err
}

// dateReader reads dates as they are typed in a form that writes to a place with a zone.
type dateReader struct {
	work *casework.Casework
	zone string
}

// dates gives what reads dates in a zone; without one, in the person's.
func (d *desk) dates(work *casework.Casework, zone string) dateReader {
	if zone == "" {
		zone = d.location().String()
	}
	return dateReader{work, zone}
}

// happened gives the wall time of something past that was meant; none is noted as wrong at its field.
func (r dateReader) happened(wrong *problems, field, typed string) string {
	wall, err := r.work.ReadDate(typed, r.zone, dateentry.Happened, "")
	wrong.noteField(field, err)
	return wall
}

// due gives the wall time that was meant for something to come, reckoned from that beside it.
func (r dateReader) due(wrong *problems, field, typed, beside string) string {
	wall, err := r.work.ReadDate(typed, r.zone, dateentry.Due, beside)
	wrong.noteField(field, err)
	return wall
}

// readDates puts the wall times that were meant in the place of the texts that were typed, and notes what has none.
func readDates(work *casework.Casework, input ContactInput, wrong *problems) ContactInput {
	var err error
	input.When, err = work.ReadDate(input.When, input.Zone, dateentry.Happened, "")
	wrong.noteField("when", err)
	return readDueDates(work, input, input.When, wrong)
}

// readDueDates is readDates for the promises alone, of a contact that began at a wall time.
func readDueDates(work *casework.Casework, input ContactInput, began string, wrong *problems) ContactInput {
	promises := make([]PromiseTerms, len(input.Promises))
	for place, terms := range input.Promises {
		due, err := work.ReadDate(terms.Due, input.Zone, dateentry.Due, began)
		wrong.noteField("due", err, strconv.Itoa(place))
		terms.Due = due
		promises[place] = terms
	}
	input.Promises = promises
	return input
}
