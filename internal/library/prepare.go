package library

import "constancia/internal/record"

// prepared is what is made of a draft before its place in a log is known.
type prepared struct {
	record.Prepared
	body *payload
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

// Prepare makes of a draft what can be made before somebody who appends it keeps others from writing. Several can be prepared
// at once.
func (l *Library) Prepare(draft *Draft) (err error) {
	draft.prepared, err = l.prepare(*draft)
	return err
}
