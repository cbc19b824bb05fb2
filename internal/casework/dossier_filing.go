package casework

import (
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/addressee"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

// addressed says in the options to whom a dossier goes. An addressee that is named has to be given what it asks for, unless
// the person goes on anyway.
//
// Problem: filing_incomplete.
func (n ExportDossier) addressed(options *dossier.Options, file casefile.CaseFile, now time.Time) error {
	to, known := addressee.Find(n.Addressee)
	if !known {
		options.Addressee = n.Addressee
	}
	if options.Edition != dossier.Regulator {
		if known {
			options.Addressee = to.Name
		}
		return nil
	}
	options.Filing = n.Filing
	switch usual := addressee.Of(file.Case.Place); {
	case known:
		options.FilingFor = to.ID
	case n.Addressee == "" && file.Case.Place != "" && len(usual) > 0:
		options.FilingFor = usual[0].ID
		return nil // nobody asked for this one
	default:
		return nil
	}
	missing := dossier.FilingMissing(file, to, n.Filing, now)
	if len(missing) == 0 || n.Anyway {
		return nil
	}
	words := i18n.For(n.Language)
	names := make([]string, len(missing))
	for i, need := range missing {
		names[i] = words.Text("filing.need." + string(need))
	}
	return problem.New(problem.FilingIncomplete, problem.Values{"addressee": to.Name, "missing": words.List(names)})
}
