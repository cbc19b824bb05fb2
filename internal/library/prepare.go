package library

import (
	"constancia/internal/casefile"
	"constancia/internal/record"
)

// prepared is what is made of a draft before its place in a log is known.
type prepared struct {
	record.Prepared
	body *payload
	// reading is what was read of a message that is appended with it.
	reading *preparedReading
}

// preparedReading is a reading with what is stored of it.
type preparedReading struct {
	casefile.Reading
	form  []byte
	text  string
	words words
}

// prepare makes of a draft what can be made beforehand.
func (l *Library) prepare(draft Draft) (*prepared, error) {
	entry, err := record.Prepare(draft.Payload, l.options.Random)
	if err != nil {
		return nil, err
	}
	body := &payload{text: entry.Payload()}
	if describe := describers[draft.Kind]; describe != nil {
		if _, err := describe(body); err != nil { // it keeps what it has decoded
			return nil, err
		}
	}
	return &prepared{Prepared: entry, body: body}, nil
}

// Prepare makes of a message what can be made before [Library.AppendMessages] keeps others from writing. Several messages
// can be prepared at once.
func (l *Library) Prepare(message *NewMessage) (err error) {
	if message.prepared, err = l.prepare(message.Draft); err != nil {
		return err
	}
	if message.Reading != nil {
		form, err := storedForm(*message.Reading)
		if err != nil {
			return err
		}
		message.prepared.reading = &preparedReading{*message.Reading, form, storedText(*message.Reading), wordsOf(*message.Reading, message.ID, message.CaseID)}
	}
	for i := range message.Follows {
		if message.Follows[i].prepared, err = l.prepare(message.Follows[i]); err != nil {
			return err
		}
	}
	return nil
}
