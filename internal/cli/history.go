package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
)

func (p *program) entryHistory() *cobra.Command {
	command, _ := p.leaf("entry.history", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			history, err := work.History(command.Context(), args[0])
			if err != nil {
				return err
			}
			return p.show(history, func(w io.Writer) { p.describeHistory(w, history) })
		})
	})
	return command
}

func (p *program) describeHistory(w io.Writer, h casework.History) {
	e := h.Entry
	headline := p.kind(string(e.Kind))
	if e.Title != "" {
		headline += ": " + plain(short(e.Title, 80))
	}
	fmt.Fprintf(w, "%s\n\n", headline)
	moved := ""
	if h.MovedFrom != nil {
		moved = h.MovedFrom.EntryID
	}
	p.pairs(w, [][2]string{
		{p.texts.Text("cli.history.recorded"), p.recordedClock(e.RecordedAt)},
		{p.texts.Text("cli.history.device"), h.DeviceID},
		{p.texts.Text("cli.history.place"), fmt.Sprintf("%s, %d", e.LogID, e.Sequence)},
		{p.texts.Text("cli.history.leaf"), e.Leaf},
		{p.texts.Text("cli.history.operation"), e.OperationID},
		{p.texts.Text("cli.history.moved_from"), moved},
		{p.texts.Text("cli.history.now"), p.standing(e)},
	})
	p.describePayload(w, h)
	for _, event := range h.Events {
		p.describeEvent(w, string(e.Kind), event, h.Names)
	}
	if len(h.Seals) > 0 {
		fmt.Fprintln(w)
		p.line(w, "cli.history.seals", nil)
		for _, seal := range h.Seals {
			fmt.Fprintf(w, "  %s  %s\n", seal.SealedAt, plain(seal.Service))
		}
	}
	if len(h.Exports) > 0 {
		fmt.Fprintln(w)
		p.line(w, "cli.history.exports", nil)
		for _, export := range h.Exports {
			fmt.Fprintf(w, "  %s  %s  SHA-256 %s\n", p.recordedClock(export.RecordedAt), plain(export.FileName), export.SHA256)
		}
	}
}

// describePayload writes what was recorded, as far as there are words for its fields.
func (p *program) describePayload(w io.Writer, h casework.History) {
	var payload map[string]any
	if json.Unmarshal(h.Payload, &payload) != nil {
		return
	}
	var rows [][2]string
	for _, name := range slices.Sorted(maps.Keys(payload)) {
		if key := p.fieldKey(string(h.Entry.Kind), name); p.texts.Has(key) {
			rows = append(rows, [2]string{p.texts.Text(key), short(p.fieldText(name, payload[name], h.Names), 100)})
		}
	}
	if len(rows) > 0 {
		fmt.Fprintln(w)
		p.line(w, "cli.history.as_recorded", nil)
		p.pairs(w, rows)
	}
}

// describeEvent tells what was said about an entry of a kind.
func (p *program) describeEvent(w io.Writer, kind string, event casework.Event, names map[string]string) {
	what := p.kind(string(event.Kind))
	switch {
	case event.RestoresID != "":
		what = p.texts.Text("cli.history.restored")
	case event.Kind == "retraction":
		what = p.texts.Text("cli.history.retracted")
	case event.Kind == "erasure":
		what = p.texts.Text("cli.history.erased")
	}
	switch {
	case event.Counts:
	case event.Kind == "retraction":
		what += " (" + p.texts.Text("cli.history.undone") + ")"
	default:
		what += " (" + p.standing(event.Entry) + ")"
	}
	fmt.Fprintf(w, "\n%s  %s  %s\n", p.recordedClock(event.RecordedAt), what, event.ID)
	if event.Reason != "" {
		fmt.Fprintln(w, plain(event.Reason))
	}
	if len(event.Changes) > 0 {
		p.changeTable(w, kind, event.Changes, names)
	}
}
