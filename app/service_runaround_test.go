package app

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/problem"
)

// sent is a call on a day of March that sent the person on to somewhere.
func sent(caseID, company, day, to string) ContactInput {
	input := call(caseID)
	input.Company, input.When, input.SentTo, input.Promises = company, "2026-03-"+day, to, nil
	return input
}

func TestWhoSentThePersonToWhomIsToldWithNamesAndContacts(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	first := s.log(call(caseID)) // passed on twice
	second := s.log(sent(caseID, "Iberluz", "03", "la tienda"))
	s.log(sent(caseID, "Redes del Sur", "04", "Iberluz"))
	s.log(sent(caseID, "Iberluz", "05", "La Tienda"))

	told := of(s, (&Runaround{s.desk}).Tell, caseID)
	if told.Transfers != 8 || told.SentOn != 3 || told.PlaceCount != 3 || told.HoldSeconds == 0 {
		t.Errorf("counted: %+v", told)
	}
	var names []string
	for _, place := range told.Places {
		names = append(names, place.Name+" "+place.Role)
	}
	if diff := cmp.Diff([]string{"Iberluz seller", "la tienda ", "Redes del Sur other"}, names); diff != "" {
		t.Errorf("places, -want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]RunaroundRoute{{0, 1, 2, second}, {2, 0, 1, told.Turns.Items[2].ContactID}}, told.Routes); diff != "" {
		t.Errorf("routes, -want +got:\n%s", diff)
	}
	turns := told.Turns.Items
	if turns[0].ContactID != first || turns[0].To != "" || turns[0].ToPlace != -1 || turns[0].People[0].Name != "Núria" {
		t.Errorf("the first: %+v", turns[0])
	}
	if turns[2].From != "Redes del Sur" || turns[2].To != "Iberluz" || !turns[2].Circle || turns[3].Time != 2 {
		t.Errorf("the circle and the second time: %+v, %+v", turns[2], turns[3])
	}
}

func TestALongRunaroundComesInPagesAndItsPictureHasRoomForIt(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	rows := make([]ManyRow, 0, 120)
	for i := range 120 {
		rows = append(rows, ManyRow{When: fmt.Sprintf("2026-03-%02d", i%28+1), Company: "Iberluz", What: "Otra vez", SentTo: fmt.Sprintf("ventanilla %d", i%50)})
	}
	if _, err := (&Many{s.desk}).Save(ManyInput{CaseID: caseID, Zone: "Europe/Madrid", Basis: "memory", Rows: rows}); err != nil {
		t.Fatal(err)
	}
	told := of(s, (&Runaround{s.desk}).Tell, caseID)
	if told.PlaceCount != 51 || told.RouteCount != 50 || len(told.Places) > drawnPlaces || len(told.Routes) > drawnRoutes || len(told.Routes) < 30 {
		t.Errorf("%d places, %d drawn; %d routes, %d drawn", told.PlaceCount, len(told.Places), told.RouteCount, len(told.Routes))
	}
	if told.Turns.Total != 120 || len(told.Turns.Items) != longestTurns {
		t.Errorf("%d of %d turns", len(told.Turns.Items), told.Turns.Total)
	}
	rest, err := (&Runaround{s.desk}).Turns(caseID, 100, 100)
	if err != nil || rest.First != 100 || len(rest.Items) != 20 {
		t.Errorf("the rest: %d from %d, %v", len(rest.Items), rest.First, err)
	}
}

func TestAContradictionIsPinnedCorrectedAndTakenBack(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	first, second := s.log(call(caseID)), s.log(sent(caseID, "Iberluz", "09", ""))
	runaround := &Runaround{s.desk}
	input := ContradictionInput{CaseID: caseID, Question: "¿Cuándo vienen?", Answers: []AnswerInput{{first, "El martes"}, {second, "Nunca"}}}
	id, err := runaround.Pin(input)
	if err != nil {
		t.Fatal(err)
	}
	pinned := of(s, runaround.Contradictions, caseID)
	if len(pinned) != 1 || pinned[0].Question != "¿Cuándo vienen?" || pinned[0].Answers[1].Said != "Nunca" {
		t.Fatalf("got %+v", pinned)
	}
	if item := pinned[0].Answers[0].Item; item == nil || item.Wall != "2026-03-02T10:05" || item.Party != "Iberluz" || item.People[0].Name != "Núria" {
		t.Errorf("who said it and when: %+v", item)
	}

	input.Answers[1].Said, input.Note = "Ya vinieron", "Lo dicen los dos días."
	if _, err := runaround.Correct(id, input, ""); err != nil {
		t.Fatal(err)
	}
	if got := of(s, runaround.Contradictions, caseID)[0]; got.Answers[1].Said != "Ya vinieron" || got.Note == "" || !got.Corrected {
		t.Errorf("corrected: %+v", got)
	}
	if _, err := runaround.Correct(id, input, ""); !errors.Is(err, problem.New(problem.NothingChanges, nil)) {
		t.Errorf("the same again: %v", err)
	}

	if _, err := (&History{s.desk}).TakeBack(second); err != nil {
		t.Fatal(err)
	}
	if answer := of(s, runaround.Contradictions, caseID)[0].Answers[1]; answer.State != "withdrawn" || answer.Item != nil || answer.Said != "Ya vinieron" {
		t.Errorf("an answer whose contact was taken back: %+v", answer)
	}
	retraction, err := (&History{s.desk}).TakeBack(id)
	if err != nil || len(of(s, runaround.Contradictions, caseID)) != 0 {
		t.Errorf("taken back: %v", err)
	}
	if _, err := (&Entries{s.desk}).Undo([]string{retraction}); err != nil || len(of(s, runaround.Contradictions, caseID)) != 1 {
		t.Errorf("and that undone: %v", err)
	}
}

func TestWhatIsWrongWithAnAnswerIsSaidAtThatAnswer(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	first := s.log(call(caseID))
	_, err := (&Runaround{s.desk}).Pin(ContradictionInput{CaseID: caseID, Answers: []AnswerInput{{first, ""}, {"", "Nunca"}}})
	var fields []string
	for field := range failureOf(err).Fields {
		fields = append(fields, field)
	}
	slices.Sort(fields)
	if diff := cmp.Diff([]string{"answers.0.answer", "answers.1.answer_of", "question"}, fields); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWhereAContactSentThePersonIsCorrectedLikeTheRest(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	id := s.log(sent(caseID, "Iberluz", "03", "la tienda"))
	corrections := &Corrections{s.desk}
	typed, err := corrections.Contact(caseID, id)
	if err != nil || typed.SentTo != "la tienda" {
		t.Fatalf("as it would be typed: %q, %v", typed.SentTo, err)
	}
	typed.SentTo, typed.Retold = "iberluz", "2"
	if _, err := corrections.CorrectContact(id, typed, ""); err != nil {
		t.Fatal(err)
	}
	if again, err := corrections.Contact(caseID, id); err != nil || again.SentTo != "Iberluz" || again.Retold != "2" {
		t.Errorf("corrected: %q, %q, %v", again.SentTo, again.Retold, err)
	}
	typed.SentTo, typed.Retold = "", ""
	if _, err := corrections.CorrectContact(id, typed, ""); err != nil {
		t.Fatal(err)
	}
	if told := of(s, (&Runaround{s.desk}).Tell, caseID); told.SentOn != 0 || told.Retold != 0 {
		t.Errorf("taken out again: %+v", told)
	}
}
