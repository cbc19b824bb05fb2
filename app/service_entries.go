package app

import (
	"time"
)

// mostHits is how much a search gives at most: more than anybody reads.
const mostHits = 40

// Entries are what the page does with what is on record, whatever it is.
type Entries struct{ desk *desk }

// Undo takes back whole acts, each named by one of its entries. It returns the ids of the retractions, which Redo takes.
func (s *Entries) Undo(entryIDs []string) (retractionIDs []string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	return work.Undo(s.desk.ctx, entryIDs)
}

// Redo does again what an Undo took back.
func (s *Entries) Redo(retractionIDs []string) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	_, err = work.Redo(s.desk.ctx, retractionIDs)
	return err
}

// Search finds what is on record by the beginnings of words, without regard to case and accents, and references and phone
// numbers by any part; the best first. What only takes other entries back is left out.
func (s *Entries) Search(words string) (hits []SearchHit, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	found, err := work.Search(s.desk.ctx, "", words, mostHits)
	if err != nil {
		return nil, err
	}
	hits = []SearchHit{}
	for _, hit := range found {
		if hit.Kind == kindRetraction || hit.Kind == kindErasure {
			continue
		}
		hits = append(hits, SearchHit{
			Kind: hit.Kind, ID: hit.ID, CaseID: hit.CaseID, CaseTitle: hit.CaseTitle,
			Title: hit.Title, Snippet: hit.Snippet, Day: hit.At.Local().Format(time.DateOnly),
		})
	}
	return hits, nil
}
