package casework_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

// TestWhatWasPutRightOrTakenBackIsHiddenFromThePressWhereATextStillSaysIt corrects each field that the press edition hides,
// takes a contact back, and has a text name all that was there before.
func TestWhatWasPutRightOrTakenBackIsHiddenFromThePressWhereATextStillSaysIt(t *testing.T) {
	w := begin(t)
	ctx := t.Context()
	logged := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "A", Number: "+34 600 111 222", CompanyReference: "INC-773311",
		MadeBy: "Tlaxoberta", People: []casework.Spoken{{Name: "Zorvandika", Position: "agent 6471"}}})
	w.must(onlyError(w.CorrectPerson(ctx, casework.Correct{ID: logged.PersonIDs[0], Given: []string{"name"}, Clear: []string{"position"}},
		casework.Spoken{Name: "Quilmena"}, "")))
	w.must(onlyError(w.CorrectPerson(ctx, casework.Correct{ID: logged.PersonIDs[0], Given: []string{"name"}}, casework.Spoken{Name: "Berta"}, "")))
	w.must(onlyError(w.CorrectContact(ctx, casework.Correct{ID: logged.ID, Given: []string{"number"}, Clear: []string{"reference", "made_by"}},
		casework.LogContact{Number: "900 000 118"})))
	w.must(onlyError(w.CorrectParty(ctx, casework.Correct{ID: w.file().Parties[1].Value.ID, Given: []string{"reference"}},
		casework.NewParty{References: []casefile.Reference{{Label: "Pedido", Number: "RQ-5520917"}}})))
	w.must(onlyError(w.CorrectParty(ctx, casework.Correct{ID: w.file().Parties[1].Value.ID, Given: []string{"reference"}},
		casework.NewParty{References: []casefile.Reference{{Label: "Pedido", Number: "RQ-8810442"}}})))
	w.must(onlyError(w.CorrectCase(ctx, casework.Correct{ID: w.caseID, Given: []string{"name", "phone", "email", "address"}}, casework.NewCase{
		Complainant: casefile.Complainant{Name: "Khizara Fjelmark", Phone: "+34 611 333 444", Email: "fjelmark@correo.example", Address: "Carrer Gzemova, 4\n08001 Barcelona"}})))
	w.must(onlyError(w.CorrectCase(ctx, casework.Correct{ID: w.caseID, Given: []string{"name"}, Clear: []string{"phone", "email", "address"}}, casework.NewCase{
		Complainant: casefile.Complainant{Name: "Dolores Vidal"}})))
	takenBack := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "B", CompanyReference: "INC-440022", People: []casework.Spoken{{Name: "Wukhentia"}}})
	for _, id := range []string{takenBack.ID, takenBack.PersonIDs[0]} {
		w.must(onlyError(w.Retract(ctx, casework.Retract{ID: id})))
	}
	earlier := []string{"600 111 222", "INC-773311", "Tlaxoberta", "Zorvandika", "agent 6471", "Quilmena", "RQ-5520917", "RQ-8810442", "Khizara Fjelmark",
		"611 333 444", "fjelmark@correo.example", "Carrer Gzemova, 4", "INC-440022", "Wukhentia"}
	w.log(casework.LogContact{Company: "Corral Exprés", Summary: "They named " + strings.Join(earlier, " and ") + "."})
	text := strings.Join(strings.Fields(w.pressText()), " ")
	for _, one := range earlier {
		if said := strings.TrimPrefix(one, "agent "); strings.Contains(text, said) && len(said) > 4 || strings.Contains(text, one) {
			t.Errorf("the press reads %q", one)
		}
	}
	if !strings.Contains(text, "[somebody]") || !strings.Contains(text, "They named") {
		t.Errorf("it reads %s", text)
	}
}

func TestThePressGetsTheProofOfTheRecordAndNoOtherFileAndItTellsNothingOfTheCase(t *testing.T) {
	w := aCaseToTell(t)
	out := filepath.Join(t.TempDir(), "press.pdf")
	if _, err := w.ExportDossier(t.Context(), casework.ExportDossier{CaseID: w.caseID, Edition: dossier.Press, Language: i18n.English, Out: out}, nil); err != nil {
		t.Fatal(err)
	}
	folder, names := detached(t, out)
	if !slices.Equal(names, []string{"SHA256SUMS.txt", "record.txt"}) {
		t.Fatalf("it has %q", names)
	}
	proof, err := os.ReadFile(filepath.Join(folder, "record.txt"))
	if err != nil {
		t.Fatal(err)
	}
	file := w.file()
	for _, secret := range []string{"Núria", "Corral", "Dolores", "parcel", "on the van", "note.txt", w.caseID, file.Contacts[0].Value.ID, file.Evidence[0].Value.SHA256} {
		if strings.Contains(string(proof), secret) {
			t.Errorf("the proof tells %q", secret)
		}
	}
}
