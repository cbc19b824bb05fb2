package dossier_test

import (
	"slices"
	"strings"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

func plain(text string) string { return strings.ReplaceAll(text, "\u00A0", " ") }

func TestTheRunaroundTellsWhoSentTheComplainantWhere(t *testing.T) {
	told := compile(t, dossiertest.New(1).File, options(i18n.English)).Runaround
	if want := "The complainant was sent elsewhere five times. They were passed on eight times, within 5 contacts. They had to tell the whole story again once."; plain(told.Sentence) != want {
		t.Errorf("got  %s\nwant %s", told.Sentence, want)
	}
	var names []string
	for _, place := range told.Places {
		names = append(names, place.Name)
	}
	if want := []string{"Galerías Morrow", "Transportes Veloz", "Departamento de investigaciones", "Seguros Almena"}; !slices.Equal(names, want) {
		t.Errorf("places are %v, want %v", names, want)
	}
	last := told.Turns[len(told.Turns)-1]
	if last.Way != "Seguros Almena → Galerías Morrow" || last.People != "Jordi Mas" || !last.DeadEnd || !slices.Contains(last.Notes, "sent no further from there") {
		t.Errorf("the last turn is %+v", last)
	}
	sent := 0
	for _, turn := range told.Turns {
		if turn.Row == "" || turn.Date == "" {
			t.Errorf("it leads nowhere: %+v", turn)
		}
		if turn.To != dossier.Nowhere {
			sent++
		}
	}
	if sent != 5 {
		t.Errorf("%d turns sent the complainant elsewhere", sent)
	}
}

func TestWhereNobodyWasSentAnywhereThereIsNoRunaround(t *testing.T) {
	if told := compile(t, dossiertest.Empty().File, options(i18n.Catalan)); told.Runaround.Sentence != "" || len(told.Contradictions) > 0 || !told.Cost.Empty() {
		t.Errorf("it tells %+v, %+v, %+v", told.Runaround, told.Contradictions, told.Cost)
	}
}

func TestAContradictionSaysWhoGaveEachAnswerAndWhen(t *testing.T) {
	file := dossiertest.New(1).File
	file.Contradictions[0].Value.Answers = append(file.Contradictions[0].Value.Answers, casefile.Answer{EntryID: "message-3", Said: "Falta la factura."})
	told := compile(t, file, options(i18n.Spanish)).Contradictions[0]
	want := []dossier.Answer{
		{Date: "5 mar 2026", Who: "Nuria Peralta · Galerías Morrow", Source: "Teléfono; lo cuenta la parte reclamante", Text: "Consta entregado y firmado por usted.", Row: "C-001"},
		{Date: "27 mar 2026", Who: "Sergio Lanuza · Transportes Veloz", Source: "Anotado en el momento", Text: "Esa firma no es de nadie de su casa, eso está claro.", Exact: true, Row: "C-006"},
		{Date: "30 jun 2026", Who: "Seguros Almena", Source: "Correo; lo cuenta la parte reclamante", Text: "Falta la factura.", Row: "E-004"},
	}
	for i := range told.Answers {
		told.Answers[i].Date = plain(told.Answers[i].Date)
	}
	if told.Question != "¿De quién es la firma del albarán?" || !slices.Equal(told.Answers, want) {
		t.Errorf("it is %+v", told)
	}
}

func TestTheCostAddsNothingUpThatIsNotOfOneKindAndMarksEstimates(t *testing.T) {
	file := dossiertest.New(1).File
	talk := int64(3600)
	file.Contacts[0].Value.TalkSeconds = &talk
	cost := compile(t, file, options(i18n.English)).Cost
	var got []string
	for _, figure := range cost.Figures {
		got = append(got, plain(joined(figure.Value, figure.Label, figure.Note)))
	}
	want := []string{
		"€438.20 · amount claimed", "€44.65 · spent because of the dispute · 2 expenses, listed below",
		"3 h 17 min · on hold · in 10 contacts, as noted by the complainant", "4 h 17 min · on hold and talking · as noted by the complainant",
		"≈ €64.31 · value of that time · estimate: the complainant values an hour at €15.00",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if len(cost.Expenses) != 2 || cost.Expenses[0].Row == "" || !slices.Equal(cost.Expenses[0].Receipts, []dossier.Tag{"A-4"}) {
		t.Errorf("expenses are %+v", cost.Expenses)
	}
	if want := "The complainant has been a customer since 2014: 11 years. By their own account, they spend ≈ €800.00 a year there."; plain(cost.Loyalty) != want {
		t.Errorf("got  %s\nwant %s", cost.Loyalty, want)
	}
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

func TestAnEmailSaysWhatItsSignatureShows(t *testing.T) {
	o := options(i18n.English)
	o.Signatures = map[string][]string{"message-2": {"Signed by morrow.example."}}
	emails := compile(t, dossiertest.New(1).File, o).Emails
	if len(emails[0].Signatures) != 0 || !slices.Equal(emails[2].Signatures, []string{"Signed by morrow.example."}) {
		t.Errorf("they say %v and %v", emails[0].Signatures, emails[2].Signatures)
	}
}

func TestEveryFileOfASharedExhibitIsShownUnderItsNumber(t *testing.T) {
	file := dossiertest.New(1).File
	file.Exhibits[0].Value.With = []string{"evidence-3", "evidence-gone-too"}
	file.Exhibits = slices.Delete(file.Exhibits, 3, 4)
	told := compile(t, file, options(i18n.English))
	var got []string
	for _, exhibit := range told.Exhibits[:4] {
		got = append(got, joined(string(exhibit.Tag), exhibit.FileName, exhibit.Erased))
	}
	want := []string{"A-1 · captura-seguimiento.png", "A-1 · extracto.png", "A-1 · Erased", "A-2 · albaran.jpg"}
	if !slices.Equal(got, want) || told.Exhibits[1].Piece != 2 || told.Exhibits[1].Pieces != 3 {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, listed := range told.Integrity.Files {
		if listed.Name == "extracto.png" && listed.Tag != "A-1" {
			t.Errorf("its file is listed under %q", listed.Tag)
		}
	}
}
