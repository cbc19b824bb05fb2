package casework

import (
	"context"
	"time"
)

// Hit is a thing that a search found.
type Hit struct {
	Kind      string    `json:"kind"`
	ID        string    `json:"id"`
	CaseID    string    `json:"case"`
	CaseTitle string    `json:"case_title"`
	Title     string    `json:"title"`
	Snippet   string    `json:"snippet"` // found words stand between «»
	At        time.Time `json:"at"`
}

// Search finds things by the beginnings of words, without regard to case and accents, best first: in one case, or in
// all when caseID is empty.
func (c *Casework) Search(ctx context.Context, caseID, words string, limit int) ([]Hit, error) {
	found, err := c.library.Search(ctx, caseID, words, limit)
	if err != nil {
		return nil, err
	}
	cases, err := c.library.Cases(ctx)
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	for _, one := range cases {
		titles[one.Value.ID] = one.Value.Title
	}
	hits := make([]Hit, len(found))
	for i, hit := range found {
		hits[i] = Hit{
			Kind: string(hit.Kind), ID: hit.ID, CaseID: hit.CaseID, CaseTitle: titles[hit.CaseID],
			Title: hit.Title, Snippet: hit.Snippet, At: hit.At,
		}
	}
	return hits, nil
}
