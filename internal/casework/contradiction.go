package casework

import (
	"context"
	"errors"
	"strconv"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// PinContradiction sets answers to one question side by side that can't all be true. Texts are as typed.
type PinContradiction struct {
	CaseID   string
	Question string
	// Answers are two at least, of contacts or messages of the case.
	Answers []casefile.Answer
	Note    string
}

// ContradictionItem is a contradiction with what became of the entries that its answers are from.
type ContradictionItem struct {
	casefile.Recorded[casefile.Contradiction]
	// Sources are the contacts and messages of the answers, in their order. One that does not count was taken back or erased,
	// and has no kind where it is on another device: what was said stands in the answer all the same.
	Sources []Entry
}

// fewestAnswers is how many it takes to contradict one another.
const fewestAnswers = 2

// PinContradiction puts a contradiction on record and returns its id.
//
// Problems: not_found, and those of its fields. What is wrong with an answer has its place, from 0, as the value answer.
func (c *Casework) PinContradiction(ctx context.Context, n PinContradiction) (string, error) {
	if err := c.requireAnswered(ctx, n.CaseID, n.Answers); err != nil {
		return "", err
	}
	var id string
	err := c.record(ctx, n.CaseID, func(o *operation) {
		id = o.add(record.KindContradiction, casefile.Contradiction{
			CaseID: n.CaseID, Question: o.required("question", n.Question), Answers: o.answers(n.Answers),
			Note: o.text("note", n.Note),
		})
	})
	if err != nil {
		return "", err
	}
	return id, nil
}

// requireAnswered fails with not_found unless each answer that says where it is from is of a contact or a message of the case.
func (c *Casework) requireAnswered(ctx context.Context, caseID string, answers []casefile.Answer) error {
	for place, answer := range answers {
		if answer.EntryID == "" {
			continue // that it is missing is said together with what else is
		}
		err := c.requireOf(ctx, caseID, record.KindContact, answer.EntryID)
		if errors.Is(err, problem.New(problem.NotFound, nil)) {
			err = c.requireOf(ctx, caseID, record.KindMessage, answer.EntryID)
		}
		if errors.Is(err, problem.New(problem.NotFound, nil)) {
			return problem.New(problem.NotFound, problem.Values{"field": "answer", "kind": string(record.KindContact),
				"value": answer.EntryID, "answer": strconv.Itoa(place)})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// answers checks what was said: there are two at least, each with its words and where they are from.
func (o *operation) answers(typed []casefile.Answer) []casefile.Answer {
	answers := make([]casefile.Answer, len(typed))
	for place, answer := range typed {
		before := len(o.problems)
		if answer.EntryID == "" {
			o.wrong(problem.Missing, problem.Values{"field": "answer_of"})
		}
		answers[place] = casefile.Answer{EntryID: answer.EntryID, Said: o.requiredText("answer", answer.Said)}
		for _, found := range o.problems[before:] {
			found.Values["answer"] = strconv.Itoa(place)
		}
	}
	if len(answers) < fewestAnswers {
		o.wrong(problem.Missing, problem.Values{"field": "second_answer"})
	}
	return answers
}

// Contradictions lists the contradictions of a case in the order in which they were recorded.
//
// Problem: not_found.
func (c *Casework) Contradictions(ctx context.Context, caseID string) ([]ContradictionItem, error) {
	if err := c.check(ctx, caseID, func(*operation) {}); err != nil {
		return nil, err
	}
	found, err := library.Things[casefile.Contradiction](ctx, c.library, record.KindContradiction, caseID)
	if err != nil {
		return nil, err
	}
	items := make([]ContradictionItem, len(found))
	for i, one := range found {
		items[i] = ContradictionItem{Recorded: one, Sources: []Entry{}}
		for _, answer := range one.Value.Answers {
			source, err := c.source(ctx, answer.EntryID)
			if err != nil {
				return nil, err
			}
			items[i].Sources = append(items[i].Sources, source)
		}
	}
	return items, nil
}

// PinnedContradictions lists the contradictions of a case as Contradictions does, together with what the contacts and
// messages of their answers say, of those that count.
//
// Problem: not_found.
func (c *Casework) PinnedContradictions(ctx context.Context, caseID string) ([]ContradictionItem, casefile.CaseFile, error) {
	items, err := c.Contradictions(ctx, caseID)
	if err != nil {
		return nil, casefile.CaseFile{}, err
	}
	var ids []string
	for _, item := range items {
		for _, answer := range item.Value.Answers {
			ids = append(ids, answer.EntryID)
		}
	}
	file, err := c.library.CaseFileOf(ctx, caseID, ids)
	return items, file, err
}

// source tells of an entry that another names, whatever became of it.
func (c *Casework) source(ctx context.Context, id string) (Entry, error) {
	state, err := c.library.Entry(ctx, id)
	if errors.Is(err, problem.New(problem.NotFound, nil)) {
		return Entry{ID: id}, nil
	}
	if err != nil {
		return Entry{}, err
	}
	entries, err := c.titled(ctx, []library.EntryState{state})
	return entries[0], err
}

// CorrectContradiction says what a contradiction should have said. Its answers are given all of them again.
//
// Problems: not_found, nothing_changes, not_a_choice for a name that is no field, and those of the fields.
func (c *Casework) CorrectContradiction(ctx context.Context, n Correct, typed PinContradiction) (Corrected, error) {
	contradiction, err := library.Thing[casefile.Contradiction](ctx, c.library, record.KindContradiction, n.ID)
	if err != nil {
		return Corrected{}, err
	}
	if n.gives("answer") {
		if err := c.requireAnswered(ctx, contradiction.Value.CaseID, unsaid(typed.Answers, contradiction.Value)); err != nil {
			return Corrected{}, err
		}
	}
	caseOf := func(v casefile.Contradiction) string { return v.CaseID }
	return correct(ctx, c, record.KindContradiction, n, caseOf, rewriteContradiction(typed))
}

// unsaid are the answers from elsewhere than those of a contradiction: where those were from may be gone by now.
func unsaid(answers []casefile.Answer, before casefile.Contradiction) []casefile.Answer {
	fresh := make([]casefile.Answer, len(answers))
	for i, answer := range answers {
		known := false
		for _, said := range before.Answers {
			known = known || said.EntryID == answer.EntryID
		}
		if !known {
			fresh[i] = answer
		}
	}
	return fresh
}

// Clearable names the fields of a contradiction that a correction can make empty.
func (PinContradiction) Clearable() []string {
	return rewriteContradiction(PinContradiction{}).clearable()
}

func rewriteContradiction(typed PinContradiction) rewritings[casefile.Contradiction] {
	return rewritings[casefile.Contradiction]{
		"question": {write: func(o *operation, v *casefile.Contradiction) { v.Question = o.required("question", typed.Question) }},
		"answer":   {write: func(o *operation, v *casefile.Contradiction) { v.Answers = o.answers(typed.Answers) }},
		"note": {
			func(o *operation, v *casefile.Contradiction) { v.Note = o.text("note", typed.Note) },
			func(v *casefile.Contradiction) { v.Note = "" },
		},
	}
}
