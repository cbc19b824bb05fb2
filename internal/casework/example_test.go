package casework_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// A morning on the telephone: the case is begun, two calls are logged as they happen, and what was promised in the first
// is settled after the second.
func Example() {
	folder, err := os.MkdirTemp("", "constancia")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	ctx, now := context.Background(), time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	c, err := casework.Open(ctx, casework.Options{
		Directory: filepath.Join(folder, "library"), Create: true, State: filepath.Join(folder, "state"), Clock: func() time.Time { return now }})
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = c.Close() }()

	caseID, err := c.NewCase(ctx, casework.NewCase{
		Title: "The parcel that never came", Zone: "Europe/Madrid",
		Companies: []casework.NewParty{{Name: "Corral Exprés", Role: casefile.Carrier}},
	})
	if err != nil {
		log.Fatal(err)
	}
	held := int64(38 * 60)
	first, err := c.LogContact(ctx, casework.LogContact{
		CaseID: caseID, Summary: "It is on the van.", People: []casework.Spoken{{Name: "Núria"}}, HoldSeconds: &held,
		Promises: []casework.MakePromise{{What: "A call before eleven", Due: "2026-03-02 11:00"}},
	})
	if err != nil {
		log.Fatal(err)
	}

	now = time.Date(2026, 3, 2, 10, 40, 0, 0, time.UTC) // twenty to twelve in Madrid
	second, err := c.LogContact(ctx, casework.LogContact{
		CaseID: caseID, Summary: "There is no van.", People: []casework.Spoken{{Refused: true, Position: "supervisor"}},
		Failures: []casefile.Failure{"promise_broken"}, Supervisor: casefile.SupervisorPutOn,
	})
	if err != nil {
		log.Fatal(err)
	}
	_, err = c.SettlePromise(ctx, casework.SettlePromise{
		PromiseID: first.PromiseIDs[0], Outcome: casefile.Broken, On: "2026-03-02", ShownBy: []string{second.ID},
	})
	if err != nil {
		log.Fatal(err)
	}

	figures, err := c.Figures(ctx, caseID)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d calls with %d people, one of whom refused a name: %t\n", figures.Calls, figures.People, figures.RefusedNames == 1)
	fmt.Printf("%d minutes on hold, %d promise not kept\n", figures.HoldSeconds/60, figures.NotKept)
	hits, err := c.Search(ctx, caseID, "nuria", 10)
	if err != nil {
		log.Fatal(err)
	}
	for _, hit := range hits {
		fmt.Println(hit.Kind, hit.Title)
	}
	// Output:
	// 2 calls with 2 people, one of whom refused a name: true
	// 38 minutes on hold, 1 promise not kept
	// person Núria
}
