package pdf_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/pdf"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
)

const fingerprint = "44fc38cf27286851c419a35a5556109beafd5ed468c29f54b4d1d90973fbe6cf"

func options(language i18n.Language) dossier.Options {
	return dossier.Options{Edition: dossier.HeadOffice, Language: language, GeneratedAt: dossiertest.Now,
		Program: "Constancia 0.1.0", Addressee: "Galerías Morrow, Dirección general", RecordFingerprint: fingerprint, Logs: logs()}
}

// logs are two devices' logs: one stamped, the other not yet.
func logs() []dossier.Log {
	return []dossier.Log{
		{LogHead: casefile.LogHead{LogID: "0197b2c0-1111-7000-8000-0000003fa9c2", Size: 118, Root: fingerprint}, Sealed: 117,
			SealedAt: dossiertest.Now.Add(-time.Hour), Service: "https://sellos.example/tsr"},
		{LogHead: casefile.LogHead{LogID: "0197b2c0-1111-7000-8000-0000003fa9c3", Size: 4, Root: fingerprint}},
	}
}

func write(t testing.TB, story *dossiertest.Story, o dossier.Options) []byte {
	t.Helper()
	model, err := dossier.Compile(story.File, o)
	if err != nil {
		t.Fatal(err)
	}
	_, data := finish(t, model, pdf.Options{Open: story.Open})
	return data
}

// finish lays a dossier out and finishes it, without embedded files.
func finish(t testing.TB, model dossier.Dossier, o pdf.Options) (pdf.Drawn, []byte) {
	t.Helper()
	var pages, out bytes.Buffer
	drawn, err := pdf.Write(t.Context(), &pages, model, o)
	if err == nil {
		err = seal.Finish(t.Context(), &out, pages.Bytes(), drawn.Options)
	}
	if err != nil {
		t.Fatal(err)
	}
	return drawn, out.Bytes()
}

// TestLook writes dossiers into the folder named by DOSSIER_LOOK, to be looked at.
func TestLook(t *testing.T) {
	folder := os.Getenv("DOSSIER_LOOK")
	if folder == "" {
		t.Skip("set DOSSIER_LOOK to a folder to have dossiers written there")
	}
	save := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(folder, name+".pdf"), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, language := range i18n.Languages() {
		save("story-"+string(language), write(t, dossiertest.New(2), options(language)))
	}
	save("empty-es", write(t, dossiertest.Empty(), options(i18n.Spanish)))
	save("short-es", write(t, oneContact(), options(i18n.Spanish)))
	save("long-es", write(t, dossiertest.New(50), options(i18n.Spanish)))
	save("names-es", write(t, longNames(), options(i18n.Spanish)))
	wordy := dossiertest.New(2)
	wordy.File.Case.Summary += strings.Repeat(" Y así una y otra vez, con cada persona que se pone al teléfono.", 60)
	wordy.File.Case.StillConcerned, wordy.File.Case.Title = wordy.File.Case.Summary, wordy.File.Case.Title+", una aseguradora que espera una factura y una tienda que no la manda desde hace más de tres meses"
	wordy.File.Case.Outcome = append(wordy.File.Case.Outcome, wordy.File.Case.Outcome...)
	for i := range wordy.File.Promises {
		wordy.File.Promises[i].Value.What += " Se lo confirmo yo personalmente, se lo digo con mi nombre y apellidos, no se preocupe."
	}
	save("wordy-es", write(t, wordy, options(i18n.Spanish)))
}

// oneContact is a case of a single call, and nothing else.
func oneContact() *dossiertest.Story {
	whole := dossiertest.New(1).File
	story := dossiertest.Empty()
	story.File.Parties = whole.Parties[:1]
	story.File.Contacts = whole.Contacts[:1]
	story.File.Contacts[0].Value.PersonIDs = nil
	return story
}

// longNames is the story with names longer than a line, and words longer than one.
func longNames() *dossiertest.Story {
	story := dossiertest.New(2)
	file := &story.File
	file.Case.Title = "Reclamación por la interrupción del suministro en la Urbanización Nuestra Señora de los Desamparados"
	file.Case.Complainant.Name = "María de los Ángeles Fernández de Córdoba y Ruiz-Giménez de la Peña"
	for i := range file.Parties {
		file.Parties[i].Value.Name += " Comercializadora de Último Recurso y Servicios Integrales, Sociedad Anónima Unipersonal"
	}
	for i := range file.People {
		file.People[i].Value.Name += " Hernández-Villaseñor y Echeverría-Goikoetxea"
		file.People[i].Value.Position += " y coordinación de incidencias de segundo nivel para clientes particulares"
	}
	for i := range file.Contacts {
		file.Contacts[i].Value.Summary += " https://www.morrow.example/es/atencion-al-cliente/incidencias/" + strings.Repeat("8f3a27c1d90b", 9)
	}
	return story
}
