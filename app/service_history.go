package app

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

// History is what the page does with an entry as an entry: it tells all that happened to it, moves it to the case it
// belongs to, and erases what it says.
type History struct{ desk *desk }

// Tell gives everything that the record has about an entry, also of one that counts no longer.
func (s *History) Tell(entryID string) (view HistoryView, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return HistoryView{}, err
	}
	history, err := work.History(s.desk.ctx, entryID)
	if err != nil {
		return HistoryView{}, err
	}
	return historyOf(history, s.desk.texts()), nil
}

// TakeBack says that an entry counts no longer, and returns the retraction's id. A contact goes with all that was put on
// record together with it; anything else goes alone.
func (s *History) TakeBack(entryID string) (retractionID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	history, err := work.History(s.desk.ctx, entryID)
	if err != nil {
		return "", err
	}
	retracted, err := work.Retract(s.desk.ctx, casework.Retract{ID: entryID, Operation: history.Entry.Kind == kindContact})
	return retracted.ID, err
}

// Move puts a contact, promise or file that went into the wrong case into the right one, and returns the copy's id.
func (s *History) Move(entryID, caseID, reason string) (copyID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	moved, err := work.Move(s.desk.ctx, entryID, caseID, reason)
	if err != nil {
		return "", err
	}
	return moved.Entries[0].ID, nil
}

// PlanErasure says what erasing an entry would do, and does nothing.
func (s *History) PlanErasure(entryID string) (plan ErasurePlanView, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return ErasurePlanView{}, err
	}
	planned, err := work.PlanErasure(s.desk.ctx, []string{entryID})
	if err != nil {
		return ErasurePlanView{}, err
	}
	return planOf(planned), nil
}

// Erase starts the job that deletes what an entry says for good, and returns its id. There is no undo.
func (s *History) Erase(entryID, reason string) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	return s.desk.jobs.start(func(ctx context.Context, report func(casework.Progress)) (string, error) {
		_, err := work.Erase(ctx, []string{entryID}, reason, report)
		return "", err
	}), nil
}

func historyOf(history casework.History, texts *i18n.Texts) HistoryView {
	entry := history.Entry
	view := HistoryView{
		ID: entry.ID, Kind: string(entry.Kind), Title: entry.Title, RecordedAt: entry.RecordedAt, Leaf: entry.Leaf,
		LogID: entry.LogID, Sequence: entry.Sequence, Counts: entry.Counts, Erased: entry.Erased,
		Fields: fieldsOf(history, texts), Events: []HistoryEvent{}, Seals: []HistorySeal{}, Exports: exportsOf(history.Exports),
	}
	for _, event := range history.Events {
		view.Events = append(view.Events, eventOf(event, history.Names, texts))
	}
	for _, seal := range history.Seals {
		view.Seals = append(view.Seals, HistorySeal{seal.SealedAt, seal.Service})
	}
	return view
}

// tellingOrder are fields in the order in which somebody tells of them: when and with whom, then what, then the rest.
var tellingOrder = []string{
	"title", "occurred_at", "made_at", "spent_at", "party", "name", "role", "people", "person", "position", "channel", "direction",
	"number", "what", "summary", "verbatim", "due", "amount", "outcome", "question", "answers", "hold_seconds", "talk_seconds",
	"transfers", "retold", "sent_to", "supervisor", "failures", "remedy", "company_reference",
}

// asTold compares the names of fields by that; those it does not name come last, by the alphabet.
func asTold(a, b string) int {
	place := func(name string) int {
		if at := slices.Index(tellingOrder, name); at >= 0 {
			return at
		}
		return len(tellingOrder)
	}
	return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
}

// fieldsOf tells what was recorded at first, as far as there are words for its fields.
func fieldsOf(history casework.History, texts *i18n.Texts) []FieldText {
	fields := []FieldText{}
	var payload map[string]any
	if json.Unmarshal(history.Payload, &payload) != nil {
		return fields
	}
	for _, name := range slices.SortedFunc(maps.Keys(payload), asTold) {
		text := dossier.FieldText(texts, name, payload[name], history.Names)
		if key := "term.field." + name; text != "" && texts.Has(key) {
			fields = append(fields, FieldText{texts.Text(key), text})
		}
	}
	return fields
}

func eventOf(event casework.Event, names map[string]string, texts *i18n.Texts) HistoryEvent {
	told := HistoryEvent{
		ID: event.ID, Kind: string(event.Kind), RecordedAt: event.RecordedAt, Reason: event.Reason, Counts: event.Counts,
		Changes: []ChangeText{},
	}
	if event.Kind == kindRetraction && event.RestoresID != "" {
		told.Kind = "restoration"
	}
	for _, change := range event.Changes {
		label := change.Field
		if key := "term.field." + change.Field; texts.Has(key) {
			label = texts.Text(key)
		}
		told.Changes = append(told.Changes, ChangeText{
			Label:  label,
			Before: dossier.FieldText(texts, change.Field, change.Before, names),
			After:  dossier.FieldText(texts, change.Field, change.After, names),
		})
	}
	return told
}

func exportsOf(exports []casework.CoveringExport) []HistoryExport {
	told := []HistoryExport{}
	for _, export := range exports {
		told = append(told, HistoryExport{export.RecordedAt, export.Edition, export.FileName})
	}
	return told
}

func planOf(plan casework.ErasurePlan) ErasurePlanView {
	return ErasurePlanView{
		Goes: titlesOf(plan.Goes), Stays: titlesOf(plan.Stays), Returning: titlesOf(plan.Returning),
		Files: int64(len(plan.Files)), SharedFiles: int64(len(plan.SharedFiles)), Copies: int64(len(plan.Copies)),
		Exports: exportsOf(plan.OutOfReach.Exports), HasBackups: plan.OutOfReach.BackupFolder != "",
		Devices: append([]string{}, plan.OutOfReach.Devices...),
	}
}

func titlesOf(entries []casework.Entry) []EntryTitle {
	titles := []EntryTitle{}
	for _, entry := range entries {
		titles = append(titles, EntryTitle{entry.ID, string(entry.Kind), entry.Title, entry.RecordedAt})
	}
	return titles
}
