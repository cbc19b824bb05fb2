package record

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"constancia/internal/casefile"
)

// payloads are the types of the kinds' payloads.
var payloads = map[Kind]any{
	KindCase: casefile.Case{}, KindParty: casefile.Party{}, KindPerson: casefile.Person{}, KindContact: casefile.Contact{},
	KindPromise: casefile.Promise{}, KindSettlement: casefile.Settlement{}, KindEvidence: casefile.Evidence{},
	KindExhibit: casefile.Exhibit{}, KindMessage: casefile.Message{}, KindCorrection: casefile.Correction{},
	KindExport: casefile.Export{}, KindDevice: casefile.Device{}, KindRetraction: casefile.Retraction{},
	KindErasure: casefile.Erasure{}, KindSeal: casefile.Seal{}, KindExpense: casefile.Expense{},
	KindContradiction: casefile.Contradiction{}, KindJoin: casefile.Join{},
	KindKeyRecord: casefile.KeyRecord{}, KindSighting: casefile.Sighting{}, KindSending: casefile.Sending{},
}

func TestPayloadsMDTellsOfEveryMemberOfEveryKind(t *testing.T) {
	text, err := os.ReadFile("PAYLOADS.md")
	if err != nil {
		t.Fatal(err)
	}
	parts, kinds, found := strings.Cut(string(text), "\n## Kinds\n")
	if !found {
		t.Fatal("PAYLOADS.md has no part on the kinds")
	}
	told := map[string]string{}
	for _, paragraph := range strings.Split(kinds, "\n\n") {
		for _, name := range regexp.MustCompile(`\*\*([a-z_]+)\*\*`).FindAllStringSubmatch(paragraph, -1) {
			told[name[1]] = paragraph
		}
	}
	if len(told) != len(Kinds()) {
		t.Errorf("it tells of %d kinds, there are %d", len(told), len(Kinds()))
	}
	for _, kind := range Kinds() {
		payload, ok := payloads[kind]
		if !ok {
			t.Fatalf("no type is known for %s", kind)
		}
		for _, member := range membersOf(reflect.TypeOf(payload)) {
			if !strings.Contains(told[string(kind)], "`"+member+"`") && !strings.Contains(parts, "`"+member+"`") {
				t.Errorf("it does not tell of %s in %s", member, kind)
			}
		}
	}
}

// membersOf lists the JSON names in a type and in what it is made of, but for the id and what only views have.
func membersOf(of reflect.Type) (names []string) {
	for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct {
		return nil
	}
	for i := range of.NumField() {
		field := of.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name != "id" && name != "" && name != "-" {
			names = append(names, name)
		}
		names = append(names, membersOf(field.Type)...)
	}
	return names
}
